//! What every key offers, whatever lies under it.

use super::table::methods;

methods! {
    Key {
        /// Whether the key exists.
        exists() -> "bool" harmless => Plain ["EXISTS key"];
        /// Deletes the key; tells whether it existed.
        del() -> "bool" repeatable: "O(n)" => Plain ["DEL key"];
        /// Deletes the key and frees its memory in the background; tells whether it existed.
        unlink() -> "bool" repeatable => Plain ["UNLINK key"];
        /// Marks the key as just used, for eviction; tells whether it exists.
        touch() -> "bool" again => Plain ["TOUCH key"];
        /// The data structure that really lies under the key; `None` when it does not exist.
        key_type() -> "Option<KeyType>" harmless => Plain ["TYPE key"];
        /// The value in the server's own serialised form, for `restore`; `None` when the key does not exist.
        dump() -> "Option<Vec<u8>>" harmless: "O(n)" => Plain ["DUMP key"];
        /// Creates the key from what `dump` returned, with the declared lifetime.
        restore(dump) repeatable: "O(n)" => Restore ["RESTORE key millis dump"];
        /// As `restore`, replacing what is under the key.
        restore_replacing(dump) again: "O(n)" => Restore ["RESTORE key millis dump REPLACE"];
        /// How the server stores the value (`listpack`, `embstr`, …); `None` when the key does not exist.
        object_encoding() -> "Option<String>" harmless => Plain ["OBJECT ENCODING key"];
        /// Time since the key was last used, in whole seconds; `None` when it does not exist.
        object_idletime() -> "Option<Duration>" harmless => Plain ["OBJECT IDLETIME key"];
        /// Bytes of memory that key and value take, estimated from a sample of the elements; `None` when the
        /// key does not exist.
        memory_usage() -> "Option<u64>" harmless => Plain ["MEMORY USAGE key"];
        /// The key's whole name: for other tools and raw commands.
        key() -> "Vec<u8>" harmless local => Plain [];
        /// How long the key still lives, in seconds rounded by the server; `pttl` is exact.
        ttl() -> "Ttl" harmless => Plain ["TTL key"];
        /// How long the key still lives, in milliseconds.
        pttl() -> "Ttl" harmless => Plain ["PTTL key"];
        /// When the key expires, by the server's clock.
        expire_time() -> "Expiry" harmless => Plain ["PEXPIRETIME key"];
        /// Starts the declared lifetime anew; tells whether the key exists.
        refresh_ttl() -> "bool" again extendable => Anew ["EXISTS key"];
        /// Gives the key another remaining lifetime; tells whether it exists.
        expire(lifetime) -> "bool" again or(Repeatable, "with a duration of zero") extendable => Plain ["EXPIRE|PEXPIRE key duration"];
        /// As `expire`, under a condition; tells whether it took place.
        expire_with(lifetime, option) -> "bool" repeatable or(Idempotent, "with `IfAny`") extendable =>
            Plain ["EXPIRE|PEXPIRE key duration NX|XX|GT|LT"];
        /// Gives the key another remaining lifetime in milliseconds; tells whether it exists.
        pexpire(lifetime) -> "bool" again or(Repeatable, "with a duration of zero") extendable => Plain ["PEXPIRE key duration"];
        /// Lets the key expire at a moment, in whole seconds; tells whether it exists.
        expire_at(at) -> "bool" again or(Repeatable, "less than a minute ahead") extendable => Plain ["EXPIREAT key moment"];
        /// Lets the key expire at a moment, in milliseconds; tells whether it exists.
        pexpire_at(at) -> "bool" again or(Repeatable, "less than a minute ahead") extendable => Plain ["PEXPIREAT key moment"];
        /// Takes the lifetime away, so that the key never expires; tells whether it had one.
        persist() -> "bool" repeatable extendable => Plain ["PERSIST key"];
        /// Gives the key another name, replacing what is there; tells whether there was something to rename.
        rename_to(to) -> "bool" repeatable => Plain ["EVAL rename 2 key other {anew} same|other"];
        /// Gives the key another name if that is free; tells whether it did.
        rename_nx(to) -> "bool" repeatable => Plain ["EVAL rename_nx 2 key other {anew} same|other"];
        /// Copies the value to another key if that is free; tells whether it did.
        copy_to(to) -> "bool" repeatable: "O(n)" => Plain ["EVAL copy 2 key other {anew} same|other"];
        /// Copies the value to another key, replacing what is there; tells whether there was something to
        /// copy.
        copy_replacing(to) -> "bool" again: "O(n)" =>
            Plain ["EVAL copy_replacing 2 key other {anew} same|other"];
    }
}
