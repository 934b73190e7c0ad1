//! Lists that hold values while they are worked on: they must be able to.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{Key, KeyId, Queue, Structure};

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    for (_, key, queue, processing) in processed(draft) {
        let Some(other) = draft.key(processing) else {
            continue;
        };
        if let Some((what, label, help)) = unfit(key, other) {
            let message = format!(
                "values of `{}` cannot be worked on in `{}`: {what}",
                key.name, other.name
            );
            sink.push(
                Diagnostic::error(Code::E0619, queue.span, message)
                    .label(label)
                    .related(other.span, "declared here")
                    .help(help),
            );
        }
    }
}

/// Every list whose values are worked on in another one.
pub(super) fn processed(draft: &Draft) -> impl Iterator<Item = (KeyId, &Key, &Queue, KeyId)> {
    let keys = (0..).map(KeyId).zip(&draft.keys);
    keys.filter_map(|(id, key)| {
        let key = key.as_ref()?;
        let queue = key.queue.as_ref()?;
        Some((id, key, queue, queue.processing?))
    })
}

/// What is wrong, how to label it, and what to do.
fn unfit(key: &Key, other: &Key) -> Option<(&'static str, &'static str, String)> {
    if other.name == key.name {
        return Some((
            "it is the list itself",
            "would be the next again",
            "name another list of the same values".to_owned(),
        ));
    }
    let (Structure::List(held), Structure::List(wanted)) = (&other.structure, &key.structure)
    else {
        return Some((
            "it is not a list",
            "another structure",
            format!("declare `{}` as a list of the same values", other.name),
        ));
    };
    if (&held.ty, held.encoding) != (&wanted.ty, wanted.encoding) {
        return Some((
            "its values are others",
            "another type or encoding",
            format!(
                "declare the same `of:` for `{}` and `{}`",
                key.name, other.name
            ),
        ));
    }
    if other.database != key.database {
        return Some((
            "it lives in another database",
            "a value moves within one database",
            format!(
                "let `{}` live where `{}` does (`in:`)",
                other.name, key.name
            ),
        ));
    }
    None
}
