//! A request without an answer: what is known about it, and why.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Error, ErrorKind};
use crate::slot::SEVERAL_SLOTS;

/// A request without an answer.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// Not one whole command had left, so that nothing can have run.
    NotSent(Cause),
    /// It had left, wholly or in part: it may have run.
    Ambiguous(Cause),
}

/// Why there was no answer.
#[derive(Debug, Clone)]
pub(crate) enum Cause {
    /// The connection could not be made, or broke.
    Io(io::ErrorKind),
    /// The name of the host cannot be resolved.
    NoSuchHost,
    /// No answer in time.
    Timeout,
    /// The connection had as many requests under way as it may have, for the whole time allowed.
    Full,
    /// The store was closed.
    Closed,
    /// The key belongs to another schema than the store.
    Foreign,
    /// The keys lie in several slots of the cluster.
    Slots,
    /// The server's circuit breaker has been open for so long.
    Open(Duration),
    /// The encrypted connection could not be made: a certificate that is not trusted, say.
    #[cfg_attr(not(feature = "tls"), allow(dead_code))]
    Tls(Arc<str>),
    /// Nobody answers in TLS; what there is instead.
    NoTls(&'static str),
    /// The server answered what is no reply.
    Malformed(&'static str),
    /// The server did not accept the connection: wrong credentials, no such database, too many clients.
    Refused(Arc<redis::RedisError>),
    /// The options do not fit: a host name that is none, a certificate that cannot be read.
    Unusable(Arc<str>),
}

impl Failure {
    pub(crate) fn cause(&self) -> &Cause {
        match self {
            Self::NotSent(cause) | Self::Ambiguous(cause) => cause,
        }
    }

    /// The error of an operation that is not sent again; `may_repeat` says that a repetition would have
    /// been harmless, so that nothing worse than the cause is to be told.
    pub(crate) fn into_error(self, template: &'static str, may_repeat: bool) -> Error {
        match self {
            Self::Ambiguous(Cause::Malformed(problem)) if may_repeat => {
                Error::corrupt(template, problem)
            }
            Self::Ambiguous(cause) if !may_repeat => {
                Error::new(ErrorKind::Ambiguous, template, cause.words())
            }
            Self::NotSent(cause) | Self::Ambiguous(cause) => cause.into_error(template),
        }
    }

    /// As redis-rs would have it.
    pub(crate) fn into_redis(self) -> redis::RedisError {
        let cause = match self {
            Self::NotSent(cause) | Self::Ambiguous(cause) => cause,
        };
        match cause {
            Cause::Io(kind) => io::Error::from(kind).into(),
            Cause::NoSuchHost => io::Error::from(io::ErrorKind::NotFound).into(),
            Cause::Timeout => io::Error::from(io::ErrorKind::TimedOut).into(),
            Cause::NoTls(_) => io::Error::from(io::ErrorKind::InvalidData).into(),
            Cause::Refused(error) => (*error).clone(),
            Cause::Malformed(problem) => (redis::ErrorKind::Parse, problem).into(),
            Cause::Unusable(problem) | Cause::Tls(problem) => (
                redis::ErrorKind::InvalidClientConfig,
                "unusable option",
                problem.to_string(),
            )
                .into(),
            Cause::Full => (redis::ErrorKind::Client, "too many requests are under way").into(),
            Cause::Slots => (redis::ErrorKind::Client, "keys of several slots").into(),
            Cause::Open(_) => (redis::ErrorKind::Client, "the circuit breaker is open").into(),
            Cause::Closed | Cause::Foreign => {
                (redis::ErrorKind::Client, "the store is closed").into()
            }
        }
    }
}

impl Cause {
    /// Whether trying again later may help.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Io(_) | Self::NoSuchHost | Self::Tls(_) | Self::NoTls(_) => true,
            Self::Timeout | Self::Full | Self::Malformed(_) => true,
            Self::Refused(error) => refusal_may_pass(error),
            // While it is open nobody waits: that is what it is for.
            Self::Slots | Self::Open(_) => false,
            Self::Closed | Self::Foreign | Self::Unusable(_) => false,
        }
    }

    /// In words; nothing secret.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Io(kind) => kind.to_string(),
            Self::NoSuchHost => "the name of its host cannot be resolved".to_owned(),
            Self::Timeout => "no answer in time".to_owned(),
            Self::Full => "too many requests are under way".to_owned(),
            Self::Closed => "the store was closed".to_owned(),
            Self::Foreign => "the key belongs to another schema than the store".to_owned(),
            Self::Slots => SEVERAL_SLOTS.to_owned(),
            Self::Open(since) => format!(
                "the circuit breaker has been open for {:.1} s; nothing was sent",
                since.as_secs_f64()
            ),
            Self::Malformed(problem) => (*problem).to_owned(),
            Self::NoTls(instead) => format!(
                "the server {instead} where TLS begins: its port may be one for plain text, of an address without the \
                 `s` of `rediss`"
            ),
            Self::Refused(_) => "the server refused the connection".to_owned(),
            Self::Unusable(problem) | Self::Tls(problem) => problem.to_string(),
        }
    }

    pub(crate) fn into_error(self, template: &'static str) -> Error {
        let kind = match &self {
            Self::Io(_) | Self::NoSuchHost => ErrorKind::Unavailable,
            Self::Malformed(_) | Self::Tls(_) | Self::NoTls(_) => ErrorKind::Unavailable,
            Self::Timeout => ErrorKind::Timeout,
            Self::Full => ErrorKind::Busy,
            Self::Closed => return Error::new(ErrorKind::Closed, template, ""),
            Self::Refused(error) => return Error::redis(template, (**error).clone()),
            Self::Slots => ErrorKind::CrossSlot,
            Self::Open(_) => ErrorKind::Unavailable,
            Self::Foreign => ErrorKind::WrongDatabase,
            Self::Unusable(_) => ErrorKind::Settings,
        };
        Error::new(kind, template, self.words())
    }
}

/// A server that starts, or has no place for another client, accepts the next attempt.
fn refusal_may_pass(error: &redis::RedisError) -> bool {
    matches!(
        error.code(),
        Some("LOADING" | "MASTERDOWN" | "BUSY" | "TRYAGAIN" | "CLUSTERDOWN")
    ) || error
        .detail()
        .is_some_and(|detail| detail.contains("max number of clients"))
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        #[cfg(feature = "tls")]
        if let Some(problem) = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<rustls::Error>())
        {
            return Self::Tls(problem.to_string().into());
        }
        Self::Io(error.kind())
    }
}

impl From<super::resp::Malformed> for Cause {
    fn from(malformed: super::resp::Malformed) -> Self {
        Self::Malformed(malformed.0)
    }
}
