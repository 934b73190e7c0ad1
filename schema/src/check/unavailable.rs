//! Which keys may do without their server: those whose content can be had again.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{Durability, Fallback, Key, Structure};
use crate::source::Span;

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    for key in draft.keys.iter().flatten() {
        let Some(span) = key.on_unavailable.span else {
            continue;
        };
        if let Some(finding) = limiter(key, span) {
            sink.push(finding);
            continue;
        }
        if matches!(key.structure, Structure::RateLimit(_)) {
            continue;
        }
        let danger = danger(&key.structure);
        let answered = || danger.or_else(|| answers(&key.structure));
        if let (true, Some(danger)) = (key.on_unavailable.read != Fallback::Error, danger) {
            sink.push(refused(key, span, "reads", danger));
        } else if key.on_unavailable.read == Fallback::Load && !loads(&key.structure) {
            sink.push(no_loader(key, span));
        } else if let (true, Some(danger)) = (key.on_unavailable.skip_writes, answered()) {
            sink.push(refused(key, span, "writes", danger));
        }
    }
    units(draft, sink);
    durable(draft, sink);
}

/// What would go wrong if a read answered nothing, or a write were dropped.
fn danger(structure: &Structure) -> Option<&'static str> {
    match structure {
        Structure::String(_)
        | Structure::Hash(_)
        | Structure::HashMap { .. }
        | Structure::JsonDocument(_)
        | Structure::RateLimit(_)
        | Structure::Cache(_)
        | Structure::Progress(_) => None,
        Structure::CacheTag => {
            Some("an invalidation that is dropped leaves what was to be forgotten")
        }
        Structure::Counter(_) => {
            Some("a count that starts at nothing lets through what a limit should stop")
        }
        Structure::Set(_) | Structure::Bitmap | Structure::HyperLogLog(_) => {
            Some("that something is not in it would be a guess, and others decide by it")
        }
        Structure::List(_) | Structure::ZSet { .. } | Structure::Geo(_) => {
            Some("work that waits in it would be missed, and what is dropped never comes back")
        }
        Structure::Stream { .. } => {
            Some("readers would pass over entries, and groups would never be given them")
        }
        Structure::Lock { .. } | Structure::Semaphore { .. } | Structure::Fence { .. } => Some(
            "whoever is told that it is free, or taken, works beside another holder: what keeps others out fails closed",
        ),
        Structure::Queue(_) | Structure::QueueTasks { .. } => Some(
            "a task that is dropped is never done, and one that nobody is told of waits for ever",
        ),
        Structure::Session(_) | Structure::SessionIndex { .. } => Some(
            "who is logged in would be a guess, and what is revoked must not come back: what lets people in fails closed",
        ),
        Structure::ProgressEvents { .. } => Some("reports write it"),
        Structure::External(_) => Some("no accessor is generated for it"),
    }
}

/// Limiters have words of their own, which mean nothing elsewhere.
fn limiter(key: &Key, span: Span) -> Option<Diagnostic> {
    let decides = matches!(key.on_unavailable.read, Fallback::Allow | Fallback::Deny);
    let limits = matches!(key.structure, Structure::RateLimit(_));
    let (label, help) = match (limits, decides) {
        (true, true) if !key.on_unavailable.skip_writes => return None,
        (true, _) if key.on_unavailable.is_error() => return None,
        (true, _) => (
            "a limiter answers every call: yes or no",
            "write `allow` or `deny`; without either, calls fail",
        ),
        (false, true) => (
            "only a `rate_limit:` lets through or refuses",
            "write `absent`, `default`, `load` or `skip_write` for what may be had again, or remove it",
        ),
        (false, false) => return None,
    };
    let message = format!("`{}` cannot be without the server like this", key.name);
    Some(
        Diagnostic::error(Code::E1101, span, message)
            .label(label)
            .help(help),
    )
}

/// Whether a read of a structure takes a loader: where it is one value as a whole.
const fn loads(structure: &Structure) -> bool {
    matches!(
        structure,
        Structure::String(_)
            | Structure::Hash(_)
            | Structure::JsonDocument(_)
            | Structure::Cache(_)
    )
}

/// What the plain write of a structure answers, if that could not be told of a write that was dropped.
fn answers(structure: &Structure) -> Option<&'static str> {
    match structure {
        Structure::HashMap { .. } => {
            Some("they tell whether a field is new, which is not known of one that was dropped")
        }
        _ => None,
    }
}

fn refused(key: &Key, span: Span, what: &str, danger: &str) -> Diagnostic {
    let message = format!("{what} of `{}` cannot do without the server", key.name);
    Diagnostic::error(Code::E1101, span, message)
        .label(danger.to_owned())
        .help("remove it, and decide where you call: the error's `is_unavailable()` tells")
}

fn no_loader(key: &Key, span: Span) -> Diagnostic {
    let message = format!("no read of `{}` takes a loader", key.name);
    Diagnostic::error(Code::E1101, span, message)
        .label("fields of a map are read one by one, and which there are nobody knows beforehand")
        .help("write `absent`: reads answer `None`, and the caller loads as after a miss; or declare a `hash:` with its fields, which is loaded as a whole")
}

/// A unit is all or nothing: none of its keys may be dropped by itself.
fn units(draft: &Draft, sink: &mut Sink) {
    for unit in draft.units.iter().flatten() {
        let keys = unit.writes.iter().filter_map(|id| draft.key(*id));
        for key in keys.filter(|key| key.on_unavailable.skip_writes) {
            let message = format!(
                "the unit `{}` writes `{}`, whose writes may be dropped",
                unit.name, key.name
            );
            let mut finding = Diagnostic::error(Code::E1103, unit.span, message)
                .label("all or nothing")
                .help("remove `skip_write` from the key, or the key from the unit");
            if let Some(span) = key.on_unavailable.span {
                finding = finding.related(span, "dropped without a server");
            }
            sink.push(finding);
        }
    }
}

/// What must not be lost must not be dropped either.
fn durable(draft: &Draft, sink: &mut Sink) {
    let keys = draft.keys.iter().flatten();
    for key in keys.filter(|key| key.on_unavailable.skip_writes) {
        let Some(span) = key.on_unavailable.span else {
            continue;
        };
        if key.durability != Some(Durability::Durable) {
            continue;
        }
        let message = format!("`{}` is durable, and its writes may be dropped", key.name);
        sink.push(
            Diagnostic::error(Code::E1104, span, message)
                .label("reported as done, and lost")
                .help("remove `skip_write`, or write `durability: cache` if it can be had again"),
        );
    }
}
