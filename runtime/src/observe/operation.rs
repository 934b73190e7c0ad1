//! What an operation is called, and what its answer says about the key.

#[cfg(feature = "metrics")]
use redis::Value;

use crate::cmd::Cmd;
use crate::payload::{Payload, Reply};

/// By what an operation is called.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Called<'a> {
    /// Its command, or of a transaction the command whose answer counts.
    Command(&'a Cmd),
    /// A word.
    Word(&'static [u8]),
}

/// A batch that runs side by side.
pub(crate) const PIPELINE: Called<'static> = Called::Word(b"PIPELINE");
/// A batch inside a transaction.
pub(crate) const MULTI: Called<'static> = Called::Word(b"MULTI");
/// What is not sent.
const NOTHING: Called<'static> = Called::Word(b"");
/// The template of a batch over several.
pub(crate) const SEVERAL: &str = "(several)";

impl<'a> Called<'a> {
    /// What an accessor sends.
    #[inline]
    pub(crate) fn by(payload: &'a Payload) -> Self {
        match payload {
            Payload::One(cmd) | Payload::Wait { cmd, .. } => Self::Command(cmd),
            Payload::Atomic { cmds, reply } => Self::of(cmds, *reply),
            Payload::Ready(_) => NOTHING,
        }
    }

    /// A transaction.
    pub(crate) fn of(cmds: &'a [Cmd], reply: Reply) -> Self {
        let at = match reply {
            Reply::At(at) => at,
            Reply::All | Reply::Each => 0,
        };
        cmds.get(at).map_or(NOTHING, Self::Command)
    }

    /// Its name: `GET`.
    pub(crate) fn name(self) -> &'a [u8] {
        match self {
            Self::Command(cmd) => cmd.name(),
            Self::Word(word) => word,
        }
    }
}

/// How the answer to a read says that nothing was there.
#[cfg(feature = "metrics")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lookup {
    /// It is no read of a value.
    None,
    /// Nil, or an empty collection.
    Whole,
    /// Each element of the answer by itself.
    Each,
}

#[cfg(feature = "metrics")]
impl Lookup {
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"GET" | b"GETEX" | b"GETDEL" | b"HGET" | b"HGETALL" | b"LINDEX" | b"LRANGE"
            | b"SMEMBERS" | b"ZSCORE" | b"JSON.GET" => Self::Whole,
            b"MGET" | b"HMGET" | b"ZMSCORE" | b"GEOPOS" => Self::Each,
            _ => Self::None,
        }
    }

    /// Hits and misses in an answer.
    pub(super) fn count(self, answer: &Value) -> (u64, u64) {
        match (self, answer) {
            (Self::None, _) | (_, Value::ServerError(_)) => (0, 0),
            (Self::Each, Value::Array(items)) => {
                let misses = items.iter().filter(|item| **item == Value::Nil).count();
                ((items.len() - misses) as u64, misses as u64)
            }
            (_, answer) if is_nothing(answer) => (0, 1),
            _ => (1, 0),
        }
    }
}

#[cfg(feature = "metrics")]
fn is_nothing(answer: &Value) -> bool {
    match answer {
        Value::Nil => true,
        Value::Array(items) | Value::Set(items) => items.is_empty(),
        Value::Map(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(all(test, feature = "metrics"))]
mod tests {
    use super::*;

    #[test]
    fn hits_and_misses() {
        let text = |text: &str| Value::BulkString(text.into());
        let count = |name: &[u8], answer| Lookup::of(name).count(&answer);
        assert_eq!(count(b"GET", text("x")), (1, 0));
        assert_eq!(count(b"GET", Value::Nil), (0, 1));
        assert_eq!(count(b"HGETALL", Value::Map(Vec::new())), (0, 1));
        assert_eq!(
            count(
                b"MGET",
                Value::Array(vec![text("x"), Value::Nil, Value::Nil])
            ),
            (1, 2)
        );
        assert_eq!(count(b"SET", Value::Okay), (0, 0));
    }
}
