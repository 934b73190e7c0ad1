//! Progress: how far each of a job's items is.

use super::forms::MAXLEN;
use super::shape::{Field, Object, Role, Shape, field};
use super::values::VALUE_EXPRESSION;

pub(super) const PROGRESS: Field = field!(
    "progress",
    Shape::Object(&PROGRESS_RULE),
    "{ item: file_id, max: 100, events: { maxlen: ~1000, message: string } }",
    "How far each item of a job is, from 0 to a maximum, and all of them together.",
    role = Role::Choice,
    also = ["progression", "percentage", "progress_bar"]
);

static PROGRESS_RULE: Object = Object {
    called: "a progress",
    name: "progress",
    about: "A hash with a number for each item of a job, from 0 to the maximum. Whoever begins the job says which items there are; reports \
            raise their numbers, never above the maximum, and tell how far all items are together and whether this very report was the \
            last one that was missing.",
    choice: None,
    fields: &[
        field!(
            "item",
            Shape::Named(&VALUE_EXPRESSION),
            "file_id",
            "What items are named by: a scalar, an enum or a parameter. A name that begins with `:` is refused, because the totals lie \
             beside the items under such names.",
            role = Role::Required,
            also = ["items", "of", "field", "key"]
        ),
        field!(
            "max",
            Shape::Number {
                min: 1,
                max: 1_000_000_000
            },
            "100",
            "The number at which an item is done.",
            default = "`100`",
            also = ["total", "maximum", "limit", "to"]
        ),
        field!(
            "allow_decrease",
            Shape::Switch,
            "true",
            "A report may lower a number. Otherwise one that is lower than what is there changes nothing, so that reports may come late and \
             twice.",
            default = "`false`",
            also = ["decrease", "allow_lower", "monotone"]
        ),
        field!(
            "allow_unknown",
            Shape::Switch,
            "true",
            "A report may add an item with which nobody began, and begin the job. Otherwise it is answered that the item is unknown.",
            default = "`false`",
            also = ["open", "allow_new", "unknown_items"]
        ),
        field!(
            "events",
            Shape::Object(&EVENTS),
            "{ maxlen: ~1000, message: string }",
            "Each report that changes a number is also an entry of a stream, which can be followed from a snapshot on without a gap. It lies \
             under the key's own name with `:events` behind it, which is declared thereby, and lives as long as the key.",
            default = "there is no stream",
            also = ["stream", "history", "log"]
        ),
    ],
};

static EVENTS: Object = Object {
    called: "the events of a progress",
    name: "events of a progress",
    about: "The stream of what was reported.",
    choice: None,
    fields: &[
        field!(
            "maxlen",
            Shape::Text(&MAXLEN),
            "~1000",
            "Most entries kept: whoever follows and is further behind misses some, and takes another snapshot.",
            role = Role::Required,
            also = ["max_len", "max", "length", "limit"]
        ),
        field!(
            "message",
            Shape::Named(&VALUE_EXPRESSION),
            "string",
            "What a report may say besides.",
            default = "reports are numbers alone",
            also = ["note", "text", "details"]
        ),
    ],
};
