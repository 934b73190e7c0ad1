//! One generated method: what it is called, what it means and what it sends.

use super::Facts;

/// One generated method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// The names of its parameters.
    pub arguments: &'static str,
    /// What it returns once it has run.
    pub returns: &'static str,
    /// What it does, in one sentence: how its documentation in the runtime begins.
    pub about: &'static str,
    /// What it sends, before the lifetime has its say.
    pub cases: &'static [Case],
    /// Its complexity.
    pub cost: &'static str,
    /// Whether it may be sent again when its reply was lost.
    pub retry: Retry,
    /// What is the case instead under some condition on its arguments.
    pub otherwise: Option<(Retry, &'static str)>,
    /// Where it is listed.
    pub section: Section,
    /// When it exists.
    pub only: Only,
    /// How many round trips it takes.
    pub trips: Trips,
}

/// What a method sends in one case.
///
/// Commands are patterns: upper-case words, numbers and punctuation stand as they are, a lower-case word
/// stands for one argument, `[…]` may be absent, `a|b` is one of two, and `…` says that there may be more of
/// the same. A command that is only `…` repeats all before it within the transaction. What stands in braces
/// is filled in by [`Facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// When it applies.
    pub when: When,
    /// How the lifetime changes the commands.
    pub effect: Effect,
    /// The commands.
    pub commands: &'static [&'static str],
}

/// When a case applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Always, but for cases that say otherwise.
    Always,
    /// For an integer that is as wide as the server's own counters.
    Wide,
    /// For an integer that is narrower.
    Narrow,
    /// For a field that had other names.
    Former,
    /// When the caller wants to wait.
    Waiting,
    /// When the caller's rule goes by age.
    Aged,
    /// When the caller's steps only read.
    Reading,
    /// For a group that takes entries over.
    Reclaiming,
    /// For a group that gives entries up.
    Burying,
}

/// How a lifetime changes what a method sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Not at all.
    Plain,
    /// A read of a whole string: `GETEX` where a read starts the lifetime anew.
    Get,
    /// A read of a whole string that starts the lifetime anew.
    GetAnew,
    /// A read of several whole strings.
    GetMany,
    /// Another read: followed by `EXPIRE` where a read starts the lifetime anew.
    Read,
    /// A read of several keys: followed by one `EXPIRE` for each.
    ReadAll,
    /// A read that the server may hold back.
    ReadWaiting,
    /// A write of a whole string.
    Set,
    /// A write of a whole string that must not exist.
    SetNew,
    /// Writes of several whole strings.
    SetMany,
    /// Another write: followed by `EXPIRE`.
    Write,
    /// A write of the other key: followed by its `EXPIRE`.
    WriteOther,
    /// A write of the other key: the second command, a script, unless that key never expires.
    Move,
    /// What may create a key but changes nothing in it: followed by `EXPIRE … NX`.
    Create,
    /// What replaces the key by something made of others: a script where writes keep the lifetime.
    Replace,
    /// What the server may hold back: the lifetime beside it, and once more after the answer.
    Wait,
    /// As `Wait`, where the other key is written.
    WaitOther,
    /// `RESTORE`, which takes the lifetime as an argument.
    Restore,
    /// A read of a whole string, and a write of one that must not exist.
    GetOrSetNew,
    /// Another read of a whole value, and the script that creates it.
    ReadOrScript,
    /// Another read of a whole value, and what may create it.
    ReadOrCreate,
    /// Only the command that starts the lifetime anew; the stated one where keys never expire.
    Anew,
}

/// Whether a method may be sent again when it is unknown if it has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// It changes nothing.
    Read,
    /// Running twice leaves what running once leaves, and the answer is true both times.
    Idempotent,
    /// The server recognises the second run by its token and answers as it did the first time.
    Tokened,
    /// Running twice leaves what running once leaves, but the answer tells of the second run alone. The
    /// runtime counts it as unsafe, except where nobody sees the answer.
    Repeatable,
    /// Running twice does something else than running once, or what it took is lost with its answer.
    Unsafe,
}

impl Retry {
    /// The class that the runtime gives it.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Idempotent => "idempotent",
            Self::Tokened => "tokened",
            Self::Repeatable | Self::Unsafe => "unsafe",
        }
    }

    /// How pages show it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Repeatable => "unsafe (answer)",
            other => other.class(),
        }
    }
}

/// Where a method is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Methods that read.
    Read,
    /// Methods that write.
    Write,
    /// Methods over several keys.
    Several,
    /// Methods that wait for data.
    Wait,
    /// Groups of consumers.
    Consumers,
    /// What is held.
    Held,
    /// Lifetimes of single fields.
    Fields,
    /// The key itself and its lifetime.
    Key,
    /// All keys of one kind.
    Family,
}

/// When a method exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Only {
    /// Always.
    Always,
    /// Unless the lifetime is `on_write: set_once`.
    Extendable,
    /// Where there are integers.
    Integer,
    /// Where there are floating-point numbers.
    Float,
    /// Where values are text or bytes.
    Pieces,
    /// Where messages go to every node of a cluster.
    Unsharded,
    /// Where fields have a lifetime of their own.
    Expiring,
    /// Where the order of a list is declared.
    Ordered,
    /// Where values of a list lie in another one while they are worked on.
    Worked,
    /// Where the key of a cache tells all that its tags carry.
    TaggedByKey,
    /// Where the tasks of a queue are all alike.
    Alike,
    /// Where groups of consumers are declared.
    Grouped,
    /// Where a group acknowledges what it has dealt with.
    Acknowledged,
    /// Where a group takes entries over.
    Reclaimed,
    /// Where a group lets consumers say that they are at work.
    Beating,
    /// Where a group gives entries up.
    Buried,
    /// Where holds have numbers.
    Numbered,
    /// Where no index holds the sessions.
    Unindexed,
    /// Where reports of a progress are events.
    Followed,
    /// Where reports of a progress may say something besides.
    Told,
}

/// How many round trips a method takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trips {
    /// One.
    One,
    /// None: it is computed in the process.
    None,
    /// One for each page.
    Pages,
    /// Several.
    Several,
}

/// Whether others' commands may run in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Atomicity {
    /// Nothing is sent.
    Nothing,
    /// One command.
    Command,
    /// `MULTI`/`EXEC`.
    Transaction,
    /// Several commands, each by itself.
    Steps,
}

impl Method {
    pub(super) const fn new(section: Section, name: &'static str) -> Self {
        let retry = match section {
            Section::Read => Retry::Read,
            _ => Retry::Unsafe,
        };
        Self {
            name,
            arguments: "",
            returns: "()",
            about: "",
            cases: &[],
            cost: "O(1)",
            retry,
            otherwise: None,
            section,
            only: Only::Always,
            trips: Trips::One,
        }
    }

    /// What it sends for a key of these facts, case by case: the case and the commands in order.
    #[must_use]
    pub fn sent(&self, facts: &Facts) -> Vec<(When, Vec<String>)> {
        self.cases
            .iter()
            .filter(|case| facts.admits(case.when))
            .map(|case| (case.when, case.sent(facts, self.trips)))
            .collect()
    }

    /// What may be said of sending it again for a key of these facts: that of the plain call first.
    pub fn retries(&self, facts: &Facts) -> impl Iterator<Item = Retry> {
        let renews = facts.policy.refreshes_on_read() && self.cases.iter().any(Case::may_renew);
        let otherwise = self.otherwise.map(|(retry, _)| retry);
        [Some(self.retry), otherwise]
            .into_iter()
            .flatten()
            .map(move |retry| match retry {
                Retry::Read if renews => Retry::Idempotent,
                other => other,
            })
    }

    /// Whether it may be sent again for a key of these facts, in few words.
    #[must_use]
    pub fn retry_words(&self, facts: &Facts) -> String {
        let mut retries = self.retries(facts).map(Retry::label);
        let plain = retries.next().unwrap_or_default();
        match (retries.next(), self.otherwise) {
            (Some(other), Some((_, when))) if other != plain => format!("{plain}; {other} {when}"),
            _ => plain.to_owned(),
        }
    }

    /// Whether others' commands may run in between.
    #[must_use]
    pub fn atomicity(&self, facts: &Facts) -> Atomicity {
        if matches!(self.trips, Trips::Pages | Trips::Several) {
            return Atomicity::Steps;
        }
        let each = self.sent(facts).into_iter().map(|(_, commands)| {
            let open = commands.first().is_some_and(|first| first == "MULTI");
            match commands.len() {
                0 => Atomicity::Nothing,
                1 => Atomicity::Command,
                _ if open => Atomicity::Transaction,
                _ => Atomicity::Steps,
            }
        });
        each.max_by_key(|atomicity| *atomicity as u8)
            .unwrap_or(Atomicity::Nothing)
    }

    /// How many round trips it takes, in few words.
    #[must_use]
    pub fn round_trips(&self, facts: &Facts) -> &'static str {
        match self.trips {
            Trips::None => "none",
            Trips::Pages => "1 a page",
            Trips::Several => "several",
            Trips::One if self.cases.iter().any(|case| case.follows_up(facts)) => {
                "1, 2 with an answer"
            }
            Trips::One => "1",
        }
    }

    /// `zadd(member, score) -> bool`; an empty result is left out.
    #[must_use]
    pub fn signature(&self) -> String {
        match self.returns {
            "()" => format!("{}({})", self.name, self.arguments),
            returns => format!("{}({}) -> {returns}", self.name, self.arguments),
        }
    }
}
