//! Types of values.

use serde::{Deserialize, Serialize};

use super::{At, Difference, Fact, Show};

/// The type of a value; declared types and placeholders by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Ty {
    Bool,
    Unsigned(u8),
    Signed(u8),
    Float(u8),
    Decimal,
    String {
        max: Option<u32>,
    },
    Bytes,
    Uuid,
    Ulid,
    Ip,
    TimestampS,
    TimestampMs,
    Datetime,
    DurationS,
    DurationMs,
    Any,
    Hex(u32),
    Slug {
        max: Option<u32>,
    },
    /// The type of a placeholder.
    Param(String),
    /// A declared type.
    Named(String),
    /// May be absent.
    Option(Box<Ty>),
    List(Box<Ty>),
    /// Text keys to values.
    Map(Box<Ty>),
    /// The whole name of another key.
    KeyName(String),
}

impl Show for Ty {
    fn show(&self) -> String {
        let bounded = |name: &str, max: &Option<u32>| match max {
            Some(max) => format!("{name} of at most {max}"),
            None => name.to_owned(),
        };
        match self {
            Self::Bool => "bool".to_owned(),
            Self::Unsigned(bits) => format!("u{bits}"),
            Self::Signed(bits) => format!("i{bits}"),
            Self::Float(bits) => format!("f{bits}"),
            Self::Decimal => "decimal".to_owned(),
            Self::String { max } => bounded("string", max),
            Self::Bytes => "bytes".to_owned(),
            Self::Uuid => "uuid".to_owned(),
            Self::Ulid => "ulid".to_owned(),
            Self::Ip => "ip".to_owned(),
            Self::TimestampS => "timestamp_s".to_owned(),
            Self::TimestampMs => "timestamp_ms".to_owned(),
            Self::Datetime => "datetime".to_owned(),
            Self::DurationS => "duration_s".to_owned(),
            Self::DurationMs => "duration_ms".to_owned(),
            Self::Any => "any".to_owned(),
            Self::Hex(len) => format!("hex({len})"),
            Self::Slug { max } => bounded("slug", max),
            Self::Param(name) | Self::Named(name) => name.clone(),
            Self::Option(inner) => format!("{}?", inner.show()),
            Self::List(inner) => format!("[{}]", inner.show()),
            Self::Map(inner) => format!("{{string: {}}}", inner.show()),
            Self::KeyName(key) => format!("name of {key}"),
        }
    }
}

/// Compared by the walk over types.
impl Fact for Ty {
    fn patterns(_: &str, _: &mut Vec<String>) {}

    fn compare(&self, _: &Self, _: &At<'_>, _: &mut Vec<Difference>) {}
}
