use super::{
    Cache, DatabaseId, DefaultValue, Encoding, Expiry, Hold, KeyId, Lifetime, Name, ParamId,
    Prefix, Progress, RateLimit, Session, Template, Type, TypeId, WorkQueue,
};
use crate::source::Span;

/// One kind of key: a template and what lies under it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Key {
    /// Its name.
    pub name: Name,
    /// What it holds.
    pub about: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its template.
    pub template: Template,
    /// Its prefix: its own, else the schema's.
    pub prefix: Prefix,
    /// Where it lives.
    pub database: DatabaseId,
    /// How long it lives.
    pub lifetime: Lifetime,
    /// How long each field of a map lives by itself after a write (`field_ttl:`).
    pub field_ttl: Option<Expiry>,
    /// What lies under it.
    pub structure: Structure,
    /// Bits of a bitmap that have a name, in order of their offsets.
    pub bits: Vec<Bit>,
    /// What a list is used as (`list: { of: …, order: … }`).
    pub queue: Option<Queue>,
    /// Reads may be answered by a replica, which may be behind.
    pub replica_ok: bool,
    /// Whether it may be lost: as it says itself, else as its database says.
    pub durability: Option<Durability>,
    /// What a store does while its server cannot be reached.
    pub on_unavailable: OnUnavailable,
    /// Typical size and number, for the docs' estimates: bytes a key, keys.
    pub size: Option<(u64, u64)>,
    /// Values a placeholder may not take here because another template has them as literals.
    pub reserved: Vec<(ParamId, String)>,
    /// Notice that it should no longer be used, with the replacement.
    pub deprecated: Option<String>,
    /// Earlier names.
    pub was: Vec<String>,
    /// Where it was declared (its name).
    pub span: Span,
}

/// A bit of a bitmap that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bit {
    /// Its name.
    pub name: Name,
    /// Where it is.
    pub offset: u32,
}

/// Whether what is stored may be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Durability {
    /// It can be had again: the server may evict it.
    Cache,
    /// It is nowhere else: the server must not evict it.
    Durable,
}

impl Durability {
    /// Its word in the language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cache => "cache",
            Self::Durable => "durable",
        }
    }
}

/// What a store does while a key's server cannot be reached. Without it every call fails.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct OnUnavailable {
    /// What reads of the value do.
    pub read: Fallback,
    /// Writes that answer nothing are dropped, and reported as done.
    pub skip_writes: bool,
    /// Where it was declared.
    pub span: Option<Span>,
}

impl OnUnavailable {
    /// Whether every call fails.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.read == Fallback::Error && !self.skip_writes
    }
}

/// What reads of a value do without a server.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Fallback {
    /// They fail.
    #[default]
    Error,
    /// They answer as if nothing were there.
    Absent,
    /// Those with a loader call it; the others fail.
    Load,
    /// They answer this.
    Value(DefaultValue),
    /// A limiter admits every call.
    Allow,
    /// A limiter refuses every call.
    Deny,
}

/// The data structure under a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Structure {
    /// One value.
    String(Value),
    /// An integer (`Signed`/`Unsigned`) or float that the server increments.
    Counter(Type),
    /// A record: one hash field per declared field. The id is of a struct type.
    Hash(TypeId),
    /// Free fields to values.
    HashMap {
        /// Field names; text-encoded.
        field: Value,
        /// Values.
        value: Value,
    },
    /// Values in order.
    List(Value),
    /// Distinct values.
    Set(Value),
    /// Distinct values with a score.
    ZSet {
        /// The values.
        member: Value,
        /// What the score means.
        score: Score,
    },
    /// A log of records. The id is of a struct type.
    Stream {
        /// Fields of an entry.
        entry: TypeId,
        /// How old entries are dropped by every append.
        trim: Option<StreamTrim>,
        /// Consumer groups declared to exist.
        groups: Vec<ConsumerGroup>,
    },
    /// Bits by offset.
    Bitmap,
    /// An estimate of the number of distinct values.
    HyperLogLog(Value),
    /// Members with coordinates.
    Geo(Value),
    /// A document of the server's JSON type.
    JsonDocument(Type),
    /// So many calls in so much time.
    RateLimit(RateLimit),
    /// What one holder has at a time. Its lease is the key's lifetime.
    Lock {
        /// How it is held.
        hold: Hold,
        /// Each hold has a number; the last one lies under a key that is declared with this one.
        fenced: bool,
    },
    /// What so many holders have at a time. The lease of each is the key's lifetime.
    Semaphore {
        /// How a permit is held.
        hold: Hold,
        /// How many there are.
        permits: u32,
    },
    /// The number of the last hold of a lock: a key that the lock declares.
    Fence {
        /// The lock.
        lock: KeyId,
    },
    /// A value that is loaded where it is missing.
    Cache(Cache),
    /// What entries of caches have in common.
    CacheTag,
    /// How far each of a job's items is.
    Progress(Progress),
    /// What was reported of a progress: a key that the progress declares.
    ProgressEvents {
        /// The progress.
        progress: KeyId,
    },
    /// Work that is claimed for a while, acknowledged, and tried again.
    Queue(WorkQueue),
    /// What the tasks of a queue carry: a key that the queue declares.
    QueueTasks {
        /// The queue.
        queue: KeyId,
    },
    /// What a client comes back to by a secret token.
    Session(Session),
    /// The sessions of one user.
    SessionIndex {
        /// Which sessions they are.
        session: KeyId,
    },
    /// Described, never generated.
    External(ExternalKind),
}

impl Structure {
    /// Its name as a schema writes it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::String(_) => "string",
            Self::Counter(_) => "counter",
            Self::Hash(_) => "hash",
            Self::HashMap { .. } => "hash_map",
            Self::List(_) => "list",
            Self::Set(_) => "set",
            Self::ZSet { .. } => "zset",
            Self::Stream { .. } => "stream",
            Self::Bitmap => "bitmap",
            Self::HyperLogLog(_) => "hyperloglog",
            Self::Geo(_) => "geo",
            Self::JsonDocument(_) => "json_document",
            Self::RateLimit(_) => "rate_limit",
            Self::Lock { .. } => "lock",
            Self::Semaphore { .. } => "semaphore",
            Self::Fence { .. } => "fence",
            Self::Cache(_) => "cache",
            Self::CacheTag => "cache_tag",
            Self::Progress(_) => "progress",
            Self::ProgressEvents { .. } => "progress_events",
            Self::Queue(_) => "queue",
            Self::QueueTasks { .. } => "queue_tasks",
            Self::Session(_) => "session",
            Self::SessionIndex { .. } => "session_index",
            Self::External(_) => "external",
        }
    }
}

/// What a list is used as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Queue {
    /// Which value is the next.
    pub order: ListOrder,
    /// The list of the same values that holds them while they are worked on.
    pub processing: Option<KeyId>,
    /// Where that is declared.
    pub span: Span,
}

/// Which value of a list is the next. It stands on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOrder {
    /// The one that was added first.
    Fifo,
    /// The one that was added last.
    Lifo,
}

/// A value and its format.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Value {
    /// What it is.
    pub ty: Type,
    /// How it stands at rest.
    pub encoding: Encoding,
    /// The key this value names a parameter of (`ref: job.job_id`), for diagrams and orphan checks.
    pub refers: Option<(KeyId, Option<ParamId>)>,
}

/// What a score means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Score {
    /// Its unit.
    pub unit: ScoreUnit,
}

/// The unit of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScoreUnit {
    /// Seconds since 1970.
    TimestampS,
    /// Milliseconds since 1970.
    TimestampMs,
    /// A position: whole numbers.
    Rank,
    /// Any number.
    Float,
}

/// How a stream drops old entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamTrim {
    /// At most this many entries; `approx` lets the server keep a few more (`~1000`).
    MaxLen {
        /// Entries.
        count: u64,
        /// Written with `~`.
        approx: bool,
    },
    /// Nothing older than this, by the server's clock when the entry is added.
    MinAge {
        /// Age in milliseconds.
        ms: u64,
        /// Written with `~`.
        approx: bool,
    },
}

/// Consumers that share the entries of a stream among them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ConsumerGroup {
    /// Its name, also on the server.
    pub name: Name,
    /// What it does.
    pub about: Option<String>,
    /// Where it begins when it is new.
    pub start: GroupStart,
    /// When an entry counts as dealt with.
    pub ack: Acknowledge,
    /// After so many milliseconds without acknowledgement another consumer takes an entry over.
    pub min_idle_ms: Option<u64>,
    /// Every so many milliseconds a consumer says that it is still at work on an entry.
    pub heartbeat_ms: Option<u64>,
    /// What is done with entries that nobody manages to deal with.
    pub gives_up: Option<GiveUp>,
    /// Where it was declared (its name).
    pub span: Span,
}

/// When an entry is given up, and where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct GiveUp {
    /// After so many deliveries.
    pub max_deliveries: u64,
    /// The stream of the same entries that takes it. Its placeholders are among those of the group's stream.
    pub dead_letter: KeyId,
    /// Where the key is named.
    pub span: Span,
}

/// Where a new group begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupStart {
    /// With the oldest entry there is.
    #[default]
    First,
    /// With the first entry added after the group was made.
    New,
}

/// When an entry counts as dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Acknowledge {
    /// When the work on it is done.
    #[default]
    After,
    /// When it is delivered.
    Before,
}

/// The Redis type of a key that is only described.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ExternalKind {
    Any,
    String,
    Hash,
    List,
    Set,
    ZSet,
    Stream,
}

/// A publish/subscribe channel.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Channel {
    /// Its name.
    pub name: Name,
    /// What is said on it.
    pub about: Option<String>,
    /// Its template.
    pub template: Template,
    /// Its prefix: its own, else the schema's.
    pub prefix: Prefix,
    /// Sent with `SPUBLISH` to the slot's node instead of to every node.
    pub sharded: bool,
    /// No message may be lost (`durability: durable`), which a channel cannot promise.
    pub durable: bool,
    /// What a message is.
    pub message: Value,
    /// Where it was declared.
    pub span: Span,
}

/// Keys written together or not at all.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Unit {
    /// Its name.
    pub name: Name,
    /// What it does.
    pub about: Option<String>,
    /// The keys in the order they are written; all of one database.
    pub writes: Vec<KeyId>,
    /// Every parameter of those keys, once, in order of appearance.
    pub params: Vec<ParamId>,
    /// Where it was declared.
    pub span: Span,
}

/// Every key that carries one parameter.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Group {
    /// Its name.
    pub name: Name,
    /// What it gathers.
    pub about: Option<String>,
    /// The shared parameter.
    pub by: ParamId,
    /// The keys in order of declaration; externals excluded.
    pub members: Vec<KeyId>,
    /// Where it was declared.
    pub span: Span,
}

/// Keys of somebody else on the same server.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Pack {
    /// Its name.
    pub name: Name,
    /// Whose they are.
    pub about: Option<String>,
    /// Database they live in; `None` for every one.
    pub database: Option<DatabaseId>,
    /// Glob patterns (`*` only).
    pub patterns: Vec<String>,
    /// Where it was declared.
    pub span: Span,
}
