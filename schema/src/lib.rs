//! The language of redis-schema: YAML text to a checked model of a Redis keyspace.
//!
//! Pure: no input or output, no Redis client, no Rust syntax.

#![forbid(unsafe_code)]

mod alphabet;
mod check;
pub mod diagnostic;
pub mod format;
pub mod language;
pub mod load;
pub mod lower;
pub mod model;
pub mod node;
mod overlap;
pub mod source;
pub mod template;
mod text;
pub mod yaml;
