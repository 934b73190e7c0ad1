//! Facts as a file: stable JSON that says which format it is.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Facts;
use crate::day::Day;

/// The format that this release writes.
pub const FORMAT: u32 = 1;

/// Why a text is no facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// A newer release wrote it.
    Newer(u32),
    /// It is something else, or broken.
    Broken {
        /// In what way.
        why: String,
        /// Line and column, both from 1, where that is known.
        at: Option<(usize, usize)>,
    },
}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let words = error.to_string();
        let place = format!(" at line {line} column {column}");
        Self::Broken {
            why: words.strip_suffix(&place).unwrap_or(&words).to_owned(),
            at: (line > 0).then_some((line, column.max(1))),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(format) => write!(
                f,
                "it has format {format}, and this release reads formats up to {FORMAT}"
            ),
            Self::Broken { why, at } => {
                write!(f, "it is no released version: {why}")?;
                match at {
                    Some((line, column)) => write!(f, " at line {line} column {column}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for Unreadable {}

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    released: Option<Day>,
    #[serde(flatten)]
    facts: &'a Facts,
}

#[derive(Deserialize)]
struct Head {
    format: u32,
    released: Option<Day>,
}

/// What can be told of a stored version without understanding it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// Its number.
    pub version: u32,
    /// The migrations that its accepted breaks name.
    pub migrations: Vec<String>,
}

impl Glance {
    /// Looks at what [`Snapshot::to_json`] wrote. Takes time in proportion to the text, a fraction of what reading it takes.
    ///
    /// # Errors
    /// As [`Snapshot::from_json`], but only for what shows so far: the text is of a newer format, is no JSON, or has no number.
    pub fn at(text: &str) -> Result<Self, Unreadable> {
        let seen: Seen = serde_json::from_str(text)?;
        if seen.format > FORMAT {
            return Err(Unreadable::Newer(seen.format));
        }
        let migrations = seen.accept.into_iter().filter_map(|one| one.migration);
        Ok(Self {
            version: seen.schema.version,
            migrations: migrations.collect(),
        })
    }
}

#[derive(Deserialize)]
struct Seen {
    format: u32,
    schema: Numbered,
    #[serde(default)]
    accept: Vec<Accepting>,
}

#[derive(Deserialize)]
struct Numbered {
    version: u32,
}

#[derive(Deserialize)]
struct Accepting {
    migration: Option<String>,
}

/// The facts of a file, without what [`Head`] reads.
struct Body(Facts);

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(BodyVisitor)
    }
}

struct BodyVisitor;

impl<'de> Visitor<'de> for BodyVisitor {
    type Value = Body;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a released version")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Body, A::Error> {
        Facts::deserialize(MapAccessDeserializer::new(Behind(map))).map(Body)
    }
}

/// The members of an object but those of [`Head`].
struct Behind<A>(A);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Behind<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(name) = self.0.next_key::<String>()? {
            if !matches!(name.as_str(), "format" | "released") {
                return seed.deserialize(name.into_deserializer()).map(Some);
            }
            self.0.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

/// A version as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The day, if the file says one.
    pub released: Option<Day>,
    /// What the version says.
    pub facts: Facts,
}

impl Snapshot {
    /// The canonical text: the same version and day always give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        written(self.released, &self.facts)
    }

    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// When the text is of a newer format, or is not one of these files.
    pub fn from_json(text: &str) -> Result<Self, Unreadable> {
        let head: Head = serde_json::from_str(text)?;
        if head.format > FORMAT {
            return Err(Unreadable::Newer(head.format));
        }
        let Body(facts) = serde_json::from_str(text)?;
        match facts.dangling() {
            Some(name) => Err(Unreadable::Broken {
                why: format!("`{name}` is named and not declared"),
                at: None,
            }),
            None => Ok(Self {
                released: head.released,
                facts,
            }),
        }
    }
}

fn written(released: Option<Day>, facts: &Facts) -> String {
    let written = Written {
        format: FORMAT,
        released,
        facts,
    };
    // Facts hold nothing that JSON cannot: every map is keyed by text and every number is an integer.
    let mut text = serde_json::to_string_pretty(&written).unwrap_or_default();
    text.push('\n');
    text
}

impl Facts {
    /// The canonical text: the same facts always give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        written(None, self)
    }

    /// Reads what [`Self::to_json`] or [`Snapshot::to_json`] wrote.
    ///
    /// # Errors
    /// When the text is of a newer format, or is not one of these files.
    pub fn from_json(text: &str) -> Result<Self, Unreadable> {
        Snapshot::from_json(text).map(|snapshot| snapshot.facts)
    }
}
