//! Templates and their placeholders.

use serde::{Deserialize, Serialize};

use super::Show;
use super::fact::{At, Difference, Fact, facts, is_default, leaves};

/// A key's or channel's template without prefix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// As it was written.
    pub text: String,
    /// Its parts; braces of `slot:` are literals here.
    pub segments: Vec<Segment>,
    /// What decides the cluster slot: empty for the whole key.
    #[serde(default, skip_serializing_if = "is_default")]
    pub slot: String,
}

/// One part of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Text.
    Literal(String),
    /// A placeholder's name.
    Param(String),
    /// A part that may be absent.
    Optional(Vec<Segment>),
}

impl Template {
    /// The names of its placeholders in order.
    #[must_use]
    pub fn params(&self) -> Vec<&str> {
        fn walk<'a>(segments: &'a [Segment], out: &mut Vec<&'a str>) {
            for segment in segments {
                match segment {
                    Segment::Literal(_) => {}
                    Segment::Param(name) => out.push(name),
                    Segment::Optional(inner) => walk(inner, out),
                }
            }
        }
        let mut out = Vec::new();
        walk(&self.segments, &mut out);
        out
    }
}

/// Compared by the walk over templates, which knows which placeholders were renamed.
impl Fact for Template {
    fn patterns(at: &str, out: &mut Vec<String>) {
        for part in ["literals", "params", "slot"] {
            out.push(format!("{at}.{part}"));
        }
    }

    fn compare(&self, _: &Self, _: &At<'_>, _: &mut Vec<Difference>) {}
}

facts! {
    /// A placeholder.
    pub struct Param {
        /// Its text form and alphabet.
        #[serde(rename = "type")]
        pub ty: ParamTy,
        /// Whether its value is never printed.
        #[serde(default, skip_serializing_if = "is_default")]
        pub secret: bool,
        /// A user's own type.
        #[serde(default, skip_serializing_if = "is_default")]
        pub rust: Option<String>,
        /// Earlier names.
        #[serde(default, skip_serializing_if = "is_default")]
        pub was: Vec<String>,
    }
}

/// The type of a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ParamTy {
    Uuid,
    Ulid,
    Unsigned(u8),
    Signed(u8),
    Slug {
        max: Option<u32>,
    },
    Hex(u32),
    /// The name of an enum.
    Enum(String),
    /// A pattern such as `YYYY-MM-DD`.
    Date(String),
    TimestampS,
    TimestampMs,
    Ip,
    /// `encode` is `percent`, `hash` or `raw`.
    String {
        max: Option<u32>,
        encode: String,
    },
    Rest {
        max: Option<u32>,
    },
}

impl Show for ParamTy {
    fn show(&self) -> String {
        let bounded = |name: &str, max: &Option<u32>| match max {
            Some(max) => format!("{name} of at most {max}"),
            None => name.to_owned(),
        };
        match self {
            Self::Uuid => "uuid".to_owned(),
            Self::Ulid => "ulid".to_owned(),
            Self::Unsigned(bits) => format!("u{bits}"),
            Self::Signed(bits) => format!("i{bits}"),
            Self::Slug { max } => bounded("slug", max),
            Self::Hex(len) => format!("hex({len})"),
            Self::Enum(name) => name.clone(),
            Self::Date(pattern) => format!("date({pattern})"),
            Self::TimestampS => "timestamp_s".to_owned(),
            Self::TimestampMs => "timestamp_ms".to_owned(),
            Self::Ip => "ip".to_owned(),
            Self::String { max, encode } => bounded(&format!("string ({encode})"), max),
            Self::Rest { max } => bounded("rest", max),
        }
    }
}

leaves!(ParamTy);
