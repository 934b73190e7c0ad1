//! Locks.

use super::table::methods;

methods! {
    Read {
        /// How the lock is held at the moment; `None` when it is free.
        inspect() -> "Option<Holding<F>>" => Plain ["EVAL inspect {held}"];
    }
    Write {
        /// Takes the lock if it is free; `None` while somebody else has it.
        try_acquire() -> "Option<Guard<F>>" tokened => Plain ["EVAL acquire {held} token milliseconds{kept}"];
        /// Takes the lock for a token if it is free; `None` while somebody else has it.
        acquire_as(token) -> "Option<F>" tokened => Plain ["EVAL acquire {held} token milliseconds{kept}"];
        /// Starts the lease of a token anew; tells whether the token still had the lock.
        renew_as(token) -> "bool" tokened => Plain ["EVAL renew 1 key token milliseconds"];
        /// Gives the lock back for a token; one that does not have it changes nothing.
        release_as(token) tokened => Plain ["EVAL release 1 key token"];
        /// Takes the lock from whoever has it; tells whether somebody had.
        force_release() -> "bool" repeatable => Plain ["EVAL force 1 key"];
    }
    Wait {
        /// Takes the lock, and waits for others as long as the schema says.
        acquire() -> "Guard<F>" tokened stepwise => Plain ["EVAL acquire {held} token milliseconds{kept}", "…"];
        /// As `acquire`, and waits so long.
        acquire_within(wait) -> "Guard<F>" tokened stepwise => Plain ["EVAL acquire {held} token milliseconds{kept}", "…"];
        /// Takes the lock as `acquire` does, does some work, and gives it back; work that is not done when the lock is lost is dropped
        /// where it waits.
        with_lock(body) -> "T" tokened stepwise =>
            Plain ["EVAL acquire {held} token milliseconds{kept}", "…", "EVAL release 1 key token"];
    }
}
