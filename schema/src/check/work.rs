//! Queues of work: times that fit each other, and what they cannot be asked for besides.

use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{Durability, Key, Structure, WorkQueue};
use crate::text::shortest;

/// A third of it must be enough for a round trip.
const SHORTEST: Duration = Duration::from_millis(100);

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    for key in draft.keys.iter().flatten() {
        let Structure::Queue(queue) = &key.structure else {
            continue;
        };
        let mistake = |message: String, label: &str, help: String| {
            Diagnostic::error(Code::E1502, queue.span, message)
                .label(label.to_owned())
                .help(help)
        };
        for (message, label, help) in times(key, queue).into_iter().chain(asked(key)) {
            sink.push(mistake(message, label, help));
        }
    }
}

/// What is wrong, how to label it, and what to do.
type Wrong = (String, &'static str, String);

fn times(key: &Key, queue: &WorkQueue) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if queue.lease < SHORTEST {
        wrong.push((
            format!("the lease of `{}` is over before work begins", key.name),
            "shorter than networks and schedulers are late",
            String::from("write at least `lease: 100ms`"),
        ));
    }
    if let Some(backoff) = queue.backoff.filter(|it| it.max < it.first) {
        wrong.push((
            format!(
                "the longest wait of `{}` is shorter than the first",
                key.name
            ),
            "waits grow from `first:` to `max:`",
            format!("write at least `max: {}`", shortest(backoff.first)),
        ));
    }
    if queue.keep.done < queue.lease {
        wrong.push((
            format!("`{}` forgets what is done too early", key.name),
            "a worker that still counts on its lease could not be told that the task is done",
            format!(
                "write at least `keep: {{ done: {} }}`",
                shortest(queue.lease)
            ),
        ));
    }
    wrong
}

fn asked(key: &Key) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if key.replica_ok {
        wrong.push((
            format!("`{}` may be read from a replica", key.name),
            "a replica may not know yet whose a task is",
            String::from("remove `replica_ok:`: only the primary knows"),
        ));
    }
    if key.durability == Some(Durability::Cache) {
        wrong.push((
            format!("`{}` may be evicted", key.name),
            "work that waits is nowhere else",
            String::from(
                "write `durability: durable`, or let the queue live in a database that is no cache",
            ),
        ));
    }
    wrong
}
