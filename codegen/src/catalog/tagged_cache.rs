//! Values that are loaded where they are missing, and forgotten by tags.

use super::table::methods;

methods! {
    Read {
        /// The value, if none of its tags was invalidated, fresh or not; `None` when there is none.
        get() -> "Option<V>" stepwise => Plain ["{read_entry}", "[MGET tag …]"];
        /// The value; where there is none, or one of its tags was invalidated, what `load` loads, which is stored under the tags that the key tells.
        get_or_load(load) -> "Option<V>" tokened by_key stepwise => Plain [
            "{read_entry}", "[MGET tag …]", "[EVAL claim 1 key token {lease} placeholder useless]",
            "[EVAL capture 1 tag end {tag_millis}]", "[EVAL fill 1 key token entry {entry_millis}]"
        ];
        /// As `get_or_load`, with what the tags carry that the key does not.
        get_or_load_tagged(given, load) -> "Option<V>" tokened stepwise => Plain [
            "{read_entry}", "[MGET tag …]", "[EVAL claim 1 key token {lease} placeholder useless]",
            "[EVAL capture 1 tag end {tag_millis}]", "[EVAL fill 1 key token entry {entry_millis}]"
        ];
    }
    Write {
        /// Stores a value that is right now, under the tags that the key tells.
        put(value) again by_key stepwise => Plain ["EVAL capture 1 tag end {tag_millis}", "SET key entry PX {entry_millis}"];
        /// As `put`, with what the tags carry that the key does not.
        put_tagged(value, given) again stepwise => Plain ["EVAL capture 1 tag end {tag_millis}", "SET key entry PX {entry_millis}"];
        /// Forgets the value, and what is being loaded.
        invalidate() again => Plain ["UNLINK key"];
    }
}
