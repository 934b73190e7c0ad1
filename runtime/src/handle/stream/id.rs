use std::fmt;
use std::str::FromStr;

use redis::Value;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::cmd::Args;
use crate::error::Result;
use crate::key::Spec;
use crate::reply;

/// An entry's identifier: milliseconds since 1970 by the server's clock, and a number within them.
///
/// Its text is `1700000000000-0`; parsing also takes the milliseconds alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct StreamId {
    /// Milliseconds since 1970.
    pub ms: u64,
    /// Number within the millisecond.
    pub seq: u64,
}

impl StreamId {
    /// Before every entry.
    pub const MIN: Self = Self::new(0, 0);
    /// After every entry.
    pub const MAX: Self = Self::new(u64::MAX, u64::MAX);

    /// An identifier from its two numbers.
    #[must_use]
    pub const fn new(ms: u64, seq: u64) -> Self {
        Self { ms, seq }
    }

    /// The one after it; `None` after the last one.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match (self.seq.checked_add(1), self.ms.checked_add(1)) {
            (Some(seq), _) => Some(Self::new(self.ms, seq)),
            (None, Some(ms)) => Some(Self::new(ms, 0)),
            (None, None) => None,
        }
    }

    /// The one before it; `None` before the first one.
    #[must_use]
    pub const fn previous(self) -> Option<Self> {
        match (self.seq.checked_sub(1), self.ms.checked_sub(1)) {
            (Some(seq), _) => Some(Self::new(self.ms, seq)),
            (None, Some(ms)) => Some(Self::new(ms, u64::MAX)),
            (None, None) => None,
        }
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.ms, self.seq)
    }
}

/// The text is no identifier of a stream entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseStreamIdError;

impl fmt::Display for ParseStreamIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an identifier of a stream entry: expected `milliseconds-number`")
    }
}

impl std::error::Error for ParseStreamIdError {}

impl FromStr for StreamId {
    type Err = ParseStreamIdError;

    fn from_str(text: &str) -> Result<Self, ParseStreamIdError> {
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = digits.then(|| text.parse::<u64>().ok()).flatten();
            number.ok_or(ParseStreamIdError)
        };
        match text.split_once('-') {
            Some((ms, seq)) => Ok(Self::new(number(ms)?, number(seq)?)),
            None => Ok(Self::new(number(text)?, 0)),
        }
    }
}

impl Serialize for StreamId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StreamId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Where reading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Position {
    /// With the first entry.
    Start,
    /// With the first entry after this one, which need not exist.
    After(StreamId),
    /// With the first entry that is added from now on.
    End,
}

impl From<StreamId> for Position {
    fn from(id: StreamId) -> Self {
        Self::After(id)
    }
}

impl Args {
    /// Appends an identifier.
    pub(super) fn id(self, id: StreamId) -> Self {
        self.arg(id.to_string().as_bytes())
    }

    /// Appends identifiers.
    pub(super) fn ids(self, ids: &[StreamId]) -> Self {
        ids.iter().fold(self, |args, id| args.id(*id))
    }

    /// Appends where reading begins.
    pub(super) fn position(self, position: Position) -> Self {
        match position {
            Position::Start => self.id(StreamId::MIN),
            Position::After(id) => self.id(id),
            Position::End => self.arg(b"$"),
        }
    }
}

/// An identifier in a reply.
pub(super) fn id(value: Value, spec: &'static Spec) -> Result<StreamId> {
    let text = reply::text(value, spec)?;
    text.parse().map_err(|_| reply::unexpected(spec))
}

/// Identifiers in a reply.
pub(super) fn ids(value: Value, spec: &'static Spec) -> Result<Vec<StreamId>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|item| id(item, spec))
        .collect()
}

/// An identifier that may be absent.
pub(super) fn optional_id(value: Value, spec: &'static Spec) -> Result<Option<StreamId>> {
    match reply::checked(value, spec)? {
        Value::Nil => Ok(None),
        other => id(other, spec).map(Some),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn text_and_number_are_inverse() {
        for id in [StreamId::MIN, StreamId::new(1, 2), StreamId::MAX] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert_eq!("17".parse(), Ok(StreamId::new(17, 0)));
        for wrong in [
            "",
            "-",
            "1-",
            "-1",
            "1-2-3",
            "+1-0",
            " 1",
            "18446744073709551616-0",
        ] {
            assert_eq!(
                wrong.parse::<StreamId>(),
                Err(ParseStreamIdError),
                "{wrong}"
            );
        }
    }

    #[test]
    fn neighbours_are_in_order() {
        let id = StreamId::new(7, u64::MAX);
        assert_eq!(id.next(), Some(StreamId::new(8, 0)));
        assert_eq!(id.next().unwrap().previous(), Some(id));
        assert!(id.next().unwrap() > id);
        assert_eq!(StreamId::MAX.next(), None);
        assert_eq!(StreamId::MIN.previous(), None);
    }
}
