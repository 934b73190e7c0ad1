//! Structures as types of the runtime, and what an operation over several keys writes into them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Key, Score, ScoreUnit, StreamTrim, Structure, Type, Value};

use super::cx::Cx;
use super::{codec, limit, progress, session, value_type, work};

/// The structure of a key.
pub(crate) fn of(cx: Cx<'_>, key: &Key) -> TokenStream {
    let rt = cx.rt();
    let inside = match &key.structure {
        Structure::String(held) => one(quote!(Str), codec::of(cx, held)),
        Structure::Counter(number) => one(quote!(Counter), value_type::of(cx, number)),
        Structure::Hash(id) => one(quote!(Hash), value_type::named(cx, *id)),
        Structure::HashMap { field, value } => {
            two(quote!(HashMap), codec::of(cx, field), codec::of(cx, value))
        }
        Structure::List(held) => one(quote!(List), codec::of(cx, held)),
        Structure::Set(held) => one(quote!(Set), codec::of(cx, held)),
        Structure::ZSet { member, score } => {
            two(quote!(ZSet), codec::of(cx, member), score_type(cx, *score))
        }
        Structure::Stream { entry, trim, .. } => two(
            quote!(Stream),
            value_type::named(cx, *entry),
            trim_type(cx, *trim),
        ),
        Structure::HyperLogLog(held) => one(quote!(HyperLogLog), codec::of(cx, held)),
        Structure::Geo(held) => one(quote!(Geo), codec::of(cx, held)),
        Structure::JsonDocument(ty) => one(quote!(JsonDocument), codec::of_json(cx, ty)),
        Structure::RateLimit(limiter) => limit::structure(cx, limiter),
        Structure::Cache(cache) => one(
            match cache.tags.is_empty() {
                true => quote!(Cache),
                false => quote!(TaggedCache),
            },
            codec::of(cx, &cache.value),
        ),
        Structure::CacheTag => quote!(CacheTag),
        Structure::Queue(queue) => work::structure(cx, &key.name, queue),
        Structure::QueueTasks { .. } => quote!(QueueTasks),
        Structure::Session(it) => session::structure(cx, it),
        Structure::SessionIndex { session: id } => session::index(&cx.schema[*id]),
        Structure::Bitmap => quote!(Bitmap),
        Structure::Lock { fenced: true, .. } => one(quote!(Lock), quote!(#rt::Fence)),
        Structure::Lock { fenced: false, .. } => one(quote!(Lock), quote!(())),
        Structure::Semaphore { .. } => quote!(Semaphore),
        Structure::Fence { .. } => quote!(Fence),
        Structure::Progress(it) => one(quote!(Progress), progress::arguments(cx, it)),
        Structure::ProgressEvents { progress: id } => {
            let of = progress::of_events(cx, *id);
            one(
                quote!(ProgressEvents),
                of.map(|it| progress::arguments(cx, it)).unwrap_or_default(),
            )
        }
        Structure::External(_) => quote!(External),
    };
    quote!(#rt::structure::#inside)
}

fn one(name: TokenStream, inner: TokenStream) -> TokenStream {
    quote!(#name<#inner>)
}

fn two(name: TokenStream, first: TokenStream, second: TokenStream) -> TokenStream {
    quote!(#name<#first, #second>)
}

fn score_type(cx: Cx<'_>, score: Score) -> TokenStream {
    let rt = cx.rt();
    match score.unit {
        ScoreUnit::TimestampS => quote!(#rt::value::TimestampS),
        ScoreUnit::TimestampMs => quote!(#rt::value::TimestampMs),
        ScoreUnit::Rank => quote!(i64),
        ScoreUnit::Float => quote!(f64),
    }
}

fn trim_type(cx: Cx<'_>, trim: Option<StreamTrim>) -> TokenStream {
    let rt = cx.rt();
    match trim {
        None => quote!(#rt::KeepAll),
        Some(StreamTrim::MaxLen { count, approx }) => {
            let count = Literal::u64_unsuffixed(count);
            quote!(#rt::MaxLen<#count, #approx>)
        }
        Some(StreamTrim::MinAge { ms, approx }) => {
            let millis = Literal::u64_unsuffixed(ms);
            quote!(#rt::MaxAge<#millis, #approx>)
        }
    }
}

/// The same as a value, for what writes into a stream that is not at hand.
pub(super) fn trim_rule(cx: Cx<'_>, trim: Option<StreamTrim>) -> TokenStream {
    let rt = cx.rt();
    let number = Literal::u64_unsuffixed;
    match trim {
        None => quote!(#rt::TrimRule::KeepAll),
        Some(StreamTrim::MaxLen { count, approx }) => {
            let count = number(count);
            quote!(#rt::TrimRule::MaxLen { count: #count, about: #approx })
        }
        Some(StreamTrim::MinAge { ms, approx }) => {
            let millis = number(ms);
            quote!(#rt::TrimRule::MaxAge { millis: #millis, about: #approx })
        }
    }
}

/// What is given to an operation that writes this structure together with others: a borrow.
pub(crate) fn input(cx: Cx<'_>, structure: &Structure) -> TokenStream {
    match structure {
        Structure::String(held) => borrowed(cx, held),
        Structure::Counter(number) => value_type::of(cx, number),
        Structure::Hash(id) | Structure::Stream { entry: id, .. } => value_type::named(cx, *id),
        Structure::HashMap { field, value } => {
            let (field, value) = (owned(cx, field), owned(cx, value));
            quote!([(#field, #value)])
        }
        Structure::List(held) | Structure::Set(held) => {
            let held = owned(cx, held);
            quote!([#held])
        }
        Structure::ZSet { member, score } => {
            let (member, score) = (owned(cx, member), score_type(cx, *score));
            quote!([(#member, #score)])
        }
        Structure::Geo(held) => {
            let (rt, held) = (cx.rt(), owned(cx, held));
            quote!([(#held, #rt::Coordinates)])
        }
        Structure::HyperLogLog(_)
        | Structure::JsonDocument(_)
        | Structure::RateLimit(_)
        | Structure::Bitmap
        | Structure::Lock { .. }
        | Structure::Semaphore { .. }
        | Structure::Fence { .. }
        | Structure::Cache(_)
        | Structure::CacheTag
        | Structure::Queue(_)
        | Structure::Progress(_)
        | Structure::ProgressEvents { .. }
        | Structure::QueueTasks { .. }
        | Structure::Session(_)
        | Structure::SessionIndex { .. }
        | Structure::External(_) => quote!(()),
    }
}

fn owned(cx: Cx<'_>, value: &Value) -> TokenStream {
    match value.encoding.codec {
        redis_schema_model::model::Codec::Bytes => value_type::of(cx, &Type::Bytes),
        _ => value_type::of(cx, &value.ty),
    }
}

fn borrowed(cx: Cx<'_>, value: &Value) -> TokenStream {
    use redis_schema_model::model::Codec;
    match value.encoding.codec {
        Codec::Bytes => quote!([u8]),
        Codec::Text if codec::is_text(cx, &value.ty) => {
            if matches!(value.ty, Type::Bytes) {
                quote!([u8])
            } else {
                quote!(str)
            }
        }
        _ => value_type::of(cx, &value.ty),
    }
}
