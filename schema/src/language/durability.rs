//! What may be lost.

use super::shape::{Field, Shape, Word, field};

/// `durability:` of a key.
pub(super) const DURABILITY: Field = field!(
    "durability",
    Shape::Words(CLASSES),
    "durable",
    "Whether it may be lost. Health checks hold the server's eviction policy against it.",
    default = "that of its database, else nothing is said",
    also = ["class", "storage", "evictable", "volatile"]
);

/// `durability:` of a database.
pub(super) const DATABASE_DURABILITY: Field = field!(
    "durability",
    Shape::Words(CLASSES),
    "cache",
    "Whether its keys may be lost, for those that do not say so themselves.",
    also = ["class", "storage"]
);

/// `durability:` of a channel.
pub(super) const CHANNEL_DURABILITY: Field = field!(
    "durability",
    Shape::Words(&[
        Word {
            text: "lossy",
            about: "Whoever does not listen when a message is published never gets it."
        },
        Word {
            text: "durable",
            about: "No message may be lost. A channel cannot promise that: `check` proposes a stream (L410)."
        },
    ]),
    "lossy",
    "Whether a message may be lost.",
    default = "`lossy`",
    also = ["delivery", "guarantee"]
);

const CLASSES: &[Word] = &[
    Word {
        text: "cache",
        about: "It can be had again: a server that is full may evict it.",
    },
    Word {
        text: "durable",
        about: "It is nowhere else: no server that holds it may evict it.",
    },
];
