//! What a comparison found, in every form that is asked for.

mod form;
mod groups;
mod human;
mod json;
mod junit;
mod lines;
#[cfg(feature = "live")]
mod live;
mod markdown;

pub(crate) use form::{Form, Target};
#[cfg(feature = "live")]
pub(crate) use live::names_before;

use redis_schema_model::source::{FileId, Sources, Span};
use redis_schema_rules::breaking::{Finding, by_name};
use redis_schema_rules::rule::Severity;
use redis_schema_rules::verdict::Judged;

use crate::versions::Version;
use crate::wrap::{columns, folded};

/// How far lines that go on are indented below those of people.
const HANG: usize = 2;

/// A finding and where it belongs.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    /// What was found, and how severe it is.
    pub(crate) judged: Judged,
    /// The schema it is about.
    pub(crate) schema: String,
    /// The versions it was found against.
    pub(crate) against: Vec<String>,
    /// Its place in the text of the newer version.
    pub(crate) span: Option<Span>,
    /// Where it goes without a place: the beginning of the schema's file.
    pub(crate) home: Span,
    /// How many keys a server has of it, if one was asked.
    pub(crate) live: Option<Live>,
}

/// Keys of a server that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Live {
    /// How many were seen.
    pub(crate) keys: u64,
    /// The scan saw every key there is.
    pub(crate) complete: bool,
}

impl Shown {
    pub(crate) fn finding(&self) -> &Finding {
        &self.judged.finding
    }

    pub(crate) fn is_denied(&self) -> bool {
        self.judged.severity == Severity::Deny
    }

    /// Whom it breaks, e.g. `new readers, old processes`.
    pub(crate) fn who(&self) -> String {
        let who: Vec<&str> = self.finding().who.iter().map(|who| who.words()).collect();
        who.join(", ")
    }

    /// `24h -> none`.
    pub(crate) fn step(&self) -> String {
        format!("{} -> {}", self.finding().old, self.finding().new)
    }

    /// Level, horizon and the order of roll-out, in words.
    pub(crate) fn terms(&self) -> String {
        let finding = self.finding();
        let mut out = finding.level.to_string();
        let who = self.who();
        if !who.is_empty() {
            out.push_str(&format!(
                " · breaks {who} · horizon {} · roll out: {}",
                self.horizon(),
                finding.deploy.words()
            ));
        }
        if let Some(live) = self.live {
            out.push_str(&format!(" · {}", live.words()));
        }
        out
    }

    pub(crate) fn horizon(&self) -> String {
        use redis_schema_rules::breaking::Horizon;
        let horizon = self.finding().horizon;
        match horizon {
            Horizon::Ttl {
                refreshed: true, ..
            } => format!("{horizon} after last use"),
            _ => horizon.to_string(),
        }
    }

    /// What the rule finds, e.g. `a number changed its unit`.
    pub(crate) fn title(&self) -> &'static str {
        by_name(&self.finding().code).map_or("", |rule| rule.meta.title)
    }
}

impl Live {
    pub(crate) fn words(self) -> String {
        match (self.keys, self.complete) {
            (0, true) => "no such key on the server".to_owned(),
            (keys, true) => format!("{keys} on the server"),
            (keys, false) => format!("at least {keys} on the server; not all keys were looked at"),
        }
    }
}

/// Everything that a run found.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) shown: Vec<Shown>,
    pub(crate) sources: Sources,
    /// The schemas that were compared.
    pub(crate) schemas: Vec<String>,
    pub(crate) accepted: usize,
    pub(crate) hidden: usize,
    /// How many groups are shown to people; none are left out when there is no limit.
    pub(crate) limit: Option<usize>,
}

impl Changes {
    /// Adds a schema with its files, and gives the first of them.
    pub(crate) fn add(&mut self, version: &Version) -> FileId {
        self.schemas.push(version.name().to_owned());
        let home = FileId(u32::try_from(self.sources.files().len()).unwrap_or(u32::MAX));
        match &version.loaded {
            Some(loaded) => {
                for file in loaded.sources.files() {
                    self.sources.add(file.name(), file.text());
                }
            }
            None => {
                self.sources.add(&version.label, "");
            }
        }
        home
    }

    /// Whether a finding makes the run fail.
    pub(crate) fn fails(&self) -> bool {
        self.shown.iter().any(Shown::is_denied)
    }

    /// `3 findings: 1 storage, 1 rolling, 1 ops · 2 keys need a migration`.
    pub(crate) fn summary(&self) -> String {
        use redis_schema_rules::rule::Level;
        let mut parts = Vec::new();
        for level in Level::ALL {
            let count = self
                .shown
                .iter()
                .filter(|one| one.finding().level == level)
                .count();
            if count > 0 {
                parts.push(format!("{count} {level}"));
            }
        }
        let mut out = match self.shown.len() {
            0 => "Nothing breaks".to_owned(),
            1 => format!("1 finding: {}", parts.join(", ")),
            count => format!("{count} findings: {}", parts.join(", ")),
        };
        let migrations = self.migrations();
        if migrations > 0 {
            let (keys, need) = if migrations == 1 {
                ("key", "needs")
            } else {
                ("keys", "need")
            };
            out.push_str(&format!(" · {migrations} {keys} {need} a migration"));
        }
        if self.accepted > 0 {
            out.push_str(&format!(" · {} accepted", self.accepted));
        }
        if self.hidden > 0 {
            out.push_str(&format!(" · {} not shown", self.hidden));
        }
        out
    }

    /// Keys whose data nothing but a migration mends.
    fn migrations(&self) -> usize {
        use redis_schema_rules::breaking::Horizon;
        use redis_schema_rules::rule::Level;
        let wanting = self.shown.iter().filter(|one| {
            one.finding().level == Level::Storage && one.finding().horizon == Horizon::Permanent
        });
        let keys: std::collections::BTreeSet<(&str, &str)> = wanting
            .flat_map(|one| {
                one.finding()
                    .users
                    .iter()
                    .map(|user| (one.schema.as_str(), user.as_str()))
            })
            .collect();
        keys.len()
    }

    /// The findings in a form, complete.
    pub(crate) fn render(&self, form: Form, coloured: bool) -> String {
        match form {
            Form::Human => folded(&human::render(self, coloured), columns(), HANG),
            Form::Json => json::render(self),
            Form::Github => lines::github(self),
            Form::Sarif => lines::sarif(self),
            Form::Junit => junit::render(self),
            Form::Markdown => markdown::render(self),
        }
    }
}
