//! Distinct values in order of a score.

use super::table::methods;

methods! {
    Write {
        /// Adds a value or gives it another score; tells whether it was not there before.
        zadd(member, score) -> "bool" repeatable: "O(log n)" => Write ["ZADD key score member"];
        /// Adds values or gives them other scores; returns how many were not there before.
        zadd_many(entries) -> "u64" repeatable: "O(log n)" => Write ["ZADD key score member …"];
        /// Adds or updates values under conditions; returns how many were added (with `count_changed`, how
        /// many were added or updated).
        zadd_with(options, entries) -> "u64" repeatable: "O(log n)" =>
            Write ["ZADD key [NX|XX] [GT|LT] [CH] score member …"];
        /// Adds a difference to a value's score; a value that is absent counts as 0.
        zincr(member, by) -> "N": "O(log n)" => Write ["ZINCRBY key by member"];
        /// Adds a difference to a value's score under conditions.
        zincr_with(options, member, by) -> "Option<N>": "O(log n)" =>
            Write ["ZADD key [NX|XX] [GT|LT] INCR by member"];
        /// Removes a value; tells whether it was there.
        zrem(member) -> "bool" repeatable: "O(log n)" => Plain ["ZREM key member"];
        /// Removes values; returns how many were there.
        zrem_many(members) -> "u64" repeatable: "O(log n)" => Plain ["ZREM key member …"];
        /// Removes the values whose score is in the range, e.g. `..=0.5`; returns how many.
        zremrangebyscore(range) -> "u64" repeatable: "O(log n + removed)" =>
            Plain ["ZREMRANGEBYSCORE key low high"];
        /// Removes the values between two positions, both included; negative ones count from the highest
        /// score, -1 first.
        zremrangebyrank(start, stop) -> "u64": "O(log n + removed)" =>
            Plain ["ZREMRANGEBYRANK key start stop"];
        /// Removes the values in the range of their bytes at rest; all scores must be the same.
        zremrangebylex(range) -> "u64" repeatable: "O(log n + removed)" => Plain ["ZREMRANGEBYLEX key low high"];
        /// Removes all but the `keep` values of highest score; returns how many.
        trim_to_top(keep) -> "u64" repeatable: "O(log n + removed)" => Plain ["ZREMRANGEBYRANK key 0 stop"];
        /// Removes all but the `keep` values of lowest score; returns how many.
        trim_to_bottom(keep) -> "u64" repeatable: "O(log n + removed)" => Plain ["ZREMRANGEBYRANK key start -1"];
        /// Removes the values whose score is below `score`; returns how many.
        expire_members_before(score) -> "u64" repeatable: "O(log n + removed)" =>
            Plain ["ZREMRANGEBYSCORE key -inf score"];
        /// Removes and returns the value of lowest score.
        zpopmin() -> "Option<(V, N)>": "O(log n)" => Plain ["ZPOPMIN key"];
        /// Removes and returns the value of highest score.
        zpopmax() -> "Option<(V, N)>": "O(log n)" => Plain ["ZPOPMAX key"];
        /// Removes and returns up to `count` values, lowest score first.
        zpopmin_count(count) -> "Vec<(V, N)>": "O(log n)" => Plain ["ZPOPMIN key count"];
        /// Removes and returns up to `count` values, highest score first.
        zpopmax_count(count) -> "Vec<(V, N)>": "O(log n)" => Plain ["ZPOPMAX key count"];
    }
    Several {
        /// Replaces this sorted set by what a query finds in another one; returns its size.
        zrangestore(from, query) -> "u64" again or(Unsafe, "where the key is a source"): "O(log n + stored)" =>
            Replace ["ZRANGESTORE key other low high [BYSCORE|BYLEX] [REV] [LIMIT offset count]"];
        /// Replaces this sorted set by what a search finds among members with coordinates, scored by their
        /// distance in the search's unit; returns how many.
        geo_search_store_distances(from, search) -> "u64" again float: "O(n + log m)" =>
            Replace ["GEOSEARCHSTORE key other FROMMEMBER|FROMLONLAT member|longitude [latitude] BYRADIUS|BYBOX length [length] unit [ASC|DESC] [COUNT count [ANY]] STOREDIST"];
        /// The values that this sorted set and all the others hold.
        zinter(others) -> "Vec<V>" harmless: "O(n·m)" => ReadAll ["ZINTER count key other …"];
        /// As `zinter`, with the scores combined; this sorted set comes first among the weights.
        zinter_withscores(others, combine) -> "Vec<(V, N)>" harmless: "O(n·m)" =>
            ReadAll ["ZINTER count key other … [WEIGHTS weight …] [AGGREGATE MIN|MAX] WITHSCORES"];
        /// The values that this sorted set or any of the others hold.
        zunion(others) -> "Vec<V>" harmless: "O(n log n)" => ReadAll ["ZUNION count key other …"];
        /// As `zunion`, with the scores combined; this sorted set comes first among the weights.
        zunion_withscores(others, combine) -> "Vec<(V, N)>" harmless: "O(n log n)" =>
            ReadAll ["ZUNION count key other … [WEIGHTS weight …] [AGGREGATE MIN|MAX] WITHSCORES"];
        /// The values of this sorted set that none of the others hold.
        zdiff(others) -> "Vec<V>" harmless: "O(n log n)" => ReadAll ["ZDIFF count key other …"];
        /// As `zdiff`, with the scores.
        zdiff_withscores(others) -> "Vec<(V, N)>" harmless: "O(n log n)" =>
            ReadAll ["ZDIFF count key other … WITHSCORES"];
        /// Number of values that this sorted set and all the others hold; counting stops at `limit` (0 for
        /// none).
        zintercard(others, limit) -> "u64" harmless: "O(n·m)" =>
            ReadAll ["ZINTERCARD count key other … [LIMIT limit]"];
        /// Replaces this sorted set by the intersection of the sources; returns its size.
        zinterstore(sources, combine) -> "u64" again or(Unsafe, "where the key is a source"): "O(n·m + s log s)" =>
            Replace ["ZINTERSTORE key count other … [WEIGHTS weight …] [AGGREGATE MIN|MAX]"];
        /// Replaces this sorted set by the union of the sources; returns its size.
        zunionstore(sources, combine) -> "u64" again or(Unsafe, "where the key is a source"): "O(n + s log s)" =>
            Replace ["ZUNIONSTORE key count other … [WEIGHTS weight …] [AGGREGATE MIN|MAX]"];
        /// Replaces this sorted set by the values of the first source that no other source holds; returns its
        /// size.
        zdiffstore(sources) -> "u64" again or(Unsafe, "where the key is a source"): "O(n log n)" => Replace ["ZDIFFSTORE key count other …"];
    }
    Wait {
        /// As `zpopmin`, but waits up to `timeout` for a value (`Duration::MAX` for ever); `None` when none
        /// came.
        bzpopmin(timeout) -> "Option<(V, N)>": "O(log n)" => Plain ["BZPOPMIN key seconds"];
        /// As `zpopmax`, but waits up to `timeout` for a value (`Duration::MAX` for ever); `None` when none
        /// came.
        bzpopmax(timeout) -> "Option<(V, N)>": "O(log n)" => Plain ["BZPOPMAX key seconds"];
    }
}
