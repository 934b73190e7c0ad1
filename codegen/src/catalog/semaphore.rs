//! Semaphores.

use super::table::methods;

methods! {
    Read {
        /// How many permits are taken and free at the moment.
        inspect() -> "Permits": "O(log n)" => Plain ["EVAL inspect 1 key"];
    }
    Write {
        /// Takes a permit if one is free; `None` while others have them all.
        try_acquire() -> "Option<Guard>" tokened: "O(log n)" => Plain ["EVAL acquire 1 key token milliseconds permits"];
        /// Takes a permit for a token if one is free; tells whether the token has one.
        acquire_as(token) -> "bool" tokened: "O(log n)" => Plain ["EVAL acquire 1 key token milliseconds permits"];
        /// Starts the lease of a token's permit anew; tells whether the token still had one.
        renew_as(token) -> "bool" tokened: "O(log n)" => Plain ["EVAL renew 1 key token milliseconds"];
        /// Gives the permit of a token back; one that has none changes nothing.
        release_as(token) tokened: "O(log n)" => Plain ["EVAL release 1 key token"];
        /// Takes all permits from whoever has them; returns how many there were.
        force_release() -> "u64" repeatable: "O(n)" => Plain ["EVAL force 1 key"];
    }
    Wait {
        /// Takes a permit, and waits for others as long as the schema says.
        acquire() -> "Guard" tokened stepwise: "O(log n)" => Plain ["EVAL acquire 1 key token milliseconds permits", "…"];
        /// As `acquire`, and waits so long.
        acquire_within(wait) -> "Guard" tokened stepwise: "O(log n)" => Plain ["EVAL acquire 1 key token milliseconds permits", "…"];
        /// Takes a permit as `acquire` does, does some work, and gives it back; work that is not done when the permit is lost is
        /// dropped where it waits.
        with_permit(body) -> "T" tokened stepwise: "O(log n)" =>
            Plain ["EVAL acquire 1 key token milliseconds permits", "…", "EVAL release 1 key token"];
    }
}
