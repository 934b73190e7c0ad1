//! Declared types, their fields and variants.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fact::{At, Difference, Fact, facts, is_default, leaves};
use super::{Lifetime, Show, Ty};

facts! {
    /// A declared type. What it is is compared where it is used.
    pub struct TypeDef {
        /// What it is.
        pub kind: Kind,
        /// The key or channel in whose place it was written.
        #[serde(default, skip_serializing_if = "is_default")]
        pub in_place_of: Option<String>,
        /// Earlier names.
        #[serde(default, skip_serializing_if = "is_default")]
        pub was: Vec<String>,
    }
}

/// What a declared type is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum Kind {
    Enum {
        variants: BTreeMap<String, Variant>,
        /// The catch-all.
        #[serde(default, skip_serializing_if = "is_default")]
        other: Option<String>,
        /// Allowed transitions.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        flow: BTreeMap<String, Vec<String>>,
        /// Texts of variants that are gone, with the version in which they went.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        removed: BTreeMap<String, u32>,
    },
    Record {
        fields: BTreeMap<String, Field>,
        /// The names in the order in which they are written, where the server compares records by their text; else
        /// nothing.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        order: Vec<String>,
        /// Whether reading refuses other fields.
        #[serde(default, skip_serializing_if = "is_default")]
        strict: bool,
        #[serde(default, skip_serializing_if = "is_default")]
        rust: Option<String>,
        /// Fields that are gone, with the version in which they went.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        removed: BTreeMap<String, u32>,
    },
    OneOf {
        tag: String,
        shapes: BTreeMap<String, Shape>,
        /// Texts of shapes that are gone, with the version in which they went.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        removed: BTreeMap<String, u32>,
    },
    Rust {
        rust: String,
        repr: Ty,
    },
    Alias {
        ty: Ty,
        #[serde(default, skip_serializing_if = "is_default")]
        range: Option<Range>,
    },
}

impl Kind {
    /// What people call it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Enum { .. } => "enum",
            Self::Record { .. } => "record",
            Self::OneOf { .. } => "one_of",
            Self::Rust { .. } => "own type",
            Self::Alias { .. } => "alias",
        }
    }
}

/// Compared by the walk over types.
impl Fact for Kind {
    fn patterns(_: &str, _: &mut Vec<String>) {}

    fn compare(&self, _: &Self, _: &At<'_>, _: &mut Vec<Difference>) {}
}

/// Differences of declared types that are not those of fields, variants and shapes.
pub(super) fn kind_patterns(out: &mut Vec<String>) {
    for pattern in [
        "enum.other",
        "enum.flow",
        "one_of.tag",
        "record.order",
        "record.strict",
        "record.rust",
        "own_type.rust",
        "field.tombstone",
        "variant.tombstone",
    ] {
        out.push(pattern.to_owned());
    }
}

facts! {
    /// A field of a record.
    pub struct Field {
        /// Its type.
        #[serde(rename = "type")]
        pub ty: Ty,
        /// Used when the stored value lacks it, as JSON.
        #[serde(default, skip_serializing_if = "is_default")]
        pub default: Option<String>,
        /// Names it is also read under.
        #[serde(default, skip_serializing_if = "is_default")]
        pub was: Vec<String>,
        /// Whether its value is never printed.
        #[serde(default, skip_serializing_if = "is_default")]
        pub secret: bool,
        /// Unit of measure.
        #[serde(default, skip_serializing_if = "is_default")]
        pub unit: Option<String>,
        /// Smallest and largest accepted number.
        #[serde(default, skip_serializing_if = "is_default")]
        pub range: Option<Range>,
        /// Field whose value bounds this one.
        #[serde(default, skip_serializing_if = "is_default")]
        pub max_field: Option<String>,
        /// Whether every write sets it to the time.
        #[serde(default, skip_serializing_if = "is_default")]
        pub touch: bool,
        /// How long it lives by itself.
        #[serde(default, skip_serializing_if = "is_default")]
        pub ttl: Option<Lifetime>,
    }
}

impl Field {
    /// Whether a stored value without the field can be read.
    #[must_use]
    pub const fn may_be_absent(&self) -> bool {
        matches!(self.ty, Ty::Option(_)) || self.default.is_some()
    }
}

facts! {
    /// A variant of an enum.
    pub struct Variant {
        /// Its text at rest.
        pub text: String,
    }
}

facts! {
    /// A shape of a tagged union. Its record is compared like any other.
    pub struct Shape {
        /// The tag's value.
        pub text: String,
        /// The record that it carries.
        pub record: Carried,
    }
}

/// The name of a record, which is no fact by itself: only what it holds is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Carried(pub String);

impl Fact for Carried {
    fn patterns(_: &str, _: &mut Vec<String>) {}

    fn compare(&self, _: &Self, _: &At<'_>, _: &mut Vec<Difference>) {}
}

/// Smallest and largest accepted number, stored as `0..100`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Smallest.
    pub min: i128,
    /// Largest.
    pub max: i128,
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.min, self.max)
    }
}

impl FromStr for Range {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text
            .split_once("..")
            .and_then(|(min, max)| Some((min.parse().ok()?, max.parse().ok()?)));
        parsed
            .map(|(min, max)| Self { min, max })
            .ok_or_else(|| format!("`{text}` is not a range such as `0..100`"))
    }
}

impl Serialize for Range {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Show for Range {
    fn show(&self) -> String {
        self.to_string()
    }
}

leaves!(Option<Range>);
