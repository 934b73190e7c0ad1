//! Emitters of redis-schema: from a checked schema to text.

#![forbid(unsafe_code)]

#[cfg(feature = "disk")]
pub mod disk;
#[cfg(feature = "own")]
pub mod own;
pub mod rust;
