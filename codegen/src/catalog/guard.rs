//! What is held.

use super::table::methods;

methods! {
    Held {
        /// Gives it back.
        release() tokened => Plain ["EVAL release 1 key token"];
        /// Starts the declared lease anew, as far as `max_hold` goes.
        renew() tokened => Plain ["EVAL renew 1 key token milliseconds"];
        /// Lets what is left of the lease be longer by a time, as far as `max_hold` goes.
        extend_by(time) tokened => Plain ["EVAL renew 1 key token milliseconds"];
        /// Lets the lease end a time from now, be that sooner or later, as far as `max_hold` goes.
        set_lease(lease) tokened => Plain ["EVAL renew 1 key token milliseconds"];
        /// When its holder must have stopped, by this process's clock: a tenth of the lease, half a second at most, before the server may
        /// give it to somebody else.
        deadline() -> "Instant" harmless local => Plain [];
        /// Whether it is lost: its deadline is over, or the server said that somebody else may have it.
        is_lost() -> "bool" harmless local => Plain [];
        /// Completes when it is lost, before the server gives it to somebody else; never when it is given back.
        lost() harmless local => Plain [];
        /// Whose hold it is, for another process to renew and release it by.
        token() -> "Token" harmless local => Plain [];
        /// The number of the hold: higher than those of all holds before.
        fence() -> "Fence" harmless local numbered => Plain [];
    }
}
