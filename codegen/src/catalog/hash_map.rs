//! Free fields to values.

use super::table::methods;

methods! {
    Read {
        /// The value of a field; `None` when it or the key does not exist.
        hget(field) -> "Option<V>" => Read ["HGET key field"];
        /// The values of several fields in the order asked for; `None` for those that do not exist.
        hmget(fields) -> "Vec<Option<V>>": "O(n)" => Read ["HMGET key field …"];
        /// Every field with its value, in no particular order; empty when the key does not exist.
        hgetall() -> "Vec<(F, V)>": "O(n)" => Read ["HGETALL key"];
        /// Every field, in no particular order.
        hkeys() -> "Vec<F>": "O(n)" => Read ["HKEYS key"];
        /// Every value, in no particular order.
        hvals() -> "Vec<V>": "O(n)" => Read ["HVALS key"];
        /// Number of fields; 0 when the key does not exist.
        hlen() -> "u64" => Plain ["HLEN key"];
        /// Whether there is no field, that is, no key.
        is_empty() -> "bool" => Plain ["HLEN key"];
        /// Whether a field exists.
        hexists(field) -> "bool" => Plain ["HEXISTS key field"];
        /// Length of a field's value at rest in bytes; 0 when it does not exist.
        hstrlen(field) -> "u64" => Plain ["HSTRLEN key field"];
        /// A random field; `None` when the key does not exist.
        hrandfield() -> "Option<F>" => Read ["HRANDFIELD key"];
        /// Up to `count` distinct random fields.
        hrandfield_count(count) -> "Vec<F>": "O(count)" => Read ["HRANDFIELD key count"];
        /// Up to `count` distinct random fields with their values.
        hrandfield_withvalues(count) -> "Vec<(F, V)>": "O(count)" => Read ["HRANDFIELD key count WITHVALUES"];
        /// Walks the entries page by page.
        hscan() -> "Scan<(F, V)>" paged: "O(n)" => Plain ["HSCAN key cursor COUNT 500"];
        /// Walks the entries page by page over a synchronous connection.
        hscan_on(connection) -> "ScanIter<(F, V)>" paged: "O(n)" => Plain ["HSCAN key cursor COUNT 500"];
        /// Walks the entries whose field's bytes at rest match a glob pattern.
        hscan_match(pattern) -> "Scan<(F, V)>" paged: "O(n)" =>
            Plain ["HSCAN key cursor MATCH pattern COUNT 500"];
        /// Walks the entries whose field's bytes at rest match a glob pattern over a synchronous connection.
        hscan_match_on(connection, pattern) -> "ScanIter<(F, V)>" paged: "O(n)" =>
            Plain ["HSCAN key cursor MATCH pattern COUNT 500"];
    }
    Write {
        /// Sets a field; tells whether it is new.
        hset(field, value) -> "bool" again => Write ["HSET key field value"];
        /// Sets fields; returns how many are new.
        hset_multiple(entries) -> "u64" again: "O(n)" => Write ["HSET key field value …"];
        /// Sets a field unless it exists; tells whether it did.
        hset_nx(field, value) -> "bool" => Plain ["EVAL set_nx 1 key {live} field value"];
        /// Removes a field; tells whether it was there.
        hdel(field) -> "bool" again => Plain ["HDEL key field"];
        /// Removes fields; returns how many were there.
        hdel_many(fields) -> "u64" again: "O(n)" => Plain ["HDEL key field …"];
        /// Adds to a field; returns the result.
        hincr(field, by) -> "V" integer =>
            Write Wide ["HINCRBY key field by"]
            | Plain Narrow ["EVAL count 1 key {live} by {bounds} field"];
        /// Adds to a field if the result lies within the bounds; returns it, or `None` when it would not:
        /// then nothing changes.
        hincr_bounded(field, by, bounds) -> "Option<V>" integer =>
            Plain ["EVAL count 1 key {live} by min max field"];
        /// Adds to a field; returns the result.
        hincr_by_float(field, by) -> "f64" float => Write ["HINCRBYFLOAT key field by"];
    }
}
