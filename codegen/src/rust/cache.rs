//! Tags of caches: what decides their names, and what values are given besides.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Cache, Key, ParamId, Schema, Segment, Structure};

use super::cx::Cx;
use super::param::{Slot, arguments, slots};
use super::subject::Subject;
use super::{doc, ident, key};

/// The cache of a key that has tags.
fn tagged(key: &Key) -> Option<&Cache> {
    match &key.structure {
        Structure::Cache(cache) if !cache.tags.is_empty() => Some(cache),
        _ => None,
    }
}

/// What there is to say of a cache, as a call on the facts of its key.
pub(super) fn policy(cx: Cx<'_>, key: &Key) -> Option<TokenStream> {
    let Structure::Cache(cache) = &key.structure else {
        return None;
    };
    let rt = cx.rt();
    let number = Literal::u64_unsuffixed;
    let lease = number(cache.load_lease_ms);
    let stale = (cache.stale_ms != 0).then(|| {
        let stale = number(cache.stale_ms);
        quote!(.stale(#stale))
    });
    let negative = (cache.negative_ms != 0).then(|| {
        let negative = number(cache.negative_ms);
        quote!(.negative(#negative))
    });
    Some(quote!(.cache(#rt::CachePolicy::new(#lease) #stale #negative)))
}

/// The parameters that the tags of a key's entries carry and the key does not; none where it has no tags.
pub(crate) fn given_of(schema: &Schema, key: &Key) -> Vec<ParamId> {
    tagged(key).map_or_else(Vec::new, |cache| given(schema, key, cache))
}

/// The parameters that tags carry and the key does not.
fn given(schema: &Schema, key: &Key, cache: &Cache) -> Vec<ParamId> {
    let own = |id: &ParamId| {
        let mut parts = key.template.segments.iter();
        parts.any(|part| matches!(part, Segment::Param(own) if own == id))
    };
    let mut found = Vec::new();
    for tag in &cache.tags {
        for id in schema[tag.key].template.params() {
            if !own(&id) && !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found
}

fn given_slots<'a>(cx: Cx<'a>, ids: &[ParamId]) -> Vec<Slot<'a>> {
    let slots = ids.iter().map(|id| Slot {
        id: *id,
        param: &cx.schema[*id],
        optional: false,
    });
    slots.collect()
}

/// The caches whose values are given something for their tags.
pub(super) fn caches(schema: &Schema) -> impl Iterator<Item = (&Key, Vec<ParamId>)> {
    key::generated(schema).filter_map(move |(_, key)| {
        let given = given(schema, key, tagged(key)?);
        (!given.is_empty()).then_some((key, given))
    })
}

/// What the values of one cache are given, inside `mod tags`.
pub(super) fn emit(cx: Cx<'_>, key: &Key, ids: &[ParamId]) -> TokenStream {
    let slots = given_slots(cx, ids);
    let words = format!(
        "What the tags of `{}` carry that its key does not.",
        key.name.as_str()
    );
    let (docs, name) = (doc::own(&words), ident::camel(&key.name));
    let generics = arguments(cx, &slots, &quote!('a));
    let fields = slots.iter().map(|slot| slot.field(cx));
    quote! {
        #docs
        #[derive(Clone)]
        pub struct #name #generics { #(#fields),* }
    }
}

/// The tags of a key's entries; nothing where it has none.
pub(super) fn rule(cx: Cx<'_>, key: &Key, subject: &Subject<'_>) -> Option<TokenStream> {
    let cache = tagged(key)?;
    let rt = cx.rt();
    let (name, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
    let ids = given(cx.schema, key, cache);
    let (given, by_key) = match ids.is_empty() {
        true => (
            quote!(()),
            Some(quote!(impl #rt::TaggedByKey for #name #anonymous {})),
        ),
        false => {
            let arguments = arguments(cx, &given_slots(cx, &ids), &quote!('g));
            (quote!(super::tags::#name #arguments), None)
        }
    };
    let count = Literal::usize_unsuffixed(cache.tags.len());
    let names = cache.tags.iter().map(|tag| {
        let other = &cx.schema[tag.key];
        let (other_name, slots) = (ident::camel(&other.name), slots(cx, &other.template));
        if slots.is_empty() {
            return quote!(to.add(&#other_name)?;);
        }
        let fields = slots.iter().map(|slot| {
            let (field, from) = (
                slot.ident(),
                match ids.contains(&slot.id) {
                    true => quote!(given),
                    false => quote!(self),
                },
            );
            match slot.is_copy(cx) {
                true => quote!(#field: #from.#field),
                false => quote!(#field: ::core::clone::Clone::clone(&#from.#field)),
            }
        });
        quote!(to.add(&#other_name { #(#fields),* })?;)
    });
    let ok = cx.ok();
    let unused = ids.is_empty().then(|| quote!(let () = given;));
    let checks = cache.tags.iter().enumerate().map(|(at, tag)| {
        let other = &cx.schema[tag.key];
        let arguments = arguments(cx, &slots(cx, &other.template), &quote!('_));
        let (at, other) = (Literal::usize_unsuffixed(at), ident::camel(&other.name));
        quote!(#at => name.is::<#other #arguments>())
    });
    Some(quote! {
        impl #rt::Tagged for #name #anonymous {
            type Given<'g> = #given;
            const TAGS: usize = #count;
            fn tags(&self, given: &Self::Given<'_>, to: &mut #rt::TagNames<'_>) -> #rt::Result<()> {
                #unused
                #(#names)*
                #ok(())
            }
            fn is_tag(at: usize, name: #rt::TagName<'_>) -> bool {
                match at { #(#checks,)* _ => false }
            }
        }
        #by_key
    })
}
