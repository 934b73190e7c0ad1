//! What goes wrong, as callers learn it.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
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
    Limited,
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
        let (status, words) = match self {
            Self::Missing => (StatusCode::NOT_FOUND, "there is no such job".to_owned()),
            Self::Anonymous => (
                StatusCode::UNAUTHORIZED,
                "say who you are by the header `x-api-key`".to_owned(),
            ),
            Self::Limited => (
                StatusCode::TOO_MANY_REQUESTS,
                "too many calls in a minute".to_owned(),
            ),
            Self::Wrong(words) => (StatusCode::BAD_REQUEST, words),
            Self::Unavailable(words) => (StatusCode::SERVICE_UNAVAILABLE, words),
            Self::Broken(words) => (StatusCode::INTERNAL_SERVER_ERROR, words),
        };
        let mut response = (status, Json(json!({ "error": words }))).into_response();
        let wait = match status {
            StatusCode::SERVICE_UNAVAILABLE => Some("1"),
            StatusCode::TOO_MANY_REQUESTS => Some("60"),
            _ => None,
        };
        if let Some(wait) = wait {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(wait));
        }
        response
    }
}
