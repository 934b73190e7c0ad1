//! The same generated code as `redis-schema-tests` has, compiled under the rules of edition 2021.

#![deny(warnings, clippy::all, missing_docs)]

#[path = "../../golden/own.rs"]
pub mod own;

/// Everything the language can say.
#[rustfmt::skip]
#[path = "../../golden/everything.rs"]
pub mod everything;
