//! How tables of methods are written.

use super::method::{Method, Only, Retry, Trips};

/// What may be said of a method beside what it sends.
impl Method {
    /// Running twice leaves what running once leaves, and the answer stays true.
    pub(super) const fn again(mut self) -> Self {
        self.retry = Retry::Idempotent;
        self
    }

    /// Running twice leaves what running once leaves, but the answer tells of the second run alone.
    pub(super) const fn repeatable(mut self) -> Self {
        self.retry = Retry::Repeatable;
        self
    }

    /// The server recognises the second run by its token.
    pub(super) const fn tokened(mut self) -> Self {
        self.retry = Retry::Tokened;
        self
    }

    /// Only where holds have numbers.
    pub(super) const fn numbered(mut self) -> Self {
        self.only = Only::Numbered;
        self
    }

    /// Only where no index holds the sessions.
    pub(super) const fn unindexed(mut self) -> Self {
        self.only = Only::Unindexed;
        self
    }

    /// What is the case instead, and when.
    pub(super) const fn or(mut self, retry: Retry, when: &'static str) -> Self {
        self.otherwise = Some((retry, when));
        self
    }

    /// It changes nothing, wherever it is listed.
    pub(super) const fn harmless(mut self) -> Self {
        self.retry = Retry::Read;
        self
    }

    /// Absent where the lifetime is set once.
    pub(super) const fn extendable(mut self) -> Self {
        self.only = Only::Extendable;
        self
    }

    /// Only for integers.
    pub(super) const fn integer(mut self) -> Self {
        self.only = Only::Integer;
        self
    }

    /// Only for floating-point numbers.
    pub(super) const fn float(mut self) -> Self {
        self.only = Only::Float;
        self
    }

    /// Only for text and bytes.
    pub(super) const fn pieces(mut self) -> Self {
        self.only = Only::Pieces;
        self
    }

    /// Only where fields have a lifetime of their own.
    pub(super) const fn expiring(mut self) -> Self {
        self.only = Only::Expiring;
        self
    }

    /// Only where reports of a progress are events.
    pub(super) const fn followed(mut self) -> Self {
        self.only = Only::Followed;
        self
    }

    /// Only where reports of a progress may say something besides.
    pub(super) const fn told(mut self) -> Self {
        self.only = Only::Told;
        self
    }

    /// Only where the order of a list is declared.
    pub(super) const fn ordered(mut self) -> Self {
        self.only = Only::Ordered;
        self
    }

    /// Only where values lie in another list while they are worked on.
    pub(super) const fn worked(mut self) -> Self {
        self.only = Only::Worked;
        self
    }

    /// Only where the key of a cache tells all that its tags carry.
    pub(super) const fn by_key(mut self) -> Self {
        self.only = Only::TaggedByKey;
        self
    }

    /// Only where the tasks of a queue are all alike.
    pub(super) const fn alike(mut self) -> Self {
        self.only = Only::Alike;
        self
    }

    /// Only where groups of consumers are declared.
    pub(super) const fn grouped(mut self) -> Self {
        self.only = Only::Grouped;
        self
    }

    /// Only where a group acknowledges what it has dealt with.
    pub(super) const fn acknowledged(mut self) -> Self {
        self.only = Only::Acknowledged;
        self
    }

    /// Only where a group takes entries over.
    pub(super) const fn reclaimed(mut self) -> Self {
        self.only = Only::Reclaimed;
        self
    }

    /// Only where a group lets consumers say that they are at work.
    pub(super) const fn beating(mut self) -> Self {
        self.only = Only::Beating;
        self
    }

    /// Only where a group gives entries up.
    pub(super) const fn buried(mut self) -> Self {
        self.only = Only::Buried;
        self
    }

    /// Only where messages go to every node of a cluster.
    pub(super) const fn unsharded(mut self) -> Self {
        self.only = Only::Unsharded;
        self
    }

    /// Computed in the process.
    pub(super) const fn local(mut self) -> Self {
        self.trips = Trips::None;
        self
    }

    /// One round trip a page.
    pub(super) const fn paged(mut self) -> Self {
        self.trips = Trips::Pages;
        self
    }

    /// Several round trips.
    pub(super) const fn stepwise(mut self) -> Self {
        self.trips = Trips::Several;
        self
    }
}

/// A table of methods, by section:
///
/// ```text
/// Write {
///     /// What it does, in one sentence.
///     name(parameters) -> "result" again or(Unsafe, "with `nx`") extendable: "O(n)" =>
///         Write ["COMMAND key value"] | Read Waiting ["COMMAND key value"];
/// }
/// ```
///
/// After the result come what else there is to say and the complexity (O(1) if left out); after the arrow
/// the cases: how the lifetime changes the commands, when the case applies (always if left out), and the
/// commands.
macro_rules! methods {
    ($($section:ident { $(
        $(#[doc = $doc:literal])+
        $name:ident($($argument:ident),*) $(-> $returns:literal)?
            $($flag:ident $(($retry:ident, $when_else:literal))?)*
            $(: $cost:literal)? => $($effect:ident $($when:ident)? [$($command:literal),*])|*;
    )+ })+) => {
        /// The methods, in order.
        pub(super) const METHODS: &[super::Method] = &[$($(super::Method {
            arguments: stringify!($($argument),*),
            about: concat!($($doc),+).trim_ascii(),
            $(returns: $returns,)?
            $(cost: $cost,)?
            cases: &[$(super::method::Case {
                when: super::table::last(&[super::When::Always, $(super::When::$when)?]),
                effect: super::Effect::$effect,
                commands: &[$($command),*],
            }),*],
            ..super::Method::new(super::Section::$section, stringify!($name))
            $(.$flag($(super::Retry::$retry, $when_else)?))*
        },)+)+];
    };
}

pub(super) use methods;

/// The last of the values, for a default that may be overridden.
pub(super) const fn last<T: Copy>(values: &[T]) -> T {
    values[values.len() - 1]
}
