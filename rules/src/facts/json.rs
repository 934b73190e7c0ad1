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
    Broken(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(format) => write!(
                f,
                "it has format {format}, and this release reads formats up to {FORMAT}"
            ),
            Self::Broken(why) => write!(f, "it is no released version: {why}"),
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
        let broken = |error: serde_json::Error| Unreadable::Broken(error.to_string());
        let head: Head = serde_json::from_str(text).map_err(broken)?;
        if head.format > FORMAT {
            return Err(Unreadable::Newer(head.format));
        }
        let Body(facts) = serde_json::from_str(text).map_err(broken)?;
        match facts.dangling() {
            Some(name) => Err(Unreadable::Broken(format!(
                "`{name}` is named and not declared"
            ))),
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
