//! The image2model backend over HTTP: jobs, files, progress and events, health and metrics.
//!
//! While its Redis cannot be reached the process stays up: what has to be right answers 503, what may be left
//! out is left out and says so by the header `x-degraded`, and `/health` tells why. When Redis is back, so is
//! the service, without anybody's help.

mod caller;
mod events;
mod failure;
mod health;
mod jobs;
mod service;

pub use service::{Service, metrics, router};
