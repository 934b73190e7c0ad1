//! Types as a schema writes them, and in words.

use redis_schema_model::model::{
    Codec, DefaultValue, Encoding, ExternalKind, Field, LimitAlgorithm, ParamType, Schema, Score,
    ScoreUnit, StreamTrim, StringEncoding, Structure, Type, TypeId, TypeKind, Value,
};

use super::words;

/// A type as a schema writes it: `u64`, `[Job]`, `string?`.
#[must_use]
pub(super) fn ty(schema: &Schema, ty: &Type) -> String {
    ty.text(schema)
}

/// The declared type inside a type, if any.
#[must_use]
pub(super) fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => named(inner),
        _ => None,
    }
}

/// A value as a schema writes it: `json<Job>`, `text` types by their name alone.
#[must_use]
pub(super) fn value(schema: &Schema, value: &Value) -> String {
    let ty = ty(schema, &value.ty);
    match value.encoding.codec {
        Codec::Text => ty,
        Codec::Json => format!("json<{ty}>"),
        Codec::MsgPack => format!("msgpack<{ty}>"),
        Codec::Bytes => "bytes".to_owned(),
    }
}

/// How a value stands at rest, in words.
#[must_use]
pub(crate) fn encoding(encoding: &Encoding) -> String {
    let format = match encoding.codec {
        Codec::Text => "text",
        Codec::Json => "JSON",
        Codec::MsgPack => "MessagePack with field names",
        Codec::Bytes => "bytes as they are",
    };
    match compressed(encoding) {
        None => format.to_owned(),
        Some(compressed) => format!("{format}, {compressed}"),
    }
}

/// From which size on a value is compressed, in words.
#[must_use]
pub(crate) fn compressed(encoding: &Encoding) -> Option<String> {
    encoding.zstd_over.map(|over| {
        let size = words::bytes(u128::from(over));
        format!("compressed by Zstandard from {size} on")
    })
}

/// What `TYPE` answers for a key of the structure.
#[must_use]
pub(super) const fn redis_type(structure: &Structure) -> &'static str {
    match structure {
        Structure::String(_)
        | Structure::Counter(_)
        | Structure::Bitmap
        | Structure::Lock { .. }
        | Structure::Fence { .. }
        | Structure::Cache(_)
        | Structure::CacheTag
        | Structure::HyperLogLog(_) => "string",
        Structure::Hash(_)
        | Structure::HashMap { .. }
        | Structure::QueueTasks { .. }
        | Structure::Progress(_)
        | Structure::Session(_) => "hash",
        Structure::List(_) => "list",
        Structure::Set(_) => "set",
        Structure::ZSet { .. }
        | Structure::Geo(_)
        | Structure::Semaphore { .. }
        | Structure::Queue(_)
        | Structure::SessionIndex { .. } => "zset",
        Structure::Stream { .. } | Structure::ProgressEvents { .. } => "stream",
        Structure::JsonDocument(_) => "ReJSON-RL",
        Structure::RateLimit(limiter) => match limiter.algorithm {
            LimitAlgorithm::Gcra => "hash",
            LimitAlgorithm::SlidingLog => "zset",
        },
        Structure::External(kind) => match kind {
            ExternalKind::Any => "any",
            ExternalKind::String => "string",
            ExternalKind::Hash => "hash",
            ExternalKind::List => "list",
            ExternalKind::Set => "set",
            ExternalKind::ZSet => "zset",
            ExternalKind::Stream => "stream",
        },
    }
}

/// What a structure holds, as a schema writes it; empty where nothing is declared.
#[must_use]
pub(super) fn content(schema: &Schema, structure: &Structure) -> String {
    match structure {
        Structure::String(v) | Structure::List(v) | Structure::Set(v) => value(schema, v),
        Structure::HyperLogLog(v) | Structure::Geo(v) => value(schema, v),
        Structure::Counter(t) | Structure::JsonDocument(t) => ty(schema, t),
        Structure::Hash(id) | Structure::Stream { entry: id, .. } => {
            schema[*id].name.as_str().to_owned()
        }
        Structure::HashMap { field, value: v } => {
            format!("{{{}: {}}}", value(schema, field), value(schema, v))
        }
        Structure::ZSet { member, .. } => value(schema, member),
        Structure::Cache(cache) => value(schema, &cache.value),
        Structure::Progress(progress) => value(schema, &progress.item),
        Structure::Queue(queue) => value(schema, &queue.payload),
        Structure::Session(session) => value(schema, &session.data),
        Structure::Bitmap
        | Structure::CacheTag
        | Structure::QueueTasks { .. }
        | Structure::SessionIndex { .. }
        | Structure::RateLimit(_)
        | Structure::Lock { .. }
        | Structure::Semaphore { .. }
        | Structure::Fence { .. }
        | Structure::ProgressEvents { .. } => String::new(),
        Structure::External(_) => redis_type(structure).to_owned(),
    }
}

/// What a structure is, in words.
#[must_use]
pub(super) const fn structure_words(structure: &Structure) -> &'static str {
    match structure {
        Structure::String(_) => "one value",
        Structure::Counter(_) => "a number the server increments",
        Structure::Hash(_) => "a record, one hash field per declared field",
        Structure::HashMap { .. } => "free fields to values",
        Structure::List(_) => "values in order",
        Structure::Set(_) => "distinct values",
        Structure::ZSet { .. } => "distinct values ordered by score",
        Structure::Stream { .. } => "a log of records",
        Structure::Bitmap => "bits by offset",
        Structure::HyperLogLog(_) => "an estimate of the number of distinct values",
        Structure::Geo(_) => "members with coordinates",
        Structure::JsonDocument(_) => "a document of the server's JSON type",
        Structure::RateLimit(_) => "so many calls in so much time",
        Structure::Lock { .. } => "what one holder has at a time",
        Structure::Semaphore { .. } => "what several holders have at a time",
        Structure::Fence { .. } => "the number of a lock's last hold",
        Structure::Cache(_) => "a value that is loaded where it is missing",
        Structure::Session(_) => "what a client comes back to by a secret token",
        Structure::SessionIndex { .. } => "the sessions of one user",
        Structure::CacheTag => {
            "what entries of caches have in common: its version, which is another after it was invalidated"
        }
        Structure::Queue(_) => "work that is claimed for a while, acknowledged, and tried again",
        Structure::QueueTasks { .. } => "what the tasks of a queue carry",
        Structure::Progress(_) => "how far each item of a job is, and all of them together",
        Structure::ProgressEvents { .. } => "what was reported of a progress",
        Structure::External(_) => "described here, written by somebody else",
    }
}

/// What a score means.
#[must_use]
pub(super) const fn score(score: Score) -> &'static str {
    match score.unit {
        ScoreUnit::TimestampS => "seconds since 1970",
        ScoreUnit::TimestampMs => "milliseconds since 1970",
        ScoreUnit::Rank => "position, a whole number",
        ScoreUnit::Float => "any number",
    }
}

/// What a stream keeps.
#[must_use]
pub(crate) fn trim(trim: StreamTrim) -> String {
    let (what, approx) = match trim {
        StreamTrim::MaxLen { count, approx } => {
            let count = words::grouped(u128::from(count));
            (format!("the newest {count} entries"), approx)
        }
        StreamTrim::MinAge { ms, approx } => {
            let age = words::duration(std::time::Duration::from_millis(ms));
            (format!("the entries of the last {age}"), approx)
        }
    };
    format!(
        "{what}{}",
        if approx {
            " and perhaps a few more"
        } else {
            ""
        }
    )
}

/// A placeholder's type as a schema writes it.
#[must_use]
pub(super) fn param_type(schema: &Schema, ty: &ParamType) -> String {
    match ty {
        ParamType::Uuid => "uuid".to_owned(),
        ParamType::Ulid => "ulid".to_owned(),
        ParamType::Unsigned(bits) => format!("u{bits}"),
        ParamType::Signed(bits) => format!("i{bits}"),
        ParamType::Slug { .. } => "slug".to_owned(),
        ParamType::Hex(length) => format!("hex({length})"),
        ParamType::Enum(id) => schema[*id].name.as_str().to_owned(),
        ParamType::Date(format) => format!("date({})", format.pattern()),
        ParamType::TimestampS => "timestamp_s".to_owned(),
        ParamType::TimestampMs => "timestamp_ms".to_owned(),
        ParamType::Ip => "ip".to_owned(),
        ParamType::String { .. } => "string".to_owned(),
        ParamType::Rest { .. } => "rest".to_owned(),
    }
}

/// The characters a placeholder may hold, in words.
#[must_use]
pub(super) fn alphabet(schema: &Schema, ty: &ParamType) -> String {
    let at_most = |max: &Option<u32>, unit: &str| {
        max.map_or_else(String::new, |max| format!(", at most {max} {unit}"))
    };
    match ty {
        ParamType::Uuid => "36 characters: lower-case hexadecimal with hyphens".to_owned(),
        ParamType::Ulid => "26 characters: Crockford base 32, upper case".to_owned(),
        ParamType::Unsigned(_) => "decimal digits, no leading zeros".to_owned(),
        ParamType::Signed(_) => "decimal digits, no leading zeros, `-` if negative".to_owned(),
        ParamType::Slug { max } => format!(
            "letters, digits, `.`, `_` and `-`{}",
            at_most(max, "characters")
        ),
        ParamType::Hex(length) => format!("{length} characters: lower-case hexadecimal"),
        ParamType::Enum(id) => match &schema[*id].kind {
            TypeKind::Enum(kind) => {
                let texts: Vec<String> = kind
                    .variants
                    .iter()
                    .map(|variant| format!("`{}`", variant.text))
                    .collect();
                format!("one of {}", texts.join(", "))
            }
            _ => String::new(),
        },
        ParamType::Date(format) => format!("a UTC date as `{}`", format.pattern()),
        ParamType::TimestampS => "seconds since 1970, decimal".to_owned(),
        ParamType::TimestampMs => "milliseconds since 1970, decimal".to_owned(),
        ParamType::Ip => "IPv4 or IPv6 address in canonical text".to_owned(),
        ParamType::String { max, encoding } => match encoding {
            StringEncoding::Percent => format!(
                "any text{}; bytes outside letters, digits, `.`, `_`, `~` and `-` become `%XX`",
                at_most(max, "bytes")
            ),
            StringEncoding::Hash => format!(
                "any text{}, as its SHA-256 in 64 hexadecimal characters",
                at_most(max, "bytes")
            ),
            StringEncoding::Raw { reason } => format!(
                "any text as it is{}: {}",
                at_most(max, "bytes"),
                reason.trim_end_matches('.')
            ),
        },
        ParamType::Rest { max } => {
            format!("the whole rest of the key{}", at_most(max, "bytes"))
        }
    }
}

/// A default as it stands in the schema.
#[must_use]
pub(super) fn default(schema: &Schema, value: &DefaultValue) -> String {
    match value {
        DefaultValue::Bool(value) => value.to_string(),
        DefaultValue::Int(number) => number.to_string(),
        DefaultValue::Float(number) => number.to_string(),
        DefaultValue::Text(text) => format!("\"{text}\""),
        DefaultValue::Variant(id, index) => match &schema[*id].kind {
            TypeKind::Enum(kind) => kind
                .variants
                .get(*index)
                .map_or_else(String::new, |variant| variant.name.as_str().to_owned()),
            _ => String::new(),
        },
        DefaultValue::Empty => "empty".to_owned(),
    }
}

/// The bounds of a field in words, from its own declaration and its type's.
#[must_use]
pub(super) fn bounds(schema: &Schema, field: &Field) -> Option<String> {
    let inner = innermost(&field.ty);
    let length = match inner {
        Type::String { max: Some(max) } => Some(format!("at most {max} bytes")),
        Type::Slug { max: Some(max) } => Some(format!("at most {max} characters")),
        _ => None,
    };
    let of_type = match inner {
        Type::Named(id) => schema[*id].range,
        _ => None,
    };
    let range = field.range.or(of_type).map(range);
    let sibling = field
        .max_field
        .as_ref()
        .map(|name| format!("at most `{name}`"));
    let parts: Vec<String> = [range, length, sibling].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `0 to 100`.
#[must_use]
pub(super) fn range((low, high): (i128, i128)) -> String {
    format!("{low} to {high}")
}

fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) => innermost(inner),
        other => other,
    }
}
