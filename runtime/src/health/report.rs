//! What was found.

use std::fmt;
use std::time::Duration;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// How something is, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, and somebody should look at it.
    Degraded,
    /// It does not work.
    Down,
}

impl State {
    /// `ok`, `degraded` or `down`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Degraded => "degraded",
            Self::Down => "down",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why something is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reason {
    /// How bad it is.
    pub state: State,
    /// Which reason it is; stays the same from release to release.
    pub code: &'static str,
    /// The same in words.
    pub message: String,
}

/// Something a check has read or measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Fact {
    /// A number.
    Count(u64),
    /// A fraction.
    Ratio(f64),
    /// A word.
    Text(String),
}

impl From<u64> for Fact {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<f64> for Fact {
    fn from(ratio: f64) -> Self {
        Self::Ratio(ratio)
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Ratio(ratio) => ratio.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// One check of one server.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Check {
    /// Its name; stays the same from release to release.
    pub name: &'static str,
    /// Why it is not ok; empty when it is.
    pub reasons: Vec<Reason>,
    /// What was read or measured, in a fixed order.
    pub facts: Vec<(&'static str, Fact)>,
    /// How long it took.
    pub took: Duration,
}

impl Check {
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            reasons: Vec::new(),
            facts: Vec::new(),
            took: Duration::ZERO,
        }
    }

    /// That of the worst reason.
    #[must_use]
    pub fn state(&self) -> State {
        worst(self.reasons.iter().map(|reason| reason.state))
    }

    pub(super) fn fact(&mut self, name: &'static str, value: impl Into<Fact>) {
        self.facts.push((name, value.into()));
    }

    pub(super) fn fact_if(&mut self, name: &'static str, value: Option<impl Into<Fact>>) {
        if let Some(value) = value {
            self.fact(name, value);
        }
    }

    pub(super) fn degraded(&mut self, code: &'static str, message: impl Into<String>) {
        self.add(State::Degraded, code, message);
    }

    pub(super) fn down(&mut self, code: &'static str, message: impl Into<String>) {
        self.add(State::Down, code, message);
    }

    pub(super) fn add(&mut self, state: State, code: &'static str, message: impl Into<String>) {
        self.reasons.push(Reason {
            state,
            code,
            message: message.into(),
        });
    }
}

/// Everything found about one server.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct NodeHealth {
    /// Its host and port, or its socket.
    pub address: String,
    /// It answered, be it only that it cannot serve yet.
    pub answered: bool,
    /// The checks, always in the same order. What could not be tried is left out; the check before says why.
    pub checks: Vec<Check>,
}

impl NodeHealth {
    /// That of the worst check.
    #[must_use]
    pub fn state(&self) -> State {
        worst(self.checks.iter().map(Check::state))
    }
}

/// Everything found about a server, or about every primary of a cluster.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Health {
    /// One server, or the primaries of a cluster in order of their slots.
    pub nodes: Vec<NodeHealth>,
}

impl Health {
    /// That of the worst server.
    #[must_use]
    pub fn state(&self) -> State {
        worst(self.nodes.iter().map(NodeHealth::state))
    }

    /// Whether everything can do its work: nothing is down.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.state() < State::Down
    }

    /// Whether every server answers at all, be it only that it cannot serve yet.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.nodes.iter().all(|node| node.answered)
    }

    /// Every reason with the server and the check it comes from, the worst first.
    #[must_use]
    pub fn reasons(&self) -> Vec<(&NodeHealth, &Check, &Reason)> {
        let mut all: Vec<_> = self
            .nodes
            .iter()
            .flat_map(|node| node.checks.iter().map(move |check| (node, check)))
            .flat_map(|(node, check)| {
                check
                    .reasons
                    .iter()
                    .map(move |reason| (node, check, reason))
            })
            .collect();
        all.sort_by_key(|(_, _, reason)| std::cmp::Reverse(reason.state));
        all
    }
}

fn worst(states: impl Iterator<Item = State>) -> State {
    states.max().unwrap_or(State::Ok)
}

/// The state, then every reason on a line of its own.
impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.state())?;
        for (node, check, reason) in self.reasons() {
            write!(
                f,
                "\n{} {} ({}): {}",
                reason.state, check.name, node.address, reason.message
            )?;
        }
        Ok(())
    }
}

impl Serialize for Health {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Health", 4)?;
        out.serialize_field("state", &self.state())?;
        out.serialize_field("ready", &self.is_ready())?;
        out.serialize_field("live", &self.is_live())?;
        out.serialize_field("nodes", &self.nodes)?;
        out.end()
    }
}

impl Serialize for NodeHealth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("NodeHealth", 3)?;
        out.serialize_field("address", &self.address)?;
        out.serialize_field("state", &self.state())?;
        out.serialize_field("checks", &self.checks)?;
        out.end()
    }
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Check", 5)?;
        out.serialize_field("name", self.name)?;
        out.serialize_field("state", &self.state())?;
        out.serialize_field("reasons", &self.reasons)?;
        out.serialize_field("facts", &Facts(&self.facts))?;
        out.serialize_field("took_us", &micros(self.took))?;
        out.end()
    }
}

struct Facts<'a>(&'a [(&'static str, Fact)]);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, fact)| (name, fact)))
    }
}

pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_makes_a_bad_state_better() {
        let mut check = Check::new("memory");
        assert_eq!(check.state(), State::Ok);
        check.down("memory.full", "full");
        check.degraded("memory.near", "nearly full");
        assert_eq!(check.state(), State::Down);
        let node = |checks| NodeHealth {
            address: "localhost:1".into(),
            answered: true,
            checks,
        };
        let health = Health {
            nodes: vec![node(vec![check, Check::new("clock")]), node(Vec::new())],
        };
        assert_eq!(health.state(), State::Down);
        assert!(!health.is_ready());
        assert!(health.is_live());
        assert_eq!(
            health.to_string(),
            "down\ndown memory (localhost:1): full\ndegraded memory (localhost:1): nearly full"
        );
    }
}
