//! Logs of records.

use super::table::methods;

methods! {
    Read {
        /// Number of entries.
        xlen() -> "u64" => Read ["XLEN key"];
        /// Whether there is no entry.
        is_empty() -> "bool" => Read ["XLEN key"];
        /// The entries in a range of identifiers, oldest first; `..` for all.
        xrange(range) -> "Vec<Entry<R>>": "O(log n + returned)" => Read ["XRANGE key low high"];
        /// As `xrange`, at most `count` entries.
        xrange_count(range, count) -> "Vec<Entry<R>>": "O(log n + returned)" =>
            Read ["XRANGE key low high COUNT count"];
        /// The entries in a range of identifiers, newest first.
        xrevrange(range) -> "Vec<Entry<R>>": "O(log n + returned)" => Read ["XREVRANGE key high low"];
        /// As `xrevrange`, at most `count` entries.
        xrevrange_count(range, count) -> "Vec<Entry<R>>": "O(log n + returned)" =>
            Read ["XREVRANGE key high low COUNT count"];
        /// The entries after a position, oldest first, waiting for one if the options say so.
        xread(from, options) -> "Vec<Entry<R>>": "O(returned)" =>
            Read ["XREAD [COUNT count] STREAMS key id"]
            | ReadWaiting Waiting ["XREAD [COUNT count] BLOCK milliseconds STREAMS key id"];
        /// What the stream holds, in short; `None` when it does not exist.
        xinfo_stream() -> "Option<StreamInfo<R>>" => Plain ["EXISTS key", "XINFO STREAM key"];
    }
    Write {
        /// Appends an entry and drops old ones as the schema declares; returns its identifier.
        xadd(entry) -> "StreamId" => Write ["{xadd} * field value …"];
        /// As `xadd`, with an identifier of one's own, which must be greater than every one before it.
        xadd_with_id(own, entry) -> "StreamId" repeatable => Write ["{xadd} id field value …"];
        /// As `xadd`, but only if the stream exists; `None` when it does not.
        xadd_existing(entry) -> "Option<StreamId>" => Write ["{xadd} NOMKSTREAM * field value …"];
        /// Drops old entries by a rule; returns how many.
        xtrim(rule) -> "u64" repeatable: "O(n)" =>
            Plain ["XTRIM key MAXLEN|MINID =|~ threshold"]
            | Plain Aged ["EVAL by_age 1 key XTRIM milliseconds =|~"];
        /// Deletes entries; returns how many existed.
        xdel(ids) -> "u64" repeatable => Plain ["XDEL key id …"];
    }
    Wait {
        /// The entries after a position, then every new one as it comes.
        follow(from) -> "Follow<R>" harmless stepwise: "O(returned)" =>
            Plain ["[XREVRANGE key + - COUNT 1]", "XREAD COUNT 100 BLOCK 2500 STREAMS key id", "…"];
        /// As `follow`, with another wait and number of entries for one round trip.
        follow_with(from, options) -> "Follow<R>" harmless stepwise: "O(returned)" =>
            Plain ["[XREVRANGE key + - COUNT 1]", "XREAD COUNT count BLOCK milliseconds STREAMS key id", "…"];
        /// The entries a consumer of a group is to work on: first those it has not acknowledged since it last
        /// ran, then new ones as they come.
        consume(group, consumer) -> "Follow<R>" stepwise: "O(returned)" =>
            Plain ["XREADGROUP GROUP group consumer COUNT 100 STREAMS key id", "XREADGROUP GROUP group consumer COUNT 100 BLOCK 2500 STREAMS key >", "…"];
        /// As `consume`, with other options.
        consume_with(group, consumer, options) -> "Follow<R>" stepwise: "O(returned)" =>
            Plain ["XREADGROUP GROUP group consumer COUNT count STREAMS key id", "[XAUTOCLAIM key group consumer milliseconds id COUNT count]", "XREADGROUP GROUP group consumer COUNT count BLOCK milliseconds STREAMS key >", "…"];
    }
    Consumers {
        /// The stream as one of its declared groups reads it.
        group(group) -> "Consumers<K, X, G>" local harmless grouped => Plain [];
        /// Creates a group of consumers, and the stream if it does not exist; tells whether the group is new.
        xgroup_create(group, from) -> "bool" repeatable => Create ["EVAL create_group 1 key group after"];
        /// Removes a group with everything it has pending; tells whether it existed.
        xgroup_destroy(group) -> "bool" repeatable: "O(n)" => Plain ["XGROUP DESTROY key group"];
        /// Sets from where the group goes on reading.
        xgroup_setid(group, from) => Plain ["XGROUP SETID key group after"];
        /// Makes a consumer known before it reads; tells whether it is new.
        xgroup_createconsumer(group, consumer) -> "bool" repeatable =>
            Plain ["XGROUP CREATECONSUMER key group consumer"];
        /// Forgets a consumer; returns how many entries it had pending, which are then delivered to nobody:
        /// claim them first.
        xgroup_delconsumer(group, consumer) -> "u64" repeatable => Plain ["XGROUP DELCONSUMER key group consumer"];
        /// Entries that no consumer of the group has had yet, waiting for one if the options say so.
        read_group(group, consumer, options) -> "Vec<Entry<R>>": "O(returned)" =>
            Read ["XREADGROUP GROUP group consumer [COUNT count] [NOACK] STREAMS key >"]
            | ReadWaiting Waiting ["XREADGROUP GROUP group consumer [COUNT count] BLOCK milliseconds [NOACK] STREAMS key >"];
        /// Entries after an identifier that this consumer has had but not acknowledged, oldest first: what it
        /// was working on when it stopped.
        read_pending(group, consumer, after, count) -> "Vec<Entry<R>>": "O(returned)" =>
            Read ["XREADGROUP GROUP group consumer [COUNT count] STREAMS key id"];
        /// Acknowledges entries: they are pending no more.
        xack(group, ids) -> "u64" repeatable => Plain ["XACK key group id …"];
        /// What the group has delivered but not had acknowledged, in short.
        xpending(group) -> "PendingSummary" harmless: "O(n)" => Read ["XPENDING key group"];
        /// The entries that the group has delivered but not had acknowledged, oldest first.
        xpending_entries(group, filter) -> "Vec<PendingEntry>" harmless: "O(n)" =>
            Read ["XPENDING key group [IDLE milliseconds] low high count [consumer]"];
        /// Takes over pending entries that were delivered at least `min_idle` ago, to work on them; returns
        /// those that still exist.
        xclaim(group, consumer, min_idle, ids, options) -> "Vec<Entry<R>>": "O(log n)" =>
            Plain ["XCLAIM key group consumer milliseconds id … [IDLE milliseconds] [RETRYCOUNT count] [FORCE]"];
        /// As `xclaim`, but returns only the identifiers and does not count as a delivery.
        xclaim_ids(group, consumer, min_idle, ids_wanted, options) -> "Vec<StreamId>": "O(log n)" =>
            Plain ["XCLAIM key group consumer milliseconds id … [IDLE milliseconds] [RETRYCOUNT count] [FORCE] JUSTID"];
        /// Takes over up to `count` entries from `from` on that any consumer was delivered at least
        /// `min_idle` ago and has not acknowledged: the work of consumers that are gone.
        xautoclaim(group, consumer, min_idle, from, count) -> "Claimed<R>": "O(count)" =>
            Plain ["XAUTOCLAIM key group consumer milliseconds after COUNT count"];
        /// The groups of consumers; none when the stream does not exist.
        xinfo_groups() -> "Vec<GroupInfo>" harmless: "O(n)" => Plain ["EXISTS key", "XINFO GROUPS key"];
        /// The consumers of a group; none when the stream does not exist.
        xinfo_consumers(group) -> "Vec<ConsumerInfo>" harmless: "O(n)" =>
            Plain ["EXISTS key", "XINFO CONSUMERS key group"];
    }
}
