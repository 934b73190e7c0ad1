//! A difference between two versions, with everything a rule may ask about it.

use std::rc::Rc;

use super::Horizon;
use crate::facts::{Channel, Field, Key, Param, Tombstone, Ty, Unit, Variant};

/// A difference between two versions.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// Which kind of difference: one of [`crate::facts::Facts::patterns`].
    pub what: String,
    /// What it is about, as findings and `accept:` name it: `job`, `job.updated_at`, `Job.status`, `{job_id}`.
    pub path: String,
    /// How it was, for people.
    pub old: String,
    /// How it is.
    pub new: String,
    /// The thing before and after.
    pub sides: Sides<'a>,
    /// The types that differ, when the difference is one of types: the parts that differ, not what they stand in.
    pub types: Option<(&'a Ty, &'a Ty)>,
    /// Keys and channels that hold what changed.
    pub uses: Rc<[Use<'a>]>,
    /// Of a field: whether its record refuses fields that it does not declare, before and after.
    pub strict: (bool, bool),
    /// Of something removed: the one added thing of the same shape; of something added: the one removed.
    pub lookalike: Option<&'a str>,
}

/// The thing that changed, before and after; one side is missing when it was added or removed.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub enum Sides<'a> {
    Key {
        old: Option<&'a Key>,
        new: Option<&'a Key>,
    },
    Channel {
        old: Option<&'a Channel>,
        new: Option<&'a Channel>,
    },
    Param {
        old: Option<&'a Param>,
        new: Option<&'a Param>,
    },
    Field {
        old: Option<&'a Field>,
        new: Option<&'a Field>,
    },
    Variant {
        old: Option<&'a Variant>,
        new: Option<&'a Variant>,
    },
    Unit {
        old: Option<&'a Unit>,
        new: Option<&'a Unit>,
    },
    Tombstone {
        old: Option<&'a Tombstone>,
        new: Option<&'a Tombstone>,
    },
    /// Something that is told whole by the change's old and new text.
    Other,
}

/// A key or channel that holds what changed.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub enum Use<'a> {
    Key {
        name: &'a str,
        old: Option<&'a Key>,
        new: Option<&'a Key>,
    },
    Channel {
        name: &'a str,
        old: Option<&'a Channel>,
        new: Option<&'a Channel>,
    },
}

impl<'a> Use<'a> {
    /// Its name now, or the one it had.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        match self {
            Self::Key { name, .. } | Self::Channel { name, .. } => name,
        }
    }
}

/// Where the data of a type stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Under a key.
    Rest,
    /// In entries of a stream, which are never rewritten.
    Entry,
    /// In messages of a channel, which are never stored.
    Message,
}

impl Class {
    /// What stands before the names of its differences.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Rest => "",
            Self::Entry => "entry.",
            Self::Message => "message.",
        }
    }
}

impl<'a> Change<'a> {
    /// Where the data stands.
    #[must_use]
    pub fn class(&self) -> Class {
        [Class::Entry, Class::Message]
            .into_iter()
            .find(|class| self.what.starts_with(class.prefix()))
            .unwrap_or(Class::Rest)
    }

    /// The kind of difference without its class: `field.added` of `entry.field.added`.
    #[must_use]
    pub fn bare(&self) -> &str {
        &self.what[self.class().prefix().len()..]
    }

    /// How long the break lasts, by the lifetimes of the old data.
    #[must_use]
    pub fn horizon(&self) -> Horizon {
        Horizon::of_all(&self.uses)
    }

    /// The keys before and after, when the change is one of a key.
    #[must_use]
    pub const fn key(&self) -> Option<(&'a Key, &'a Key)> {
        match self.sides {
            Sides::Key {
                old: Some(old),
                new: Some(new),
            } => Some((old, new)),
            _ => None,
        }
    }

    /// The fields before and after, when the change is one of a field.
    #[must_use]
    pub const fn field(&self) -> Option<(&'a Field, &'a Field)> {
        match self.sides {
            Sides::Field {
                old: Some(old),
                new: Some(new),
            } => Some((old, new)),
            _ => None,
        }
    }

    /// The placeholders before and after, when the change is one of a placeholder.
    #[must_use]
    pub const fn param(&self) -> Option<(&'a Param, &'a Param)> {
        match self.sides {
            Sides::Param {
                old: Some(old),
                new: Some(new),
            } => Some((old, new)),
            _ => None,
        }
    }

    /// Names of the keys and channels that hold what changed.
    #[must_use]
    pub fn users(&self) -> Vec<&'a str> {
        self.uses.iter().map(Use::name).collect()
    }
}
