//! `redis-schema health`: how a server is, as applications would find it.

use std::fmt::Write;
use std::path::PathBuf;

use redis_schema::health::{Check, Health, Limits, NodeHealth, State};
use redis_schema_model::model::{Durability, Lifetime, Schema};
use redis_schema_model::template::KeyIndex;

use crate::exit::{Exit, Failure};
use crate::live::names::prefix;
use crate::live::{self, ServerArgs, fact};
use crate::output::{BOLD, DIM, GREEN, Output, RED, Shown, YELLOW};
use crate::wrap::{columns, folded};

const EXAMPLES: &str = "\
Examples:
  redis-schema health redis://localhost:6379
  redis-schema health --schema shop.redis.yaml          with the schema's prefix, lowest server version and durable keys
  redis-schema health redis://replica:6379 --read-only  a replica that is only read from
  redis-schema health rediss://redis:6380 --cacert ca.crt --user ops     TLS; the password is in REDISCLI_AUTH
  redis-schema health redis+sentinel://one,two/mymaster  the master that sentinels name, and its replicas
  redis-schema health --live                            only whether the server answers
  redis-schema health --format json | jq .state

Every check has the whole time-out to itself and runs beside the others; the worst decides. A short-lived key is written to see whether writes are taken. Behind a node of a cluster every primary is examined.

JSON: one object with state (\"ok\", \"degraded\", \"down\"), ready, live and nodes [{ address, state, checks [{ name, state, reasons [{ state, code, message }], facts, took_us }] }]. Members may be added.

Exit codes:
  0  everything is ok
  1  something is degraded or down
  2  wrong usage, or a schema with errors
  3  the server cannot be reached";

/// Tell how a server is, and why
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    server: ServerArgs,

    /// Schema whose prefix the written key gets, whose lowest server version counts, and whose durable keys the server must not evict
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,

    /// The key that is written, for ten seconds [default: redis-schema:health behind the schema's prefix]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["read_only", "live"])]
    write_key: Option<String>,

    /// Write nothing: the server is only read from, and may be a replica
    #[arg(long)]
    read_only: bool,

    /// Replicas that a primary must have
    #[arg(long, value_name = "COUNT")]
    replicas: Option<usize>,

    /// Only whether the server answers at all, be it that it is still loading; nothing is written
    #[arg(long)]
    live: bool,

    /// How the result is shown
    #[arg(long, value_enum, default_value_t = Shown::Human)]
    format: Shown,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let access = args.server.access(output)?;
    let schema = args.schema.as_deref();
    let schema = schema.map(|path| live::schema(path.into(), output));
    let schema = schema.transpose()?;
    let probe = access.probe().map_err(|error| live::unconnected(&error))?;
    let probe = probe
        .limits(limits(args, schema.as_ref()))
        .key(key(args, schema.as_ref())?);
    let health = live::wait(probe.run())?;
    output.result(&match args.format {
        Shown::Human => human(&health),
        Shown::Json => json(&health)?,
    })?;
    Ok(match health.state() {
        _ if !health.is_live() => Exit::Environment,
        _ if args.live => Exit::Clean,
        State::Ok => Exit::Clean,
        _ => Exit::Findings,
    })
}

fn limits(args: &Args, schema: Option<&Schema>) -> Limits {
    let mut limits = Limits::default();
    limits.timeout = args.server.timeout;
    // Who asks often whether somebody is there does not want a key written each time.
    limits.read_only = args.read_only || args.live;
    limits.replicas = args.replicas;
    limits.version = schema.map(|schema| (schema.server.min.major, schema.server.min.minor));
    for key in schema.iter().flat_map(|schema| &schema.keys) {
        if key.durability == Some(Durability::Durable) {
            let expires = matches!(key.lifetime, Lifetime::Expires(_));
            limits.durable.add(key.template.text.clone(), expires);
        }
    }
    limits
}

/// The key that is written; never one that the schema gives a meaning.
fn key(args: &Args, schema: Option<&Schema>) -> Result<String, Failure> {
    const NAME: &str = "redis-schema:health";
    let name = match (&args.write_key, schema) {
        (Some(name), _) => name.clone(),
        (None, Some(schema)) => format!("{}{NAME}:{}", prefix(&schema.prefix), schema.name),
        (None, None) => NAME.to_owned(),
    };
    let taken = schema.and_then(|schema| {
        let index = KeyIndex::with_prefixes(schema, prefix);
        let found = index.find_anywhere(name.as_bytes()).next()?;
        Some(schema[found.key].template.text.clone())
    });
    match taken {
        None => Ok(name),
        Some(template) if !args.read_only => Err(Failure::usage(format!(
            "the key to be written, `{name}`, is one of `{template}`"
        ))
        .help("name one that the schema does not know: --write-key NAME")),
        Some(_) => Ok(name),
    }
}

fn json(health: &Health) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(health);
    let text = text.map_err(|error| Failure::environment(error.to_string()))?;
    Ok(text + "\n")
}

fn human(health: &Health) -> String {
    let mut out = String::new();
    for node in &health.nodes {
        server(node, &mut out);
    }
    out
}

/// The columns where lines, what went wrong and what was measured begin.
const INDENT: usize = 2;
const REASONS: usize = 12;
const FACTS: usize = 25;

fn server(node: &NodeHealth, out: &mut String) {
    let _ = writeln!(
        out,
        "{BOLD}{}{BOLD:#} is {}",
        node.address,
        coloured(node.state(), 0)
    );
    for check in &node.checks {
        let (state, name) = (coloured(check.state(), 8), check.name);
        let _ = match facts(check) {
            none if none.is_empty() => writeln!(out, "  {state}  {name}"),
            facts => {
                let line = format!("  {state}  {name:<12} {DIM}{facts}{DIM:#}\n");
                out.write_str(&folded(&line, columns(), FACTS - INDENT))
            }
        };
        for reason in &check.reasons {
            let line = format!("{:REASONS$}{}\n", "", reason.message);
            out.push_str(&folded(&line, columns(), 0));
        }
    }
}

fn facts(check: &Check) -> String {
    let shown = check
        .facts
        .iter()
        .map(|(name, fact)| fact::words(name, fact));
    shown.collect::<Vec<_>>().join(", ")
}

/// A state in its colour, padded to a width.
fn coloured(state: State, width: usize) -> String {
    let style = match state {
        State::Ok => GREEN,
        State::Degraded => YELLOW,
        State::Down => RED,
    };
    format!("{style}{state:<width$}{style:#}")
}
