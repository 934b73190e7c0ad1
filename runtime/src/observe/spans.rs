//! Spans by OpenTelemetry's conventions for databases.

use tracing::Span;
use tracing::field::Empty;

use super::kind;
use super::operation::{Called, SEVERAL};
use crate::error::Error;
use crate::key::Spec;
use crate::retry::RetryClass;

/// What is the same in every span of a store.
pub(crate) struct Spans {
    address: String,
    port: Option<u16>,
}

/// What a span is about.
pub(crate) struct About<'a> {
    /// `None` for several templates.
    pub(crate) spec: Option<&'static Spec>,
    pub(crate) database: u16,
    pub(crate) called: Called<'a>,
    /// Commands of a batch.
    pub(crate) size: Option<usize>,
    pub(crate) class: RetryClass,
}

impl Spans {
    /// `address` is `host:port` or a socket.
    pub(crate) fn new(address: &str) -> Self {
        let parts = address.rsplit_once(':');
        let parts = parts.and_then(|(host, port)| Some((host, port.parse().ok()?)));
        match parts {
            Some((host, port)) => Self {
                address: host.to_owned(),
                port: Some(port),
            },
            None => Self {
                address: address.to_owned(),
                port: None,
            },
        }
    }

    /// A span if somebody is interested.
    #[inline]
    pub(crate) fn start(&self, about: &About<'_>) -> Span {
        if !tracing::enabled!(target: "redis_schema::operation", tracing::Level::DEBUG) {
            return Span::none();
        }
        self.make(about)
    }

    #[cold]
    fn make(&self, about: &About<'_>) -> Span {
        let operation = String::from_utf8_lossy(about.called.name());
        let template = about.spec.map_or(SEVERAL, |spec| spec.template);
        tracing::debug_span!(
            target: "redis_schema::operation",
            "redis",
            "otel.name" = format!("{operation} {template}"),
            "otel.kind" = "client",
            "otel.status_code" = Empty,
            "db.system.name" = "redis",
            "db.namespace" = about.database.to_string(),
            "db.operation.name" = &*operation,
            "db.operation.batch.size" = about.size,
            "server.address" = self.address,
            "server.port" = self.port,
            "error.type" = Empty,
            "redis_schema.template" = template,
            "redis_schema.retry_class" = about.class.as_str(),
        )
    }
}

/// Notes how the operation of a span has ended.
#[inline]
pub(crate) fn end(span: &Span, error: Option<&Error>) {
    if let Some(error) = error
        && !span.is_disabled()
    {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", kind(error));
    }
}
