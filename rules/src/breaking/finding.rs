//! What a rule says about a change.

use serde::{Deserialize, Serialize};

use super::{Change, Horizon};
use crate::rule::{Class, Level, Meta, Who};

/// The judgement of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The rule has nothing to say about it; another one must.
    NotMine,
    /// The rule knows it and it breaks nothing.
    Harmless,
    /// It breaks.
    Breaks(Break),
}

/// What breaks, as far as it differs from what the rule says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    deploy: Deploy,
    fix: String,
    who: Option<&'static [Who]>,
    level: Option<Level>,
    horizon: Option<Horizon>,
}

impl Break {
    /// A break with the way to roll it out and what to do instead or about it.
    #[must_use]
    pub fn new(deploy: Deploy, fix: impl Into<String>) -> Self {
        Self {
            deploy,
            fix: fix.into(),
            who: None,
            level: None,
            horizon: None,
        }
    }

    /// Others break than the rule usually says.
    #[must_use]
    pub const fn who(mut self, who: &'static [Who]) -> Self {
        self.who = Some(who);
        self
    }

    /// Another guarantee is lost than the rule usually says.
    #[must_use]
    pub const fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// Says what the break is by another rule, unless that is said already.
    #[must_use]
    pub(super) fn named_by(mut self, meta: &Meta) -> Self {
        if let Class::Breaking { level, breaks } = meta.class {
            self.level.get_or_insert(level);
            self.who.get_or_insert(breaks);
        }
        self
    }

    /// It lasts otherwise than the lifetimes of the old data say.
    #[must_use]
    pub const fn horizon(mut self, horizon: Horizon) -> Self {
        self.horizon = Some(horizon);
        self
    }

    /// The verdict.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        Verdict::Breaks(self)
    }
}

/// In which order programs can be rolled out without harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deploy {
    /// Any order does.
    Any,
    /// Those that read before those that write.
    ReadersFirst,
    /// Those that write before those that read.
    WritersFirst,
    /// Both forms are written, and either is read, until the old one is gone.
    DualWrite,
    /// All at once, with nothing running in between.
    StopTheWorld,
}

impl Deploy {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Any => "any order",
            Self::ReadersFirst => "readers first",
            Self::WritersFirst => "writers first",
            Self::DualWrite => "write both, read either",
            Self::StopTheWorld => "stop everything in between",
        }
    }
}

/// A break that a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Code of the rule.
    pub code: String,
    /// Name of the rule.
    pub name: String,
    /// The guarantee that is lost.
    pub level: Level,
    /// What it is about: `job`, `job.updated_at`.
    pub path: String,
    /// Which kind of difference it is.
    pub what: String,
    /// How it was.
    pub old: String,
    /// How it is.
    pub new: String,
    /// Who breaks.
    pub who: Vec<Who>,
    /// Until when.
    pub horizon: Horizon,
    /// In which order to roll it out.
    pub deploy: Deploy,
    /// What to do.
    pub fix: String,
    /// Keys and channels at stake.
    pub users: Vec<String>,
}

impl Finding {
    pub(super) fn new(meta: &Meta, change: &Change<'_>, said: Break) -> Self {
        let (level, breaks) = match meta.class {
            Class::Breaking { level, breaks } => (level, breaks),
            Class::Lint { .. } => (Level::Storage, &[][..]),
        };
        Self {
            code: meta.code.to_owned(),
            name: meta.name.to_owned(),
            level: said.level.unwrap_or(level),
            path: change.path.clone(),
            what: change.what.clone(),
            old: change.old.clone(),
            new: change.new.clone(),
            who: said.who.unwrap_or(breaks).to_vec(),
            horizon: said.horizon.unwrap_or_else(|| change.horizon()),
            deploy: said.deploy,
            fix: said.fix,
            users: change.users().into_iter().map(str::to_owned).collect(),
        }
    }
}
