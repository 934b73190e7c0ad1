//! Values that are loaded where they are missing.

use super::table::methods;

methods! {
    Read {
        /// The value, fresh or not; `None` when there is none, when it is remembered that there is nothing, and when what is there cannot be read.
        get() -> "Option<V>" => Plain ["GET key"];
        /// The value; where there is none, what `load` loads, which is stored with the declared lifetime.
        get_or_load(load) -> "Option<V>" tokened stepwise => Plain [
            "{read_entry}", "[EVAL claim 1 key token {lease} placeholder useless]", "[EVAL fill 1 key token entry {entry_millis}]"
        ];
    }
    Write {
        /// Stores a value that is right now, in place of what is there.
        put(value) again => Plain ["SET key entry PX {entry_millis}"];
        /// Forgets the value, and what is being loaded.
        invalidate() again => Plain ["UNLINK key"];
    }
}
