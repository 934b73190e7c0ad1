//! Which rule has which story.

use std::collections::BTreeSet;

use redis_schema_rules::breaking::ALL;
use redis_schema_rules::page::{examples, page};

use crate::stage::Stage;
use crate::{
    buried, caches, channels, collections, enums, fields, groups, lifetimes, limits, locks, names,
    newer, operations, places, progress, queues, records, sessions, slots, streams, strict, values,
    work,
};

/// What is shown of a rule.
#[derive(Clone, Copy)]
pub enum Told {
    /// The break and its compatible twin, on one server.
    Live(fn(&mut Stage<'_>)),
    /// The same on a cluster; `slots.rs` plays it.
    Clustered(fn(&mut slots::Stage<'_>)),
    /// Nothing, because a server has no part in it.
    Not(&'static str),
}

pub type Entry = (&'static str, Told);

const GROUPS: &[&[Entry]] = &[
    names::STORIES,
    places::STORIES,
    values::STORIES,
    enums::STORIES,
    fields::STORIES,
    strict::STORIES,
    records::STORIES,
    collections::STORIES,
    streams::STORIES,
    groups::STORIES,
    queues::STORIES,
    limits::STORIES,
    locks::STORIES,
    progress::STORIES,
    buried::STORIES,
    caches::STORIES,
    sessions::STORIES,
    channels::STORIES,
    lifetimes::STORIES,
    newer::STORIES,
    operations::STORIES,
    slots::STORIES,
    work::STORIES,
    ELSEWHERE,
];

const RECORDS: &str = "it judges the schema's own records; data and messages are as they were";

/// Rules in which a server has no part.
const ELSEWHERE: &[Entry] = &[
    ("B001", Told::Not("what no rule knows has no story")),
    (
        "B701",
        Told::Not("the compiler tells, before anything runs"),
    ),
    (
        "B702",
        Told::Not("the compiler tells, before anything runs"),
    ),
    ("B704", Told::Not("links between pages")),
    ("B901", Told::Not(RECORDS)),
    ("B902", Told::Not(RECORDS)),
    ("B903", Told::Not(RECORDS)),
    ("B904", Told::Not(RECORDS)),
    ("B911", Told::Not(RECORDS)),
    ("B912", Told::Not(RECORDS)),
];

#[test]
fn every_rule_has_a_story_or_a_reason_why_not() {
    let rules: BTreeSet<&str> = ALL.iter().map(|rule| rule.meta.code).collect();
    let told: BTreeSet<&str> = entries().map(|(code, _)| *code).collect();
    assert_eq!(rules, told, "left: the rules, right: those told here");
    for (code, told) in entries() {
        if let Told::Not(reason) = told {
            assert!(reason.len() > 10, "{code} has no reason");
        }
    }
}

/// A story that uses only some of a page's examples would let the others say what they like.
#[test]
fn every_example_is_played() {
    let mut idle = Vec::new();
    for rule in ALL {
        let code = rule.meta.code.to_lowercase();
        let live = entries()
            .any(|(other, told)| *other == rule.meta.code && !matches!(told, Told::Not(_)));
        let page = page(rule.meta.source);
        let count = examples(&page)
            .iter()
            .filter(|one| one.has("before"))
            .count();
        let stories = ["one", "two", "three", "four", "five"];
        for story in stories.iter().take(if live { count } else { 0 }) {
            let path = format!("{code}::{story}::");
            if !SOURCES.iter().any(|text| text.contains(&path)) {
                idle.push(path);
            }
        }
    }
    assert!(idle.is_empty(), "these are on the pages alone: {idle:?}");
}

const SOURCES: &[&str] = &[
    include_str!("names.rs"),
    include_str!("places.rs"),
    include_str!("values.rs"),
    include_str!("enums.rs"),
    include_str!("fields.rs"),
    include_str!("strict.rs"),
    include_str!("records.rs"),
    include_str!("collections.rs"),
    include_str!("streams.rs"),
    include_str!("groups.rs"),
    include_str!("queues.rs"),
    include_str!("limits.rs"),
    include_str!("locks.rs"),
    include_str!("progress.rs"),
    include_str!("buried.rs"),
    include_str!("caches.rs"),
    include_str!("sessions.rs"),
    include_str!("channels.rs"),
    include_str!("lifetimes.rs"),
    include_str!("newer.rs"),
    include_str!("operations.rs"),
    include_str!("slots.rs"),
    include_str!("work.rs"),
];

fn entries() -> impl Iterator<Item = &'static Entry> {
    GROUPS.iter().copied().flatten()
}
