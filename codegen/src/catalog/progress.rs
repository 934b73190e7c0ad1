//! How far each of a job's items is.

use super::table::methods;

methods! {
    Read {
        /// The number of an item; `None` where it is none of the job's.
        value(item) -> "Option<u32>" => Plain ["HGET key item"];
        /// All items together; `None` where the job was not begun, or is over.
        totals() -> "Option<Totals>" => Plain ["EVAL totals {logged} {live} max"];
        /// Every item with its number, the totals, and the last event that is part of it: from there on it can be followed without a gap.
        snapshot() -> "Snapshot<I, A>": "O(n)" => Plain ["{snapshot}"];
    }
    Write {
        /// Says which items there are, each at 0; returns the totals. Those that are there keep their numbers, so that it may be said again, and of further items.
        begin(items) -> "Totals" again: "O(n)" => Plain ["EVAL begin {logged} {live} max item …"];
        /// Raises the number of an item; tells what it is now, the totals, and whether this very report completed all items.
        report(item, value) -> "Reported" tokened or(Unsafe, "with `allow_decrease: true`") =>
            Plain ["EVAL report {logged} {live} max item value unknown decrease token{kept_events}"];
        /// As `report`, with something to say besides. It is said by the event: a report that changes no number says nothing.
        report_with(item, value, message) -> "Reported" tokened or(Unsafe, "with `allow_decrease: true`") told =>
            Plain ["EVAL report {logged} {live} max item value unknown decrease token{kept_events} message"];
        /// Forgets every item, and the events: the job may begin anew.
        clear() again => Plain ["UNLINK key{events}"];
    }
    Wait {
        /// What is reported after a snapshot, as it comes: every change of a number, in order, none left out as long as the follower is no further behind than the schema keeps events.
        follow(from) -> "Follow<Event<I, M>>" harmless followed stepwise: "O(returned)" =>
            Plain ["XREAD COUNT 100 BLOCK 2500 STREAMS events id", "…"];
        /// As `follow`, with another wait and number of events for one round trip.
        follow_with(from, options) -> "Follow<Event<I, M>>" harmless followed stepwise: "O(returned)" =>
            Plain ["XREAD COUNT count BLOCK milliseconds STREAMS events id", "…"];
    }
}
