//! What the emitter writes: the committed text, and what that text does once compiled.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod files;
mod keys;
mod live;
mod types;
mod units;
