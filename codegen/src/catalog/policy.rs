//! What a lifetime adds to a command, in words: the mirror of the runtime's `lifetime.rs`.
//!
//! A test that runs every method against a server and compares what arrives holds the two together.

use super::case::transaction;
use redis_schema_model::model::{Expiry, Flavour, Lifetime, OnWrite, Server, TtlRule, Version};

/// A lifetime, reduced to what decides which commands are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// 0 when the key never expires.
    millis: u64,
    keep: bool,
    on_read: bool,
    jitter_permille: u16,
    end_of_day: bool,
    legacy: bool,
    symbolic: bool,
}

impl Policy {
    /// The key never expires.
    pub const NEVER: Self = Self::after_millis(0);

    /// The key expires this many milliseconds after a write.
    #[must_use]
    pub const fn after_millis(millis: u64) -> Self {
        Self {
            millis,
            keep: false,
            on_read: false,
            jitter_permille: 0,
            end_of_day: false,
            legacy: false,
            symbolic: false,
        }
    }

    /// The key expires at the next midnight UTC of the server's clock.
    #[must_use]
    pub const fn end_of_day() -> Self {
        let mut this = Self::after_millis(86_400_000);
        this.end_of_day = true;
        this
    }

    /// A write leaves the remaining lifetime of an existing key as it is.
    #[must_use]
    pub const fn keep(mut self) -> Self {
        self.keep = true;
        self
    }

    /// A read starts the lifetime anew.
    #[must_use]
    pub const fn refresh_on_read(mut self) -> Self {
        self.on_read = true;
        self
    }

    /// Random share of the lifetime added or taken away, in thousandths.
    #[must_use]
    pub const fn jitter_permille(mut self, share: u16) -> Self {
        self.jitter_permille = share;
        self
    }

    /// The server is older than 7.0 and lacks `EXPIRE … NX`.
    #[must_use]
    pub const fn legacy(mut self) -> Self {
        self.legacy = true;
        self
    }

    /// Written with the words `seconds` and `milliseconds` in place of numbers.
    #[must_use]
    pub const fn symbolic(mut self) -> Self {
        self.symbolic = true;
        self
    }

    /// The policy that all of its kind share: the same commands, with words in place of numbers.
    #[must_use]
    pub fn general(self) -> Self {
        if self.is_never() {
            return Self::NEVER;
        }
        Self {
            millis: if self.seconds().is_some() { 1000 } else { 1001 },
            jitter_permille: 0,
            symbolic: true,
            ..self
        }
    }

    /// The policy of a field's own lifetime.
    #[must_use]
    pub fn of_field(expiry: &Expiry) -> Self {
        let TtlRule::After(after) = expiry.rule else {
            return Self::NEVER;
        };
        Self {
            keep: expiry.on_write == OnWrite::Keep,
            jitter_permille: expiry.jitter_permille,
            ..Self::after_millis(u64::try_from(after.as_millis()).unwrap_or(u64::MAX))
        }
    }

    /// The policy of a declared lifetime on a declared server.
    #[must_use]
    pub fn new(lifetime: &Lifetime, server: &Server) -> Self {
        let Lifetime::Expires(expiry) = lifetime else {
            return Self::NEVER;
        };
        let rule = match expiry.rule {
            TtlRule::After(after) => {
                Self::after_millis(u64::try_from(after.as_millis()).unwrap_or(u64::MAX))
            }
            TtlRule::EndOfDay => Self::end_of_day(),
        };
        Self {
            keep: expiry.on_write != OnWrite::Refresh,
            on_read: expiry.refresh_on_read,
            jitter_permille: expiry.jitter_permille,
            // Valkey starts at 7.2.
            legacy: server.flavour == Flavour::Redis && server.min < Version::new(7, 0),
            ..rule
        }
    }

    const fn is_never(&self) -> bool {
        self.millis == 0
    }

    /// Whether a read starts the lifetime anew. A fixed hour of expiry is not moved by reading.
    pub(super) const fn refreshes_on_read(&self) -> bool {
        self.on_read && !self.end_of_day && !self.is_never()
    }

    /// Shortest and longest lifetime of one write.
    fn range(&self) -> (u64, u64) {
        let permille = u64::from(self.jitter_permille);
        let span = self.millis / 1000 * permille + self.millis % 1000 * permille / 1000;
        let shortest = self.millis - span.min(self.millis.saturating_sub(1));
        (shortest, shortest.saturating_add(span.saturating_mul(2)))
    }

    /// The lifetime as a number of seconds, when it is one.
    fn seconds(&self) -> Option<String> {
        let (shortest, longest) = self.range();
        let whole = shortest == longest && shortest.is_multiple_of(1000);
        whole.then(|| match self.symbolic {
            true => "seconds".to_owned(),
            false => (shortest / 1000).to_string(),
        })
    }

    /// Milliseconds and so many more.
    pub(super) fn millis_and(&self, more: u64) -> String {
        let (shortest, longest) = self.range();
        if self.symbolic {
            "milliseconds".to_owned()
        } else if shortest == longest {
            (shortest + more).to_string()
        } else {
            format!("{}..{}", shortest + more, longest + more)
        }
    }

    /// The most milliseconds.
    pub(super) fn longest(&self) -> u64 {
        self.range().1
    }

    /// `1500`, `81000..99000`.
    pub(super) fn in_millis(&self) -> String {
        let (shortest, longest) = self.range();
        if self.symbolic {
            "milliseconds".to_owned()
        } else if shortest == longest {
            shortest.to_string()
        } else {
            format!("{shortest}..{longest}")
        }
    }

    /// `HEXPIRE key 300 FIELDS count field …`: what gives fields their lifetime.
    pub(super) fn expire_fields(&self, option: &str) -> String {
        match self.seconds() {
            Some(seconds) => format!("HEXPIRE key {seconds}{option} FIELDS count field …"),
            None => format!(
                "HPEXPIRE key {}{option} FIELDS count field …",
                self.in_millis()
            ),
        }
    }

    /// `EX 3600`, `PX 1500`, `PX 81000..99000`.
    pub(super) fn option(&self) -> String {
        match self.seconds() {
            Some(seconds) => format!("EX {seconds}"),
            None => format!("PX {}", self.in_millis()),
        }
    }

    /// The command that sets the expiry of the key called `name`; `only_if_none` leaves one that is there.
    fn expire(&self, name: &str, only_if_none: bool) -> String {
        if self.end_of_day {
            let nx = if only_if_none { "_nx" } else { "" };
            return format!("EVAL end_of_day{nx} 1 {name}");
        }
        if only_if_none && self.legacy {
            return format!("EVAL expire_nx 1 {name} {}", self.in_millis());
        }
        let nx = if only_if_none { " NX" } else { "" };
        match self.seconds() {
            Some(seconds) => format!("EXPIRE {name} {seconds}{nx}"),
            None => format!("PEXPIRE {name} {}{nx}", self.in_millis()),
        }
    }

    /// The command that follows a write; `None` when the key never expires.
    pub(super) fn after_write(&self, name: &str) -> Option<String> {
        (!self.is_never()).then(|| self.expire(name, self.keep))
    }

    /// The command that follows what may create a key but changes nothing in it.
    pub(super) fn after_create(&self, name: &str) -> Option<String> {
        (!self.is_never()).then(|| self.expire(name, true))
    }

    /// The command that starts the lifetime anew whatever the policy.
    pub(super) fn anew(&self, name: &str) -> Option<String> {
        (!self.is_never()).then(|| self.expire(name, false))
    }

    /// A whole-string write with its lifetime.
    pub(super) fn set(&self, command: &str, creates_only: bool) -> Vec<String> {
        if self.is_never() {
            return vec![command.to_owned()];
        }
        let keep = self.keep && !creates_only;
        let kept = format!("{command}{}", if keep { " KEEPTTL" } else { "" });
        if self.end_of_day {
            return transaction(vec![kept, self.expire("key", self.keep || creates_only)]);
        }
        if keep {
            return transaction(vec![kept, self.expire("key", true)]);
        }
        vec![format!("{command} {}", self.option())]
    }

    /// A whole-string read that starts the lifetime anew.
    pub(super) fn get_anew(&self) -> Vec<String> {
        if self.is_never() {
            return vec!["GET key".to_owned()];
        }
        if self.end_of_day {
            return transaction(vec!["GET key".to_owned(), self.expire("key", false)]);
        }
        vec![format!("GETEX key {}", self.option())]
    }

    /// A whole-string read.
    pub(super) fn get(&self) -> Vec<String> {
        if self.refreshes_on_read() {
            return self.get_anew();
        }
        vec!["GET key".to_owned()]
    }

    /// A value restored from its serialised form.
    pub(super) fn restore(&self, command: &str) -> Vec<String> {
        let millis = if self.is_never() || self.end_of_day {
            "0".to_owned()
        } else {
            self.in_millis()
        };
        let command = command.replace("millis", &millis);
        if self.end_of_day {
            return transaction(vec![command, self.expire("key", true)]);
        }
        vec![command]
    }

    /// The lifetime as a script takes it: how, and how many milliseconds.
    pub(super) fn live(&self, anew: bool) -> String {
        let how = match (self.is_never(), self.keep && !anew, self.end_of_day) {
            (true, _, _) => "none",
            (_, true, true) => "keep-day",
            (_, true, false) => "keep",
            (_, false, true) => "day",
            (_, false, false) => "anew",
        };
        let millis = if self.is_never() {
            "0".to_owned()
        } else {
            self.in_millis()
        };
        format!("{how} {millis}")
    }

    /// Whether a write leaves the remaining lifetime of an existing key as it is.
    pub(super) const fn keeps(&self) -> bool {
        self.keep && !self.is_never()
    }
}
