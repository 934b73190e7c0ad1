//! Emitters of redis-schema: from a checked schema to text.

#![forbid(unsafe_code)]

pub mod catalog;
#[cfg(feature = "disk")]
pub mod disk;
#[cfg(feature = "docs")]
pub mod docs;
pub mod files;
#[cfg(feature = "own")]
pub mod own;
#[cfg(any(feature = "pretty", feature = "docs"))]
#[doc(hidden)]
pub mod parallel;
pub mod rust;
