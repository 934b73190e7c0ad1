//! Which findings are asked for, and how severe they are.

use std::fmt;

use crate::breaking::{Finding, Rule, by_name};
use crate::rule::{Level, Severity};

/// Rules that a choice speaks of.
#[derive(Debug, Clone, Copy)]
pub enum Choice {
    /// Those of a level.
    Level(Level),
    /// One.
    Rule(&'static Rule),
}

/// Why a choice cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Neither a rule nor a level.
    Unknown(String),
    /// Data at rest is never given up as a whole.
    StorageStays,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(text) => write!(f, "`{text}` is neither a rule nor a level"),
            Self::StorageStays => f.write_str("the level storage cannot be lowered as a whole"),
        }
    }
}

impl Choice {
    /// A rule by code or name, or a level.
    ///
    /// # Errors
    /// When nothing is called so.
    pub fn of(text: &str) -> Result<Self, Refused> {
        let level = Level::ALL
            .into_iter()
            .find(|level| level.as_str().eq_ignore_ascii_case(text.trim()));
        level
            .map(Self::Level)
            .or_else(|| by_name(text).map(Self::Rule))
            .ok_or_else(|| Refused::Unknown(text.to_owned()))
    }
}

/// What a caller asks for. Without a word about it everything is selected, and each rule is as severe as it says.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    levels: Vec<Level>,
    rules: Vec<&'static str>,
    paths: Vec<String>,
    severities: Vec<(Choice, Severity)>,
}

impl Selection {
    /// Only findings of a level; `rolling` includes `storage`.
    pub fn level(&mut self, level: Level) {
        self.levels.push(level);
        if level == Level::Rolling {
            self.levels.push(Level::Storage);
        }
    }

    /// Only findings of a rule.
    pub fn rule(&mut self, rule: &'static Rule) {
        self.rules.push(rule.meta.code);
    }

    /// Only findings about a path or what lies below it.
    pub fn path(&mut self, path: impl Into<String>) {
        self.paths.push(path.into());
    }

    /// Makes a rule or level as severe as the caller says. Later words win, and a rule wins over its level.
    ///
    /// # Errors
    /// When the level `storage` would be lowered as a whole.
    pub fn set(&mut self, choice: Choice, severity: Severity) -> Result<(), Refused> {
        if matches!(choice, Choice::Level(Level::Storage)) && severity < Severity::Deny {
            return Err(Refused::StorageStays);
        }
        self.severities.push((choice, severity));
        Ok(())
    }

    /// How severe a finding is.
    #[must_use]
    pub fn severity(&self, finding: &Finding) -> Severity {
        let said = |is: &dyn Fn(&Choice) -> bool| {
            let words = self.severities.iter().rev();
            words
                .filter(|(choice, _)| is(choice))
                .map(|(_, severity)| *severity)
                .next()
        };
        said(&|choice| matches!(choice, Choice::Rule(rule) if rule.meta.code == finding.code))
            .or_else(|| {
                said(&|choice| matches!(choice, Choice::Level(level) if *level == finding.level))
            })
            .unwrap_or_else(|| finding.level.severity())
    }

    /// Whether a finding is asked for.
    #[must_use]
    pub fn covers(&self, finding: &Finding) -> bool {
        let level = self.levels.is_empty() || self.levels.contains(&finding.level);
        let rule = self.rules.is_empty() || self.rules.contains(&finding.code.as_str());
        let path =
            self.paths.is_empty() || self.paths.iter().any(|path| is_below(&finding.path, path));
        level && rule && path
    }
}

fn is_below(path: &str, asked: &str) -> bool {
    path.strip_prefix(asked)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
