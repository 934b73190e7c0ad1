//! What there is to know of a progress and of its events, in words.

use redis_schema_model::model::{Key, Progress, ProgressEvents, Schema, Structure};

use super::key::NoteView;
use crate::docs::{notation, words};

/// Notes for the page of a key.
pub(super) fn notes(schema: &Schema, key: &Key) -> Vec<NoteView> {
    match &key.structure {
        Structure::Progress(progress) => of_progress(schema, key, progress),
        Structure::ProgressEvents { progress } => {
            let Structure::Progress(rule) = &schema[*progress].structure else {
                return Vec::new();
            };
            let by = format!(
                "each report of `{}` that changes a number, in the same script",
                schema[*progress].name
            );
            let mut notes = vec![note("Written by", by)];
            notes.extend(rule.events.as_ref().map(kept));
            notes.push(note("At rest", EVENT.to_owned()));
            notes
        }
        _ => Vec::new(),
    }
}

fn note(label: &'static str, text: String) -> NoteView {
    NoteView { label, text }
}

fn kept(events: &ProgressEvents) -> NoteView {
    note("Keeps", notation::trim(events.trim))
}

fn of_progress(schema: &Schema, key: &Key, progress: &Progress) -> Vec<NoteView> {
    let most = words::grouped(u128::from(progress.max));
    let lower = if progress.allow_decrease {
        "a report may lower a number"
    } else {
        "numbers never go down: a report that comes late or twice changes nothing"
    };
    let unknown = if progress.allow_unknown {
        "a report of an item that is new adds it"
    } else {
        "a report of an item with which nobody began is answered so, and changes nothing"
    };
    let mut notes = vec![
        note(
            "Numbers",
            format!("from 0 to {most}, at which an item is done"),
        ),
        note("Reports", format!("{lower}; {unknown}")),
        note("Promised", promise(progress).to_owned()),
    ];
    if let Some(events) = &progress.events {
        let message = events
            .message
            .as_ref()
            .map(|message| format!(", with a message of `{}`", notation::value(schema, message)));
        let text = format!(
            "each change is an entry of `{}_events`{}; kept are {}; a snapshot tells from where on to follow without a gap",
            key.name,
            message.unwrap_or_default(),
            notation::trim(events.trim)
        );
        notes.push(note("Events", text));
    }
    notes.push(note("At rest", AT_REST.to_owned()));
    notes.push(note("Lost by a fail-over", FAIL_OVER.to_owned()));
    notes
}

const fn promise(progress: &Progress) -> &'static str {
    if progress.allow_decrease {
        "on one primary the totals are those of the items at every moment, and a report that completes all of them is told so; a report whose \
         answer is lost is not sent again"
    } else {
        "on one primary the totals are those of the items at every moment, and one report alone is told that it completed all of them, \
         however often it is sent"
    }
}

const AT_REST: &str = "a field for each item with its number; beside them `:sum`, `:items` and `:done` (the totals), `:max` (by which they are \
    counted) and `:last` (the token of the report that completed them)";
const EVENT: &str = "`item` and `value`; `sum`, `items`, `done` and `max` right after the report; `message` where it said something";
const FAIL_OVER: &str = "the last reports: numbers go back by them until the next ones, and a completion that was told may be told again";
