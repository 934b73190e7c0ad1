//! The one table of what is told: names, kinds, labels and meanings. The page in `docs` is made from it.

/// What a metric does over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Collects how often each size occurs.
    Histogram,
}

/// A metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metric {
    /// Its name.
    pub name: &'static str,
    /// What it does over time.
    pub kind: Kind,
    /// What it is counted in.
    pub unit: &'static str,
    /// Its labels.
    pub labels: &'static [&'static str],
    /// What it means.
    pub about: &'static str,
}

/// An attribute of an operation's span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub about: &'static str,
}

pub(super) const OPERATIONS: &str = "redis_schema_operations_total";
pub(super) const DURATION: &str = "redis_schema_operation_duration_seconds";
pub(super) const ERRORS: &str = "redis_schema_errors_total";
pub(super) const HITS: &str = "redis_schema_hits_total";
pub(super) const MISSES: &str = "redis_schema_misses_total";
pub(super) const RETRIES: &str = "redis_schema_retries_total";
pub(super) const DEGRADED: &str = "redis_schema_degraded_total";
pub(super) const LOADS: &str = "redis_schema_loads_total";
pub(super) const CACHE_READS: &str = "redis_schema_cache_reads_total";
pub(super) const CACHE_ENTRIES: &str = "redis_schema_cache_entries_total";
pub(super) const DECISIONS: &str = "redis_schema_limit_decisions_total";
pub(super) const ACQUIRES: &str = "redis_schema_lock_acquires_total";
pub(super) const LOCK_WAIT: &str = "redis_schema_lock_wait_seconds";
pub(super) const LOCK_HELD: &str = "redis_schema_lock_held_seconds";
pub(super) const LOCK_LOST: &str = "redis_schema_lock_lost_total";
pub(super) const IN_FLIGHT: &str = "redis_schema_in_flight";
pub(super) const CROWDED: &str = "redis_schema_crowded_total";
pub(super) const BREAKER: &str = "redis_schema_breaker_state";
pub(super) const RECONNECTS: &str = "redis_schema_reconnects_total";
pub(super) const CONNECT_FAILURES: &str = "redis_schema_connect_failures_total";

/// Every metric, with the feature `metrics`.
pub const METRICS: &[Metric] = &[
    Metric {
        name: OPERATIONS,
        kind: Kind::Counter,
        unit: "operations",
        labels: &["template", "operation", "outcome"],
        about: "Operations that ended: `ok`, `error`, or `cancelled` when their caller stopped waiting. The commands of a batch count one by one, with the batch's outcome.",
    },
    Metric {
        name: DURATION,
        kind: Kind::Histogram,
        unit: "seconds",
        labels: &["template", "operation"],
        about: "Time from the call to its result, waiting and repetitions included, of one in sixteen operations that succeeded, the first of each kind among them. A batch is one operation.",
    },
    Metric {
        name: ERRORS,
        kind: Kind::Counter,
        unit: "errors",
        labels: &["template", "operation", "kind"],
        about: "Operations that failed, by the kind of error.",
    },
    Metric {
        name: HITS,
        kind: Kind::Counter,
        unit: "reads",
        labels: &["template", "operation"],
        about: "Reads that found something. Of a read of several keys or fields each counts.",
    },
    Metric {
        name: MISSES,
        kind: Kind::Counter,
        unit: "reads",
        labels: &["template", "operation"],
        about: "Reads that found nothing.",
    },
    Metric {
        name: RETRIES,
        kind: Kind::Counter,
        unit: "attempts",
        labels: &["template", "class"],
        about: "Further attempts at an operation, by its retry class.",
    },
    Metric {
        name: DEGRADED,
        kind: Kind::Counter,
        unit: "operations",
        labels: &["template", "kind"],
        about: "Operations that failed and were answered without the server as the key's `on_unavailable` says: `read`, or `write` when one was dropped. `unstored`: a loaded value was answered, but the server did not store it.",
    },
    Metric {
        name: LOADS,
        kind: Kind::Counter,
        unit: "loads",
        labels: &["template", "outcome"],
        about: "What became of calls that load what is not stored: the loader found something (`loaded`) or `nothing`, failed (`error`), or did not come to its end (`cancelled`); or the call waited for another's load and shares it (`shared`).",
    },
    Metric {
        name: CACHE_READS,
        kind: Kind::Counter,
        unit: "calls",
        labels: &["template", "outcome"],
        about: "What became of calls of `get_or_load` and `get_or_load_tagged` on caches, each counted once: a fresh value (`hit`) or that there is `nothing`, a value that somebody loads anew (`stale`), what this call has `loaded`, what another one has (`shared`), an `error`, or no answer (`cancelled`).",
    },
    Metric {
        name: CACHE_ENTRIES,
        kind: Kind::Counter,
        unit: "entries",
        labels: &["template", "event"],
        about: "Entries of caches that were of no use when they were read: their bytes were no entry, or no such value (`corrupt`), or one of their tags was invalidated or unknown (`invalidated`); and loaded values that were not stored because the entry was invalidated or put meanwhile (`refused`).",
    },
    Metric {
        name: DECISIONS,
        kind: Kind::Counter,
        unit: "calls",
        labels: &["template", "outcome"],
        about: "Calls that a limiter has `admitted` or `refused`, those among them of which `on_unavailable` has decided. Each attempt of one that waits counts.",
    },
    Metric {
        name: ACQUIRES,
        kind: Kind::Counter,
        unit: "calls",
        labels: &["template", "outcome"],
        about: "What became of calls for a lock or for a permit of a semaphore: `acquired`, `busy` when others held it for as long as the caller would wait, an `error`, or `cancelled` when the caller stopped waiting.",
    },
    Metric {
        name: LOCK_WAIT,
        kind: Kind::Histogram,
        unit: "seconds",
        labels: &["template"],
        about: "Time from a call for a lock or a permit until it was acquired.",
    },
    Metric {
        name: LOCK_HELD,
        kind: Kind::Histogram,
        unit: "seconds",
        labels: &["template"],
        about: "Time for which a lock or a permit was held, until it was given back or lost.",
    },
    Metric {
        name: LOCK_LOST,
        kind: Kind::Counter,
        unit: "holds",
        labels: &["template"],
        about: "Locks and permits that were lost before they were given back: their time was over, or the server had them no more. Each is work that may have run beside somebody else's.",
    },
    Metric {
        name: IN_FLIGHT,
        kind: Kind::Gauge,
        unit: "requests",
        labels: &["server", "database"],
        about: "Requests that were sent and are not answered, as the tasks that own the connections see it: one that is alone on its connection does without the task and is not seen.",
    },
    Metric {
        name: CROWDED,
        kind: Kind::Counter,
        unit: "times",
        labels: &[],
        about: "Times that a connection came to have four fifths of the requests under way that it may have.",
    },
    Metric {
        name: BREAKER,
        kind: Kind::Gauge,
        unit: "state",
        labels: &["server", "database"],
        about: "State of a server's circuit breaker since it first opened: 0 closed, 1 half open, 2 open.",
    },
    Metric {
        name: RECONNECTS,
        kind: Kind::Counter,
        unit: "connections",
        labels: &["server", "database"],
        about: "Connections that replaced a broken one.",
    },
    Metric {
        name: CONNECT_FAILURES,
        kind: Kind::Counter,
        unit: "attempts",
        labels: &["server", "database"],
        about: "Attempts to open a connection that failed.",
    },
];

/// Every attribute of an operation's span, with the feature `tracing`. The first ones are those of
/// OpenTelemetry's conventions for databases.
pub const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "otel.name",
        about: "Name of the span: the operation and the template.",
    },
    Attribute {
        name: "otel.kind",
        about: "`client`.",
    },
    Attribute {
        name: "otel.status_code",
        about: "`ERROR` when the operation failed.",
    },
    Attribute {
        name: "db.system.name",
        about: "`redis`.",
    },
    Attribute {
        name: "db.namespace",
        about: "Number of the logical database.",
    },
    Attribute {
        name: "db.operation.name",
        about: "The operation.",
    },
    Attribute {
        name: "db.operation.batch.size",
        about: "Number of commands, where there are several.",
    },
    Attribute {
        name: "server.address",
        about: "Host of the server, or its socket.",
    },
    Attribute {
        name: "server.port",
        about: "Port of the server.",
    },
    Attribute {
        name: "error.type",
        about: "Kind of the error, when the operation failed.",
    },
    Attribute {
        name: "redis_schema.template",
        about: "Template of the key as the schema has it.",
    },
    Attribute {
        name: "redis_schema.retry_class",
        about: "What a lost reply allows: `read`, `idempotent`, `tokened` or `unsafe`.",
    },
];
