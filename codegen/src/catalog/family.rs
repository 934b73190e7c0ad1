//! All keys of one kind.

use super::table::methods;

methods! {
    Family {
        /// Reads the parameters back from a key's whole name; `None` when it is no key of this kind.
        parse(key) -> "Option<K>" harmless local => Plain [];
        /// The pattern for `SCAN … MATCH`, escaped.
        pattern() -> "Vec<u8>" harmless local => Plain [];
        /// Deletes keys; returns how many existed.
        del_many(keys) -> "u64" repeatable: "O(n)" => Plain ["DEL key …"];
        /// Deletes keys, freeing their memory in the background; returns how many existed.
        unlink_many(keys) -> "u64" repeatable => Plain ["UNLINK key …"];
        /// How many of the keys exist; one given twice counts twice.
        exists_many(keys) -> "u64" harmless => Plain ["EXISTS key …"];
        /// Walks every key of the kind.
        scan() -> "Scan<K>" harmless paged: "O(N)" => Plain ["SCAN cursor MATCH pattern COUNT 500"];
        /// Walks every key of the kind over a synchronous connection.
        scan_on(connection) -> "ScanIter<K>" harmless paged: "O(N)" =>
            Plain ["SCAN cursor MATCH pattern COUNT 500"];
        /// Walks the keys of which some parameters are known.
        scan_match(known) -> "Scan<K>" harmless paged: "O(N)" =>
            Plain ["SCAN cursor MATCH pattern COUNT 500"];
        /// Walks the keys of which some parameters are known over a synchronous connection.
        scan_match_on(connection, known) -> "ScanIter<K>" harmless paged: "O(N)" =>
            Plain ["SCAN cursor MATCH pattern COUNT 500"];
        /// Counts the keys by walking them once; those that come and go meanwhile may or may not count.
        count_approx() -> "u64" harmless paged: "O(N)" => Plain ["SCAN cursor MATCH pattern COUNT 500"];
    }
}
