//! Distinct values in order of a score: reading.

use super::table::methods;

methods! {
    Read {
        /// A value's score; `None` when it is not there.
        zscore(member) -> "Option<N>" => Read ["ZSCORE key member"];
        /// The score of each value; `None` for each that is not there.
        zscore_multiple(members) -> "Vec<Option<N>>" => Read ["ZMSCORE key member …"];
        /// A value's position from the lowest score, 0 first; `None` when it is not there.
        zrank(member) -> "Option<u64>": "O(log n)" => Read ["ZRANK key member"];
        /// A value's position from the highest score, 0 first; `None` when it is not there.
        zrevrank(member) -> "Option<u64>": "O(log n)" => Read ["ZREVRANK key member"];
        /// Number of values.
        zcard() -> "u64" => Read ["ZCARD key"];
        /// Whether there is no value: such a key does not exist.
        is_empty() -> "bool" => Read ["ZCARD key"];
        /// Number of values whose score is in the range, e.g. `1.0..=5.0` or `..moment`.
        zcount(range) -> "u64": "O(log n)" => Read ["ZCOUNT key low high"];
        /// Number of values in the range of their bytes at rest; all scores must be the same.
        zlexcount(range) -> "u64": "O(log n)" => Read ["ZLEXCOUNT key low high"];
        /// The values between two positions from the lowest score, both included; negative positions count
        /// from the end, so `zrange(0, -1)` is everything.
        zrange(start, stop) -> "Vec<V>": "O(log n + returned)" => Read ["ZRANGE key start stop"];
        /// As `zrange`, with the scores.
        zrange_withscores(start, stop) -> "Vec<(V, N)>": "O(log n + returned)" =>
            Read ["ZRANGE key start stop WITHSCORES"];
        /// The values between two positions from the highest score, both included; `zrevrange(0, 9)` is the
        /// best ten.
        zrevrange(start, stop) -> "Vec<V>": "O(log n + returned)" => Read ["ZREVRANGE key start stop"];
        /// As `zrevrange`, with the scores.
        zrevrange_withscores(start, stop) -> "Vec<(V, N)>": "O(log n + returned)" =>
            Read ["ZREVRANGE key start stop WITHSCORES"];
        /// The values whose score is in the range, lowest first: `1.0..=5.0`, `..moment`, or a pair of
        /// `Bound`s to leave out the lower end.
        zrangebyscore(range) -> "Vec<V>": "O(log n + returned)" => Read ["ZRANGEBYSCORE key low high"];
        /// As `zrangebyscore`, with the scores.
        zrangebyscore_withscores(range) -> "Vec<(V, N)>": "O(log n + returned)" =>
            Read ["ZRANGEBYSCORE key low high WITHSCORES"];
        /// As `zrangebyscore`, at most `count` values after the first `offset`.
        zrangebyscore_limit(range, offset, count) -> "Vec<V>": "O(log n + offset + returned)" =>
            Read ["ZRANGEBYSCORE key low high LIMIT offset count"];
        /// As `zrangebyscore_limit`, with the scores.
        zrangebyscore_limit_withscores(range, offset, count) -> "Vec<(V, N)>": "O(log n + offset + returned)" =>
            Read ["ZRANGEBYSCORE key low high WITHSCORES LIMIT offset count"];
        /// The values whose score is in the range, highest first.
        zrevrangebyscore(range) -> "Vec<V>": "O(log n + returned)" => Read ["ZREVRANGEBYSCORE key high low"];
        /// As `zrevrangebyscore`, with the scores.
        zrevrangebyscore_withscores(range) -> "Vec<(V, N)>": "O(log n + returned)" =>
            Read ["ZREVRANGEBYSCORE key high low WITHSCORES"];
        /// As `zrevrangebyscore`, at most `count` values after the first `offset`.
        zrevrangebyscore_limit(range, offset, count) -> "Vec<V>": "O(log n + offset + returned)" =>
            Read ["ZREVRANGEBYSCORE key high low LIMIT offset count"];
        /// As `zrevrangebyscore_limit`, with the scores.
        zrevrangebyscore_limit_withscores(range, offset, count) -> "Vec<(V, N)>": "O(log n + offset + returned)" =>
            Read ["ZREVRANGEBYSCORE key high low WITHSCORES LIMIT offset count"];
        /// The values in the range of their bytes at rest, in their order; all scores must be the same.
        zrangebylex(range) -> "Vec<V>": "O(log n + returned)" => Read ["ZRANGEBYLEX key low high"];
        /// The values a query finds.
        zrange_by(query) -> "Vec<V>": "O(log n + returned)" =>
            Read ["ZRANGE key low high [BYSCORE|BYLEX] [REV] [LIMIT offset count]"];
        /// The values a query finds, with their scores.
        zrange_by_withscores(query) -> "Vec<(V, N)>": "O(log n + returned)" =>
            Read ["ZRANGE key low high [BYSCORE|BYLEX] [REV] [LIMIT offset count] WITHSCORES"];
        /// A random value.
        zrandmember() -> "Option<V>" => Read ["ZRANDMEMBER key"];
        /// Up to `count` distinct random values.
        zrandmember_count(count) -> "Vec<V>": "O(count)" => Read ["ZRANDMEMBER key count"];
        /// Up to `count` distinct random values with their scores.
        zrandmember_withscores(count) -> "Vec<(V, N)>": "O(count)" =>
            Read ["ZRANDMEMBER key count WITHSCORES"];
        /// Walks the values with their scores page by page.
        zscan() -> "Scan<(V, N)>" paged: "O(n)" => Plain ["ZSCAN key cursor COUNT 500"];
        /// Walks the values with their scores page by page over a synchronous connection.
        zscan_on(connection) -> "ScanIter<(V, N)>" paged: "O(n)" => Plain ["ZSCAN key cursor COUNT 500"];
        /// Walks the values whose bytes at rest match a glob pattern.
        zscan_match(pattern) -> "Scan<(V, N)>" paged: "O(n)" =>
            Plain ["ZSCAN key cursor MATCH pattern COUNT 500"];
        /// Walks the values whose bytes at rest match a glob pattern over a synchronous connection.
        zscan_match_on(connection, pattern) -> "ScanIter<(V, N)>" paged: "O(n)" =>
            Plain ["ZSCAN key cursor MATCH pattern COUNT 500"];
    }
}
