//! What goes wrong, as callers learn it.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use redis_schema::rate_limit::Decision;
use redis_schema::{Error, ErrorKind};
use serde_json::json;

/// Why a call has no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no such thing, or it is not the caller's.
    Missing,
    /// The caller does not say who it is.
    Anonymous,
    /// Too many calls.
    Limited(Decision),
    /// What was sent cannot be used.
    Wrong(String),
    /// Redis cannot do it now.
    Unavailable(String),
    /// Redis holds what it should not.
    Broken(String),
}

impl From<Error> for Failure {
    /// An error names a template, never a key or a value: it may be shown.
    fn from(error: Error) -> Self {
        let words = error.to_string();
        match error.kind() {
            ErrorKind::Param | ErrorKind::Encode => Self::Wrong(words),
            ErrorKind::Unavailable
            | ErrorKind::Timeout
            | ErrorKind::Ambiguous
            | ErrorKind::Busy
            | ErrorKind::ReadOnly
            | ErrorKind::OutOfMemory
            | ErrorKind::Closed => Self::Unavailable(words),
            _ => Self::Broken(words),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let headers = self.headers();
        let (status, words) = match self {
            Self::Missing => (StatusCode::NOT_FOUND, "there is no such job".to_owned()),
            Self::Anonymous => (
                StatusCode::UNAUTHORIZED,
                "say who you are by the header `x-api-key`".to_owned(),
            ),
            Self::Limited(decision) => (
                StatusCode::TOO_MANY_REQUESTS,
                format!(
                    "more than {} calls in {} s",
                    decision.rule.calls(),
                    decision.rule.window().as_secs()
                ),
            ),
            Self::Wrong(words) => (StatusCode::BAD_REQUEST, words),
            Self::Unavailable(words) => (StatusCode::SERVICE_UNAVAILABLE, words),
            Self::Broken(words) => (StatusCode::INTERNAL_SERVER_ERROR, words),
        };
        let mut response = (status, Json(json!({ "error": words }))).into_response();
        for (name, value) in headers {
            if let Ok(name) = HeaderName::try_from(name) {
                response
                    .headers_mut()
                    .insert(name, HeaderValue::from(value));
            }
        }
        response
    }
}

impl Failure {
    /// When to come back, and of a limit what it allows.
    fn headers(&self) -> Vec<(&'static str, u64)> {
        match self {
            Self::Unavailable(_) => vec![("Retry-After", 1)],
            Self::Limited(decision) => decision.headers().collect(),
            _ => Vec::new(),
        }
    }
}
