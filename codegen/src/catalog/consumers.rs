//! Declared groups of consumers.

use super::table::methods;

methods! {
    Consumers {
        /// The group's name on the server.
        name() -> "&'static str" local harmless => Plain [];
        /// Creates the group where the schema says that it begins, and the stream if it does not exist; tells
        /// whether the group is new.
        create() -> "bool" repeatable => Create ["EVAL create_group 1 key group {start}"];
        /// Removes the group with everything it has pending; tells whether it existed.
        destroy() -> "bool" repeatable: "O(n)" => Plain ["XGROUP DESTROY key group"];
        /// Sets from where the group goes on reading.
        go_on_from(from) => Plain ["XGROUP SETID key group after"];
        /// The consumers of the group; none when the stream does not exist.
        consumers() -> "Vec<ConsumerInfo>" harmless: "O(n)" =>
            Plain ["EXISTS key", "XINFO CONSUMERS key group"];
        /// Forgets a consumer that has nothing pending; tells whether it has not.
        retire(consumer) -> "bool" again: "O(log n)" => Plain ["EVAL retire 1 key group consumer"];
        /// Entries that no consumer of the group has had yet, waiting for one if the options say so.
        read(consumer, options) -> "Vec<Entry<R>>": "O(returned)" =>
            Read ["XREADGROUP GROUP group consumer [COUNT count]{noack} STREAMS key >"]
            | ReadWaiting Waiting ["XREADGROUP GROUP group consumer [COUNT count] BLOCK milliseconds{noack} STREAMS key >"];
        /// Entries after an identifier that this consumer has had but not acknowledged, oldest first: what it was
        /// working on when it stopped.
        read_pending(consumer, after, count) -> "Vec<Entry<R>>" acknowledged: "O(returned)" =>
            Read ["XREADGROUP GROUP group consumer [COUNT count] STREAMS key id"];
        /// Acknowledges entries: they are pending no more.
        ack(ids) -> "u64" repeatable acknowledged => Plain ["XACK key group id …"];
        /// What the group has delivered but not had acknowledged, in short.
        pending() -> "PendingSummary" harmless acknowledged: "O(n)" => Read ["XPENDING key group"];
        /// The entries that the group has delivered but not had acknowledged, oldest first.
        pending_entries(filter) -> "Vec<PendingEntry>" harmless acknowledged: "O(n)" =>
            Read ["XPENDING key group [IDLE milliseconds] low high count [consumer]"];
        /// Takes over entries from `from` on, up to `count`, that lay unacknowledged for `min_idle:`: the work of
        /// consumers that are gone.
        claim(consumer, from, count) -> "Claimed<R>" reclaimed: "O(count)" =>
            Plain Reclaiming ["XAUTOCLAIM key group consumer milliseconds after COUNT count"]
            | Plain Burying ["EVAL claim_or_bury 2 key other lifetime milliseconds group rule mark threshold consumer idle deliveries after count"];
        /// Says that the consumer is still at work on these entries, so that nobody takes them over for another
        /// `min_idle:`; returns those that are not its own any more.
        heartbeat(consumer, ids) -> "Vec<StreamId>" again beating: "O(log n)" =>
            Plain ["EVAL heartbeat 1 key group consumer id …"];
        /// Works on entries and says so every `heartbeat:`; `None`, and the work is dropped, as soon as one of them
        /// is not the consumer's any more.
        keep_while(consumer, ids, work) -> "Option<W>" again stepwise beating: "O(log n)" =>
            Plain ["EVAL heartbeat 1 key group consumer id …", "…"];
        /// Gives entries up at once, however often they were delivered: those that are pending go to the dead
        /// letters, with the lifetime declared there.
        bury(ids) -> "u64" repeatable buried: "O(log n)" =>
            Plain ["EVAL bury 2 key other lifetime milliseconds group rule mark threshold id …"];
    }
    Wait {
        /// The entries a consumer of the group is to work on: first those it has not acknowledged since it last
        /// ran, then those that lay for `min_idle:` with others, then new ones as they come.
        consume(consumer) -> "Follow<R>" stepwise: "O(returned)" =>
            Plain ["XREADGROUP GROUP group consumer COUNT 100 STREAMS key id", "[XAUTOCLAIM key group consumer milliseconds id COUNT count]", "[EVAL claim_or_bury 2 key other …]", "XREADGROUP GROUP group consumer COUNT 100 BLOCK milliseconds{noack} STREAMS key >", "…"];
        /// As `consume`, with another wait and number of entries for one round trip.
        consume_with(consumer, options) -> "Follow<R>" stepwise: "O(returned)" =>
            Plain ["XREADGROUP GROUP group consumer COUNT count STREAMS key id", "[XAUTOCLAIM key group consumer milliseconds id COUNT count]", "[EVAL claim_or_bury 2 key other …]", "XREADGROUP GROUP group consumer COUNT count BLOCK milliseconds{noack} STREAMS key >", "…"];
    }
}
