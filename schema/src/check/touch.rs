//! `touch: on_write` and a field's `ttl:` need accessors that know of them: those of hashes.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{Structure, Type, TypeId, TypeKind};
use crate::source::Span;

/// Uses of types other than as the record of a hash: the first of each, in words.
type Elsewhere = BTreeMap<TypeId, (Span, String)>;

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    let elsewhere = elsewhere(draft);
    for (id, (span, place)) in elsewhere {
        let Some(TypeKind::Struct(record)) = draft.ty(id).map(|def| &def.kind) else {
            continue;
        };
        let also = format!("its record is also {place}");
        for field in &record.fields {
            let name = &field.name;
            if field.touch {
                sink.push(
                    Diagnostic::error(Code::E0509, field.span, format!("`{name}` would not be touched everywhere"))
                        .label("set by writes of hashes only")
                        .related(span, &also)
                        .help("remove `touch:` and set the field yourself, or use a record of its own for the hash"),
                );
            }
            if field.ttl.is_some() {
                sink.push(
                    Diagnostic::error(
                        Code::E0615,
                        field.span,
                        format!("`{name}` would not expire everywhere"),
                    )
                    .label("only fields of hashes have a lifetime")
                    .related(span, &also)
                    .help("remove its `ttl:`, or use a record of its own for the hash"),
                );
            }
        }
    }
}

fn elsewhere(draft: &Draft) -> Elsewhere {
    let mut found = Elsewhere::new();
    let mut note = |ty: &Type, span: Span, place: String| {
        if let Some(id) = named(ty) {
            found.entry(id).or_insert((span, place));
        }
    };
    for def in draft.types.iter().flatten() {
        match &def.kind {
            TypeKind::Struct(record) => {
                for field in &record.fields {
                    note(&field.ty, field.span, format!("held by `{}`", def.name));
                }
            }
            TypeKind::OneOf(union) => {
                for (_, id) in &union.variants {
                    note(
                        &Type::Named(*id),
                        def.span,
                        format!("a variant of `{}`", def.name),
                    );
                }
            }
            TypeKind::Alias(ty) | TypeKind::Rust { repr: ty, .. } => {
                note(ty, def.span, format!("stored as `{}`", def.name));
            }
            TypeKind::Enum(_) => {}
        }
    }
    for key in draft.keys.iter().flatten() {
        let place = || format!("the value of `{}`", key.name);
        match &key.structure {
            Structure::String(value)
            | Structure::List(value)
            | Structure::Set(value)
            | Structure::HashMap { value, .. }
            | Structure::ZSet { member: value, .. }
            | Structure::HyperLogLog(value)
            | Structure::Geo(value) => note(&value.ty, key.span, place()),
            Structure::Cache(cache) => note(&cache.value.ty, key.span, place()),
            Structure::Queue(queue) => note(&queue.payload.ty, key.span, place()),
            Structure::Session(session) => note(&session.data.ty, key.span, place()),
            Structure::Progress(progress) => {
                let events = progress.events.as_ref();
                if let Some(message) = events.and_then(|events| events.message.as_ref()) {
                    note(&message.ty, key.span, place());
                }
            }
            Structure::JsonDocument(ty) => note(ty, key.span, place()),
            Structure::Stream { entry, .. } => {
                note(
                    &Type::Named(*entry),
                    key.span,
                    format!("the entry of `{}`", key.name),
                );
            }
            Structure::Hash(_)
            | Structure::Counter(_)
            | Structure::Bitmap
            | Structure::RateLimit(_)
            | Structure::Lock { .. }
            | Structure::Semaphore { .. }
            | Structure::Fence { .. }
            | Structure::ProgressEvents { .. }
            | Structure::CacheTag
            | Structure::QueueTasks { .. }
            | Structure::SessionIndex { .. }
            | Structure::External(_) => {}
        }
    }
    for channel in draft.channels.iter().flatten() {
        note(
            &channel.message.ty,
            channel.span,
            format!("the message of `{}`", channel.name),
        );
    }
    found
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => named(inner),
        _ => None,
    }
}
