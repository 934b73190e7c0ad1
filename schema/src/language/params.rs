//! Parameters of templates.

use super::declarations::{ABOUT, ALLOW};
use super::forms::{PARAM_TYPE, RUST_PATH, WORDS};
use super::shape::{Object, Role, Shape, Word, field};
use super::values::WAS;

/// A parameter, long or short.
pub(super) const PARAM: Shape =
    Shape::Either(&[Shape::Text(&PARAM_TYPE), Shape::Object(&PARAM_RULE)]);

/// A parameter in its long form.
pub(super) static PARAM_RULE: Object = Object {
    called: "a parameter",
    name: "parameter",
    about: "A placeholder of templates. Its type has a closed alphabet and one text form, so that building a key and reading it \
            back are inverses. `job_id: uuid` is short for `job_id: { type: uuid }`.",
    choice: None,
    fields: &[
        field!(
            "type",
            Shape::Text(&PARAM_TYPE),
            "hex(64)",
            "What it is.",
            role = Role::Required,
            // An enum is declared under `types:`; see the help for unknown fields.
            also = ["kind", "enum"]
        ),
        ABOUT,
        field!(
            "max",
            Shape::Number {
                min: 1,
                max: u32::MAX as i64
            },
            "64",
            "Longest accepted length: in characters for `slug`, in bytes before encoding for `string` and `rest`.",
            also = ["max_length", "length", "maxlen"]
        ),
        field!(
            "encode",
            Shape::Words(&[
                Word {
                    text: "percent",
                    about: "Bytes outside `[A-Za-z0-9._~-]` become `%XX`; exactly invertible."
                },
                Word {
                    text: "hash",
                    about: "SHA-256 as 64 hexadecimal characters; the text itself cannot be recovered."
                },
                Word {
                    text: "raw",
                    about: "As it is. It needs a `reason:`."
                },
            ]),
            "percent",
            "How a `string` stands in the key; needed for `string`, of no meaning elsewhere.",
            also = ["encoding", "escape"]
        ),
        field!(
            "reason",
            Shape::Text(&WORDS),
            "Names are checked at sign-up.",
            "Why `encode: raw` is safe here.",
            role = Role::With(&["encode"])
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
            "rust",
            Shape::Text(&RUST_PATH),
            "crate::UserId",
            "A type of yours in place of the built-in one; for integers, `uuid`, `ulid`, `slug`, `hex(N)` and `string`."
        ),
        WAS,
        ALLOW,
    ],
};
