//! Distinct values.

use super::table::methods;

methods! {
    Read {
        /// Every value, in no particular order.
        smembers() -> "Vec<V>": "O(n)" => Read ["SMEMBERS key"];
        /// Every value, gathered into a collection such as `HashSet` or `BTreeSet`.
        smembers_as() -> "S": "O(n)" => Read ["SMEMBERS key"];
        /// Whether a value is in the set.
        sismember(value) -> "bool" => Read ["SISMEMBER key value"];
        /// For each value, whether it is in the set.
        smismember(values) -> "Vec<bool>": "O(n)" => Read ["SMISMEMBER key value …"];
        /// Number of values.
        scard() -> "u64" => Read ["SCARD key"];
        /// Whether the set holds nothing: such a key does not exist.
        is_empty() -> "bool" => Read ["SCARD key"];
        /// A random value.
        srandmember() -> "Option<V>" => Read ["SRANDMEMBER key"];
        /// Up to `count` distinct random values.
        srandmember_count(count) -> "Vec<V>": "O(count)" => Read ["SRANDMEMBER key count"];
        /// Exactly `count` random values, the same one perhaps several times; none when the key does not
        /// exist.
        srandmember_repeating(count) -> "Vec<V>": "O(count)" => Read ["SRANDMEMBER key count"];
        /// Walks the values page by page.
        sscan() -> "Scan<V>" paged: "O(n)" => Plain ["SSCAN key cursor COUNT 500"];
        /// Walks the values page by page over a synchronous connection.
        sscan_on(connection) -> "ScanIter<V>" paged: "O(n)" => Plain ["SSCAN key cursor COUNT 500"];
        /// Walks the values whose bytes at rest match a glob pattern.
        sscan_match(pattern) -> "Scan<V>" paged: "O(n)" => Plain ["SSCAN key cursor MATCH pattern COUNT 500"];
        /// Walks the values whose bytes at rest match a glob pattern over a synchronous connection.
        sscan_match_on(connection, pattern) -> "ScanIter<V>" paged: "O(n)" =>
            Plain ["SSCAN key cursor MATCH pattern COUNT 500"];
    }
    Write {
        /// Adds a value; tells whether it was not there before.
        sadd(value) -> "bool" repeatable => Write ["SADD key value"];
        /// Adds values; returns how many were not there before.
        sadd_many(values) -> "u64" repeatable: "O(n)" => Write ["SADD key value …"];
        /// Removes a value; tells whether it was there.
        srem(value) -> "bool" repeatable => Plain ["SREM key value"];
        /// Removes values; returns how many were there.
        srem_many(values) -> "u64" repeatable: "O(n)" => Plain ["SREM key value …"];
        /// Removes and returns a random value.
        spop() -> "Option<V>" => Plain ["SPOP key"];
        /// Removes and returns up to `count` random values.
        spop_count(count) -> "Vec<V>": "O(count)" => Plain ["SPOP key count"];
    }
    Several {
        /// Moves a value to another set; tells whether it was there to move.
        smove(to, value) -> "bool" repeatable => WriteOther ["SMOVE key other value"];
        /// The values that this set and all the others hold.
        sinter(others) -> "Vec<V>" harmless: "O(n·m)" => ReadAll ["SINTER key other …"];
        /// The values that this set or any of the others hold.
        sunion(others) -> "Vec<V>" harmless: "O(n)" => ReadAll ["SUNION key other …"];
        /// The values of this set that none of the others hold.
        sdiff(others) -> "Vec<V>" harmless: "O(n)" => ReadAll ["SDIFF key other …"];
        /// Number of values that this set and all the others hold; counting stops at `limit` (0 for none).
        sintercard(others, limit) -> "u64" harmless: "O(n·m)" =>
            ReadAll ["SINTERCARD count key other … [LIMIT limit]"];
        /// Replaces this set by the intersection of the sources; returns its size.
        sinterstore(sources) -> "u64" again or(Unsafe, "where the key is a source"): "O(n·m)" => Replace ["SINTERSTORE key other …"];
        /// Replaces this set by the union of the sources; returns its size.
        sunionstore(sources) -> "u64" again or(Unsafe, "where the key is a source"): "O(n)" => Replace ["SUNIONSTORE key other …"];
        /// Replaces this set by the values of the first source that no other source holds; returns its size.
        sdiffstore(sources) -> "u64" again or(Unsafe, "where the key is a source"): "O(n)" => Replace ["SDIFFSTORE key other …"];
    }
}
