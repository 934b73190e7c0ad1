//! Every accessor through every fault: the command is lost, its reply is lost, the connection is reset, cut in the
//! middle of a frame, silent or slow, at the first frame of the operation and at the last.
//!
//! Whatever happens, the answer is the operation's own or a typed error, in bounded time; what must not run twice runs
//! once at most, and what was answered did run. The accessors are those of the catalogue, built by its own tests, and
//! what the catalogue lists and nothing here drives fails. `load` has callers at work while servers are treated badly.
//! `cargo test -p redis-schema-tests --test faults -- --nocapture` prints a report; `scripts/test` shows its sums.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod cluster;
mod counted;
mod covered;
mod load;
mod point;
mod probe;
mod report;
mod sums;
mod waiting;

#[path = "../catalog/any.rs"]
mod any;
#[path = "../catalog/caches.rs"]
mod caches;
#[path = "../catalog/channels.rs"]
mod channels;
#[path = "../catalog/consumers.rs"]
mod consumers;
#[path = "../catalog/counters.rs"]
mod counters;
#[path = "../catalog/fields.rs"]
mod fields;
#[path = "../catalog/groups.rs"]
mod groups;
#[path = "../catalog/hashes.rs"]
mod hashes;
#[path = "../catalog/limits.rs"]
mod limits;
#[path = "../catalog/lists.rs"]
mod lists;
#[path = "../catalog/locks.rs"]
mod locks;
#[path = "../catalog/maps.rs"]
mod maps;
#[path = "../catalog/probed.rs"]
mod probed;
#[path = "../catalog/progress.rs"]
mod progress;
#[path = "../catalog/queues.rs"]
mod queues;
#[path = "../catalog/sessions.rs"]
mod sessions;
#[path = "../catalog/sets.rs"]
mod sets;
#[path = "../catalog/sketches.rs"]
mod sketches;
#[path = "../catalog/streams.rs"]
mod streams;
#[path = "../catalog/strings.rs"]
mod strings;
#[path = "../catalog/zsets.rs"]
mod zsets;

/// Lines of the report: whatever calls [`report::finish`] stands here.
const TABLES: [&str; 36] = [
    "cluster",
    "faults::any::run",
    "faults::any::run_family",
    "faults::caches::cache",
    "faults::caches::tag",
    "faults::caches::tagged",
    "faults::channels::run",
    "faults::consumers::run",
    "faults::counters::run",
    "faults::fields::maps",
    "faults::fields::records",
    "faults::groups::run",
    "faults::hashes::run",
    "faults::limits::run",
    "faults::lists::run",
    "faults::locks::guards",
    "faults::locks::locks",
    "faults::locks::numbers",
    "faults::locks::semaphores",
    "faults::maps::run",
    "faults::queues::tasks",
    "faults::sessions::indexes",
    "faults::sessions::sessions",
    "faults::progress::events",
    "faults::progress::run",
    "faults::sets::run",
    "faults::sketches::bitmaps",
    "faults::sketches::estimates",
    "faults::sketches::places",
    "faults::streams::run",
    "faults::strings::run",
    "faults::waiting::run",
    "faults::zsets::run",
    "load::cluster",
    "load::cluster that fails over",
    "load::single",
];

/// Keys of every structure, on a cluster too.
#[redis_schema::redis_schema("tests/several/several.redis.yaml")]
pub mod several {}
