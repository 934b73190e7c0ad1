//! `redis-schema slowlog`: which keys the server was slow at.

use std::fmt::Write;
use std::path::PathBuf;

use redis_schema::redis::{self, Value};
use redis_schema::{Access, SharedConnection};
use serde_json::json;

use crate::exit::{Exit, Failure};
use crate::live::moment::utc;
use crate::live::names::{Named, Names};
use crate::live::slow::{Entry, Total, entries, totals};
use crate::live::{self, ServerArgs};
use crate::output::{BOLD, DIM, Output, Shown};

const EXAMPLES: &str = "\
Examples:
  redis-schema slowlog redis://localhost:6379                       by the schema of this directory
  redis-schema slowlog redis://localhost:6379 --schema shop.redis.yaml
  REDIS_URL=redis://localhost redis-schema slowlog --schema shop.redis.yaml --count 20
  redis-schema slowlog redis://localhost --schema shop.redis.yaml --format json | jq '.totals[0]'

Values are never shown, and names of keys only with --show-keys: a key is told by its template, a key that no template names as (no template), a name that the server has cut off as (cut off). The server does not note the logical database, so names are compared with the keys of all of them; several templates that fit are told with `or`. Behind sentinels the master's log is read, of a cluster that of every primary.

JSON: one object with slower_than_us (null when the server does not tell), totals [{ templates, command, count, total_us, slowest_us }] and entries [{ id, at, took_us, command, words, keys [{ templates, pack, known }], names }]; names is there with --show-keys. Members may be added.

Exit codes:
  0  the log was read
  2  wrong usage, or a schema with errors
  3  the server cannot be reached, or refuses";

/// Tell which keys the server was slow at, by template and without values
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    server: ServerArgs,

    /// Schema that the names of keys are looked up in, or directory with one [default: this directory]
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,

    /// Most entries to read of each server, the latest first
    #[arg(long, value_name = "NUMBER", default_value_t = 128, value_parser = clap::value_parser!(u32).range(1..))]
    count: u32,

    /// Show the names of keys too; they may be secret
    #[arg(long)]
    show_keys: bool,

    /// How the result is shown
    #[arg(long, value_enum, default_value_t = Shown::Human)]
    format: Shown,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let access = args.server.access(output)?;
    let schema = live::schema(args.schema.as_deref(), output)?;
    let logs = live::wait(read(&access, args.count))??;
    let slower = logs.first().and_then(|log| log.slower);
    let names = Names::new(&schema);
    let entries = logs
        .iter()
        .flat_map(|log| entries(&log.reply, &names, args.show_keys));
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.at, entry.id)));
    let totals = totals(&entries);
    output.result(&match args.format {
        Shown::Human => human(&entries, &totals),
        Shown::Json => format!("{:#}\n", object(&entries, &totals, slower)),
    })?;
    if matches!(args.format, Shown::Human) {
        output.message(conclusion(entries.len(), slower));
    }
    Ok(Exit::Clean)
}

/// What one server has kept.
struct Log {
    reply: Value,
    slower: Option<i64>,
}

/// The logs of all servers.
async fn read(access: &Access, count: u32) -> Result<Vec<Log>, Failure> {
    let servers = access.connect().await;
    let mut logs = Vec::new();
    for mut server in servers.map_err(|error| live::unconnected(&error))? {
        let mut ask = redis::cmd("SLOWLOG");
        let reply = ask.arg("GET").arg(count).query_async(&mut server).await;
        logs.push(Log {
            reply: reply.map_err(|error| live::refused(&error))?,
            slower: threshold(&mut server).await,
        });
    }
    Ok(logs)
}

/// From how many microseconds on a command is slow; negative when none is. Not everybody may ask.
async fn threshold(connection: &mut SharedConnection) -> Option<i64> {
    let mut ask = redis::cmd("CONFIG");
    let found: Vec<String> = ask
        .arg("GET")
        .arg("slowlog-log-slower-than")
        .query_async(connection)
        .await
        .ok()?;
    found.get(1)?.parse().ok()
}

fn conclusion(count: usize, slower: Option<i64>) -> String {
    let found = match count {
        0 => "The slow log is empty".to_owned(),
        1 => "1 slow command".to_owned(),
        count => format!("{count} slow commands"),
    };
    match slower {
        Some(micros) if micros < 0 => {
            format!("{found}; the server keeps none (slowlog-log-slower-than is {micros}).")
        }
        Some(micros) => format!("{found}; slow is what takes longer than {micros} µs."),
        None => format!("{found}."),
    }
}

fn human(entries: &[Entry], totals: &[Total]) -> String {
    let mut out = String::new();
    if entries.is_empty() {
        return out;
    }
    let _ = writeln!(
        out,
        "{BOLD}{:>6}  {:>12}  {:>12}  command{BOLD:#}",
        "count", "total", "slowest"
    );
    for total in totals {
        let _ = writeln!(
            out,
            "{:>6}  {:>12}  {:>12}  {} {}",
            total.count,
            time(total.micros),
            time(total.slowest),
            total.command,
            total
                .name
                .as_ref()
                .map_or_else(|| "(no key)".to_owned(), shown)
        );
    }
    let _ = writeln!(
        out,
        "\n{BOLD}{:<19}  {:>12}  command{BOLD:#}",
        "when (UTC)", "took"
    );
    for entry in entries {
        let names = match entry.names.as_slice() {
            [] => "(no key)".to_owned(),
            names => names.iter().map(shown).collect::<Vec<_>>().join(", "),
        };
        let (command, words) = (&entry.command, entry.words);
        let _ = writeln!(
            out,
            "{}  {:>12}  {command} {names} {DIM}({words} {}){DIM:#}",
            utc(entry.at),
            time(entry.micros),
            if words == 1 { "word" } else { "words" }
        );
        for key in &entry.keys {
            let _ = writeln!(out, "{:35}{DIM}{key}{DIM:#}", "");
        }
    }
    out
}

fn shown(name: &Named) -> String {
    match name {
        Named::Template(templates) => templates.join(" or "),
        Named::Pack(pack) => format!("(pack {pack})"),
        Named::Unknown => "(no template)".to_owned(),
        Named::Cut => "(cut off)".to_owned(),
    }
}

/// `12.345 ms`
fn time(micros: u64) -> String {
    format!("{}.{:03} ms", micros / 1000, micros % 1000)
}

fn object(entries: &[Entry], totals: &[Total], slower: Option<i64>) -> serde_json::Value {
    let total = |total: &Total| {
        json!({
            "templates": total.name.as_ref().map_or(&[][..], templates),
            "command": total.command,
            "count": total.count,
            "total_us": total.micros,
            "slowest_us": total.slowest,
        })
    };
    let key = |name: &Named| {
        let pack = match name {
            Named::Pack(pack) => Some(pack),
            _ => None,
        };
        json!({ "templates": templates(name), "pack": pack, "known": *name != Named::Unknown && *name != Named::Cut })
    };
    let entry = |entry: &Entry| {
        let mut object = json!({
            "id": entry.id,
            "at": entry.at,
            "took_us": entry.micros,
            "command": entry.command,
            "words": entry.words,
            "keys": entry.names.iter().map(key).collect::<Vec<_>>(),
        });
        if !entry.keys.is_empty() {
            object["names"] = json!(entry.keys);
        }
        object
    };
    json!({
        "slower_than_us": slower,
        "totals": totals.iter().map(total).collect::<Vec<_>>(),
        "entries": entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn templates(name: &Named) -> &[String] {
    match name {
        Named::Template(templates) => templates,
        _ => &[],
    }
}
