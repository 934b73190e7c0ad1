//! Records: one hash field per declared field.

use super::table::methods;

methods! {
    Read {
        /// The record; `None` when the key does not exist.
        hgetall() -> "Option<R>": "O(n)" => Read ["HGETALL key"];
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
        hset(record) again: "O(n)" => Write ["HSET key field value …", "{absent}", "{touch}"];
        /// Stores the record unless the key exists; tells whether it did.
        create(record) -> "bool": "O(n)" => Plain ["EVAL create 1 key {anew} {touches} field value …"];
        /// Applies changes in order if the record exists and every condition holds; tells whether it did.
        update(edits) -> "bool": "O(n)" => Plain ["EVAL update 1 key {live} {touches} step field value …"];
        /// Sets one field.
        hset_field(field, value) again => Write ["HSET key field value", "{former}", "{touch}"];
        /// Sets several fields.
        hset_fields(values) again: "O(n)" => Write ["HSET key field value …", "{former}", "{touch}"];
        /// Sets one field unless it exists; tells whether it did.
        hset_nx(field, value) -> "bool" => Plain ["EVAL set_nx 1 key {live} {touches} value field{names}"];
        /// Removes a field that may be absent; tells whether it was there.
        hdel(field) -> "bool" again => Plain ["HDEL key field{names}", "{touch_existing}"];
        /// Adds to an integer field; returns the result.
        hincr(field, by) -> "V" integer =>
            Write Wide ["HINCRBY key field by", "{touch}"]
            | Plain Narrow ["EVAL count 1 key {live} {touches} by {bounds} field{names}"]
            | Plain Former ["EVAL count 1 key {live} {touches} by min max field …"];
        /// Adds to a floating-point field; returns the result.
        hincr_by_float(field, by) -> "f64" float =>
            Write ["HINCRBYFLOAT key field by", "{touch}"]
            | Plain Former ["EVAL count_float 1 key {live} {touches} by field …"];
    }
}
