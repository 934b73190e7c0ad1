//! What an operation is called, and what its answer says about the key.

#[cfg(feature = "metrics")]
use redis::Value;

use crate::payload::{Payload, Reply};

/// The name of a batch that runs side by side.
pub(crate) const PIPELINE: &[u8] = b"PIPELINE";
/// The name of a batch inside a transaction.
pub(crate) const MULTI: &[u8] = b"MULTI";
/// The template of a batch over several.
pub(crate) const SEVERAL: &str = "(several)";

/// The name of what an accessor sends: of a transaction, that of the command whose answer counts.
pub(crate) fn of_payload(payload: &Payload) -> &[u8] {
    match payload {
        Payload::One(cmd) | Payload::Wait { cmd, .. } => cmd.name(),
        Payload::Atomic { cmds, reply } => {
            let at = match reply {
                Reply::At(at) => *at,
                Reply::All | Reply::Each => 0,
            };
            cmds.get(at).map_or(b"", |cmd| cmd.name())
        }
        Payload::Ready(_) => b"",
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
