//! What entries of caches have in common.

use super::table::methods;

methods! {
    Write {
        /// Forgets every entry that has the tag, however many there are, and what is being loaded under it.
        invalidate() again => Plain ["UNLINK key"];
    }
}
