//! The page of every accessor and the commands it sends, whatever the schema: `docs/commands.md`.

use super::text;
use super::view::{MethodView, when_words};
use crate::catalog::{Facts, Method, Policy, TABLES, Table, table_of};

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

Retry: *read* changes nothing; *idempotent* leaves after two runs what it leaves after one; *unsafe* does not.
`V` is the type of the value, `R` of the record, `N` of the score, `K` of the key.

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
    out
}

fn section(table: &Table) -> String {
    let facts = Facts::new(Policy::after_millis(3_600_000).symbolic())
        .wide()
        .narrow("min max")
        .float()
        .pieces()
        .former();
    let facts = match table.structure {
        "group" => Facts::group(true),
        _ => facts,
    };
    let mut out = format!("## {}\n\n", title(table.structure));
    out.push_str("| Accessor | Sends | Round trips | Cost | Retry |\n|:--|:--|:--|:--|:--|\n");
    for method in table.methods.iter().copied().flatten() {
        let view = MethodView::new(method, &facts);
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            text::code(&view.signature),
            sends(method, &facts),
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
        "channel" => "Channels",
        "hash_map" => "Maps (`hash_map`)",
        "zset" => "Sorted sets (`zset`)",
        "set" => "Sets (`set`)",
        "list" => "Lists (`list`)",
        "hash" => "Records (`hash`)",
        "string" => "Strings (`string`)",
        "counter" => "Counters (`counter`)",
        "stream" => "Streams (`stream`)",
        "bitmap" => "Bitmaps (`bitmap`)",
        "hyperloglog" => "Estimates (`hyperloglog`)",
        "json_document" => "Documents (`json_document`)",
        "geo" => "Places (`geo`)",
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
