//! The page of every accessor and the commands it sends, whatever the schema: `docs/commands.md`.

use super::text;
use super::view::{MethodView, when_words};
use crate::catalog::{Facts, Groups, Method, Only, Policy, TABLES, Table, table_of};

/// Every accessor and the commands it sends, as one Markdown page.
#[must_use]
pub fn commands() -> String {
    let mut out = INTRODUCTION.to_owned();
    out.push_str(&lifetimes());
    for table in TABLES {
        out.push_str(&section(table));
    }
    out
}

const INTRODUCTION: &str = "\
<!-- Generated from the catalog of accessors; do not edit. -->
# Accessors and the commands they send

A test runs every one of them on a server under ten kinds of lifetime and compares what arrives with this catalog.

In a command, lower-case words stand for arguments, `[…]` for what may be absent, `a|b` for one of two, and `…` for more
of the same. `EVAL` is shown with the name of its script and the number of its keys. `seconds` and `milliseconds` are the
declared lifetime: `EX` and `EXPIRE` take it where it is in whole seconds, `PX` and `PEXPIRE` where it is not or has
jitter. Scripts go whole with every call, so that they also work in pipelines and transactions and after a fail-over.

`V` is the type of the value, `R` of the record, `N` of the score, `K` of the key.

A connection that breaks after a command was sent leaves open whether it has run. *Retry* says what a store does then:

| Retry | Running it twice | After a lost reply |
|:--|:--|:--|
| read | changes nothing | sent again |
| idempotent | leaves what running it once leaves, and the second answer is as true as the first | sent again; the last writer wins, so what others wrote in between is written over |
| tokened | is recognised by the token that the command carries, and answers as it did the first time | sent again |
| unsafe (answer) | leaves what running it once leaves, but the answer tells of the second run alone: that nothing was there to delete, say | never sent again: the error is `Ambiguous`. Call it again where the answer does not matter |
| unsafe | does something else, or what it took is gone with its answer | never sent again: the error is `Ambiguous`. Look before you call it again |

Reads are *idempotent* where `on_read: refresh` lets them start the lifetime anew. A batch is as safe as its worst
command, and unsafe if it reads before it writes. A test sends every accessor's commands twice and compares what is left.

";

/// Policies worth telling apart, by the column they are shown in.
fn policies() -> [(&'static str, Policy); 6] {
    let hour = Policy::after_millis(3_600_000).symbolic();
    [
        ("`ttl: 1h`", hour),
        ("`on_write: keep`, `set_once`", hour.keep()),
        ("`on_read: refresh`", hour.refresh_on_read()),
        ("`at: end_of_day`", Policy::end_of_day().symbolic()),
        ("`none:`", Policy::NEVER),
        ("`keep`, server before 7.0", hour.keep().legacy()),
    ]
}

/// One accessor of each way in which a lifetime takes part.
const WAYS: &[(&str, &str)] = &[
    ("string", "set"),
    ("string", "set_nx"),
    ("string", "get"),
    ("string", "compare_and_set"),
    ("set", "sadd"),
    ("set", "smembers"),
    ("set", "srem"),
    ("set", "sunionstore"),
    ("list", "blmove"),
    ("any", "refresh_ttl"),
    ("any", "restore"),
];

fn lifetimes() -> String {
    let mut out = String::from(
        "## What the lifetime changes\n\nOther accessors follow the one of their kind: writes `sadd`, reads \
         `smembers`, removals `srem`, scripts `compare_and_set`.\n\n",
    );
    let policies = policies();
    let titles: Vec<&str> = policies.iter().map(|(title, _)| *title).collect();
    out.push_str(&format!("| Accessor | {} |\n", titles.join(" | ")));
    out.push_str(&format!("|:--|{}\n", ":--|".repeat(titles.len())));
    for (table, name) in WAYS {
        let Some(method) = table_of(table).find(|method| method.name == *name) else {
            continue;
        };
        let cells: Vec<String> = policies
            .iter()
            .map(|(_, policy)| sends(method, &Facts::new(*policy)))
            .collect();
        out.push_str(&format!("| `{name}` | {} |\n", cells.join(" | ")));
    }
    out.push('\n');
    out + &field_lifetimes()
}

/// Accessors of hashes on which lifetimes of single fields tell.
const FIELD_WAYS: &[(&str, &str)] = &[
    ("hash", "hset_field"),
    ("hash", "hincr"),
    ("hash_map", "hset"),
    ("hash_map", "hincr"),
];

fn field_lifetimes() -> String {
    let mut out = String::from(
        "## What the lifetime of a field changes\n\n`HSET` takes the lifetime of a field away, so every write says it \
         again, in the same transaction. `HGETEX` is sent where the schema is for Redis 8.0 or Valkey 9.0.\n\n\
         | Structure | Accessor | `ttl: 5m` | `on_write: keep` |\n|:--|:--|:--|:--|\n",
    );
    let minutes = Policy::after_millis(300_000).symbolic();
    for (table, name) in FIELD_WAYS {
        let Some(method) = table_of(table).find(|method| method.name == *name) else {
            continue;
        };
        let cells = [minutes, minutes.keep()].map(|policy| {
            let key = Policy::after_millis(3_600_000).symbolic();
            let facts = Facts::new(key).wide();
            sends(method, &facts.fields([policy], *table == "hash_map", true))
        });
        out.push_str(&format!(
            "| `{table}` | `{name}` | {} |\n",
            cells.join(" | ")
        ));
    }
    out.push('\n');
    out
}

fn section(table: &Table) -> String {
    let facts = Facts::new(Policy::after_millis(3_600_000).symbolic())
        .wide()
        .narrow("min max")
        .float()
        .pieces()
        .former()
        .groups(Groups::ALL)
        .worked();
    // Lifetimes of fields, where nothing else is spoken of.
    let minutes = Policy::after_millis(300_000).symbolic();
    let expiring = facts.clone().fields([minutes], false, true);
    let facts = match table.structure {
        "group" => Facts::group(true),
        _ => facts,
    };
    let mut out = format!("## {}\n\n", title(table.structure));
    out.push_str("| Accessor | Sends | Round trips | Cost | Retry |\n|:--|:--|:--|:--|:--|\n");
    for method in table.methods.iter().copied().flatten() {
        let facts = match method.only {
            Only::Expiring => &expiring,
            _ => &facts,
        };
        let view = MethodView::new(method, facts);
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            text::code(&view.signature),
            sends(method, facts),
            view.round_trips,
            view.cost,
            view.retry
        ));
    }
    out.push('\n');
    out
}

fn title(structure: &str) -> &str {
    match structure {
        "any" => "Every key",
        "family" => "Every kind of key",
        "group" => "Groups",
        "consumers" => "Declared groups of consumers (`groups:` of a `stream`)",
        "channel" => "Channels",
        "hash_map" => "Maps (`hash_map`)",
        "zset" => "Sorted sets (`zset`)",
        "set" => "Sets (`set`)",
        "list" => "Lists (`list`)",
        "hash" => "Records (`hash`)",
        "string" => "Strings (`string`)",
        "counter" => "Counters (`counter`)",
        "cache" => "Caches (`cache`)",
        "tagged_cache" => "Caches with tags (`cache`)",
        "cache_tag" => "Tags of caches (`cache_tag`)",
        "queue" => "Queues of work (`queue`)",
        "session" => "Sessions (`session`)",
        "session_index" => "Sessions of one user (`session_index`)",
        "stream" => "Streams (`stream`)",
        "bitmap" => "Bitmaps (`bitmap`)",
        "hyperloglog" => "Estimates (`hyperloglog`)",
        "json_document" => "Documents (`json_document`)",
        "geo" => "Places (`geo`)",
        "rate_limit" => "Limits of calls (`rate_limit`)",
        "lock" => "Locks (`lock`)",
        "semaphore" => "Semaphores (`semaphore`)",
        "guard" => "What is held (of a `lock` or a `semaphore`)",
        "fence" => "Numbers of holds (`fencing: true` of a `lock`)",
        "progress" => "Progress (`progress`)",
        "progress_events" => "What was reported (`events:` of a `progress`)",
        other => other,
    }
}

/// The commands of every case in one cell.
fn sends(method: &Method, facts: &Facts) -> String {
    let mut lines = Vec::new();
    for (case, commands) in method.sent(facts) {
        lines.extend(when_words(case).map(|when| format!("{when}:")));
        lines.extend(commands.iter().map(|command| text::command(command)));
    }
    lines.join("<br>")
}
