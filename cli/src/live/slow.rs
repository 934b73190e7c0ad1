//! The server's slow log, without the values in it.

use std::collections::{BTreeMap, BTreeSet};

use redis_schema::redis::{self, Value};

use super::keys::{Subject, called, subject};
use super::names::{Named, Names};

/// One slow command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its number, which grows.
    pub(crate) id: u64,
    /// When it was done, in seconds since 1970.
    pub(crate) at: u64,
    /// How long the server was at it.
    pub(crate) micros: u64,
    /// What was called.
    pub(crate) command: String,
    /// Words of the command, its name included.
    pub(crate) words: u64,
    /// What its keys are, each once; empty for a command about the server.
    pub(crate) names: Vec<Named>,
    /// The keys themselves, if they are to be shown.
    pub(crate) keys: Vec<String>,
}

/// Slow commands of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Total {
    /// What its key is; `None` for commands about the server.
    pub(crate) name: Option<Named>,
    pub(crate) command: String,
    pub(crate) count: u64,
    pub(crate) micros: u64,
    pub(crate) slowest: u64,
}

/// Reads the answer of `SLOWLOG GET`; what does not look like an entry is left out.
pub(crate) fn entries(reply: &Value, names: &Names<'_>, with_keys: bool) -> Vec<Entry> {
    let entries = reply.as_sequence().unwrap_or_default().iter();
    entries
        .filter_map(|value| entry(value, names, with_keys))
        .collect()
}

fn entry(value: &Value, names: &Names<'_>, with_keys: bool) -> Option<Entry> {
    let [id, at, micros, command, ..] = value.as_sequence()? else {
        return None;
    };
    let number = |value: &Value| redis::from_redis_value::<u64>(value.clone()).ok();
    let words: Vec<Vec<u8>> = redis::from_redis_value(command.clone()).ok()?;
    let mut words: Vec<&[u8]> = words.iter().map(Vec::as_slice).collect();
    let mut count = words.len() as u64;
    // The server keeps the first words of a long command, and says in one more how many follow.
    if let Some(more) = words.last().and_then(|last| left_out(last, "arguments")) {
        words.pop();
        count = words.len() as u64 + more;
    }
    let (found, keys) = match subject(&words) {
        Subject::Keys(keys) => (keys.iter().map(|key| named(key, names)).collect(), keys),
        Subject::Channel(name) => (BTreeSet::from([names.channel(name)]), vec![name]),
    };
    let shown = keys.iter().filter(|_| with_keys);
    Some(Entry {
        id: number(id)?,
        at: number(at)?,
        micros: number(micros)?,
        command: called(&words),
        words: count,
        names: found.into_iter().collect(),
        keys: shown.map(|key| key.escape_ascii().to_string()).collect(),
    })
}

/// What a key is. The server cuts off long names, which then can belong to anything.
fn named(key: &[u8], names: &Names<'_>) -> Named {
    match left_out(key, "bytes") {
        Some(_) => Named::Cut,
        None => names.key(key),
    }
}

/// The number in `... (12 more bytes)` at the end of a word.
fn left_out(word: &[u8], unit: &str) -> Option<u64> {
    let text = String::from_utf8_lossy(word);
    let inner = text.strip_suffix(&format!(" more {unit})"))?;
    inner.rsplit_once("... (")?.1.parse().ok()
}

/// The entries by key and command, those that took the most time in all first.
pub(crate) fn totals(entries: &[Entry]) -> Vec<Total> {
    let mut by: BTreeMap<(Option<&Named>, &str), (u64, u64, u64)> = BTreeMap::new();
    for entry in entries {
        let names: Vec<Option<&Named>> = match entry.names.as_slice() {
            [] => vec![None],
            names => names.iter().map(Some).collect(),
        };
        for name in names {
            let total = by.entry((name, &entry.command)).or_default();
            total.0 += 1;
            total.1 = total.1.saturating_add(entry.micros);
            total.2 = total.2.max(entry.micros);
        }
    }
    let total = |((name, command), (count, micros, slowest)): ((Option<&Named>, &str), _)| Total {
        name: name.cloned(),
        command: command.to_owned(),
        count,
        micros,
        slowest,
    };
    let mut totals: Vec<Total> = by.into_iter().map(total).collect();
    totals.sort_by_key(|total| std::cmp::Reverse(total.micros));
    totals
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use redis_schema_model::load::load_text;
    use redis_schema_model::model::Schema;

    use super::*;

    fn schema() -> Schema {
        let text = r#"
edition: 1
schema: shop
version: 1
params:
  order_id: u64
keys:
  order: { key: "order:{order_id}", ttl: 1h, string: bytes }
  lines: { key: "order:{order_id}:lines", ttl: 1h, list: bytes }
packs:
  celery: { patterns: ["_kombu.*"] }
channels:
  news: { channel: "news:{order_id}", message: string }
"#;
        let loaded = load_text(text);
        loaded
            .schema
            .unwrap_or_else(|| unreachable!("{:?}", loaded.diagnostics))
    }

    fn log(lines: &[(&str, i64)]) -> Value {
        let words = |line: &str| {
            let words = line.split('|').map(|word| Value::BulkString(word.into()));
            Value::Array(words.collect())
        };
        let entry = |(id, (line, micros)): (usize, &(&str, i64))| {
            let id = Value::Int(i64::try_from(id).unwrap());
            Value::Array(vec![
                id,
                Value::Int(1_706_691_900),
                Value::Int(*micros),
                words(line),
            ])
        };
        Value::Array(lines.iter().enumerate().map(entry).collect())
    }

    fn one(line: &str, with_keys: bool) -> Entry {
        let schema = schema();
        let names = Names::new(&schema);
        entries(&log(&[(line, 5)]), &names, with_keys).remove(0)
    }

    fn template(text: &str) -> Named {
        Named::Template(vec![text.to_owned()])
    }

    #[test]
    fn values_and_unknown_names_never_come_through() {
        for line in [
            "SET|order:7|hunter2",
            "SET|hunter2|x",
            "CONFIG|SET|requirepass|hunter2",
            "hunter2|x",
            "EVAL|return 'hunter2'|1|order:7|hunter2",
            "SCAN|0|MATCH|hunter2*",
        ] {
            let entry = one(line, false);
            assert!(!format!("{entry:?}").contains("hunter2"), "{entry:?}");
        }
        assert_eq!(one("SET|hunter2|x", true).keys, ["hunter2"]);
        assert_eq!(one("SET|a\n\u{1b}[0m|x", true).keys, ["a\\n\\x1b[0m"]);
    }

    #[test]
    fn keys_become_templates() {
        let names = |line: &str| one(line, false).names;
        assert_eq!(names("GET|order:7"), [template("order:{order_id}")]);
        assert_eq!(
            names("MGET|order:7|order:8"),
            [template("order:{order_id}")]
        );
        assert_eq!(names("GET|_kombu.x"), [Named::Pack("celery".into())]);
        assert_eq!(names("GET|nothing"), [Named::Unknown]);
        assert_eq!(
            names("PUBLISH|news:1|secret"),
            [template("news:{order_id}")]
        );
        assert_eq!(names("INFO"), []);
    }

    #[test]
    fn what_the_server_cut_off_is_counted_and_not_guessed() {
        let entry = one("DEL|order:1|order:2|... (98 more arguments)", false);
        assert_eq!(entry.words, 101);
        assert_eq!(entry.names, [template("order:{order_id}")]);
        assert_eq!(
            one("GET|order:1... (12 more bytes)", false).names,
            [Named::Cut]
        );
    }

    #[test]
    fn totals_start_with_what_costs_most() {
        let schema = schema();
        let lines = [
            ("GET|order:1", 10),
            ("LRANGE|order:1:lines|0|-1", 50),
            ("GET|order:2", 30),
            ("INFO", 1),
        ];
        let entries = entries(&log(&lines), &Names::new(&schema), false);
        let shown: Vec<_> = totals(&entries)
            .into_iter()
            .map(|total| (total.command, total.count, total.micros, total.slowest))
            .collect();
        assert_eq!(
            shown,
            [
                ("LRANGE".to_owned(), 1, 50, 50),
                ("GET".to_owned(), 2, 40, 30),
                ("INFO".to_owned(), 1, 1, 1)
            ]
        );
    }

    #[test]
    fn what_is_no_log_is_no_log() {
        let schema = schema();
        let names = Names::new(&schema);
        for reply in [
            Value::Nil,
            Value::Int(1),
            Value::Array(vec![Value::Int(1), Value::Array(vec![])]),
        ] {
            assert_eq!(entries(&reply, &names, true), []);
        }
    }
}
