//! What can go wrong when a command is built, sent or its reply is read.

use std::borrow::Cow;
use std::fmt;

use crate::retry::RetryClass;

/// The result of every fallible operation of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failed operation.
///
/// Names the key template it happened at, never a key, a value or a password.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    template: &'static str,
    detail: Cow<'static, str>,
    source: Option<redis::RedisError>,
}

/// What kind of thing went wrong.
///
/// | Kinds | Has it run? | What to do |
/// |:--|:--|:--|
/// | [`Param`](Self::Param), [`Encode`](Self::Encode), [`MixedDatabases`](Self::MixedDatabases), [`WrongDatabase`](Self::WrongDatabase), [`ForeignSettings`](Self::ForeignSettings), [`CrossSlot`](Self::CrossSlot) | no | Mend the caller: the same call fails again. |
/// | [`Settings`](Self::Settings), [`Incompatible`](Self::Incompatible), [`Denied`](Self::Denied), [`ReadOnly`](Self::ReadOnly) | no | Mend the configuration: address, user, server or schema. |
/// | [`Unavailable`](Self::Unavailable), [`Timeout`](Self::Timeout), [`Busy`](Self::Busy) | what is not [unsafe](crate::RetryClass::Unsafe) perhaps; what is unsafe, no | Call again later; a store has tried for as long as it may. [`Error::is_unavailable`] tells. |
/// | [`Ambiguous`](Self::Ambiguous) | perhaps | Look first: read what the command would have changed, then decide. Where only the answer would have been of use (a deletion, an addition to a set), call again. |
/// | [`OutOfMemory`](Self::OutOfMemory) | no | Reads go on. Look at the server's memory and at keys without a lifetime. |
/// | [`OutOfRange`](Self::OutOfRange), [`Contended`](Self::Contended) | nothing was written | Decide what the limit, or losing to others, means to your caller. |
/// | [`CostExceedsBurst`](Self::CostExceedsBurst) | no | Ask for less at once: the same call is never admitted. |
/// | [`NotAcquired`](Self::NotAcquired) | no | Others hold it: try again later, or wait longer. |
/// | [`NotOwned`](Self::NotOwned), [`LeaseLost`](Self::LeaseLost) | - | Stop what you do under the lock, and count on somebody else having done it meanwhile. |
/// | [`NoGroup`](Self::NoGroup), [`Deleted`](Self::Deleted), [`Lagged`](Self::Lagged) | - | Create the group; acknowledge the entry; read faster, or from a stream. |
/// | [`Corrupt`](Self::Corrupt), [`WrongType`](Self::WrongType) | as a write, no | Something else writes this key: compare it with the schema. |
/// | [`Closed`](Self::Closed) | no | The program ends, or closed its store too early. |
/// | [`Server`](Self::Server) | depends | The server's own words are in the message. |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A parameter's value is outside its alphabet; nothing was sent.
    Param,
    /// A value could not be encoded or breaks a declared bound; nothing was sent.
    Encode,
    /// A stored value is not what the schema says.
    Corrupt,
    /// The key holds another data structure than the schema says.
    WrongType,
    /// The result would leave the range of its type; nothing was written.
    OutOfRange,
    /// Somebody else changed the value at every attempt; nothing was written.
    Contended,
    /// A call costs more than a limiter ever lets through at once, so that waiting is of no use; nothing was sent.
    CostExceedsBurst,
    /// Others held the lock, or all permits, for as long as was waited.
    NotAcquired,
    /// What should be given back or renewed is not held any more: its lease is over, or somebody took it away.
    NotOwned,
    /// The time of a lock or permit was over before it was given back.
    LeaseLost,
    /// A stream entry that was delivered to a consumer is deleted since; acknowledge it.
    Deleted,
    /// The stream or its group of consumers does not exist.
    NoGroup,
    /// Messages came faster than they were read, and some are lost.
    Lagged,
    /// The server cannot be reached, or the connection broke. What is [unsafe](crate::RetryClass::Unsafe)
    /// has not run; anything else may have.
    Unavailable,
    /// No answer within the time allowed. What is [unsafe](crate::RetryClass::Unsafe) has not run; anything
    /// else may have.
    Timeout,
    /// The answer was lost and the command may have run; sending it again could do its work twice, so that
    /// was left to you.
    Ambiguous,
    /// The store is closed; nothing was sent.
    Closed,
    /// The server is not what the schema needs: another version, flavour or topology, or data of another
    /// version of the schema.
    Incompatible,
    /// The server is a read-only replica.
    ReadOnly,
    /// The server is out of memory and refuses writes.
    OutOfMemory,
    /// The server is loading its data, busy with a script, or otherwise asks to try again.
    Busy,
    /// Wrong credentials, or the user may not run this command.
    Denied,
    /// Any other error the server reported.
    Server,
    /// The keys of one operation lie in several slots of the cluster; nothing has run. Stores and commands of
    /// schemas with `topology: cluster` find out before anything is sent.
    CrossSlot,
    /// Commands of different databases were put into one pipeline or transaction; nothing was sent.
    MixedDatabases,
    /// The connection is bound to another database than the key's; nothing was sent.
    WrongDatabase,
    /// An environment variable, an option or the server's address has an unusable value.
    Settings,
    /// The command was built with another store's settings; nothing was sent.
    ForeignSettings,
}

impl Error {
    pub(crate) fn new(
        kind: ErrorKind,
        template: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            template,
            detail: detail.into(),
            source: None,
        }))
    }

    pub(crate) fn corrupt(template: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Corrupt, template, detail)
    }

    pub(crate) fn redis(template: &'static str, source: redis::RedisError) -> Self {
        let source = reason(source);
        let kind = classify(&source);
        Self(Box::new(Inner {
            kind,
            template,
            detail: describe(&source),
            // What a server says may quote arguments, so only the transport's own errors are kept.
            source: source.is_io_error().then_some(source),
        }))
    }

    /// The same, told of a command of this class that was on its way: where another run would do harm, it is
    /// not enough to say that there was no answer.
    pub(crate) fn of_class(mut self, class: RetryClass) -> Self {
        let refused = self.0.source.as_ref();
        let never_left = refused.is_some_and(redis::RedisError::is_connection_refusal);
        let no_answer = matches!(self.0.kind, ErrorKind::Unavailable | ErrorKind::Timeout);
        if no_answer && !never_left && !class.may_repeat() {
            self.0.kind = ErrorKind::Ambiguous;
        }
        self
    }

    /// The same, told of a command of this class of which a part has run already: where another run would do
    /// harm, it is not enough to say that the rest has not.
    pub(crate) fn partly_run(mut self, class: RetryClass) -> Self {
        if self.is_unavailable() && !class.may_repeat() {
            self.0.kind = ErrorKind::Ambiguous;
        }
        self
    }

    /// The same, without the key template it happened at.
    pub(crate) fn without_template(mut self) -> Self {
        self.0.template = "";
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The key template it happened at, as the schema has it; empty where no single key is concerned.
    #[must_use]
    pub fn template(&self) -> &'static str {
        self.0.template
    }

    /// Whether the server could not be reached in time, so that the same call may work later.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::Unavailable | ErrorKind::Timeout | ErrorKind::Busy
        )
    }
}

/// Of a refused transaction, what the server said of the first command that it did not take: its last word
/// (`EXECABORT`) names no reason.
fn reason(error: redis::RedisError) -> redis::RedisError {
    let refused = redis::ErrorKind::Server(redis::ServerErrorKind::ExecAbort);
    if error.kind() != refused {
        return error;
    }
    let said = error.clone().into_server_errors();
    let first = said.as_ref().and_then(|said| said.first());
    first.map_or(error, |(_, first)| first.clone().into())
}

/// The server's code and message. The two messages that quote keys or arguments are left out.
fn describe(error: &redis::RedisError) -> Cow<'static, str> {
    match (error.code(), error.detail()) {
        (Some(code), Some(detail)) if code != "NOGROUP" && !detail.starts_with("unknown") => {
            // A script's name and line mean nothing to its caller.
            let detail = detail.split(" script: ").next().unwrap_or(detail);
            Cow::Owned(format!("{code} {detail}"))
        }
        (Some(code), _) => Cow::Owned(code.to_owned()),
        _ => Cow::Borrowed(""),
    }
}

fn classify(error: &redis::RedisError) -> ErrorKind {
    use redis::ServerErrorKind as S;
    if error.is_timeout() {
        return ErrorKind::Timeout;
    }
    if error.is_connection_dropped() || error.is_connection_refusal() || error.is_io_error() {
        return ErrorKind::Unavailable;
    }
    match error.kind() {
        redis::ErrorKind::AuthenticationFailed => ErrorKind::Denied,
        redis::ErrorKind::Parse | redis::ErrorKind::UnexpectedReturnType => ErrorKind::Corrupt,
        redis::ErrorKind::InvalidClientConfig => ErrorKind::Settings,
        redis::ErrorKind::Server(S::BusyLoading | S::TryAgain | S::ClusterDown | S::MasterDown) => {
            ErrorKind::Busy
        }
        redis::ErrorKind::Server(S::ReadOnly) => ErrorKind::ReadOnly,
        redis::ErrorKind::Server(S::NoPerm) => ErrorKind::Denied,
        _ => match error.code() {
            Some("INVALIDOBJ") => ErrorKind::Corrupt,
            Some("NOGROUP") => ErrorKind::NoGroup,
            Some("WRONGTYPE") => ErrorKind::WrongType,
            Some("CROSSSLOT") => ErrorKind::CrossSlot,
            Some("OOM") => ErrorKind::OutOfMemory,
            Some("MOVED" | "ASK" | "UNBLOCKED") => ErrorKind::Busy,
            Some("BUSY") => ErrorKind::Busy,
            Some("READONLY") => ErrorKind::ReadOnly,
            Some("NOPERM" | "NOAUTH" | "WRONGPASS") => ErrorKind::Denied,
            _ => classify_message(error.detail().unwrap_or_default()),
        },
    }
}

/// Tells errors that share the code `ERR` apart. Old servers put a script's error behind words of their own.
fn classify_message(text: &str) -> ErrorKind {
    const KINDS: &[(&str, ErrorKind)] = &[
        (
            "increment or decrement would overflow",
            ErrorKind::OutOfRange,
        ),
        ("would produce NaN or Infinity", ErrorKind::OutOfRange),
        ("value is not an integer", ErrorKind::Corrupt),
        ("value is not a valid float", ErrorKind::Corrupt),
        ("value is not a float", ErrorKind::Corrupt),
        ("WRONGTYPE", ErrorKind::WrongType),
        // A password for a server that has none.
        ("without any password configured", ErrorKind::Denied),
    ];
    KINDS
        .iter()
        .find(|(words, _)| text.contains(words))
        .map_or(ErrorKind::Server, |(_, kind)| *kind)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            template,
            detail,
            ..
        } = &*self.0;
        let what = match kind {
            ErrorKind::Param => "parameter refused",
            ErrorKind::Encode => "value refused",
            ErrorKind::Corrupt => "stored value is not what the schema says",
            ErrorKind::WrongType => "the key holds another data structure",
            ErrorKind::OutOfRange => "the result would be out of range",
            ErrorKind::Contended => "somebody else keeps changing the value",
            ErrorKind::CostExceedsBurst => "the call costs more than is ever admitted at once",
            ErrorKind::NotAcquired => "held by others",
            ErrorKind::NotOwned => "not held any more",
            ErrorKind::LeaseLost => "the lease is lost",
            ErrorKind::Deleted => "the entry is deleted",
            ErrorKind::NoGroup => "the stream or its group of consumers does not exist",
            ErrorKind::Lagged => "the reader is too slow",
            ErrorKind::Unavailable => "Redis cannot be reached",
            ErrorKind::Timeout => "no answer from Redis in time",
            ErrorKind::Ambiguous => "the answer was lost; the command may have run",
            ErrorKind::Closed => "the store is closed",
            ErrorKind::Incompatible => "the server does not fit the schema",
            ErrorKind::ReadOnly => "the server is a read-only replica",
            ErrorKind::OutOfMemory => "the server is out of memory",
            ErrorKind::Busy => "the server is busy",
            ErrorKind::Denied => "access denied by the server",
            ErrorKind::Server => "the server reported an error",
            ErrorKind::CrossSlot => "its keys lie in several slots of the cluster",
            ErrorKind::MixedDatabases => "commands of different databases in one batch",
            ErrorKind::WrongDatabase => "connection to another database",
            ErrorKind::Settings => "unusable setting",
            ErrorKind::ForeignSettings => "command built with other settings",
        };
        if !template.is_empty() {
            write!(f, "{template}: ")?;
        }
        f.write_str(what)?;
        if !detail.is_empty() {
            write!(f, ": {detail}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}: {self}", self.0.kind)?;
        if let Some(source) = &self.0.source {
            write!(f, "; {source}")?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    /// The error for what a server says.
    fn said(line: &str) -> Error {
        let reply = format!("-{line}\r\n");
        match redis::parse_redis_value(reply.as_bytes()).unwrap() {
            redis::Value::ServerError(error) => Error::redis("job:{id}", error.into()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_servers_say_is_told_apart() {
        for (line, kind) in [
            ("WRONGTYPE Operation against a key", ErrorKind::WrongType),
            (
                "ERR value is not an integer or out of range",
                ErrorKind::Corrupt,
            ),
            ("ERR hash value is not an integer", ErrorKind::Corrupt),
            ("ERR hash value is not a float", ErrorKind::Corrupt),
            ("ERR value is not a valid float", ErrorKind::Corrupt),
            (
                "ERR increment or decrement would overflow",
                ErrorKind::OutOfRange,
            ),
            (
                "ERR increment would produce NaN or Infinity",
                ErrorKind::OutOfRange,
            ),
            ("OOM command not allowed", ErrorKind::OutOfMemory),
            ("BUSY Redis is busy running a script", ErrorKind::Busy),
            (
                "LOADING Redis is loading the dataset in memory",
                ErrorKind::Busy,
            ),
            (
                "READONLY You can't write against a read only replica.",
                ErrorKind::ReadOnly,
            ),
            ("NOPERM this user has no permissions", ErrorKind::Denied),
            ("NOAUTH Authentication required.", ErrorKind::Denied),
            (
                "ERR AUTH <password> called without any password configured for the default user.",
                ErrorKind::Denied,
            ),
            (
                "CROSSSLOT Keys in request don't hash to the same slot",
                ErrorKind::CrossSlot,
            ),
            ("ERR syntax error", ErrorKind::Server),
        ] {
            assert_eq!(said(line).kind(), kind, "{line}");
        }
    }

    #[test]
    fn errors_inside_scripts_are_the_same_errors() {
        let new = said("WRONGTYPE Operation against a key script: 6c29, on @user_script:1.");
        assert_eq!(new.kind(), ErrorKind::WrongType);
        assert!(!new.to_string().contains("script"), "{new}");
        let old = "ERR Error running script (call to f_6c29): @user_script:1: ";
        let wrong_type = said(&format!("{old}WRONGTYPE Operation against a key"));
        assert_eq!(wrong_type.kind(), ErrorKind::WrongType);
        let corrupt = said(&format!("{old}ERR hash value is not an integer"));
        assert_eq!(corrupt.kind(), ErrorKind::Corrupt);
    }

    #[test]
    fn arguments_that_a_server_quotes_are_left_out() {
        let error = said("ERR unknown command 'JSON.GET', with args beginning with: 'secret'");
        assert_eq!(
            error.to_string(),
            "job:{id}: the server reported an error: ERR"
        );
    }
}
