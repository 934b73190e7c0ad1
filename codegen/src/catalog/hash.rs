//! Records: one hash field per declared field.

use super::table::methods;

methods! {
    Read {
        /// The record; `None` when the key does not exist.
        hgetall() -> "Option<R>": "O(n)" => Read ["HGETALL key"];
        /// The record; where there is none, what `load` loads, which is stored with the declared lifetimes.
        hgetall_or_load(load) -> "Option<R>" again stepwise: "O(n)" =>
            ReadOrScript ["HGETALL key", "EVAL create 1 key {anew} {touches} field value …"];
        /// One field; `None` when it or the key does not exist.
        hget(field) -> "Option<V>" => Read ["HGET key field"] | Read Former ["HMGET key field …"];
        /// Several fields in one round trip: a tuple of optional values.
        hmget(fields) -> "(Option<V>, …)": "O(n)" =>
            Read ["HMGET key field …"] | Read Former ["HMGET key field …", "…"];
        /// Whether the field exists.
        hexists(field) -> "bool" => Plain ["HEXISTS key field"] | Plain Former ["HMGET key field …"];
        /// Number of fields stored; 0 when the key does not exist.
        hlen() -> "u64" => Plain ["HLEN key"];
        /// Names of the fields stored, undeclared ones too.
        hkeys() -> "Vec<String>": "O(n)" => Read ["HKEYS key"];
    }
    Write {
        /// Stores the whole record: fields that are absent in it are removed, undeclared ones stay.
        hset(record) again: "O(n)" => Write ["{set_many}", "{absent}", "{touch}", "{renew}"];
        /// Stores the record unless the key exists; tells whether it did.
        create(record) -> "bool" repeatable: "O(n)" => Plain ["EVAL create 1 key {anew} {touches} field value …"];
        /// Applies changes in order if the record exists and every condition holds; tells whether it did.
        update(edits) -> "bool" or(Idempotent, "where fields are only set"): "O(n)" => Plain ["EVAL update 1 key {live} {touches} step field value …"];
        /// Sets one field.
        hset_field(field, value) again => Write ["{set}", "{former}", "{touch}", "{renew}"];
        /// Sets several fields.
        hset_fields(values) again: "O(n)" => Write ["{set_many}", "{former}", "{touch}", "{renew}"];
        /// Sets one field unless it exists; tells whether it did.
        hset_nx(field, value) -> "bool" repeatable => Plain ["EVAL set_nx 1 key {live} {touches} value field{names}"];
        /// Removes a field that may be absent; tells whether it was there.
        hdel(field) -> "bool" repeatable => Plain ["HDEL key field{names}", "{touch_existing}"];
        /// Adds to an integer field; returns the result.
        hincr(field, by) -> "V" integer =>
            Write Wide ["HINCRBY key field by", "{touch}", "{counted}"]
            | Plain Narrow ["EVAL count 1 key {live} {touches} by {bounds} field{names}"]
            | Plain Former ["EVAL count 1 key {live} {touches} by min max field …"];
        /// Adds to a floating-point field; returns the result.
        hincr_by_float(field, by) -> "f64" float =>
            Write ["HINCRBYFLOAT key field by", "{touch}", "{counted}"]
            | Plain Former ["EVAL count_float 1 key {live} {touches} by field …"];
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
        /// One field, its declared lifetime started anew; `None` when it or the key does not exist.
        hget_ex(field) -> "Option<V>" again expiring => Read ["{get_ex}"];
    }
}
