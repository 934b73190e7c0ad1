//! What there is to know of a queue and of what its tasks carry, in words.

use redis_schema_model::model::{Key, Schema, Structure, WorkQueue};

use super::key::NoteView;
use crate::docs::words;

/// How long a queue lives, as a sentence without its full stop.
pub(super) fn lifetime(key: &Key) -> Option<String> {
    match &key.structure {
        Structure::Queue(queue) => {
            let keep = words::duration(queue.keep.done.max(queue.keep.dead));
            Some(format!(
                "while there is work, and then as long as something is known of what is over, at most {keep}"
            ))
        }
        Structure::QueueTasks { .. } => Some("as long as its queue".to_owned()),
        _ => None,
    }
}

/// Notes for the page of a key.
pub(super) fn notes(schema: &Schema, key: &Key) -> Vec<NoteView> {
    match &key.structure {
        Structure::Queue(queue) => of_queue(queue),
        Structure::QueueTasks { queue } => vec![note(
            "Written by",
            format!("`{}`, in the scripts of its methods", schema[*queue].name),
        )],
        _ => Vec::new(),
    }
}

fn note(label: &'static str, text: String) -> NoteView {
    NoteView { label, text }
}

fn of_queue(queue: &WorkQueue) -> Vec<NoteView> {
    let mut notes = vec![
        note(
            "Claimed",
            format!(
                "for a lease of {}, by the server's clock, {} at most; then it is dead",
                words::duration(queue.lease),
                times(queue.max_attempts)
            ),
        ),
        note("Tried again", again(queue)),
    ];
    if !queue.priorities.is_empty() {
        let names = queue.priorities.iter().map(|name| format!("`{name}`"));
        let names = names.collect::<Vec<_>>().join(", then ");
        notes.push(note("Priorities", format!("{names}, always")));
    }
    let keep = &queue.keep;
    notes.push(note(
        "Known of what is over",
        format!(
            "the id of a task that is done for {}; dead tasks with their payload for {}, {} of them at most",
            words::duration(keep.done),
            words::duration(keep.dead),
            words::grouped(keep.max_dead.into())
        ),
    ));
    notes.push(note("Promised", PROMISE.to_owned()));
    notes.push(note("Lost by a fail-over", FAIL_OVER.to_owned()));
    notes.push(note("At rest", AT_REST.to_owned()));
    notes
}

fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{} times", words::grouped(more.into())),
    }
}

fn again(queue: &WorkQueue) -> String {
    match &queue.backoff {
        None => "at once".to_owned(),
        Some(backoff) => format!(
            "after {}, twice as long each time, {} at most, between half of it and all of it by chance; at once where the lease ended without a word",
            words::duration(backoff.first),
            words::duration(backoff.max)
        ),
    }
}

const PROMISE: &str = "a task that was added is done by somebody or dead, at least once: work may be done twice, by a worker that is late and the \
                       one that has the task after it. One acknowledgement counts. A delayed task is never claimed early, and none while \
                       a more urgent one waits. Adding, claiming and acknowledging are sent again after a lost reply, and count once";
const FAIL_OVER: &str = "tasks added last that the new primary has not heard of; what became of others, which are worked on again";
const AT_REST: &str = "every task stands once in the sorted set, as `t:` and its id. The score says what becomes of it: divided by 2^45, 0 to 15 \
                       waits with that priority, 100 is claimed, 101 delayed, 102 dead, 103 done, and what is left over counts up or is a moment in \
                       milliseconds. The key behind it has the payload under `p:` and the id";
