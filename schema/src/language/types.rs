//! Declared types.

use super::declarations::{ABOUT, ALLOW};
use super::forms::{BOUND, NUMBER_RANGE, RUST_PATH, TYPE_NAME, VARIANT, WORDS};
use super::shape::{Field, Object, Role, Shape, Word, field};
use super::values::{RECORD, TYPE_EXPRESSION, WAS};

/// A declared type.
pub(super) static TYPE_DECLARATION: Object = Object {
    called: "a type",
    name: "type declaration",
    about: "A type of values: an enum, a record, one of several records, a Rust type of yours, or another name for a type.",
    choice: Some("kind"),
    fields: &[
        field!(
            "enum",
            Shape::Either(&[Shape::List(&Shape::Text(&VARIANT)), VARIANTS]),
            "[queued, running, done]",
            "One of these texts.",
            role = Role::Choice,
            also = ["values", "variants", "one"]
        ),
        field!(
            "fields",
            RECORD,
            "{ status: JobStatus, size: u64 }",
            "A record of these fields.",
            role = Role::Choice,
            also = ["struct", "properties", "record", "object"]
        ),
        Field {
            role: Role::Choice,
            ..ONE_OF
        },
        field!(
            "as",
            Shape::Named(&TYPE_EXPRESSION),
            "string",
            "How the Rust type of yours that `rust:` names is stored.",
            role = Role::Choice,
            also = ["stored", "repr"]
        ),
        field!(
            "type",
            Shape::Named(&TYPE_EXPRESSION),
            "u8",
            "Another name for this type, with its limits.",
            role = Role::Choice,
            also = ["alias", "is"]
        ),
        ABOUT,
        field!(
            "other",
            Shape::Text(&TYPE_NAME),
            "Unknown",
            "Name of the variant that keeps a text which is none of the enum's: old programs then survive new variants.",
            role = Role::With(&["enum"]),
            also = ["fallback", "unknown", "default", "catch_all"]
        ),
        field!(
            "flow",
            Shape::Names {
                name: &VARIANT,
                value: &Shape::List(&Shape::Text(&VARIANT))
            },
            "{ queued: [running], running: [done] }",
            "Allowed transitions of the enum.",
            role = Role::With(&["enum"]),
            default = "every transition",
            also = ["transitions"]
        ),
        Field {
            role: Role::With(&["one_of"]),
            ..TAG
        },
        field!(
            "rust",
            Shape::Text(&RUST_PATH),
            "crate::Money",
            "A Rust type of yours: one that is stored as `as:` says, or a struct with these `fields:`.",
            role = Role::With(&["as", "fields"])
        ),
        UNKNOWN_FIELDS,
        field!(
            "range",
            Shape::Text(&NUMBER_RANGE),
            "0..100",
            "Smallest and largest accepted number.",
            role = Role::With(&["type"])
        ),
        field!(
            "max",
            Shape::Text(&BOUND),
            "255",
            "Longest text in bytes, or largest number.",
            role = Role::With(&["type"])
        ),
        WAS,
        ALLOW,
    ],
};

/// Shapes that are told apart by a tag.
pub(super) const ONE_OF: Field = field!(
    "one_of",
    Shape::Names {
        name: &VARIANT,
        value: &Shape::Either(&[Shape::Text(&TYPE_NAME), RECORD])
    },
    "{ started: {}, finished: { status: JobStatus } }",
    "One of these records, told apart by a tag: each the name of a record type, or its fields.",
    also = ["oneof", "union", "any_of"]
);

/// What readers do with fields that a record does not declare.
pub(super) const UNKNOWN_FIELDS: Field = field!(
    "unknown_fields",
    Shape::Words(&[
        Word {
            text: "ignore",
            about: "They are skipped, so that a field can be added while old programs run."
        },
        Word {
            text: "refuse",
            about: "Reading fails with `Corrupt`, so that no field can be added while old programs run (B211, L405)."
        },
    ]),
    "refuse",
    "What reading does with fields that the record does not declare.",
    role = Role::With(&["fields"]),
    default = "`ignore`",
    also = [
        "deny_unknown_fields",
        "additional_properties",
        "strict",
        "closed"
    ]
);

/// What tells them apart.
pub(super) const TAG: Field = field!(
    "tag",
    Shape::Text(&WORDS),
    "type",
    "The property that holds the variant's name.",
    default = "`type`",
    also = ["discriminator"]
);

const VARIANTS: Shape = Shape::Names {
    name: &VARIANT,
    value: &Shape::Either(&[Shape::Nothing, Shape::Object(&VARIANT_RULE)]),
};

/// A variant in its long form.
pub(super) static VARIANT_RULE: Object = Object {
    called: "a variant",
    name: "variant in long form",
    about: "A variant of an enum, or of several records, in its long form.",
    choice: None,
    fields: &[
        field!(
            "text",
            Shape::Text(&WORDS),
            "in-progress",
            "Its text on the server.",
            default = "the variant's name",
            also = ["value", "as"]
        ),
        ABOUT,
    ],
};
