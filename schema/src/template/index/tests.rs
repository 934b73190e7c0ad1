#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{KeyIndex, Part};
use crate::alphabet::Language;
use crate::load::load_text;
use crate::model::{KeyId, Schema};
use crate::template::matches;

const HARD: &str = r#"
edition: 1
schema: hard
version: 1
databases:
  one: { index: 1 }
  two: { index: 2 }
params:
  id: uuid
  name: { type: slug, max: 20 }
  word: { type: string, max: 8, encode: percent }
  path: { type: rest, max: 30 }
  day: date(YYYY-MM-DD)
  count: i32
  address: ip
  raw: { type: string, max: 12, encode: raw, reason: given by others }
keys:
  wait:     { key: "q:{name}:wait", in: one, ttl: 1h, list: string }
  job:      { key: "q:{name}:{word}", in: one, ttl: 1h, string: string }
  stat:     { key: "stat:{name}[:{day}]", in: one, ttl: 1h, counter: u64 }
  tail:     { key: "tail:{id}:{path}", in: one, ttl: 1h, string: string }
  bare:     { key: "{id}{count}", in: one, ttl: 1h, string: string }
  address:  { key: "from:{address}", in: one, ttl: 1h, counter: u64 }
  raw:      { key: "raw:{raw}/x", in: one, ttl: 1h, string: string }
  prefixed: { key: "a:{name}", prefix: "app:", in: one, ttl: 1h, string: string }
  other:    { key: "q:{name}:wait", in: two, ttl: 1h, set: string }
channels:
  said:     { channel: "said:{name}", message: string }
"#;

/// The schema and its index, made once.
static HARD_INDEX: LazyLock<(Schema, KeyIndex)> = LazyLock::new(|| {
    let loaded = load_text(HARD);
    let schema = loaded.schema;
    let schema = schema.unwrap_or_else(|| unreachable!("{:?}", loaded.diagnostics));
    let index = KeyIndex::new(&schema);
    (schema, index)
});

fn named(schema: &Schema, index: &KeyIndex, name: &str, database: u16) -> Option<String> {
    let found = index.find(name.as_bytes(), database)?;
    Some(schema[found.key].name.to_string())
}

#[test]
fn names_find_their_keys() {
    let (schema, index) = &*HARD_INDEX;
    for (name, database, key) in [
        ("q:mail:wait", 1, Some("wait")),
        ("q:mail:waits", 1, Some("job")),
        ("q:mail:wait", 2, Some("other")),
        ("q:mail:waits", 2, None),
        ("q:mail:wait", 3, None),
        ("stat:views", 1, Some("stat")),
        ("stat:views:2024-01-31", 1, Some("stat")),
        ("stat:views:2024-13-31", 1, None),
        ("from:2001:db8::1", 1, Some("address")),
        ("app:a:x", 1, Some("prefixed")),
        ("a:x", 1, None),
        ("raw:a:b/x", 1, Some("raw")),
        ("", 1, None),
    ] {
        assert_eq!(
            named(schema, index, name, database).as_deref(),
            key,
            "{name}"
        );
    }
    assert_eq!(index.find_channel(b"said:x"), Some(0));
    assert_eq!(index.find_channel(b"q:mail:wait"), None);
}

#[test]
fn a_deployment_may_use_other_prefixes() {
    let (schema, _) = &*HARD_INDEX;
    let index = KeyIndex::with_prefixes(schema, |prefix| format!("eu:{}", prefix.text));
    assert_eq!(named(schema, &index, "app:a:x", 1), None);
    assert_eq!(
        named(schema, &index, "eu:app:a:x", 1).as_deref(),
        Some("prefixed")
    );
    assert_eq!(
        named(schema, &index, "eu:stat:x", 1).as_deref(),
        Some("stat")
    );
}

#[test]
fn without_a_database_every_owner_is_told() {
    let (schema, index) = &*HARD_INDEX;
    let owners: Vec<&str> = index
        .find_anywhere(b"q:mail:wait")
        .map(|found| schema[found.key].name.as_str())
        .collect();
    assert_eq!(owners, ["wait", "other"]);
}

/// A member of a language, drawn by these choices; `None` when they run out before one is complete.
fn member(language: &Language, choices: &mut impl Iterator<Item = u8>) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let (mut state, mut count) = (Language::START, 0);
    loop {
        let bound = language.max();
        let edges = language.edges(state).iter();
        let open: Vec<_> = edges
            .filter(|edge| count + u32::from(edge.counted) <= bound)
            .collect();
        let choice = choices.next()?;
        if language.accepts_at(state) && (open.is_empty() || choice % 5 == 0) {
            return Some(text);
        }
        let edge = open.get(usize::from(choice) % open.len().max(1))?;
        let span = u16::from(edge.high - edge.low) + 1;
        let step = u16::from(choices.next()?) % span;
        text.push(edge.low + u8::try_from(step).ok()?);
        count += u32::from(edge.counted);
        state = edge.to;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_name_finds_its_template_and_its_values(
        which in any::<prop::sample::Index>(),
        shape in any::<prop::sample::Index>(),
        choices in prop::collection::vec(any::<u8>(), 600),
    ) {
        let (_, index) = &*HARD_INDEX;
        let key = &index.keys[which.index(index.keys.len())];
        let shape = &key.shapes[shape.index(key.shapes.len())];
        let mut choices = choices.into_iter();
        let (mut name, mut captures) = (Vec::new(), Vec::new());
        for part in shape {
            match part {
                Part::Literal(text) => name.extend_from_slice(text.as_bytes()),
                Part::Param(id, language) => {
                    let value = member(language, &mut choices);
                    prop_assume!(value.is_some());
                    let value = value.unwrap();
                    prop_assume!(!key.is_reserved(*id, &value));
                    name.extend_from_slice(&value);
                    captures.push((*id, value));
                }
            }
        }
        let found = index.find(&name, key.owner.1).unwrap();
        prop_assert_eq!(found.key, key.owner.0);
        let found: Vec<_> = found.captures.iter().map(|(id, text)| (*id, text.to_vec())).collect();
        prop_assert_eq!(found, captures);
    }

    #[test]
    fn the_plain_reader_agrees(name in "(q|stat|tail|from|raw|said)?:?[a-z0-9:%./-]{0,12}(:wait|/x)?") {
        let (schema, index) = &*HARD_INDEX;
        let name = name.as_bytes();
        let fast: Vec<KeyId> = index.find_anywhere(name).map(|found| found.key).collect();
        let slow: Vec<KeyId> = KeyId::each(schema)
            .filter(|(_, key)| {
                name.strip_prefix(key.prefix.text.as_bytes())
                    .is_some_and(|name| matches(schema, &key.template, name))
            })
            // A value that another template has as text is that template's.
            .filter(|(_, key)| key.name.as_str() != "job" || !name.ends_with(b":wait"))
            .map(|(id, _)| id)
            .collect();
        prop_assert_eq!(fast, slow);
    }
}
