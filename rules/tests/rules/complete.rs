//! The facts carry the whole model: whatever changes in a schema changes its facts, unless it is said here why not.
//!
//! One word of a schema is changed at a time, and the model says which of its fields became different. So a field that
//! the model grows is looked at without a line here; it fails until the facts carry it or [`LEFT_OUT`] says why not.

use std::collections::{BTreeMap, BTreeSet};

use redis_schema_model::diagnostic::Sink;
use redis_schema_model::load::load_text;
use redis_schema_model::model::Schema;
use redis_schema_model::node::{Entry, Node, NodeKind};
use redis_schema_model::source::{FileId, Span};
use redis_schema_model::yaml;
use redis_schema_rules::breaking::compare;
use redis_schema_rules::facts::Facts;

use crate::dump::Dump;
use crate::texts;

/// Fields of the model that the facts leave out, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "*.about",
        "words for people: a better description breaks nothing",
    ),
    ("*.span", "a place in a text"),
    ("Span.*", "a place in a text"),
    ("Schema.files", "names of files"),
    (
        "Removed.name",
        "a tombstone of a part is known by the part that it buries",
    ),
    ("Raw.reason", "words for people"),
    ("Schema.edition", "carried, and there is only one so far"),
    (
        "SessionIndex.*",
        "carried; an index is that of one session, and every session has one of its own, so no single word changes which",
    ),
];

fn is_left_out(field: &str) -> bool {
    LEFT_OUT.iter().any(|(pattern, _)| fits(pattern, field))
}

fn fits(pattern: &str, field: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, behind)) => field.starts_with(before) && field.ends_with(behind),
        None => pattern == field,
    }
}

/// Lines of a schema whose every word is changed in little time; a larger one only says which fields there are.
const SMALL: usize = 120;

/// What came of changing every word of some schemas.
#[derive(Debug, Default)]
struct Seen {
    /// Fields of the model that there are.
    fields: BTreeSet<String>,
    /// Those that hold things with fields of their own.
    holders: BTreeSet<String>,
    /// Those that became different, and with them the facts.
    carried: BTreeSet<String>,
    /// What became different while the facts stayed as they were.
    lost: BTreeMap<BTreeSet<String>, String>,
    /// Changes that no rule knows.
    unknown: Vec<String>,
}

#[test]
fn every_field_of_the_model_is_carried_by_the_facts_or_left_out_for_a_reason() {
    let mut seen = Seen::default();
    for text in texts() {
        let dump = Dump::of(&schema(&text).expect("a schema"));
        seen.fields.extend(dump.fields().map(ToOwned::to_owned));
        seen.holders.extend(dump.holders().map(ToOwned::to_owned));
        if text.lines().count() < SMALL {
            look(&text, &mut seen);
        }
    }
    assert!(
        seen.lost.is_empty(),
        "the facts do not carry these; carry them, or say in LEFT_OUT why not: {:#?}",
        seen.lost
    );
    let kept = seen.fields.difference(&seen.holders);
    let kept = kept.filter(|field| !is_left_out(field));
    let never: Vec<&String> = kept
        .filter(|field| !seen.carried.contains(*field))
        .collect();
    assert!(
        never.is_empty(),
        "no change of a schema in `everything` changes {never:#?}: let one say it"
    );
    assert!(
        seen.unknown.is_empty(),
        "no rule knows: {:#?}",
        seen.unknown
    );
}

#[test]
fn nothing_is_left_out_that_is_not_there() {
    let fields: BTreeSet<String> = texts().iter().flat_map(|text| fields(text)).collect();
    for (pattern, why) in LEFT_OUT {
        assert!(!why.is_empty());
        let is_there = fields.iter().any(|field| fits(pattern, field));
        assert!(is_there, "nothing is called {pattern}");
    }
}

fn schema(text: &str) -> Option<Schema> {
    load_text(text).schema
}

fn fields(text: &str) -> Vec<String> {
    let dump = Dump::of(&schema(text).expect("a schema"));
    dump.fields().map(ToOwned::to_owned).collect()
}

/// Changes every word of a schema, one at a time.
fn look(text: &str, seen: &mut Seen) {
    let old = schema(text).expect("a schema");
    let (dump, facts) = (Dump::of(&old), Facts::from(&old));
    for word in Words::of(text) {
        for other in others(&word) {
            let mut changed = text.to_owned();
            changed.replace_range(word.span.range(), &other);
            let Some(new) = schema(&changed) else {
                continue;
            };
            let other_dump = Dump::of(&new);
            let differ: BTreeSet<String> = dump
                .changed(&other_dump)
                .filter(|field| !is_left_out(field))
                .map(ToOwned::to_owned)
                .collect();
            if differ.is_empty() {
                continue;
            }
            note(
                &facts,
                &Facts::from(&new),
                differ,
                &format!("{} -> {other}", word.word),
                seen,
            );
            break;
        }
    }
}

fn note(old: &Facts, new: &Facts, differ: BTreeSet<String>, step: &str, seen: &mut Seen) {
    if old == new {
        seen.lost.insert(differ, step.to_owned());
        return;
    }
    seen.carried.extend(differ);
    let findings = compare(old, new).findings.into_iter();
    let unknown = findings.filter(|finding| finding.code == "B001");
    seen.unknown
        .extend(unknown.map(|finding| format!("{step}: {}", finding.what)));
}

/// A word of a schema.
struct Word {
    span: Span,
    word: String,
    /// The field that it is said of; none for the name of something.
    of: Option<String>,
}

/// Where a walk through a schema is.
#[derive(Clone, Copy)]
struct At<'a> {
    section: &'a str,
    field: &'a str,
    depth: usize,
}

/// The scalars and names of a text. What is said again of the same field in as deep a place tells nothing new.
#[derive(Default)]
struct Words {
    seen: BTreeSet<(String, String, usize, String)>,
    found: Vec<Word>,
}

impl Words {
    fn of(text: &str) -> Vec<Word> {
        let mut words = Self::default();
        let tree = yaml::parse(FileId(0), text, &mut Sink::new()).expect("a tree");
        for entry in tree.entries() {
            let (section, field) = (entry.key.as_str(), entry.key.as_str());
            let depth = 0;
            words.walk(
                &entry.value,
                text,
                At {
                    section,
                    field,
                    depth,
                },
            );
        }
        words.found
    }

    fn add(&mut self, at: At<'_>, span: Span, word: &str, of: Option<&str>) {
        let (section, field) = (at.section.to_owned(), at.field.to_owned());
        if self
            .seen
            .insert((section, field, at.depth, word.to_owned()))
        {
            self.found.push(Word {
                span,
                word: word.to_owned(),
                of: of.map(ToOwned::to_owned),
            });
        }
    }

    fn walk(&mut self, node: &Node, text: &str, at: At<'_>) {
        let depth = at.depth + 1;
        match &node.kind {
            NodeKind::Scalar { text, .. } => self.add(at, node.span, text, Some(at.field)),
            NodeKind::List(items) => {
                for item in items {
                    self.walk(item, text, At { depth, ..at });
                }
            }
            NodeKind::Map(entries) => {
                for entry in entries {
                    let field = entry.key.as_str();
                    self.add(At { field: "", ..at }, entry.key_span, field, None);
                    self.walk(&entry.value, text, At { field, depth, ..at });
                    self.removed(entry, text, At { field, ..at });
                }
            }
            NodeKind::Null => {}
        }
    }

    /// The whole of an entry behind another one, to be taken away.
    fn removed(&mut self, entry: &Entry, text: &str, at: At<'_>) {
        let start = entry.key_span.range().start;
        if text[..start].ends_with(", ") {
            let span = Span::new(FileId(0), start - 2, entry.value.span.range().end);
            self.add(at, span, REMOVED, Some(REMOVED));
        }
    }
}

/// Stands for what is taken away.
const REMOVED: &str = "";

/// What may be said of a field, where no other number and no longer word can.
const SAID: [(&str, &str); 33] = [
    (REMOVED, REMOVED),
    ("min", "\"8.0\""),
    ("flavour", "redis"),
    ("topology", "standalone"),
    ("in", "other"),
    ("slot", "id"),
    ("encode", "hash"),
    ("range", "1..2"),
    ("range", "10m..3h"),
    ("jitter", "20%"),
    ("score", "float"),
    ("dead_letter", "aged"),
    ("processing", "burnt"),
    ("order", "lifo"),
    ("field", "Other.q"),
    ("maxlen", "1000"),
    ("max_age", "~7d"),
    ("max", "sum"),
    ("ref", "cached.id"),
    ("open", "ajar"),
    ("entry", "Other"),
    ("writes", "waiting"),
    ("by", "name"),
    ("durability", "durable"),
    ("durability", "lossy"),
    ("unknown_fields", "ignore"),
    ("on_unavailable", "absent"),
    ("on_unavailable", "load"),
    ("on_write", "refresh"),
    ("remove_after", "2027-02-01"),
    ("expires", "2027-02-01"),
    ("size", "3KiB"),
    ("zstd", "over 2KiB"),
];

/// What means something in one place or another.
const KNOWN: [&str; 7] = ["u16", "u64", "false", "2h", "2KiB", "json<string>", "hash"];

/// What may stand in place of a word.
fn others(word: &Word) -> Vec<String> {
    let said = SAID.iter().filter(|(of, _)| word.of.as_deref() == Some(of));
    let mut all: Vec<String> = said.map(|(_, other)| (*other).to_owned()).collect();
    if word.of.as_deref() == Some(REMOVED) {
        return all;
    }
    let number = word.word.parse::<i64>().ok();
    all.extend(number.map(|number| (number + 1).to_string()));
    all.push(format!("{}x", word.word));
    all.push(format!("\"{}x\"", word.word));
    if word.of.is_some() {
        all.extend(KNOWN.map(str::to_owned));
    }
    all.retain(|other| *other != word.word);
    all
}
