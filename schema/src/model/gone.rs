//! What is gone from a schema while data may still speak of it.

use super::{DatabaseId, KeyId, Name, Prefix, Template, TypeId};
use crate::source::Span;

/// A key that is gone from the schema but whose data may still lie on the server.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Tombstone {
    /// The name the key had.
    pub name: Name,
    /// What it was.
    pub about: Option<String>,
    /// The template it had.
    pub template: Template,
    /// The prefix it had: the schema's.
    pub prefix: Prefix,
    /// Where it lived.
    pub database: DatabaseId,
    /// Schema version in which it was removed.
    pub removed_in: u32,
    /// Where it was declared.
    pub span: Span,
}

/// A field, variant or consumer group that is gone while data may still speak of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Removed {
    /// What the tombstone is called.
    pub name: Name,
    /// What it was.
    pub about: Option<String>,
    /// What it was part of.
    pub part: Part,
    /// What it was part of and its name, as written: `Job.progress`.
    pub path: String,
    /// Its name; of a variant its text at rest.
    pub gone: String,
    /// Schema version in which it was removed.
    pub removed_in: u32,
    /// Where it was declared.
    pub span: Span,
}

/// What something was part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A field of a record.
    Field(TypeId),
    /// A variant of an enum or of a `one_of`.
    Variant(TypeId),
    /// A consumer group of a stream.
    Group(KeyId),
}

impl Part {
    /// Its name as a schema writes it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Field(_) => "field",
            Self::Variant(_) => "variant",
            Self::Group(_) => "group",
        }
    }
}
