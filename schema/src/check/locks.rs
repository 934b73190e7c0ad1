//! Locks and semaphores: times that fit each other, and what they cannot be asked for besides.

use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{Hold, Key, Lifetime, Structure, TtlRule};

/// A third of it must be enough for a round trip, and its tenth for what clocks and schedulers are late.
const SHORTEST: Duration = Duration::from_millis(100);

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    for key in draft.keys.iter().flatten() {
        let (Structure::Lock { hold, .. } | Structure::Semaphore { hold, .. }) = &key.structure
        else {
            continue;
        };
        if let Some(finding) = lease(key).and_then(|lease| times(key, lease, hold)) {
            sink.push(finding);
        }
        if key.replica_ok {
            let message = format!("`{}` may be read from a replica", key.name);
            sink.push(
                Diagnostic::error(Code::E1203, key.span, message)
                    .label("a replica may not know yet who holds it")
                    .help("remove `replica_ok:`: only the primary knows"),
            );
        }
    }
}

fn lease(key: &Key) -> Option<Duration> {
    match &key.lifetime {
        Lifetime::Expires(expiry) => match expiry.rule {
            TtlRule::After(lease) => Some(lease),
            TtlRule::EndOfDay => None,
        },
        _ => None,
    }
}

/// What is wrong with its times.
fn times(key: &Key, lease: Duration, hold: &Hold) -> Option<Diagnostic> {
    let mistake = |message: String, label: &str, help: &str| {
        let finding = Diagnostic::error(Code::E1203, key.span, message);
        Some(finding.label(label).help(help))
    };
    if lease < SHORTEST {
        return mistake(
            format!("the lease of `{}` is over before it begins", key.name),
            "shorter than networks and schedulers are late",
            "write at least `lease: 100ms`",
        );
    }
    if hold.renew && hold.max_hold.is_some_and(|most| most <= lease) {
        return mistake(
            format!("`{}` is never renewed", key.name),
            "a hold ends before its first lease does",
            "let `max_hold:` be longer than `lease:`, or write `renew: never`",
        );
    }
    None
}
