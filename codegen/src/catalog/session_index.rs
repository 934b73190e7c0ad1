//! The sessions of one user.

use super::table::methods;

methods! {
    Read {
        /// The sessions of this user that have not ended, up to a thousand, the one that ends last first.
        list() -> "Vec<Listed<V>>" again stepwise: "O(n)" =>
            Plain ["EVAL names 1 key most", "[EVAL read 1 other]", "…", "[ZREM key hash]"];
    }
    Write {
        /// Makes a session of this user; returns the token that its client comes back by.
        create(data) -> "SessionToken" tokened stepwise: "O(log n)" =>
            Plain ["EVAL put 1 other data version idle longest", "EVAL add 1 key hash ends"];
        /// Gives a session of this user another token, after a login or when more becomes allowed; the one so far is worth nothing from then
        /// on.
        rotate(token) -> "Option<SessionToken>" tokened stepwise: "O(log n)" => Plain [
            "ZSCORE key hash", "[EVAL read 1 other]", "[EVAL put 1 other data version idle longest ends]", "[EVAL add 1 key hash ends]",
            "[EVAL move 1 other version hash]"
        ];
        /// Ends every session of this user.
        revoke_all() again stepwise: "O(n)" => Plain ["EVAL names 1 key most", "[UNLINK other]", "…", "[ZREM key hash]", "…"];
    }
}
