//! Lists, and what they are used as.

use super::forms::NAME;
use super::shape::{Field, Object, Role, Shape, Word, field};
use super::values::VALUE_EXPRESSION;

const VALUE: Shape = Shape::Named(&VALUE_EXPRESSION);

pub(super) const LIST: Field = field!(
    "list",
    Shape::Either(&[VALUE, Shape::Object(&LIST_RULE)]),
    "json<SourceFile>",
    "Values in order; with `of:` also what the list is used as.",
    role = Role::Choice,
    also = ["array"]
);

static LIST_RULE: Object = Object {
    called: "a list",
    name: "list",
    about: "Values in the order in which they are taken. The next one stands on the left.",
    choice: None,
    fields: &[
        field!(
            "of",
            VALUE,
            "json<Task>",
            "The values.",
            role = Role::Required,
            also = ["member", "type", "value", "values", "element"]
        ),
        field!(
            "order",
            Shape::Words(&[
                Word {
                    text: "fifo",
                    about: "The one that was added first is the next: added on the right, taken on the left."
                },
                Word {
                    text: "lifo",
                    about: "The one that was added last is the next: added and taken on the left."
                },
            ]),
            "fifo",
            "Which value is the next. `push` and `pop` follow it.",
            default = "callers choose an end",
            also = ["ends", "direction"]
        ),
        field!(
            "processing",
            Shape::Text(&NAME),
            "running",
            "The list that holds values while they are worked on, so that the work of who fails is not lost. It holds the same \
             values and lies in the same database; `take`, `done` and `recover` move values between the two.",
            role = Role::With(&["order"]),
            also = ["in_work", "claimed", "working", "backup"]
        ),
    ],
};
