//! What a schema means, after every check has passed.
//!
//! A [`Schema`] can only be built by this crate, so an emitter that receives one may rely on every
//! invariant: names are valid and unique, references resolve, templates are unambiguous and pairwise
//! disjoint, every key has a lifetime rule. Things refer to each other by id, never by name or text.

mod cache;
mod gone;
mod hold;
mod key;
mod lifetime;
mod limit;
mod name;
mod policy;
mod progress;
mod session;
mod template;
mod types;
mod work;

pub use cache::{Cache, Tag};
pub use gone::{Part, Removed, Tombstone};
pub use hold::Hold;
pub use key::{
    Acknowledge, Bit, Channel, ConsumerGroup, Durability, ExternalKind, Fallback, GiveUp, Group,
    GroupStart, Key, ListOrder, OnUnavailable, Pack, Queue, Score, ScoreUnit, StreamTrim,
    Structure, Unit, Value,
};
pub use lifetime::{Expiry, Lifetime, OnWrite, TtlRule};
pub use limit::{LimitAlgorithm, LimitRule, RateLimit};
pub use name::Name;
pub use policy::{Accepted, Policy};
pub use progress::{Progress, ProgressEvents};
pub use session::{Session, SessionIndex};
pub use template::{
    DateFormat, HashTag, Param, ParamType, Prefix, Segment, StringEncoding, Template,
};
pub use types::{
    Codec, DefaultValue, Encoding, EnumType, Field, OneOfType, RustType, StructType, Type, TypeDef,
    TypeKind, Variant,
};
pub use work::{Backoff, Keep, WorkQueue};

use crate::source::Span;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident -> $target:ident in $list:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// Position in the schema's list.
            #[must_use]
            pub const fn index(self) -> usize { self.0 as usize }

            /// Everything of the kind in a schema, each with its id, in order.
            pub fn each(schema: &Schema) -> impl Iterator<Item = (Self, &$target)> {
                (0..).map(Self).zip(&schema.$list)
            }
        }

        impl std::ops::Index<$name> for Schema {
            type Output = $target;
            fn index(&self, id: $name) -> &$target { &self.$list[id.index()] }
        }
    )*};
}

ids! {
    /// Names a [`Database`] of one schema.
    DatabaseId -> Database in databases;
    /// Names a [`Param`] of one schema.
    ParamId -> Param in params;
    /// Names a [`TypeDef`] of one schema.
    TypeId -> TypeDef in types;
    /// Names a [`Key`] of one schema.
    KeyId -> Key in keys;
}

/// One checked keyspace: the only thing emitters accept.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Schema {
    /// Rule set and defaults this file was written against.
    pub edition: u32,
    /// Name of the schema; the generated module's default name.
    pub name: Name,
    /// Version of the data at rest.
    pub version: u32,
    /// What the keyspace is for.
    pub about: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// What the server must be.
    pub server: Server,
    /// How the servers are arranged.
    pub topology: Topology,
    /// Put before every key and channel that declares no prefix of its own.
    pub prefix: Prefix,
    /// Logical databases in order of declaration; never empty (an undeclared one is `default`, index 0).
    pub databases: Vec<Database>,
    /// Placeholders in order of declaration, imports first.
    pub params: Vec<Param>,
    /// Types in order of declaration; a hash with inline fields adds one named after its key.
    pub types: Vec<TypeDef>,
    /// Keys in order of declaration.
    pub keys: Vec<Key>,
    /// Publish/subscribe channels.
    pub channels: Vec<Channel>,
    /// Operations over several keys at once.
    pub units: Vec<Unit>,
    /// Keys that share a parameter.
    pub groups: Vec<Group>,
    /// Key patterns owned by somebody else on the same server.
    pub packs: Vec<Pack>,
    /// Keys that are gone but whose data may still lie on the server.
    pub tombstones: Vec<Tombstone>,
    /// Parts of what is there that are gone.
    pub removed: Vec<Removed>,
    /// Limits every key must keep.
    pub policy: Policy,
    /// Breaks of compatibility that somebody answers for.
    pub accept: Vec<Accepted>,
    /// Files the schema was read from, the root first, as the caller named them.
    pub files: Vec<String>,
}

/// A logical database of the server.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Database {
    /// Name used by `in:`.
    pub name: Name,
    /// Number given to `SELECT`.
    pub index: u16,
    /// What lives there.
    pub about: Option<String>,
    /// Owner outside this schema (`external: celery`): described, never written by generated code.
    pub external: Option<String>,
    /// Whether its keys may be lost, for those that do not say so themselves.
    pub durability: Option<Durability>,
    /// Where it was declared; `None` for the implicit default.
    pub span: Option<Span>,
}

/// What the server must be for the schema to work.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// Lowest version the keyspace is used with.
    pub min: Version,
    /// Which implementation of the protocol.
    pub flavour: Flavour,
}

/// `major.minor` of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Major number.
    pub major: u16,
    /// Minor number.
    pub minor: u16,
}

impl Version {
    /// A version from its two numbers.
    #[must_use]
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// An implementation of the Redis protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flavour {
    /// Redis itself.
    Redis,
    /// Valkey, the fork of Redis 7.2.
    Valkey,
}

/// How the servers are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topology {
    /// One server.
    Standalone,
    /// A primary that Sentinel replaces when it fails.
    Sentinel,
    /// Redis Cluster: one database, keys spread over 16,384 slots.
    Cluster,
}
