//! Numbers of holds.

use super::table::methods;

methods! {
    Read {
        /// The number of the last hold; `None` when there was none for long.
        get() -> "Option<Fence>" => Plain ["GET key"];
    }
}
