//! What a key's accessors do while its server cannot be reached.

use super::shape::{Field, Role, Shape, Word, field};

/// `on_unavailable:` of a key.
pub(super) const ON_UNAVAILABLE: Field = field!(
    "on_unavailable",
    Shape::Either(&[Shape::Words(WAYS), Shape::List(&Shape::Words(WAYS))]),
    "[absent, skip_write]",
    "What a store does while the server cannot be reached, by structures that can do without. Calls fail by `error`; reads of the value answer as if nothing were there by `absent`, and the key's `default:` by `default`; by `load`, `get_or_load` and its kin answer what their loader loads, and other reads fail; by `skip_write`, writes that answer nothing are **dropped** and reported as done. A list says both. A `rate_limit:` has words of its own: calls are admitted by `allow` and refused by `deny`.",
    default = "`error`",
    also = ["on_error", "on_failure", "degrade", "when_down"]
);

/// `default:` of a key.
pub(super) const FALLBACK: Field = field!(
    "default",
    Shape::Any,
    "0",
    "What reads answer under `on_unavailable: default`.",
    role = Role::With(&["on_unavailable"]),
    also = ["fallback"]
);

const WAYS: &[Word] = &[
    Word {
        text: "error",
        about: "The call fails.",
    },
    Word {
        text: "absent",
        about: "Reads of the value answer as if nothing were there; those with a loader call it.",
    },
    Word {
        text: "default",
        about: "Reads of the value answer the key's `default:`, and loaders are not called.",
    },
    Word {
        text: "load",
        about: "Reads of the value that have a loader call it and store nothing. Others fail.",
    },
    Word {
        text: "skip_write",
        about: "Writes that answer nothing are **dropped**, and reported as done. Others fail.",
    },
    Word {
        text: "allow",
        about: "A `rate_limit:` admits every call.",
    },
    Word {
        text: "deny",
        about: "A `rate_limit:` refuses every call.",
    },
];
