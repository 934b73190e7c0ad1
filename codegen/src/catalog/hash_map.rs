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
        hset(field, value) -> "bool" repeatable => Write ["{set}", "{renew}"];
        /// Sets fields; returns how many are new.
        hset_multiple(entries) -> "u64" repeatable: "O(n)" => Write ["{set_many}", "{renew}"];
        /// Sets a field unless it exists; tells whether it did.
        hset_nx(field, value) -> "bool" repeatable => Plain ["EVAL set_nx 1 key {live} field value{field_millis}"];
        /// Removes a field; tells whether it was there.
        hdel(field) -> "bool" repeatable => Plain ["HDEL key field"];
        /// Removes fields; returns how many were there.
        hdel_many(fields) -> "u64" repeatable: "O(n)" => Plain ["HDEL key field …"];
        /// Adds to a field; returns the result.
        hincr(field, by) -> "V" integer =>
            Write Wide ["HINCRBY key field by", "{counted}"]
            | Plain Narrow ["EVAL count 1 key {live} by {bounds} field{field_rule}"];
        /// Adds to a field if the result lies within the bounds; returns it, or `None` when it would not:
        /// then nothing changes.
        hincr_bounded(field, by, bounds) -> "Option<V>" integer =>
            Plain ["EVAL count 1 key {live} by min max field{field_rule}"];
        /// Adds to a field; returns the result.
        hincr_by_float(field, by) -> "f64" float => Write ["HINCRBYFLOAT key field by", "{counted}"];
    }
    Fields {
        /// How long a field still lives, in seconds rounded by the server; `hpttl` is exact.
        httl(field) -> "Ttl" harmless expiring => Plain ["HTTL key FIELDS count field …"];
        /// How long a field still lives, in milliseconds.
        hpttl(field) -> "Ttl" harmless expiring => Plain ["HPTTL key FIELDS count field …"];
        /// When a field expires, by the server's clock.
        hexpire_time(field) -> "Expiry" harmless expiring => Plain ["HPEXPIRETIME key FIELDS count field …"];
        /// Gives a field another remaining lifetime; a duration of zero deletes it.
        hexpire(field, lifetime) -> "FieldTtlChange" again or(Repeatable, "with a duration of zero") expiring =>
            Plain ["HEXPIRE|HPEXPIRE key time FIELDS count field …"];
        /// As `hexpire`, under a condition.
        hexpire_with(field, lifetime, option) -> "FieldTtlChange" repeatable or(Idempotent, "with `IfAny`") expiring =>
            Plain ["HEXPIRE|HPEXPIRE key time NX|XX|GT|LT FIELDS count field …"];
        /// Lets a field expire at a moment, in milliseconds; one in the past deletes it.
        hexpire_at(field, at) -> "FieldTtlChange" again or(Repeatable, "less than a minute ahead") expiring =>
            Plain ["HPEXPIREAT key time FIELDS count field …"];
        /// Takes the lifetime of a field away. The next write gives it its declared lifetime again.
        hpersist(field) -> "FieldTtlChange" repeatable expiring => Plain ["HPERSIST key FIELDS count field …"];
        /// Starts the declared lifetime of a field anew.
        hrefresh_ttl(field) -> "FieldTtlChange" again expiring => Plain ["{refresh}"];
        /// The value of a field, its declared lifetime started anew; `None` when it or the key does not exist.
        hget_ex(field) -> "Option<V>" again expiring => Read ["{get_ex}"];
    }
}
