//! The `redis-schema` command as a user runs it: the real binary, its exit codes and both its streams.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod check;
mod diff;
mod docs;
mod explain;
mod fmt;
mod formats;
mod generate;
mod hooks;
mod init;
mod inputs;
mod junit;
mod language;
mod lint;
#[cfg(feature = "live")]
mod live;
mod release;
mod sandbox;
mod sarif;
#[cfg(feature = "live")]
mod secure;
mod shells;
mod streams;
mod usage;
