//! What is gone from the schema while its data may still lie on the server.

use super::declarations::{ABOUT, DATABASE_FIELD};
use super::forms::{PART, TEMPLATE};
use super::shape::{Field, Object, Role, Shape, field};

/// Something that is gone.
pub(super) static TOMBSTONE: Object = Object {
    called: "a tombstone",
    name: "tombstone",
    about: "A key, field, variant or consumer group that is gone from the schema while its data may still lie on the server. Nothing new \
            may have its name: it would be read as what it was not.",
    choice: Some("thing that is gone"),
    fields: &[
        field!(
            "key",
            Shape::Text(&TEMPLATE),
            "\"jobs/{job_id}\"",
            "The template that a key had.",
            role = Role::Choice,
            also = ["template", "pattern"]
        ),
        field!(
            "field",
            Shape::Text(&PART),
            "Job.progress",
            "A field of a record: of a declared type, or of the key that it stands under.",
            role = Role::Choice,
            also = ["property", "attribute"]
        ),
        field!(
            "variant",
            Shape::Text(&PART),
            "JobStatus.lost",
            "A variant of an enum or of a `one_of`, by its text on the server.",
            role = Role::Choice,
            also = ["value"]
        ),
        field!(
            "group",
            Shape::Text(&PART),
            "orders.mailer",
            "A consumer group of a stream.",
            role = Role::Choice,
            also = ["consumer_group"]
        ),
        field!(
            "removed_in",
            Shape::Number {
                min: 1,
                max: u32::MAX as i64
            },
            "3",
            "Version of the schema in which it went.",
            role = Role::Required,
            also = ["removed", "since", "version"]
        ),
        Field {
            role: Role::With(&["key"]),
            ..DATABASE_FIELD
        },
        ABOUT,
    ],
};
