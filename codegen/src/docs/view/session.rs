//! What there is to say of sessions and of their indexes: when they end, what that promises, and what a fail-over loses.

use std::time::Duration;

use redis_schema_model::model::{Key, Schema, Session, Structure};

use super::key::NoteView;
use crate::docs::words;

/// How long a session lives, as a sentence without its full stop.
pub(super) fn lives(key: &Key) -> Option<String> {
    match &key.structure {
        Structure::Session(session) => Some(format!(
            "{} after it was last used, and at most {} after it was made, by the server's clock",
            time(session.idle_ms),
            time(session.absolute_ms)
        )),
        Structure::SessionIndex { .. } => {
            Some("as long as the session in it that may end last".to_owned())
        }
        _ => None,
    }
}

/// What a page says of it.
pub(super) fn notes(schema: &Schema, key: &Key) -> Vec<NoteView> {
    match &key.structure {
        Structure::Session(session) => of_session(schema, session),
        Structure::SessionIndex { session } => {
            let name = &schema[*session].name;
            vec![
                note(
                    "Holds",
                    format!(
                        "the sessions of `{name}`, which are made, rotated, listed and revoked here"
                    ),
                ),
                note("Promised", INDEX.to_owned()),
                note("At rest", INDEX_AT_REST.to_owned()),
                note("Lost by a fail-over", INDEX_FAIL_OVER.to_owned()),
            ]
        }
        _ => Vec::new(),
    }
}

fn of_session(schema: &Schema, session: &Session) -> Vec<NoteView> {
    let used = format!(
        "by `get_and_touch`, noted when {} of the idle time are over, so that most reads write nothing",
        time(session.touch_after_ms)
    );
    let mut notes = vec![note("Used", used)];
    if let Some(index) = session.index {
        let text = format!(
            "in `{}`, where those of one user are made, rotated, listed and revoked",
            schema[index.key].name
        );
        notes.push(note("Found", text));
    }
    notes.push(note("Token", TOKEN.to_owned()));
    notes.push(note("Promised", PROMISE.to_owned()));
    notes.push(note("At rest", AT_REST.to_owned()));
    notes.push(note("Lost by a fail-over", FAIL_OVER.to_owned()));
    notes
}

fn note(label: &'static str, text: String) -> NoteView {
    NoteView { label, text }
}

fn time(millis: u64) -> String {
    words::duration(Duration::from_millis(millis))
}

const TOKEN: &str = "192 random bits, for the client alone: the key has the SHA-256 of it, so that nobody logs in by what the server holds";
const PROMISE: &str = "on one primary, what is revoked or was rotated is never read again; no use makes a session last beyond its end; of several \
                       who update what they have read, one succeeds and the others are told";
const AT_REST: &str = "fields `data`, `version` and `ends` (milliseconds since 1970); of a session that was rotated `moved` alone, for a minute";
const FAIL_OVER: &str = "sessions, uses and updates that the new primary has not heard of; and a revocation, so that the session is back until it ends";
const INDEX: &str = "on one primary, every session that anybody can use is in it: `revoke_all` ends all that were made before it began. What is in \
                     it and gone is taken out by `list`, by `revoke_all`, and when its time is over. Deleting the key ends no session: groups leave \
                     it alone";
const INDEX_AT_REST: &str = "hashes of tokens, by the moment at which the session ends at the latest (milliseconds since 1970)";
const INDEX_FAIL_OVER: &str = "the place of sessions that were made in the last moments: they are not listed and not revoked with the others, and end by \
                               themselves. So does an eviction of the index: have it on a server that evicts nothing";
