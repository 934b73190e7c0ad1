//! `redis-cli` lines to look at a key.

use redis_schema_model::model::{
    Channel, ExternalKind, Key, LimitAlgorithm, ParamType, Prefix, Schema, Segment, Structure,
    Template, Topology,
};

use super::example;
use super::text::one_line;

/// Lines that show a key, how long it lives and which of its kind there are.
#[must_use]
pub(super) fn key(schema: &Schema, key: &Key) -> String {
    let cli = cli(schema, key);
    let name = quoted(&example::key(schema, key));
    let mut lines: Vec<String> = look(&key.structure)
        .iter()
        .map(|command| format!("{cli} {}", command.replace("KEY", &name)))
        .collect();
    lines.push(format!("{cli} PTTL {name}"));
    let pattern = pattern(schema, &key.prefix, &key.template);
    if has_wildcard(&key.template) {
        lines.push(format!("{cli} --scan --pattern {}", quoted(&pattern)));
    }
    lines.join("\n")
}

/// Lines that listen to a channel.
#[must_use]
pub(super) fn channel(schema: &Schema, channel: &Channel) -> String {
    let name = quoted(&example::channel(
        schema,
        &channel.prefix,
        &channel.template,
    ));
    if channel.sharded {
        return format!("redis-cli -c SSUBSCRIBE {name}");
    }
    let mut lines = vec![format!("redis-cli SUBSCRIBE {name}")];
    if has_wildcard(&channel.template) {
        let pattern = pattern(schema, &channel.prefix, &channel.template);
        lines.push(format!("redis-cli PSUBSCRIBE {}", quoted(&pattern)));
    }
    lines.join("\n")
}

fn cli(schema: &Schema, key: &Key) -> String {
    match schema.topology {
        Topology::Cluster => "redis-cli -c".to_owned(),
        Topology::Standalone | Topology::Sentinel => {
            format!("redis-cli -n {}", schema[key.database].index)
        }
    }
}

const fn look(structure: &Structure) -> &'static [&'static str] {
    match structure {
        Structure::String(_) | Structure::Counter(_) | Structure::CacheTag => &["GET KEY"],
        Structure::Cache(_) => &["STRLEN KEY", "GET KEY"],
        Structure::Hash(_) => &["HGETALL KEY"],
        Structure::HashMap { .. } => &["HLEN KEY", "HSCAN KEY 0 COUNT 20"],
        Structure::List(_) => &["LLEN KEY", "LRANGE KEY 0 9"],
        Structure::Set(_) => &["SCARD KEY", "SSCAN KEY 0 COUNT 20"],
        Structure::ZSet { .. } => &["ZCARD KEY", "ZRANGE KEY 0 9 REV WITHSCORES"],
        Structure::Stream { .. } | Structure::ProgressEvents { .. } => {
            &["XLEN KEY", "XREVRANGE KEY + - COUNT 10"]
        }
        Structure::Progress(_) => &["HGETALL KEY"],
        Structure::Bitmap => &["BITCOUNT KEY"],
        Structure::HyperLogLog(_) => &["PFCOUNT KEY"],
        Structure::Geo(_) => &["ZCARD KEY", "ZRANGE KEY 0 9"],
        Structure::JsonDocument(_) => &["JSON.GET KEY"],
        Structure::RateLimit(limiter) => match limiter.algorithm {
            LimitAlgorithm::Gcra => &["HGETALL KEY"],
            LimitAlgorithm::SlidingLog => &["ZCARD KEY", "ZRANGE KEY 0 9 REV WITHSCORES"],
        },
        // Who has a lock's token can give it back: it is not shown.
        Structure::Lock { .. } => &["EXISTS KEY"],
        Structure::Semaphore { .. } => &["ZCARD KEY"],
        Structure::Fence { .. } => &["GET KEY"],
        // Those that wait; behind them stand the tokens of claims, by which tasks can be given back.
        Structure::Queue(_) => &[
            "ZCOUNT KEY 0 3518437208883199",
            "ZRANGEBYSCORE KEY 0 3518437208883199 LIMIT 0 10",
        ],
        Structure::QueueTasks { .. } => &["HLEN KEY"],
        Structure::Session(_) => &["HMGET KEY version ends"],
        Structure::SessionIndex { .. } => &["ZCARD KEY"],
        Structure::External(kind) => match kind {
            ExternalKind::Any => &["TYPE KEY"],
            ExternalKind::String => &["GET KEY"],
            ExternalKind::Hash => &["HGETALL KEY"],
            ExternalKind::List => &["LRANGE KEY 0 9"],
            ExternalKind::Set => &["SSCAN KEY 0 COUNT 20"],
            ExternalKind::ZSet => &["ZRANGE KEY 0 9 REV WITHSCORES"],
            ExternalKind::Stream => &["XREVRANGE KEY + - COUNT 10"],
        },
    }
}

/// A glob that matches every key of a template, and as few others as a glob can tell apart.
#[must_use]
pub(super) fn pattern(schema: &Schema, prefix: &Prefix, template: &Template) -> String {
    let mut out = String::new();
    escape(&prefix.text, &mut out);
    globs(schema, &template.segments, &mut out);
    out
}

fn globs(schema: &Schema, segments: &[Segment], out: &mut String) {
    for segment in segments {
        match segment {
            Segment::Literal(text) => escape(text, out),
            Segment::Param(id) => match &schema[*id].ty {
                ParamType::Uuid => {
                    let parts = [8, 4, 4, 4, 12].map(|length| "?".repeat(length));
                    out.push_str(&parts.join("-"));
                }
                ParamType::Hex(length) if *length <= 16 => {
                    out.push_str(&"?".repeat(*length as usize));
                }
                ParamType::Date(format) => {
                    let any = |c: char| if c.is_ascii_alphabetic() { '?' } else { c };
                    let pattern: String = format.pattern().chars().map(any).collect();
                    out.push_str(&pattern);
                }
                _ => star(out),
            },
            Segment::Optional(_) => star(out),
        }
    }
}

fn star(out: &mut String) {
    if !out.ends_with('*') || out.ends_with("\\*") {
        out.push('*');
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
}

fn has_wildcard(template: &Template) -> bool {
    let literal = |segment: &Segment| matches!(segment, Segment::Literal(_));
    !template.segments.iter().all(literal)
}

/// One word for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", one_line(text).replace('\'', r"'\''"))
}
