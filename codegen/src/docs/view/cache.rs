//! What there is to know of a cache and of a tag of caches, in words.

use std::time::Duration;

use redis_schema_model::model::{Cache, Key, Schema, Structure};

use super::key::NoteView;
use crate::docs::words;

/// Notes for the page of a key.
pub(super) fn notes(schema: &Schema, key: &Key) -> Vec<NoteView> {
    match &key.structure {
        Structure::Cache(cache) => of_cache(schema, cache),
        Structure::CacheTag => of_tag(schema, key),
        _ => Vec::new(),
    }
}

fn note(label: &'static str, text: String) -> NoteView {
    NoteView { label, text }
}

fn of_cache(schema: &Schema, cache: &Cache) -> Vec<NoteView> {
    let time = |millis| words::duration(Duration::from_millis(millis));
    let mut notes = Vec::new();
    if cache.stale_ms != 0 {
        let text = format!(
            "answered for {} more after it was fresh, while one caller loads it anew",
            time(cache.stale_ms)
        );
        notes.push(note("Stale", text));
    }
    if cache.negative_ms != 0 {
        let text = format!("that there is nothing, for {}", time(cache.negative_ms));
        notes.push(note("Remembers", text));
    }
    let lease = time(cache.load_lease_ms);
    let loads = format!(
        "one at a time among all processes; after {lease} another one takes over. What is invalidated during a load is not stored after it"
    );
    notes.push(note("Loads", loads));
    if !cache.tags.is_empty() {
        let tags = cache
            .tags
            .iter()
            .map(|tag| format!("`{}`", schema[tag.key].name));
        let tags = tags.collect::<Vec<_>>().join(", ");
        notes.push(note(
            "Forgotten by",
            format!("{tags}: one command each, however many entries there are"),
        ));
    }
    notes.push(note("At rest", AT_REST.to_owned()));
    notes.push(note(
        "A fail-over",
        "may lose an invalidation: what it was to forget is back until it expires".to_owned(),
    ));
    notes
}

/// Every byte before the value.
const AT_REST: &str = "before the value stand: the byte `C1`; a byte that says what it is (1 a value, 2 that there is nothing, \
    3 being loaded, 4 a value that is being loaded anew); 8 bytes with the milliseconds before its end at which it stops being fresh; \
    of 3 and 4 the 16 bytes of the loader's token and 8 bytes with the milliseconds before its end at which the load may be taken \
    over; a byte with the number of tags, and of each 2 bytes with the length of its key, the key, a byte with the length of its \
    version, the version. Numbers are big-endian. Plain readers take of 1 and 4 what follows, and nothing else";

fn of_tag(schema: &Schema, key: &Key) -> Vec<NoteView> {
    let carries = |other: &&Key| match &other.structure {
        Structure::Cache(cache) => cache
            .tags
            .iter()
            .any(|tag| schema[tag.key].name == key.name),
        _ => false,
    };
    let caches: Vec<String> = schema
        .keys
        .iter()
        .filter(carries)
        .map(|other| format!("`{}`", other.name))
        .collect();
    let mut notes = Vec::new();
    if !caches.is_empty() {
        notes.push(note("Forgets entries of", caches.join(", ")));
    }
    let version = "a text that no other version has: the server's time in microseconds and 16 random digits. It is there while \
        something may be stored under it; one that is lost or evicted costs loads, and brings nothing back";
    notes.push(note("Version", version.to_owned()));
    notes
}
