//! Values in order.

use super::table::methods;

methods! {
    Read {
        /// The values from `start` to `stop`, both included.
        lrange(start, stop) -> "Vec<V>": "O(s + n)" => Read ["LRANGE key start stop"];
        /// Every value.
        all() -> "Vec<V>": "O(n)" => Read ["LRANGE key 0 -1"];
        /// The value at a position; `None` beyond the ends.
        lindex(index) -> "Option<V>": "O(n)" => Read ["LINDEX key index"];
        /// Number of values; 0 when the key does not exist.
        llen() -> "u64" => Plain ["LLEN key"];
        /// Whether there is no value, that is, no key.
        is_empty() -> "bool" => Plain ["LLEN key"];
        /// Position of the first value equal to this one.
        lpos(value) -> "Option<u64>": "O(n)" => Read ["LPOS key value"];
        /// Position of a value equal to this one, found as the options say.
        lpos_with(value, options) -> "Option<u64>": "O(n)" => Read ["LPOS key value RANK rank MAXLEN length"];
        /// Positions of all values equal to this one, in the order they are found.
        lpos_all(value, options) -> "Vec<u64>": "O(n)" =>
            Read ["LPOS key value RANK rank MAXLEN length COUNT 0"];
    }
    Write {
        /// Adds a value on the left; returns the new length.
        lpush(value) -> "u64" => Write ["LPUSH key value"];
        /// Adds a value on the right; returns the new length.
        rpush(value) -> "u64" => Write ["RPUSH key value"];
        /// Adds values on the left one after the other, so that the last one given comes first; returns the
        /// new length.
        lpush_many(values) -> "u64": "O(n)" => Write ["LPUSH key value …"];
        /// Adds values on the right in the order given; returns the new length.
        rpush_many(values) -> "u64": "O(n)" => Write ["RPUSH key value …"];
        /// Adds a value on the left of a list that exists; returns the new length, or `None` when there is no
        /// list.
        lpush_exists(value) -> "Option<u64>" => Write ["LPUSHX key value"];
        /// Adds a value on the right of a list that exists; returns the new length, or `None` when there is
        /// no list.
        rpush_exists(value) -> "Option<u64>" => Write ["RPUSHX key value"];
        /// Adds a value on the left and drops values on the right beyond `max`; returns the new length.
        lpush_capped(value, max) -> "u64" => Write ["LPUSH key value", "LTRIM key start stop", "LLEN key"];
        /// Adds a value on the right and drops values on the left beyond `max`; returns the new length.
        rpush_capped(value, max) -> "u64" =>
            Write ["LPUSH|RPUSH key value", "LTRIM key start stop", "LLEN key"];
        /// Adds a value before the first one equal to `pivot`; returns the new length, or `None` when there
        /// is none.
        linsert_before(pivot, value) -> "Option<u64>": "O(n)" =>
            Plain ["EVAL insert 1 key {live} BEFORE pivot value"];
        /// Adds a value after the first one equal to `pivot`; returns the new length, or `None` when there is
        /// none.
        linsert_after(pivot, value) -> "Option<u64>": "O(n)" =>
            Plain ["EVAL insert 1 key {live} AFTER pivot value"];
        /// Replaces the value at a position; tells whether there is one.
        lset(index, value) -> "bool": "O(n)" => Plain ["EVAL set 1 key {live} index value"];
        /// Removes values equal to this one: the first `count` of them, the last ones when `count` is
        /// negative, all when it is 0.
        lrem(count, value) -> "u64": "O(n)" => Plain ["LREM key count value"];
        /// Removes all values but those from `start` to `stop`, both included.
        ltrim(start, stop) or(Idempotent, "when one end stays"): "O(n)" => Plain ["LTRIM key start stop"];
        /// Takes the first value; `None` when there is none.
        lpop() -> "Option<V>" => Plain ["LPOP key"];
        /// Takes the last value; `None` when there is none.
        rpop() -> "Option<V>" => Plain ["RPOP key"];
        /// Takes up to `count` values from the left, the first one first.
        lpop_count(count) -> "Vec<V>": "O(count)" => Plain ["LPOP key count"];
        /// Takes up to `count` values from the right, the last one first.
        rpop_count(count) -> "Vec<V>": "O(count)" => Plain ["RPOP key count"];
        /// Adds an element where the declared order wants it; returns the new length.
        push(value) -> "u64" ordered => Write ["{push} key value"];
        /// Adds elements one after the other as `push` does; returns the new length.
        push_many(values) -> "u64" ordered: "O(n)" => Write ["{push} key value …"];
        /// Takes the next element in the declared order; `None` when there is none.
        pop() -> "Option<V>" ordered => Plain ["LPOP key"];
    }
    Several {
        /// Moves the next element to the list of those that are worked on; returns it, or `None` when there is none.
        take(processing) -> "Option<V>" worked =>
            Move ["LMOVE key other LEFT RIGHT", "EVAL move 2 key other {live} LEFT RIGHT"];
        /// Removes an element that is dealt with from those that are worked on; tells whether it was there.
        done(processing, value) -> "bool" worked: "O(n)" => Plain ["LREM other 1 value"];
        /// Gives an element back that is worked on: it comes next; tells whether it was there.
        give_back(processing, value) -> "bool" worked: "O(n)" =>
            Plain ["EVAL give_back 2 key other {live} value"];
        /// Gives back up to `count` elements that are worked on, those taken last first, so that they come next in
        /// the order in which they were taken: for when those who worked on them are gone.
        recover(processing, count) -> "u64" worked: "O(count)" =>
            Plain ["EVAL recover 2 key other {live} count"];
        /// Takes a value from one end of this list and adds it to an end of another; returns it, or `None`
        /// when there is none.
        lmove(from, to, into) -> "Option<V>" =>
            Move ["LMOVE key other LEFT|RIGHT LEFT|RIGHT", "EVAL move 2 key other {live} LEFT|RIGHT LEFT|RIGHT"];
    }
    Wait {
        /// As `lpop`, but waits up to `timeout` for a value (`Duration::MAX` for ever); `None` when none
        /// came.
        blpop(timeout) -> "Option<V>" => Plain ["BLPOP key seconds"];
        /// As `rpop`, but waits up to `timeout` for a value (`Duration::MAX` for ever); `None` when none
        /// came.
        brpop(timeout) -> "Option<V>" => Plain ["BRPOP key seconds"];
        /// As `lmove`, but waits up to `timeout` for a value (`Duration::MAX` for ever); `None` when none
        /// came.
        blmove(from, to, into, timeout) -> "Option<V>" =>
            WaitOther ["BLMOVE key other LEFT|RIGHT LEFT|RIGHT seconds"];
    }
}
