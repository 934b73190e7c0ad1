//! What a store tells about itself: statistics always, metrics and spans as features.
//!
//! - [`Store::stats`](crate::Store::stats): requests under way and waiting, connections and how often they were
//!   replaced. Free of cost; needs no feature.
//! - The feature `metrics`: counters, gauges and histograms for whatever recorder the
//!   [`metrics`](https://docs.rs/metrics) facade has. [`METRICS`] lists them. Install the recorder before the
//!   first operation: what an operation needs to count is looked up once and kept.
//! - The feature `tracing`: a span for each operation at level `DEBUG` under the target
//!   `redis_schema::operation`, named and attributed as OpenTelemetry's conventions for databases have it
//!   ([`ATTRIBUTES`]), and events under `redis_schema` when something happens to a connection.
//!
//! Everything is labelled by key template and operation, never by key; values appear nowhere. An operation is
//! called by its command, in capitals as the server has it: `GET`. A transaction that an accessor needs is
//! called by the command whose answer it returns, a script `EVAL`, a batch of several commands `PIPELINE` or
//! `MULTI`; the template of a batch is `(several)` unless all its commands share one.
//!
//! Commands that are built from keys alone and run on connections of yours are yours to observe.

mod catalog;
mod events;
mod holds;
mod limits;
mod load;
mod loading;
#[cfg(feature = "metrics")]
mod meters;
// Without the features nobody asks what an operation is called.
#[cfg_attr(not(any(feature = "metrics", feature = "tracing")), allow(dead_code))]
mod operation;
mod reading;
#[cfg(feature = "tracing")]
mod spans;
mod stats;
mod watch;

pub use catalog::{ATTRIBUTES, Attribute, Kind, METRICS, Metric};
pub(crate) use events::{breaker, connect_failed, crowded, degraded, reconnected, retried};
pub(crate) use holds::{Acquiring, held};
pub(crate) use limits::decided;
pub(crate) use load::Load;
pub(crate) use loading::{Loading, shared as shared_load};
pub(crate) use operation::Called;
pub(crate) use reading::{Reading, entry};
pub use stats::{BreakerState, NodeStats, Stats};
pub(crate) use watch::{Observer, Watch};

/// The kind of an error as labels have it: `out_of_memory`.
#[cfg(any(feature = "metrics", feature = "tracing"))]
fn kind(error: &crate::Error) -> String {
    let mut text = String::new();
    for c in format!("{:?}", error.kind()).chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
