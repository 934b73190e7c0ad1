//! Keys and what lies under them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fact::{At, Difference, Fact, facts, is_default, leaves};
use super::{Lifetime, Show, Template, Ty, duration};

facts! {
    /// One kind of key. Its template, prefix and structure are compared part by part.
    pub struct Key {
        /// Its template.
        pub template: Template,
        /// What stands before it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub prefix: Prefix,
        /// The number of its database.
        pub database: u16,
        /// How long it lives.
        pub lifetime: Lifetime,
        /// How long each field of a map lives by itself.
        #[serde(default, skip_serializing_if = "is_default")]
        pub field_ttl: Option<Lifetime>,
        /// Whether a replica may answer reads.
        #[serde(default, skip_serializing_if = "is_default")]
        pub replica_ok: bool,
        /// `cache` or `durable`; nothing when it is not said.
        #[serde(default, skip_serializing_if = "is_default")]
        pub durability: Option<String>,
        /// What a store does without its server; nothing when every call fails.
        #[serde(default, skip_serializing_if = "is_default")]
        pub on_unavailable: Option<String>,
        /// What lies under it.
        pub structure: Structure,
        /// Bits that have a name, in order of their offsets: `dark_mode=0`.
        #[serde(default, skip_serializing_if = "is_default")]
        pub bits: Vec<String>,
        /// Typical size and number.
        #[serde(default, skip_serializing_if = "is_default")]
        pub size: Option<Size>,
        /// Words that a placeholder may not take here: `job=wait`.
        #[serde(default, skip_serializing_if = "is_default")]
        pub reserved: Vec<String>,
        /// Notice that it should no longer be used.
        #[serde(default, skip_serializing_if = "is_default")]
        pub deprecated: Option<String>,
        /// Who answers for it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub owner: Option<String>,
        /// Earlier names.
        #[serde(default, skip_serializing_if = "is_default")]
        pub was: Vec<String>,
    }
}

facts! {
    /// Text before a template.
    #[derive(Default)]
    pub struct Prefix {
        /// Used when no variable overrides it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub text: String,
        /// The variable.
        #[serde(default, skip_serializing_if = "is_default")]
        pub env: Option<String>,
    }
}

/// Typical size and number of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Bytes of one.
    pub bytes: u64,
    /// How many.
    pub keys: u64,
}

impl Show for Size {
    fn show(&self) -> String {
        format!("{} keys of {} bytes", self.keys, self.bytes)
    }
}

leaves!(Option<Size>);

/// What lies under a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum Structure {
    String {
        value: Value,
    },
    Counter {
        ty: Ty,
    },
    Hash {
        record: String,
    },
    HashMap {
        field: Value,
        value: Value,
    },
    List {
        member: Value,
        /// `fifo` or `lifo`, where that is declared.
        #[serde(default, skip_serializing_if = "is_default")]
        order: Option<String>,
        /// The list that holds values while they are worked on.
        #[serde(default, skip_serializing_if = "is_default")]
        processing: Option<String>,
    },
    Set {
        member: Value,
    },
    Zset {
        member: Value,
        score: String,
    },
    Stream {
        entry: String,
        #[serde(default, skip_serializing_if = "is_default")]
        trim: Option<Trim>,
        #[serde(default, skip_serializing_if = "is_default")]
        groups: Vec<String>,
        /// How those groups work for which something is declared.
        #[serde(default, skip_serializing_if = "is_default")]
        policies: BTreeMap<String, ConsumerGroup>,
        /// Groups that are gone, with the version in which they went.
        #[serde(default, skip_serializing_if = "is_default")]
        removed: BTreeMap<String, u32>,
    },
    Bitmap,
    HyperLogLog {
        element: Value,
    },
    Geo {
        member: Value,
    },
    JsonDocument {
        ty: Ty,
    },
    RateLimit {
        /// `gcra` or `sliding_log`.
        algorithm: String,
        /// In order of their windows.
        rules: Vec<LimitRule>,
        /// The most that one call may cost, where that is declared.
        #[serde(default, skip_serializing_if = "is_default")]
        max_cost: Option<u32>,
    },
    Lock {
        #[serde(default, skip_serializing_if = "is_default")]
        hold: Hold,
        /// Holds have numbers.
        #[serde(default, skip_serializing_if = "is_default")]
        fencing: bool,
    },
    Semaphore {
        permits: u32,
        #[serde(default, skip_serializing_if = "is_default")]
        hold: Hold,
    },
    /// The number of a lock's last hold: what there is to say of it is said of the lock.
    Fence {
        lock: String,
    },
    Cache {
        value: Value,
        /// Milliseconds for which an entry is answered after it was fresh.
        #[serde(default, skip_serializing_if = "is_default")]
        stale_ms: u64,
        /// Milliseconds for which it is remembered that there is nothing.
        #[serde(default, skip_serializing_if = "is_default")]
        negative_ms: u64,
        /// Milliseconds for which a load is left to who began it.
        load_lease_ms: u64,
        /// Keys by which entries are forgotten, in the order of the schema.
        #[serde(default, skip_serializing_if = "is_default")]
        tags: Vec<String>,
    },
    CacheTag,
    Progress {
        item: Value,
        max: u32,
        #[serde(default, skip_serializing_if = "is_default")]
        allow_decrease: bool,
        #[serde(default, skip_serializing_if = "is_default")]
        allow_unknown: bool,
        /// How old events are dropped, where reports are events too.
        #[serde(default, skip_serializing_if = "is_default")]
        events: Option<Trim>,
        /// What a report may say besides.
        #[serde(default, skip_serializing_if = "is_default")]
        message: Option<Value>,
    },
    /// What was reported of a progress: what there is to say of it is said of the progress.
    ProgressEvents {
        progress: String,
    },
    Queue {
        payload: Value,
        /// Milliseconds for which a claimed task is left to its worker.
        lease_ms: u64,
        /// How often a task is claimed before it is dead.
        max_attempts: u32,
        /// How long a task waits that could not be done; nothing where it does not.
        #[serde(default, skip_serializing_if = "is_default")]
        backoff: Option<String>,
        /// The most urgent first.
        #[serde(default, skip_serializing_if = "is_default")]
        priorities: Vec<String>,
        /// Milliseconds for which the id of a task is known that is done.
        keep_done_ms: u64,
        /// Milliseconds for which a dead task is kept.
        keep_dead_ms: u64,
        /// How many of those at most.
        max_dead: u32,
    },
    /// What the tasks of a queue carry: what there is to say of it is said of the queue.
    QueueTasks {
        queue: String,
    },
    /// How long it lasts at most is the key's lifetime.
    Session {
        data: Value,
        /// Milliseconds without use after which it ends.
        idle_ms: u64,
        /// Milliseconds of these after which use is noted.
        touch_after_ms: u64,
        /// The index that it is in.
        #[serde(default, skip_serializing_if = "is_default")]
        index: Option<String>,
    },
    SessionIndex {
        session: String,
    },
    External {
        kind: String,
    },
}

impl Structure {
    /// Its word in the language.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::String { .. } => "string".to_owned(),
            Self::Counter { .. } => "counter".to_owned(),
            Self::Hash { .. } => "hash".to_owned(),
            Self::HashMap { .. } => "hash_map".to_owned(),
            Self::List { .. } => "list".to_owned(),
            Self::Set { .. } => "set".to_owned(),
            Self::Zset { .. } => "zset".to_owned(),
            Self::Stream { .. } => "stream".to_owned(),
            Self::Bitmap => "bitmap".to_owned(),
            Self::HyperLogLog { .. } => "hyperloglog".to_owned(),
            Self::Geo { .. } => "geo".to_owned(),
            Self::JsonDocument { .. } => "json_document".to_owned(),
            Self::RateLimit { .. } => "rate_limit".to_owned(),
            Self::Lock { .. } => "lock".to_owned(),
            Self::Semaphore { .. } => "semaphore".to_owned(),
            Self::Fence { .. } => "fence".to_owned(),
            Self::Cache { .. } => "cache".to_owned(),
            Self::CacheTag => "cache_tag".to_owned(),
            Self::Progress { .. } => "progress".to_owned(),
            Self::ProgressEvents { .. } => "progress_events".to_owned(),
            Self::Queue { .. } => "queue".to_owned(),
            Self::QueueTasks { .. } => "queue_tasks".to_owned(),
            Self::Session { .. } => "session".to_owned(),
            Self::SessionIndex { .. } => "session_index".to_owned(),
            Self::External { kind } => format!("external {kind}"),
        }
    }

    /// What the server calls it (`TYPE`); empty when anything may lie there.
    #[must_use]
    pub fn server_type(&self) -> &str {
        match self {
            Self::String { .. }
            | Self::Counter { .. }
            | Self::Bitmap
            | Self::Lock { .. }
            | Self::Fence { .. }
            | Self::Cache { .. }
            | Self::CacheTag
            | Self::HyperLogLog { .. } => "string",
            Self::Hash { .. }
            | Self::HashMap { .. }
            | Self::QueueTasks { .. }
            | Self::Progress { .. }
            | Self::Session { .. } => "hash",
            Self::List { .. } => "list",
            Self::Set { .. } => "set",
            Self::Zset { .. }
            | Self::Geo { .. }
            | Self::Semaphore { .. }
            | Self::Queue { .. }
            | Self::SessionIndex { .. } => "zset",
            Self::Stream { .. } | Self::ProgressEvents { .. } => "stream",
            Self::JsonDocument { .. } => "ReJSON-RL",
            Self::RateLimit { algorithm, .. } if algorithm == "sliding_log" => "zset",
            Self::RateLimit { .. } => "hash",
            Self::External { kind } if kind == "any" => "",
            Self::External { kind } => kind,
        }
    }
}

impl Key {
    /// Whether it has no declaration of its own: what there is to say of it is said of the key that declares it.
    #[must_use]
    pub const fn is_implied(&self) -> bool {
        matches!(
            self.structure,
            Structure::Fence { .. }
                | Structure::QueueTasks { .. }
                | Structure::ProgressEvents { .. }
        )
    }

    /// What is declared of a group of consumers; nothing when the stream has no such group.
    #[must_use]
    pub fn consumer_group(&self, name: &str) -> Option<ConsumerGroup> {
        match &self.structure {
            Structure::Stream {
                groups, policies, ..
            } => groups
                .iter()
                .any(|group| group == name)
                .then(|| policies.get(name).cloned().unwrap_or_default()),
            _ => None,
        }
    }
}

/// Compared by the walk over structures, which also follows types.
impl Fact for Structure {
    fn patterns(at: &str, out: &mut Vec<String>) {
        for part in [
            "kind",
            "score",
            "trim",
            "groups",
            "refers",
            "order",
            "processing",
            "algorithm",
            "rules",
            "max_cost",
            "fencing",
            "permits",
            "stale_ms",
            "negative_ms",
            "load_lease_ms",
            "tags",
            "max",
            "allow_decrease",
            "allow_unknown",
            "events",
            "message",
            "lease_ms",
            "max_attempts",
            "backoff",
            "priorities",
            "keep_done_ms",
            "keep_dead_ms",
            "max_dead",
            "idle_ms",
            "touch_after_ms",
            "index",
            "session",
        ] {
            out.push(format!("{at}.{part}"));
        }
        out.push(format!("{at}.group.tombstone"));
        ConsumerGroup::patterns(&format!("{at}.group"), out);
        Hold::patterns(&format!("{at}.hold"), out);
    }

    fn compare(&self, _: &Self, _: &At<'_>, _: &mut Vec<Difference>) {}
}

/// So many calls in one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitRule {
    /// Milliseconds of the window.
    pub window_ms: u64,
    /// Calls in it.
    pub calls: u32,
    /// How many of them may come at once, where that is not all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub burst: Option<u32>,
}

impl Show for LimitRule {
    fn show(&self) -> String {
        let at_once = self.burst.map(|burst| format!(" burst {burst}"));
        format!(
            "{}/{}{}",
            self.calls,
            duration(self.window_ms),
            at_once.unwrap_or_default()
        )
    }
}

facts! {
    /// How a lock or a permit is held, beside its lease, which is the key's lifetime.
    #[derive(Copy, Default)]
    pub struct Hold {
        /// Milliseconds that a caller waits for others.
        #[serde(default, skip_serializing_if = "is_default")]
        pub wait_ms: Option<u64>,
        /// Guards renew the lease.
        #[serde(default, skip_serializing_if = "is_default")]
        pub renew: bool,
        /// Milliseconds that one hold lasts at most.
        #[serde(default, skip_serializing_if = "is_default")]
        pub max_hold_ms: Option<u64>,
    }
}

facts! {
    /// How a group of consumers works.
    #[derive(Default)]
    pub struct ConsumerGroup {
        /// It begins with what is added after it was made.
        #[serde(default, skip_serializing_if = "is_default")]
        pub start_new: bool,
        /// Entries count as dealt with when they are delivered.
        #[serde(default, skip_serializing_if = "is_default")]
        pub ack_before: bool,
        /// Milliseconds after which an entry is taken over.
        #[serde(default, skip_serializing_if = "is_default")]
        pub min_idle_ms: Option<u64>,
        /// Milliseconds between two signs of somebody at work.
        #[serde(default, skip_serializing_if = "is_default")]
        pub heartbeat_ms: Option<u64>,
        /// How often an entry is delivered.
        #[serde(default, skip_serializing_if = "is_default")]
        pub max_deliveries: Option<u64>,
        /// The key that takes what is given up.
        #[serde(default, skip_serializing_if = "is_default")]
        pub dead_letter: Option<String>,
    }
}

/// A value and how it stands at rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// What it is.
    #[serde(rename = "type")]
    pub ty: Ty,
    /// `text`, `json`, `msgpack` or `bytes`.
    pub codec: String,
    /// Compressed from this many bytes on.
    #[serde(default, skip_serializing_if = "is_default")]
    pub zstd_over: Option<u32>,
    /// The key that it names: `job.job_id`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub refers: Option<String>,
}

/// Compared by the walk over structures.
impl Fact for Value {
    fn patterns(_: &str, _: &mut Vec<String>) {}

    fn compare(&self, _: &Self, _: &At<'_>, _: &mut Vec<Difference>) {}
}

/// How a stream drops old entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Trim {
    MaxLen { count: u64, approx: bool },
    MinAge { ms: u64, approx: bool },
}

impl Show for Trim {
    fn show(&self) -> String {
        let about = |approx: bool| if approx { "~" } else { "" };
        match self {
            Self::MaxLen { count, approx } => format!("{}{count} entries", about(*approx)),
            Self::MinAge { ms, approx } => format!("{}{}", about(*approx), duration(*ms)),
        }
    }
}
