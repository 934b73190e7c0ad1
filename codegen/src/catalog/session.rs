//! Sessions.

use super::table::methods;

methods! {
    Read {
        /// The session, if it has not ended; that it was looked at is no use of it.
        get() -> "Option<Session<V>>" => Plain ["EVAL read 1 key"];
    }
    Write {
        /// The session, if it has not ended, which is used by that: it stays for its whole idle time again, and never beyond its end.
        get_and_touch() -> "Option<Session<V>>" again => Plain ["EVAL touch 1 key idle after"];
        /// Writes the data of a session as a whole if nobody has since it was read; returns the new version, and `None` when the session has
        /// ended.
        update(version, data) -> "Option<Version>" tokened => Plain ["EVAL update 1 key version data"];
        /// Gives the session another token, after a login or when more becomes allowed; the one so far is worth nothing from then on. `None`
        /// when the session has ended.
        rotate() -> "Option<SessionToken>" tokened unindexed stepwise => Plain [
            "EVAL read 1 key", "EVAL put 1 other data version idle longest ends", "EVAL move 1 key version hash"
        ];
        /// Ends the session.
        revoke() again => Plain ["UNLINK key"];
    }
    Family {
        /// Makes a session; returns the token that its client comes back by.
        create(data) -> "SessionToken" tokened unindexed => Plain ["EVAL put 1 other data version idle longest"];
    }
}
