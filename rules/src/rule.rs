//! What is said about every rule.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use redis_schema_model::diagnostic::Rule;
use serde::{Deserialize, Serialize};

use crate::page::page;

/// What a rule is called and how strict it is. Each rule is one file whose `//!` comment is its page.
#[derive(Debug, Clone, Copy)]
pub struct Meta {
    /// Stable code, e.g. `B215`.
    pub code: &'static str,
    /// Name that says what must hold, e.g. `UNIT_SAME`.
    pub name: &'static str,
    /// One line: what the rule finds.
    pub title: &'static str,
    /// What kind of rule it is.
    pub class: Class,
    /// The text of the rule's file; [`crate::page`] takes the page out of it.
    pub source: &'static str,
}

impl Meta {
    /// What happens on a finding unless the caller says otherwise.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self.class {
            Class::Breaking { level, .. } => level.severity(),
            Class::Lint { .. } => Severity::Warn,
        }
    }

    /// The rule as findings carry it. It is made once: a run may find a thousand things, and pages are long.
    #[must_use]
    pub fn told(&self) -> Arc<Rule> {
        static TOLD: LazyLock<Mutex<HashMap<&'static str, Arc<Rule>>>> =
            LazyLock::new(Mutex::default);
        let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
        let rule = told.entry(self.code).or_insert_with(|| {
            let title = match self.class {
                Class::Breaking { .. } => format!("{}: {}", self.name, self.title),
                Class::Lint { .. } => self.title.to_owned(),
            };
            Arc::new(Rule {
                code: self.code.to_owned(),
                title,
                page: page(self.source),
            })
        });
        Arc::clone(rule)
    }
}

/// The kind of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Compares two schemas.
    Breaking {
        /// The weakest guarantee that includes the rule.
        level: Level,
        /// Who breaks.
        breaks: &'static [Who],
    },
    /// Looks at one schema.
    Lint {
        /// The smallest set that includes the rule.
        set: Set,
    },
}

/// What a comparison guarantees. Each level of data includes the one before; the last two stand on their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Every byte at rest stays reachable and keeps its meaning.
    Storage,
    /// Old and new programs may run side by side, and going back is safe.
    Rolling,
    /// Memory, rights, server versions, slots and lifetimes stay in their class.
    Ops,
    /// Callers of the generated code compile unchanged.
    Source,
}

impl Level {
    /// Every level in order.
    pub const ALL: [Self; 4] = [Self::Storage, Self::Rolling, Self::Ops, Self::Source];

    /// `storage`, `rolling`, `ops` or `source`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::Rolling => "rolling",
            Self::Ops => "ops",
            Self::Source => "source",
        }
    }

    /// What happens on a finding of the level unless the caller says otherwise. Callers inside one repository learn
    /// from the compiler what the last level would tell.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Storage | Self::Rolling => Severity::Deny,
            Self::Ops => Severity::Warn,
            Self::Source => Severity::Allow,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who breaks by a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// New programs that read old data.
    Readers,
    /// Old programs beside new ones, also after going back.
    OldProcesses,
    /// What lies on the server: lost, orphaned, leaked or doubled.
    Data,
    /// Those who run it: memory, rights, slots, versions, alerts.
    Operations,
    /// Source of callers.
    Source,
}

impl Who {
    /// In words, e.g. `old processes`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Readers => "new readers",
            Self::OldProcesses => "old processes",
            Self::Data => "data at rest",
            Self::Operations => "operations",
            Self::Source => "callers' source",
        }
    }

    /// The one letter of the tables: R, W, D, O or S.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Readers => 'R',
            Self::OldProcesses => 'W',
            Self::Data => 'D',
            Self::Operations => 'O',
            Self::Source => 'S',
        }
    }
}

/// Sets of rules about one schema. The first three include each other; the last two are asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Set {
    /// What is hardly ever right.
    Minimal,
    /// What most keyspaces should keep; the default.
    Standard,
    /// Opinions.
    Strict,
    /// Everything is described.
    Docs,
    /// What a cluster asks for.
    Cluster,
}

/// What happens when a rule finds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing: it is not shown.
    Allow,
    /// It is shown.
    Warn,
    /// It is shown, and the run fails.
    Deny,
}

impl Severity {
    /// `allow`, `warn` or `deny`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}
