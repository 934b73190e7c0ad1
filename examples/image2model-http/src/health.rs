//! What machines ask: whether to send calls here, whether to restart the process, and how it goes.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use redis_schema::health::Limits;
use serde_json::json;

use crate::service::Service;

/// 200 when Redis does its work, degraded or not; else 503. The body tells why.
pub(crate) async fn ready(State(service): State<Service>) -> impl IntoResponse {
    let mut limits = Limits::default();
    limits.timeout = Duration::from_secs(1);
    limits.watch = Duration::ZERO;
    let health = service.store.health_within(limits).await;
    let status = if health.is_ready() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({ "state": health.state(), "redis": health, "store": service.store.stats() });
    (status, Json(body))
}

/// Always 200: the process answers, and restarting it would not bring Redis back.
pub(crate) async fn live() -> &'static str {
    "alive\n"
}

/// For Prometheus.
pub(crate) async fn metrics(State(service): State<Service>) -> impl IntoResponse {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], service.metrics.render())
}
