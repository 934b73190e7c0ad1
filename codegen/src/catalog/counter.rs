//! Numbers that the server increments.

use super::table::methods;

methods! {
    Read {
        /// The number; `None` when the key does not exist.
        get() -> "Option<N>" => Get [];
    }
    Write {
        /// Sets the number, with the declared lifetime.
        set(number) again => Set ["SET key number"];
        /// Returns the number and deletes the key, so that counting starts over.
        reset() -> "Option<N>" => Plain ["GETDEL key"];
        /// Adds 1; returns the result.
        incr() -> "N"  integer =>
            Write Wide ["INCRBY key 1"] | Plain Narrow ["EVAL count 1 key {live} 1 {bounds}"];
        /// Subtracts 1; returns the result.
        decr() -> "N"  integer =>
            Write Wide ["INCRBY key -1"] | Plain Narrow ["EVAL count 1 key {live} -1 {bounds}"];
        /// Adds a number, which may be negative; returns the result.
        incr_by(by) -> "N"  integer =>
            Write Wide ["INCRBY key by"] | Plain Narrow ["EVAL count 1 key {live} by {bounds}"];
        /// Adds a number if the result lies within the bounds; returns it, or `None` when it would not: then
        /// number and lifetime stay.
        incr_bounded(by, bounds) -> "Option<N>"  integer => Plain ["EVAL count 1 key {live} by min max"];
        /// Adds a number, which may be negative; returns the result.
        incr_by_float(by) -> "f64"  float => Write ["INCRBYFLOAT key by"];
    }
}
