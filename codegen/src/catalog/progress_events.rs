//! What was reported of a progress.

use super::table::methods;

methods! {
    Read {
        /// Number of events.
        xlen() -> "u64" => Plain ["XLEN key"];
        /// The last events, newest first, at most `count`.
        recent(count) -> "Vec<Entry<Event<I, M>>>": "O(returned)" => Plain ["XREVRANGE key + - COUNT count"];
    }
}
