//! What to do to which command.

use std::collections::BTreeMap;
use std::time::Duration;

/// Which commands a fault hits.
#[derive(Debug, Clone)]
pub struct When {
    name: Option<Vec<u8>>,
    first: u64,
    times: u64,
}

impl When {
    /// Every command from now on, except those that set a connection up.
    #[must_use]
    pub fn any() -> Self {
        Self {
            name: None,
            first: 1,
            times: u64::MAX,
        }
    }

    /// Every command of a name from now on.
    #[must_use]
    pub fn command(name: &str) -> Self {
        Self {
            name: Some(name.to_ascii_uppercase().into_bytes()),
            ..Self::any()
        }
    }

    /// Of those only the n-th, counted from 1 and from when the rule was given.
    #[must_use]
    pub fn nth(mut self, n: u64) -> Self {
        self.first = n;
        self.times = 1;
        self
    }

    /// Of those only the first.
    #[must_use]
    pub fn once(self) -> Self {
        self.nth(1)
    }

    /// Of those only so many.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = times;
        self
    }

    fn fits(&self, name: &[u8]) -> bool {
        match &self.name {
            Some(expected) => expected == name,
            None => counts(name),
        }
    }
}

/// Where the harm is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before the server sees the command: it does not run.
    Request,
    /// When the server has answered: the command has run.
    Reply,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Harm {
    /// The connection is closed in an orderly way.
    Close,
    /// The connection is reset.
    Reset,
    /// Half of the frame passes, then the connection is closed.
    Cut,
    /// The connection stays open and nothing passes on this side any more.
    Silence,
    /// The frame, and what is behind it, comes later.
    Delay(Duration),
    /// The client gets these bytes instead of the server's reply. On [`Side::Request`] the server does not
    /// see the command.
    Answer(Vec<u8>),
}

/// One kind of harm on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub(super) side: Side,
    pub(super) harm: Harm,
}

impl Fault {
    /// Harm to the command on its way to the server.
    #[must_use]
    pub fn request(harm: Harm) -> Self {
        Self {
            side: Side::Request,
            harm,
        }
    }

    /// Harm to the reply on its way back.
    #[must_use]
    pub fn reply(harm: Harm) -> Self {
        Self {
            side: Side::Reply,
            harm,
        }
    }

    /// The command does not arrive, and the connection is closed.
    #[must_use]
    pub fn request_lost() -> Self {
        Self::request(Harm::Close)
    }

    /// The command runs, and the connection is closed instead of the reply.
    #[must_use]
    pub fn reply_lost() -> Self {
        Self::reply(Harm::Close)
    }

    /// The command does not arrive, and nothing more comes back: a network that swallows.
    #[must_use]
    pub fn black_hole() -> Self {
        Self::request(Harm::Silence)
    }

    /// The server says so instead of running the command: `Fault::error("LOADING wait")`.
    #[must_use]
    pub fn error(line: &str) -> Self {
        Self::request(Harm::Answer(format!("-{line}\r\n").into_bytes()))
    }

    /// Every kind of harm on both sides, to drive an operation through all of them.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let harms = [
            Harm::Close,
            Harm::Reset,
            Harm::Cut,
            Harm::Silence,
            Harm::Delay(Duration::from_millis(20)),
        ];
        let both = |harm: Harm| [Self::request(harm.clone()), Self::reply(harm)];
        harms.into_iter().flat_map(both).collect()
    }

    /// Whether the server runs the command all the same.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.side == Side::Reply || matches!(self.harm, Harm::Delay(_))
    }
}

/// Commands that set a connection up.
fn counts(name: &[u8]) -> bool {
    !matches!(
        name,
        b"HELLO" | b"AUTH" | b"SELECT" | b"CLIENT" | b"READONLY" | b"PING"
    )
}

/// The rules in force and what has been seen.
#[derive(Debug, Default)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    seen: BTreeMap<Vec<u8>, u64>,
    fired: u64,
}

#[derive(Debug)]
struct Rule {
    when: When,
    fault: Fault,
    met: u64,
}

impl Rules {
    pub(super) fn add(&mut self, when: When, fault: Fault) {
        self.rules.push(Rule {
            when,
            fault,
            met: 0,
        });
    }

    pub(super) fn commands(&self) -> u64 {
        let counted = self.seen.iter().filter(|(name, _)| counts(name));
        counted.map(|(_, count)| count).sum()
    }

    pub(super) fn count(&self, name: &str) -> u64 {
        let name = name.to_ascii_uppercase();
        self.seen.get(name.as_bytes()).copied().unwrap_or(0)
    }

    pub(super) fn fired(&self) -> u64 {
        self.fired
    }

    /// Notes a command and says what to do to it.
    pub(super) fn meet(&mut self, name: &[u8]) -> Option<Fault> {
        *self.seen.entry(name.to_vec()).or_insert(0) += 1;
        let mut fault = None;
        for rule in self.rules.iter_mut().filter(|rule| rule.when.fits(name)) {
            rule.met += 1;
            let due = rule.met >= rule.when.first && rule.met - rule.when.first < rule.when.times;
            if due && fault.is_none() {
                fault = Some(rule.fault.clone());
            }
        }
        self.fired += u64::from(fault.is_some());
        fault
    }
}
