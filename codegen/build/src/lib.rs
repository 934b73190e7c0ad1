//! The build-script door of redis-schema: typed accessors for every schema of a directory.
//!
//! `build.rs`
//! ```no_run
//! redis_schema_build::compile("schemas/");
//! ```
//! `src/lib.rs`
//! ```text
//! include!(concat!(env!("OUT_DIR"), "/redis_schemas.rs"));
//! ```
//! Each schema becomes a module with the schema's name, `faultline::Store` for one. Files that another schema
//! imports are parts of it and get none.
//!
//! The crate that includes the modules depends on `redis-schema`; one that includes everything through a build
//! script can leave that crate's `macros` feature out.

#![forbid(unsafe_code)]

mod builder;
mod report;
mod schemas;

use std::path::Path;

pub use builder::Builder;
pub use report::Report;

/// Compiles every schema below a directory (`*.redis.yaml`), or a single one, and tells Cargo what it read.
///
/// Mistakes fail the build: Cargo shows each as an error and goes no further, without this process panicking or
/// ending early. [`Builder`] has the options.
pub fn compile(schemas: impl AsRef<Path>) {
    Builder::new(schemas).compile();
}
