//! Documents of the server's own JSON type.

use super::table::methods;

methods! {
    Read {
        /// The whole document; `None` when the key does not exist.
        json_get() -> "Option<T>": "O(n)" => Read ["JSON.GET key"];
        /// The whole document; where there is none, what `load` loads, which is stored with the declared lifetime.
        json_get_or_load(load) -> "Option<T>" again stepwise: "O(n)" =>
            ReadOrCreate ["JSON.GET key", "JSON.SET key $ document NX"];
    }
    Write {
        /// Stores the whole document.
        json_set(document) again: "O(n)" => Write ["JSON.SET key $ document"];
        /// Stores the whole document unless the key exists; tells whether it did.
        json_set_nx(document) -> "bool" repeatable: "O(n)" => Create ["JSON.SET key $ document NX"];
        /// Stores the whole document only if the key exists; tells whether it did.
        json_set_xx(document) -> "bool" again: "O(n)" => Write ["JSON.SET key $ document XX"];
    }
}
