//! Parameters that nothing uses: left over, or forgotten in a template.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{ParamId, Structure, Type, TypeKind};

/// Warns of parameters of the root file. While something is missing from the draft, it may be what uses them;
/// a schema without keys and channels is only begun.
pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    let whole = !sink.has_errors()
        && draft.keys.iter().all(Option::is_some)
        && draft.types.iter().all(Option::is_some)
        && draft.channels.iter().all(Option::is_some)
        && draft.tombstones.iter().all(Option::is_some);
    let begun = draft.keys.is_empty() && draft.channels.is_empty();
    if !whole || begun {
        return;
    }
    let used = used(draft);
    for (index, param) in draft.params.iter().enumerate() {
        let Some(param) = param.as_ref().filter(|param| param.span.file.0 == 0) else {
            continue;
        };
        let is_used = u32::try_from(index).is_ok_and(|id| used.contains(&ParamId(id)));
        if !is_used {
            sink.push(
                Diagnostic::warning(
                    Code::E0315,
                    param.span,
                    format!("nothing uses `{}`", param.name),
                )
                .label("in no template and no value")
                .help(format!(
                    "write `{{{}}}` into the template it is meant for, or remove it",
                    param.name
                )),
            );
        }
    }
}

fn used(draft: &Draft) -> BTreeSet<ParamId> {
    let templates = draft
        .keys
        .iter()
        .flatten()
        .map(|key| &key.template)
        .chain(draft.channels.iter().flatten().map(|it| &it.template))
        .chain(draft.tombstones.iter().flatten().map(|it| &it.template));
    let mut used: BTreeSet<ParamId> = templates.flat_map(|template| template.params()).collect();
    used.extend(types(draft).into_iter().filter_map(param));
    used
}

/// The type of everything that is stored or sent.
fn types(draft: &Draft) -> Vec<&Type> {
    let mut types = Vec::new();
    for def in draft.types.iter().flatten() {
        match &def.kind {
            TypeKind::Struct(record) => types.extend(record.fields.iter().map(|field| &field.ty)),
            TypeKind::Alias(ty) | TypeKind::Rust { repr: ty, .. } => types.push(ty),
            TypeKind::Enum(_) | TypeKind::OneOf(_) => {}
        }
    }
    for key in draft.keys.iter().flatten() {
        match &key.structure {
            Structure::String(value)
            | Structure::List(value)
            | Structure::Set(value)
            | Structure::ZSet { member: value, .. }
            | Structure::HyperLogLog(value)
            | Structure::Geo(value) => types.push(&value.ty),
            Structure::Cache(cache) => types.push(&cache.value.ty),
            Structure::Queue(queue) => types.push(&queue.payload.ty),
            Structure::Session(session) => types.push(&session.data.ty),
            Structure::HashMap { field, value } => types.extend([&field.ty, &value.ty]),
            Structure::Progress(progress) => {
                let events = progress.events.as_ref();
                let message = events.and_then(|events| events.message.as_ref());
                types.extend(message.map(|message| &message.ty));
                types.push(&progress.item.ty);
            }
            Structure::JsonDocument(ty) | Structure::Counter(ty) => types.push(ty),
            Structure::Hash(_)
            | Structure::Stream { .. }
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
    types.extend(draft.channels.iter().flatten().map(|it| &it.message.ty));
    types
}

fn param(ty: &Type) -> Option<ParamId> {
    match ty {
        Type::Param(id) => Some(*id),
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => param(inner),
        _ => None,
    }
}
