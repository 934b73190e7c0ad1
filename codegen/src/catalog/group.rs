//! Every key that carries one placeholder.

use super::table::methods;

methods! {
    Family {
        /// Deletes every key of the group; returns how many existed.
        invalidate() -> "u64" repeatable stepwise: "O(n)" => Plain ["UNLINK key …", "{scan}"];
        /// The keys of the group that exist, ordered by kind.
        list() -> "Vec<GroupKey>" harmless stepwise: "O(n)" => Plain ["EXISTS key", "{scan}"];
        /// How many keys of the group exist and what memory they take.
        size() -> "GroupSize" harmless stepwise: "O(n)" => Plain ["MEMORY USAGE key", "{scan}"];
    }
}
