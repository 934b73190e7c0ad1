//! Types and values, wherever they stand.

use super::declarations::{ABOUT, ALLOW};
use super::forms::{BOUND, FIELD_NAME, NUMBER_RANGE, OVER, REFERENCE, SCALAR, TYPE, VALUE, WORDS};
use super::lifetime::FIELD_TTL;
use super::shape::{Field, Named, Object, Role, Shape, Word, field};

/// `was:` of anything.
pub(super) const WAS: Field = field!(
    "was",
    Shape::Either(&[Shape::Text(&WORDS), Shape::List(&Shape::Text(&WORDS))]),
    "old_name",
    "Its earlier name, or a list of them: a rename is declared, never guessed.",
    also = ["renamed_from", "alias", "aliases", "formerly"]
);

/// A type.
pub(super) static TYPE_EXPRESSION: Named = Named {
    called: "a type",
    name: "type",
    about: "The type of a value: as text, as a list of one type (`[T]`), or as a map of one (`{string: T}`).",
    shape: Shape::Either(&[
        Shape::Text(&TYPE),
        Shape::List(&Shape::Named(&TYPE_EXPRESSION)),
        Shape::Names {
            name: &TYPE,
            value: &Shape::Named(&TYPE_EXPRESSION),
        },
    ]),
};

/// A value.
pub(super) static VALUE_EXPRESSION: Named = Named {
    called: "a value",
    name: "value",
    about: "A type and how it stands on the server. Short as text (`json<Job>`, `u32`), as a list or map of types, or long as a \
            mapping.",
    shape: Shape::Either(&[
        Shape::Text(&VALUE),
        Shape::List(&Shape::Named(&TYPE_EXPRESSION)),
        Shape::Object(&VALUE_RULE),
        Shape::Names {
            name: &TYPE,
            value: &Shape::Named(&TYPE_EXPRESSION),
        },
    ]),
};

/// A value in its long form.
pub(super) static VALUE_RULE: Object = Object {
    called: "a value",
    name: "value in long form",
    about: "A value in its long form: a reference to a key, or a type with its encoding.",
    choice: Some("content"),
    fields: &[
        field!(
            "ref",
            Shape::Text(&REFERENCE),
            "job.job_id",
            "The value is this parameter of a key, or the whole name of one. Diagrams and orphan checks follow it.",
            role = Role::Choice,
            also = ["reference", "refers", "references"]
        ),
        field!(
            "type",
            Shape::Named(&TYPE_EXPRESSION),
            "Job",
            "What it is.",
            role = Role::Choice,
            also = ["value", "of"]
        ),
        field!(
            "encode",
            Shape::Words(&[
                Word {
                    text: "text",
                    about: "One scalar as text."
                },
                Word {
                    text: "json",
                    about: "JSON."
                },
                Word {
                    text: "msgpack",
                    about: "MessagePack with field names."
                },
                Word {
                    text: "bytes",
                    about: "The bytes themselves."
                },
            ]),
            "json",
            "How it stands on the server.",
            role = Role::With(&["type"]),
            default = "text for scalars and enums, else json",
            also = ["encoding", "codec", "format"]
        ),
        field!(
            "zstd",
            Shape::Text(&OVER),
            "over 4KiB",
            "Compress encoded values of at least this size by Zstandard.",
            role = Role::With(&["type"]),
            also = ["compress", "compression"]
        ),
    ],
};

/// A field of a record, long or short.
static FIELD_EXPRESSION: Named = Named {
    called: "a field",
    name: "field",
    about: "A field of a record: a type, or a mapping with a type and more. `size: u64` is short for `size: { type: u64 }`.",
    shape: Shape::Either(&[
        Shape::Text(&TYPE),
        Shape::List(&Shape::Named(&TYPE_EXPRESSION)),
        Shape::Object(&FIELD_RULE),
        Shape::Names {
            name: &TYPE,
            value: &Shape::Named(&TYPE_EXPRESSION),
        },
    ]),
};

/// Fields of a record by name.
pub(super) const RECORD: Shape = Shape::Names {
    name: &FIELD_NAME,
    value: &Shape::Named(&FIELD_EXPRESSION),
};

/// A field in its long form.
pub(super) static FIELD_RULE: Object = Object {
    called: "a field",
    name: "field in long form",
    about: "A field of a record in its long form.",
    choice: None,
    fields: &[
        field!(
            "type",
            Shape::Named(&TYPE_EXPRESSION),
            "u32",
            "What it holds; `T?` when it may be absent.",
            role = Role::Required,
            also = ["kind"]
        ),
        ABOUT,
        field!(
            "default",
            Shape::Either(&[
                Shape::Text(&SCALAR),
                Shape::List(&Shape::Any),
                Shape::Names {
                    name: &SCALAR,
                    value: &Shape::Any
                }
            ]),
            "0",
            "Used when the stored value lacks the field; `[]` and `{}` for empty lists and maps."
        ),
        field!(
            "range",
            Shape::Text(&NUMBER_RANGE),
            "0..100",
            "Smallest and largest accepted number.",
            also = ["between"]
        ),
        field!(
            "max",
            Shape::Text(&BOUND),
            "255",
            "Longest text in bytes, largest number, or the field whose value bounds this one.",
            also = ["max_length", "maximum", "length"]
        ),
        field!(
            "unit",
            Shape::Text(&WORDS),
            "bytes",
            "Unit of measure, for the reference."
        ),
        field!(
            "secret",
            Shape::Switch,
            "true",
            "Its value is never printed.",
            default = "`false`",
            also = ["sensitive", "private"]
        ),
        field!(
            "touch",
            Shape::Words(&[Word {
                text: "on_write",
                about: "Set to the server's time by every write."
            }]),
            "on_write",
            "For timestamps of hashes: who sets it."
        ),
        FIELD_TTL,
        WAS,
        ALLOW,
    ],
};
