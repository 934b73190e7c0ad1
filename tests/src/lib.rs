//! Generated code as it is committed, compiled under every lint that a user's crate may deny.

#![deny(warnings, clippy::all, missing_docs)]

#[path = "../golden/own.rs"]
pub mod own;

/// Keys that do without their server.
#[rustfmt::skip]
#[path = "../golden/degrading.rs"]
pub mod degrading;

/// Everything the language can say.
#[rustfmt::skip]
#[path = "../golden/everything.rs"]
pub mod everything;

/// Names that the generated code uses itself.
#[rustfmt::skip]
#[path = "../golden/names.rs"]
pub mod names;

/// What only the newest servers have.
#[rustfmt::skip]
#[path = "../golden/newest.rs"]
pub mod newest;

/// As little as a schema may say.
#[rustfmt::skip]
#[path = "../golden/plain.rs"]
pub mod plain;
