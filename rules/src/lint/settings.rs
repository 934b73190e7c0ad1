//! How strict the rules are: what the caller chose, what the schema's `policy: lint:` says, what the rules say.

use std::collections::HashMap;
use std::time::Duration;

use redis_schema_model::lower::{Document, duration_range};
use redis_schema_model::node::{Entry, Node};
use redis_schema_model::source::Span;

use super::words::nearest;
use super::{ALL, By, Lint, by_name};
use crate::expr::{self, OwnRule};
use crate::rule::{Set, Severity};

/// What the caller of a run chose; it goes before what the schema says.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// Sets; none leaves the choice to the schema.
    pub sets: Vec<Sets>,
    /// Single rules by code or name, the last word on each counting.
    pub rules: Vec<(String, Severity)>,
}

/// A word for a set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sets {
    /// No rule but those that are named.
    None,
    /// A set of rules.
    Of(Set),
}

impl Sets {
    /// Every word in order.
    pub const ALL: [(&'static str, Self); 6] = [
        ("none", Self::None),
        ("minimal", Self::Of(Set::Minimal)),
        ("standard", Self::Of(Set::Standard)),
        ("strict", Self::Of(Set::Strict)),
        ("docs", Self::Of(Set::Docs)),
        ("cluster", Self::Of(Set::Cluster)),
    ];

    fn of(word: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(name, _)| *name == word);
        found.map(|(_, set)| set)
    }
}

/// A rule that was named and does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// As it was written.
    pub text: String,
    /// Code and name of the rule that was probably meant.
    pub near: Option<(&'static str, &'static str)>,
}

/// What a run goes by.
#[derive(Debug)]
pub struct Settings {
    severities: HashMap<String, Severity>,
    /// First segments that keys may have; none for any.
    pub namespaces: Vec<String>,
    /// Shortest and longest lifetime.
    pub ttl: (Duration, Duration),
    /// Rules of the schema's own.
    pub(crate) own: Vec<OwnRule>,
}

/// Something wrong with the settings themselves.
#[derive(Debug)]
pub(crate) struct Problem {
    /// The rule that speaks of it.
    pub(crate) code: &'static str,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) help: String,
}

/// A year and a day: what lives longer is meant to live for ever.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 60 * 60);

impl Settings {
    /// What the schema and the caller say together.
    pub(crate) fn read(
        edition: u32,
        documents: &[Document],
        chosen: &Chosen,
    ) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let lint = documents
            .iter()
            .find(|document| document.root)
            .and_then(|document| document.node.get("policy")?.get("lint"));
        let own = expr::own_rules(lint, &mut problems);
        let sets = if chosen.sets.is_empty() {
            lint.map(written_sets).unwrap_or_default()
        } else {
            chosen.sets.clone()
        };
        let mut settings = Self {
            severities: by_sets(ALL, edition, &sets),
            namespaces: namespaces(lint),
            ttl: ttl(lint),
            own,
        };
        for rule in &settings.own {
            settings.severities.insert(rule.code.clone(), rule.severity);
        }
        settings.written_rules(lint, &mut problems);
        settings.chosen_rules(chosen);
        (settings, problems)
    }

    /// How strict a rule is.
    #[must_use]
    pub fn severity(&self, code: &str) -> Severity {
        self.severities
            .get(code)
            .copied()
            .unwrap_or(Severity::Allow)
    }

    /// The code of a rule that is known here, by code or name.
    pub(crate) fn known(&self, text: &str) -> Result<Known, Unknown> {
        if let Some(lint) = by_name(text) {
            return Ok(Known::Lint(lint));
        }
        match self
            .own
            .iter()
            .find(|rule| rule.code.eq_ignore_ascii_case(text.trim()))
        {
            Some(rule) => Ok(Known::Own(rule.code.clone())),
            None => Err(Unknown::of(text)),
        }
    }

    fn written_rules(&mut self, lint: Option<&Node>, problems: &mut Vec<Problem>) {
        let rules = lint.and_then(|lint| lint.get("rules"));
        for entry in rules.map(Node::entries).unwrap_or_default() {
            let Some(severity) = entry.value.text().and_then(severity_of) else {
                continue;
            };
            match self.known(&entry.key) {
                Ok(known) => match known.enforced() {
                    Some(codes) => problems.push(enforced(entry, codes)),
                    None => {
                        self.severities.insert(known.code().to_owned(), severity);
                    }
                },
                Err(unknown) => problems.push(unknown.problem(entry.key_span)),
            }
        }
    }

    fn chosen_rules(&mut self, chosen: &Chosen) {
        for (text, severity) in &chosen.rules {
            if let Ok(known) = self.known(text) {
                self.severities.insert(known.code().to_owned(), *severity);
            }
        }
    }
}

/// A rule that exists.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Known {
    Lint(&'static Lint),
    /// One of the schema's own, by code.
    Own(String),
}

impl Known {
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Lint(lint) => lint.meta.code,
            Self::Own(code) => code,
        }
    }

    /// The codes of the checker that hold the rule whatever anybody says.
    pub(crate) fn enforced(&self) -> Option<String> {
        match self {
            Self::Lint(Lint {
                by: By::Codes(codes),
                ..
            }) => {
                let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
                Some(super::words::listed(&codes))
            }
            _ => None,
        }
    }
}

impl PartialEq for Lint {
    fn eq(&self, other: &Self) -> bool {
        self.meta.code == other.meta.code
    }
}

impl Unknown {
    /// About a name that is none of a rule.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let names = ALL.iter().flat_map(|lint| [lint.meta.code, lint.meta.name]);
        let near = nearest(text, names).and_then(by_name);
        Self {
            text: text.trim().to_owned(),
            near: near.map(|lint| (lint.meta.code, lint.meta.name)),
        }
    }

    /// What to type instead.
    #[must_use]
    pub fn help(&self) -> String {
        match self.near {
            Some((code, name)) => format!("did you mean `{code}` ({name})?"),
            None => "`redis-schema explain` lists every rule".to_owned(),
        }
    }

    pub(crate) fn problem(&self, span: Span) -> Problem {
        Problem {
            code: "L107",
            span,
            message: format!("there is no rule `{}`", self.text),
            label: "unknown".to_owned(),
            help: self.help(),
        }
    }
}

fn enforced(entry: &Entry, codes: String) -> Problem {
    Problem {
        code: "L107",
        span: entry.key_span,
        message: format!("`{}` is always held, as {codes}", entry.key),
        label: "no setting changes that".to_owned(),
        help: "remove the line".to_owned(),
    }
}

/// `allow`, `warn` or `deny`.
pub(crate) fn severity_of(word: &str) -> Option<Severity> {
    [Severity::Allow, Severity::Warn, Severity::Deny]
        .into_iter()
        .find(|severity| severity.as_str() == word)
}

fn by_sets(lints: &[Lint], edition: u32, sets: &[Sets]) -> HashMap<String, Severity> {
    let base = [Set::Minimal, Set::Standard, Set::Strict];
    let named = sets.iter().filter_map(|set| match set {
        Sets::Of(set) if base.contains(set) => Some(*set),
        _ => None,
    });
    let widest = if sets.contains(&Sets::None) {
        named.max()
    } else {
        named.max().or(Some(Set::Standard))
    };
    let holds =
        |set: Set| sets.contains(&Sets::Of(set)) || (base.contains(&set) && Some(set) <= widest);
    let held = lints
        .iter()
        .filter(|lint| lint.since <= edition && holds(lint.set()));
    held.map(|lint| (lint.meta.code.to_owned(), lint.severity))
        .collect()
}

fn written_sets(lint: &Node) -> Vec<Sets> {
    let Some(node) = lint.get("set") else {
        return Vec::new();
    };
    let items = node.items().iter().chain(node.text().map(|_| node));
    items.filter_map(|item| Sets::of(item.text()?)).collect()
}

fn namespaces(lint: Option<&Node>) -> Vec<String> {
    let list = lint.and_then(|lint| lint.get("namespaces"));
    let items = list.map(Node::items).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| Some(item.text()?.to_owned()))
        .collect()
}

fn ttl(lint: Option<&Node>) -> (Duration, Duration) {
    let range = lint.and_then(|lint| duration_range(lint.get("ttl")?));
    range.unwrap_or((Duration::from_millis(1), LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_a_later_edition_leave_older_schemas_alone() {
        let lints: Vec<Lint> = ALL
            .iter()
            .map(|lint| Lint {
                since: if lint.meta.code == "L401" { 2 } else { 1 },
                ..*lint
            })
            .collect();
        let held = |edition| by_sets(&lints, edition, &[]).contains_key("L401");
        assert!(!held(1) && held(2));
        assert!(by_sets(&lints, 1, &[]).contains_key("L402"));
    }
}
