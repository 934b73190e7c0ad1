//! Estimates of the number of distinct values.

use super::table::methods;

methods! {
    Read {
        /// About how many distinct values there were; the standard error is 0.81 %.
        pfcount() -> "u64" => Read ["PFCOUNT key"];
    }
    Write {
        /// Counts a value; tells whether the estimate may have changed.
        pfadd(value) -> "bool" repeatable => Write ["PFADD key value"];
        /// Counts values; tells whether the estimate may have changed.
        pfadd_many(values) -> "bool" repeatable => Write ["PFADD key value …"];
    }
    Several {
        /// About how many distinct values there were in this key and the others together.
        pfcount_with(others) -> "u64" harmless: "O(n)" => ReadAll ["PFCOUNT key other …"];
        /// Adds everything the sources have counted to this key.
        pfmerge(sources) again: "O(n)" => Write ["PFMERGE key other …"];
    }
}
