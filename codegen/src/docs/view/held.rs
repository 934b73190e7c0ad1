//! What there is to say of locks and semaphores: how they are held, what that promises, and what a fail-over loses.

use redis_schema_model::model::{Hold, Key, Lifetime, Schema, Structure, TtlRule};

use super::key::NoteView;
use crate::docs::words;

/// How long a hold lasts that is not renewed, as a sentence without its full stop.
pub(super) fn lease(key: &Key) -> Option<String> {
    let held = matches!(
        key.structure,
        Structure::Lock { .. } | Structure::Semaphore { .. }
    );
    match &key.lifetime {
        Lifetime::Expires(expiry) if held => match expiry.rule {
            TtlRule::After(lease) => Some(format!(
                "a lease of {}, by the server's clock",
                words::duration(lease)
            )),
            TtlRule::EndOfDay => None,
        },
        _ => None,
    }
}

/// What a page says of a lock, a semaphore or the number of a lock's last hold.
pub(super) fn notes(schema: &Schema, key: &Key) -> Vec<NoteView> {
    let note = |label, text: String| NoteView { label, text };
    match &key.structure {
        Structure::Lock { hold, fenced } => {
            let mut notes = vec![
                note("Held", format!("by one holder at a time, {}", how(hold))),
                note("Promised", PROMISE.to_owned()),
                note("Lost by a fail-over", FAIL_OVER.to_owned()),
            ];
            if *fenced {
                let text = format!(
                    "each hold has one, higher than all before; the last one lies in `{}_fence`. It protects what refuses lower ones",
                    key.name
                );
                notes.push(note("Numbers", text));
            }
            notes
        }
        Structure::Semaphore { hold, permits } => vec![
            note(
                "Held",
                format!("by up to {permits} holders at a time, {}", how(hold)),
            ),
            note("Promised", PERMITS.to_owned()),
            note("Lost by a fail-over", FAIL_OVER.to_owned()),
        ],
        Structure::Fence { lock } => {
            let text = format!(
                "each hold of `{}`, in the script that grants it",
                schema[*lock].name
            );
            vec![note("Written by", text)]
        }
        _ => Vec::new(),
    }
}

const PROMISE: &str = "on one primary nobody else gets it before a guard's deadline, a tenth of the lease (half a second at most) before \
                       the server lets it go; a guard tells when it is lost, and a process that was stopped learns it when it goes on";
const PERMITS: &str = "on one primary there are never more holders than permits before their guards' deadlines; a permit whose holder is \
                       gone is free again when its lease is over";
const FAIL_OVER: &str = "holds that the new primary has not heard of: somebody else may hold it beside for as long as a lease lasts";

/// Who renews it, for how long, and how long others wait.
fn how(hold: &Hold) -> String {
    let renewed = if hold.renew {
        "renewed by its guard"
    } else {
        "renewed by nobody but its holder"
    };
    let most = hold
        .max_hold
        .map(|most| format!(", for {} at most", words::duration(most)));
    let wait = match hold.wait {
        Some(wait) => format!("`acquire` waits up to {}", words::duration(wait)),
        None => "`acquire` does not wait".to_owned(),
    };
    format!("{renewed}{}; {wait}", most.unwrap_or_default())
}
