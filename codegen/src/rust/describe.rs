//! One line that says what a key or channel is, for hovering over its accessor.

use std::time::Duration;

use redis_schema_model::model::{
    Acknowledge, Cache, Channel, Codec, ConsumerGroup, Expiry, GroupStart, Hold, Key, Lifetime,
    ListOrder, OnWrite, ParamType, Prefix, Queue, RateLimit, Schema, ScoreUnit, StreamTrim,
    Structure, Template, TtlRule, Type, Value, WorkQueue,
};

use super::doc::code;

/// `job:{job_id}` · string of `json<Job>` · database `jobs` · lives 1 h, renewed by every write
pub(crate) fn key(schema: &Schema, key: &Key) -> String {
    let mut parts = vec![
        whole(&key.prefix, &key.template),
        structure(schema, &key.structure),
    ];
    if let Some(queue) = &key.queue {
        parts.push(in_order(schema, queue));
    }
    if schema.databases.len() > 1 {
        parts.push(format!("database `{}`", schema[key.database].name.as_str()));
    }
    let stays = match &key.structure {
        Structure::RateLimit(_) => Some("lives until no call counts any more".to_owned()),
        Structure::Queue(_) | Structure::QueueTasks { .. } => {
            Some("lives while there is work".to_owned())
        }
        Structure::Session(session) => Some(format!(
            "lives {} unused and {} at most",
            duration(session.idle_ms),
            duration(session.absolute_ms)
        )),
        Structure::SessionIndex { .. } => Some("lives as long as they may".to_owned()),
        _ => lease(key).or_else(|| lifetime(&key.lifetime)),
    };
    parts.extend(stays);
    if let Some(expiry) = &key.field_ttl {
        parts.push(format!("each field {}", lives(expiry)));
    }
    parts.extend(key.durability.map(|class| class.word().to_owned()));
    parts.join(" · ")
}

/// `job:{job_id}:events` · channel of `json<JobEvents>`
pub(crate) fn channel(schema: &Schema, channel: &Channel) -> String {
    let kind = if channel.sharded {
        "sharded channel"
    } else {
        "channel"
    };
    let name = whole(&channel.prefix, &channel.template);
    format!("{name} · {kind} of `{}`", value(schema, &channel.message))
}

/// The template behind its prefix, and what else the prefix may be.
fn whole(prefix: &Prefix, template: &Template) -> String {
    let name = code(&format!("{}{}", prefix.text, template.text));
    match &prefix.env {
        Some(variable) => format!("{name} (prefix from {})", code(variable)),
        None => name,
    }
}

fn structure(schema: &Schema, structure: &Structure) -> String {
    let of = |what: &str, held: &Value| format!("{what} of `{}`", value(schema, held));
    match structure {
        Structure::String(held) => of("string", held),
        Structure::Counter(number) => format!("counter of `{}`", ty(schema, number)),
        Structure::Hash(id) => format!("hash `{}`", schema[*id].name.as_str()),
        Structure::HashMap { field, value: held } => format!(
            "hash of `{}` to `{}`",
            value(schema, field),
            value(schema, held)
        ),
        Structure::List(held) => of("list", held),
        Structure::Set(held) => of("set", held),
        Structure::ZSet { member, score } => {
            let by = match score.unit {
                ScoreUnit::TimestampS => " by time in seconds",
                ScoreUnit::TimestampMs => " by time in milliseconds",
                ScoreUnit::Rank => " by rank",
                ScoreUnit::Float => "",
            };
            format!("{}{by}", of("sorted set", member))
        }
        Structure::Stream { entry, trim, .. } => {
            let kept = match trim {
                None => String::new(),
                Some(StreamTrim::MaxLen { count, approx }) => {
                    format!(", at most {}{count} entries", about(*approx))
                }
                Some(StreamTrim::MinAge { ms, approx }) => {
                    format!(", entries of the last {}{}", about(*approx), duration(*ms))
                }
            };
            format!("stream of `{}`{kept}", schema[*entry].name.as_str())
        }
        Structure::Bitmap => "bitmap".to_owned(),
        Structure::HyperLogLog(held) => of("HyperLogLog", held),
        Structure::Geo(held) => of("geo set", held),
        Structure::JsonDocument(document) => format!("JSON document `{}`", ty(schema, document)),
        Structure::RateLimit(limiter) => limits(limiter),
        Structure::Lock { hold, fenced } => {
            let numbered = if *fenced { "lock with numbers" } else { "lock" };
            format!("{numbered}{}", held(hold))
        }
        Structure::Semaphore { hold, permits } => {
            format!("semaphore of {permits} permits{}", held(hold))
        }
        Structure::Fence { lock } => format!("number of `{}`", schema[*lock].name.as_str()),
        Structure::Cache(cache) => cached(schema, cache),
        Structure::CacheTag => "tag of caches".to_owned(),
        Structure::Progress(it) => {
            let of = of("progress", &it.item);
            format!("{of}, each from 0 to {}", it.max)
        }
        Structure::ProgressEvents { progress } => {
            format!("events of `{}`", schema[*progress].name.as_str())
        }
        Structure::Queue(queue) => work(schema, queue),
        Structure::QueueTasks { queue } => {
            format!("what the tasks of `{}` carry", schema[*queue].name.as_str())
        }
        Structure::Session(session) => of("session", &session.data),
        Structure::SessionIndex { session } => {
            format!("sessions of `{}`", schema[*session].name.as_str())
        }
        Structure::External(_) => "external".to_owned(),
    }
}

/// limit of 60/1m and 1000/1h by `gcra`
pub(crate) fn limits(limiter: &RateLimit) -> String {
    let rules: Vec<String> = limiter
        .rules
        .iter()
        .map(|rule| code(&rule.text()))
        .collect();
    format!(
        "limit of {} by `{}`",
        rules.join(" and "),
        limiter.algorithm.word()
    )
}

/// queue of `json<Task>`, lease of 30 s, 5 attempts
fn work(schema: &Schema, queue: &WorkQueue) -> String {
    let attempts = match queue.max_attempts {
        1 => "1 attempt".to_owned(),
        more => format!("{more} attempts"),
    };
    format!(
        "queue of `{}`, lease of {}, {attempts}",
        value(schema, &queue.payload),
        time(queue.lease)
    )
}

/// cache of `json<Model>`, then 1 min stale, remembers for 10 s that there is nothing, forgotten by `job_tag`
fn cached(schema: &Schema, cache: &Cache) -> String {
    let mut text = format!("cache of `{}`", value(schema, &cache.value));
    if cache.stale_ms != 0 {
        text.push_str(&format!(", stale for {} more", duration(cache.stale_ms)));
    }
    if cache.negative_ms != 0 {
        let time = duration(cache.negative_ms);
        text.push_str(&format!(", remembers for {time} that there is nothing"));
    }
    let tags: Vec<String> = cache
        .tags
        .iter()
        .map(|tag| format!("`{}`", schema[tag.key].name.as_str()))
        .collect();
    if !tags.is_empty() {
        text.push_str(&format!(", forgotten by {}", tags.join(" and ")));
    }
    text
}

/// first in, first out, worked on in `running`
pub(crate) fn in_order(schema: &Schema, queue: &Queue) -> String {
    let order = match queue.order {
        ListOrder::Fifo => "first in, first out",
        ListOrder::Lifo => "last in, first out",
    };
    match queue.processing {
        None => order.to_owned(),
        Some(id) => format!("{order}, worked on in `{}`", schema[id].name.as_str()),
    }
}

/// `billing` · begins with the oldest entry · taken over after 60 s · after 5 deliveries to `failed`
pub(crate) fn consumer_group(schema: &Schema, group: &ConsumerGroup) -> String {
    let begins = match group.start {
        GroupStart::First => "begins with the oldest entry",
        GroupStart::New => "begins with what is added after it was made",
    };
    let mut parts = vec![format!("`{}`", group.name.as_str()), begins.to_owned()];
    if group.ack == Acknowledge::Before {
        parts.push("entries count as dealt with when they are delivered".to_owned());
    }
    if let Some(ms) = group.min_idle_ms {
        parts.push(format!("entries are taken over after {}", duration(ms)));
    }
    if let Some(ms) = group.heartbeat_ms {
        parts.push(format!(
            "unless their consumer says every {} that it is at work",
            duration(ms)
        ));
    }
    if let Some(gives_up) = &group.gives_up {
        let dead = schema[gives_up.dead_letter].name.as_str();
        let most = gives_up.max_deliveries;
        parts.push(format!("after {most} deliveries they go to `{dead}`"));
    }
    parts.join(" · ")
}

const fn about(approx: bool) -> &'static str {
    if approx { "about " } else { "" }
}

fn lifetime(lifetime: &Lifetime) -> Option<String> {
    match lifetime {
        Lifetime::External => None,
        Lifetime::None { .. } => Some("never expires".to_owned()),
        Lifetime::Expires(expiry) => Some(lives(expiry)),
    }
}

/// How long a hold lasts that is not renewed.
fn lease(key: &Key) -> Option<String> {
    let held = matches!(
        key.structure,
        Structure::Lock { .. } | Structure::Semaphore { .. }
    );
    match &key.lifetime {
        Lifetime::Expires(expiry) if held => match expiry.rule {
            TtlRule::After(lease) => Some(format!("lease of {}", time(lease))),
            TtlRule::EndOfDay => None,
        },
        _ => None,
    }
}

/// How a lock or permit is held, behind what it is.
fn held(hold: &Hold) -> String {
    let renewed = if hold.renew {
        ", renewed by its guard"
    } else {
        ""
    };
    let most = hold
        .max_hold
        .map(|most| format!(", held {} at most", time(most)));
    format!("{renewed}{}", most.unwrap_or_default())
}

fn time(time: Duration) -> String {
    duration(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

/// How long a field lives by itself, as a sentence without its full stop.
pub(crate) fn field_lifetime(expiry: &Expiry) -> String {
    format!("By itself it {}", lives(expiry))
}

fn lives(expiry: &Expiry) -> String {
    let mut text = match expiry.rule {
        TtlRule::EndOfDay => "lives until midnight UTC".to_owned(),
        TtlRule::After(time) => {
            let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
            format!("lives {}", duration(millis))
        }
    };
    if expiry.jitter_permille != 0 {
        let (whole, part) = (expiry.jitter_permille / 10, expiry.jitter_permille % 10);
        let part = if part == 0 {
            String::new()
        } else {
            format!(".{part}")
        };
        text.push_str(&format!(" ± {whole}{part} %"));
    }
    if let Some(variable) = &expiry.env {
        text.push_str(&format!(" or as {} says", code(variable)));
    }
    text.push_str(match expiry.on_write {
        OnWrite::Refresh => ", renewed by every write",
        OnWrite::Keep => ", kept by writes",
        OnWrite::SetOnce => ", fixed when created",
    });
    if expiry.refresh_on_read {
        text.push_str(", renewed by reading");
    }
    text
}

/// `90 s`, `24 h`: the largest unit that divides it.
fn duration(millis: u64) -> String {
    const UNITS: [(u64, &str); 4] = [
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "min"),
        (1000, "s"),
    ];
    for (unit, name) in UNITS {
        // A day reads better as 24 h.
        let fits = millis.is_multiple_of(unit) && (unit != 86_400_000 || millis > unit);
        if millis != 0 && fits {
            return format!("{} {name}", millis / unit);
        }
    }
    format!("{millis} ms")
}

/// A value as a schema writes it.
fn value(schema: &Schema, value: &Value) -> String {
    let ty = ty(schema, &value.ty);
    match value.encoding.codec {
        Codec::Text => ty,
        Codec::Json => format!("json<{ty}>"),
        Codec::MsgPack => format!("msgpack<{ty}>"),
        Codec::Bytes => "bytes".to_owned(),
    }
}

/// A type as a schema writes it.
pub(crate) fn ty(schema: &Schema, of: &Type) -> String {
    let word = match of {
        Type::Unsigned(bits) => return format!("u{bits}"),
        Type::Signed(bits) => return format!("i{bits}"),
        Type::Float(bits) => return format!("f{bits}"),
        Type::Hex(length) => return format!("hex({length})"),
        Type::Param(id) => return schema[*id].name.as_str().to_owned(),
        Type::Named(id) => return schema[*id].name.as_str().to_owned(),
        Type::Option(inner) => return format!("{}?", ty(schema, inner)),
        Type::List(item) => return format!("[{}]", ty(schema, item)),
        Type::Map(item) => return format!("{{string: {}}}", ty(schema, item)),
        Type::KeyName(id) => return format!("name of {}", schema[*id].name.as_str()),
        Type::Bool => "bool",
        Type::Decimal => "decimal",
        Type::String { .. } => "string",
        Type::Bytes => "bytes",
        Type::Uuid => "uuid",
        Type::Ulid => "ulid",
        Type::Ip => "ip",
        Type::TimestampS => "timestamp_s",
        Type::TimestampMs => "timestamp_ms",
        Type::Datetime => "datetime",
        Type::DurationS => "duration_s",
        Type::DurationMs => "duration_ms",
        Type::Any => "any",
        Type::Slug { .. } => "slug",
    };
    word.to_owned()
}

/// A placeholder's type as a schema writes it.
pub(crate) fn param_type(schema: &Schema, of: &ParamType) -> String {
    match of {
        ParamType::Unsigned(bits) => format!("u{bits}"),
        ParamType::Signed(bits) => format!("i{bits}"),
        ParamType::Hex(length) => format!("hex({length})"),
        ParamType::Enum(id) => schema[*id].name.as_str().to_owned(),
        ParamType::Date(format) => format!("date({})", format.pattern()),
        ParamType::Uuid => "uuid".to_owned(),
        ParamType::Ulid => "ulid".to_owned(),
        ParamType::Slug { .. } => "slug".to_owned(),
        ParamType::TimestampS => "timestamp_s".to_owned(),
        ParamType::TimestampMs => "timestamp_ms".to_owned(),
        ParamType::Ip => "ip".to_owned(),
        ParamType::String { .. } => "string".to_owned(),
        ParamType::Rest { .. } => "rest".to_owned(),
    }
}
