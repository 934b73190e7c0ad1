//! The routes, and what they share.

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use example_image2model::jobs::Jobs;
use example_image2model::keyspace::Store;
use example_image2model::limits::Limits;
use example_image2model::progress::Progress;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::sync::watch;

use crate::failure::Failure;
use crate::{events, health, jobs};

/// The longest that a caller waits for the head of an answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Bounds of the histogram of durations, in seconds.
const BUCKETS: [f64; 10] = [
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.25, 1.0,
];

/// What every route can use.
#[derive(Debug, Clone)]
pub struct Service {
    pub(crate) store: Store,
    pub(crate) jobs: Jobs,
    pub(crate) progress: Progress,
    pub(crate) limits: Limits,
    pub(crate) metrics: PrometheusHandle,
    /// Turns true when the process is asked to end.
    pub(crate) ending: watch::Receiver<bool>,
}

impl Service {
    /// A service over an open store.
    #[must_use]
    pub fn new(store: Store, metrics: PrometheusHandle, ending: watch::Receiver<bool>) -> Self {
        Self {
            jobs: Jobs::new(store.clone()),
            progress: Progress::new(store.clone()),
            limits: Limits::new(store.clone()),
            store,
            metrics,
            ending,
        }
    }
}

/// Installs the recorder of metrics; before the first operation of a store.
///
/// # Errors
/// There is one already.
pub fn metrics() -> Result<PrometheusHandle, BuildError> {
    let durations = Matcher::Suffix("duration_seconds".to_owned());
    PrometheusBuilder::new()
        .set_buckets_for_metric(durations, &BUCKETS)?
        .install_recorder()
}

/// Every route.
pub fn router(service: Service) -> Router {
    Router::new()
        .route("/jobs", post(jobs::create).get(jobs::list))
        .route("/jobs/{job_id}", get(jobs::read).delete(jobs::forget))
        .route("/jobs/{job_id}/start", post(jobs::start))
        .route("/jobs/{job_id}/finish", post(jobs::finish))
        .route("/jobs/{job_id}/progress", get(jobs::progress))
        .route(
            "/jobs/{job_id}/files/{file_id}/progress",
            post(jobs::advance),
        )
        .route("/jobs/{job_id}/files/{file_id}/result", post(jobs::done))
        .route("/jobs/{job_id}/events", get(events::follow))
        .layer(middleware::from_fn(in_time))
        .route("/health", get(health::ready))
        .route("/health/live", get(health::live))
        .route("/metrics", get(health::metrics))
        .with_state(service)
}

/// Answers 503 rather than late.
async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::Unavailable("no answer from Redis in time".to_owned()).into_response(),
    }
}
