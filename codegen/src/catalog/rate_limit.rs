//! Limits of calls.

use super::table::methods;

methods! {
    Read {
        /// What `admit` would decide; nothing counts.
        peek() -> "Decision": "O(rules)" => Plain ["EVAL {limiter} 1 key peek cost …"];
    }
    Write {
        /// Admits a call if every rule allows it; tells what was decided, and by which rule. A call that is refused does
        /// not count.
        admit() -> "Decision": "O(rules)" => Plain ["EVAL {limiter} 1 key admit cost …"];
        /// As `admit`, for a call that costs more than others: as if so many came at once, all of them or none.
        admit_cost(cost) -> "Decision": "O(rules)" => Plain ["EVAL {limiter} 1 key admit cost …"];
        /// Gives back what calls have cost that were admitted and came to nothing: never more than all of it.
        refund(cost): "O(rules)" => Plain ["EVAL {limiter} 1 key refund cost …"];
        /// Forgets every call.
        reset() again => Plain ["DEL key"];
    }
    Wait {
        /// As `admit`, but waits up to `timeout` until the call is admitted. Who would have to wait longer is refused at
        /// once, as the decision says; the call does not count then.
        admit_within(timeout) -> "Decision" stepwise: "O(rules)" => Plain ["EVAL {limiter} 1 key admit cost …", "…"];
        /// As `admit_within`, for a call that costs more than others.
        admit_cost_within(cost, timeout) -> "Decision" stepwise: "O(rules)" => Plain ["EVAL {limiter} 1 key admit cost …", "…"];
    }
}
