//! Schemas of any size, with every structure in turn.

use std::fmt::Write as _;

/// Where a key's own part stands in its template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `area3:kind40:{document_uuid}`: every key begins with a text of its own.
    Apart,
    /// `doc:{document_uuid}:kind40`: all begin alike.
    Behind,
}

/// The YAML text of a schema with this many keys.
#[must_use]
pub fn schema(keys: usize) -> String {
    laid_out(keys, Layout::Apart)
}

/// As [`schema`], with another layout of templates.
#[must_use]
pub fn laid_out(keys: usize, layout: Layout) -> String {
    let mut out = head(1);
    for at in 0..keys {
        add(&mut out, at, layout, "");
    }
    out
}

/// The next version of [`laid_out`]: of every thirty keys one lives shorter, one is gone, and one is gone while another
/// has come, so that every tenth key is concerned.
#[must_use]
pub fn changed(keys: usize, layout: Layout) -> String {
    let mut out = head(2);
    for at in 0..keys {
        match at % 30 {
            10 => {}
            20 => add(&mut out, at, layout, "new_"),
            0 => {
                let before = out.len();
                add(&mut out, at, layout, "");
                let less = [("24h", "23h"), ("7d", "6d"), ("~1000", "~900")];
                let shorter = less
                    .iter()
                    .fold(out[before..].to_owned(), |text, (old, new)| {
                        text.replace(old, new)
                    });
                out.replace_range(before.., &shorter);
            }
            _ => add(&mut out, at, layout, ""),
        }
    }
    out
}

fn add(out: &mut String, at: usize, layout: Layout, fresh: &str) {
    let (structure, ttl) = STRUCTURES[at % STRUCTURES.len()];
    let template = match layout {
        Layout::Apart => format!("area{}:{fresh}kind{at}:{{document_uuid}}", at % 37),
        Layout::Behind => format!("doc:{{document_uuid}}:{fresh}kind{at}"),
    };
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "  {fresh}key_{at}:\n    key: \"{template}\"\n    about: State number {at} of one document.\n    ttl: {ttl}\n    {structure}\n",
    );
}

/// As [`schema`], strings only: the simple key that emission is measured by.
#[must_use]
pub fn simple(keys: usize) -> String {
    let mut out = head(1);
    for at in 0..keys {
        let _ = write!(
            out,
            "  key_{at}:\n    key: \"doc:kind{at}:{{document_uuid}}\"\n    about: State number {at} of one document.\n    ttl: {}s\n    string: string\n",
            3600 + at,
        );
    }
    out
}

/// A small schema that nothing else has to do with.
#[must_use]
pub fn small(at: usize) -> String {
    format!(
        "edition: 1
schema: service_{at}
version: 1
about: The keys of service {at}.
params:
  user_id: {{ type: u64, about: A user }}
keys:
  session:
    key: \"service{at}:session:{{user_id}}\"
    about: Who is logged in.
    ttl: 30m
    hash:
      name: string
      since: timestamp_ms
  visits:
    key: \"service{at}:visits:{{user_id}}\"
    about: How often a user came.
    ttl: {{ default: 1d, on_write: keep }}
    counter: u64
"
    )
}

/// A file of keys for others to import.
#[must_use]
pub fn part(at: usize) -> String {
    format!(
        "edition: 1
keys:
  part_{at}:
    key: \"part{at}:{{document_uuid}}\"
    about: What part {at} knows of a document.
    ttl: 24h
    hash: Item
"
    )
}

/// A schema that is made of so many [`part`]s, `parts/part0.redis.yaml` and so on.
#[must_use]
pub fn importing(parts: usize) -> String {
    let head = head(1);
    let (before, _) = head.split_once("keys:\n").unwrap_or((&head, ""));
    let mut out = format!("{before}imports:\n");
    for at in 0..parts {
        let _ = writeln!(out, "  - parts/part{at}.redis.yaml");
    }
    out
}

fn head(version: u32) -> String {
    HEAD.replace("version: 1", &format!("version: {version}"))
}

const HEAD: &str = "edition: 1
schema: large
version: 1
about: A large keyspace.
params:
  document_uuid: { type: uuid, about: One document }
types:
  State: { enum: [waiting, running, done], about: Where it stands }
  Item:
    about: One item.
    fields:
      name: string
      size: { type: u64, unit: bytes }
      state: State
      note: string?
keys:
";

const STRUCTURES: [(&str, &str); 8] = [
    ("string: json<Item>", "24h"),
    ("counter: i64", "{ default: 1m, on_write: keep }"),
    ("hash: Item", "24h"),
    ("list: json<Item>", "{ default: 2h, jitter: 10% }"),
    ("set: string", "7d"),
    (
        "zset: { member: string, score: timestamp_ms }",
        "{ default: 1h, env: LARGE_TTL }",
    ),
    (
        "stream: { entry: Item, maxlen: ~1000 }",
        "{ none: trimmed by length }",
    ),
    ("string: string", "5m"),
];
