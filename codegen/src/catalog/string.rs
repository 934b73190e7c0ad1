//! One value.

use super::table::methods;

methods! {
    Read {
        /// The value; `None` when the key does not exist.
        get() -> "Option<V>" => Get [];
        /// The value; where there is none, what `load` loads, which is stored with the declared lifetime.
        get_or_load(load) -> "Option<V>" again stepwise => GetOrSetNew ["SET key value NX"];
        /// Length of the value at rest in bytes; 0 when the key does not exist.
        strlen() -> "u64" => Plain ["STRLEN key"];
        /// The value, its declared lifetime started anew; `None` when the key does not exist.
        get_ex() -> "Option<V>" again extendable => GetAnew [];
        /// The bytes from `start` to `end`, both included, negative ones counted from the end; empty when
        /// there is nothing.
        getrange(start, end) -> "V" pieces: "O(n)" => Read ["GETRANGE key start end"];
    }
    Write {
        /// Stores the value with the declared lifetime.
        set(value) again => Set ["SET key value"];
        /// Stores the value unless the key exists; tells whether it did.
        set_nx(value) -> "bool" repeatable => SetNew ["SET key value NX"];
        /// Stores the value only if the key exists; tells whether it did.
        set_xx(value) -> "bool" again => Set ["SET key value XX"];
        /// Stores the value with the declared lifetime and returns the one that was there.
        set_get(value) -> "Option<V>" => Set ["SET key value GET"];
        /// Stores the value with another lifetime than the declared one, in whole milliseconds and at least
        /// one.
        set_ex(value, lifetime) again extendable => Plain ["SET key value PX milliseconds"];
        /// Stores the value as the options say; tells whether it did.
        set_with(value, options) -> "bool" again or(Repeatable, "with `nx`") => Set ["SET key value [NX|XX]"];
        /// Stores the value as the options say and returns the one that was there: with `nx`, `None` means
        /// that it is stored; with `xx`, that it is not.
        set_get_with(value, options) -> "Option<V>" => Set ["SET key value [NX|XX] GET"];
        /// Returns the value and deletes the key; `None` when it did not exist.
        get_del() -> "Option<V>" => Plain ["GETDEL key"];
        /// Stores a value only if another one is there; tells whether it did.
        compare_and_set(expected, value) -> "bool" repeatable: "O(n)" =>
            Plain ["EVAL update 1 key {live} value expected"];
        /// Deletes the key only if a certain value is there; tells whether it did.
        compare_and_del(expected) -> "bool" repeatable: "O(n)" => Plain ["EVAL delete 1 key expected"];
        /// Reads the value, lets `change` make a new one of it, and stores that if nobody has changed the
        /// value meanwhile; otherwise starts over.
        update_with(attempts, change) -> "bool" stepwise: "O(n)" =>
            Plain ["GET key", "EVAL update 1 key {live} value [expected]", "…"];
        /// As `update_with`, on a synchronous connection.
        update_with_on(connection, attempts, change) -> "bool" stepwise: "O(n)" =>
            Plain ["GET key", "EVAL update 1 key {live} value [expected]", "…"];
        /// Appends to the value, creating the key where there is none; returns the new length in bytes.
        append(piece) -> "u64"  pieces => Write ["APPEND key piece"];
        /// Overwrites the value from byte `offset` on, creating the key where there is none and filling a gap
        /// with zero bytes; returns the new length in bytes.
        setrange(offset, piece) -> "u64" again pieces: "O(n)" => Write ["SETRANGE key offset piece"];
    }
    Family {
        /// The values of several keys in the order given; `None` for each that does not exist.
        mget(keys) -> "Vec<Option<V>>" harmless: "O(n)" => GetMany [];
        /// Stores several values, each with the declared lifetime, all or none visible to others.
        mset(entries) again: "O(n)" => SetMany [];
    }
}
