//! The docs say what the code does: every method of the catalog is run on a server under every policy, and
//! what arrives is compared with what the catalog announces.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod any;
mod caches;
mod channels;
mod consumers;
mod cost;
mod counters;
mod documents;
mod fields;
mod groups;
mod hashes;
mod limits;
mod lists;
mod locks;
mod maps;
mod monitor;
mod pattern;
mod probe;
mod probed;
mod progress;
mod queues;
mod recorder;
mod sessions;
mod sets;
mod sketches;
mod source;
mod streams;
mod strings;
mod tape;
mod zsets;
