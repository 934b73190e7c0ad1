//! What a write does to a key's lifetime under each policy.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

#[macro_use]
pub mod keys;

use crate::server::Link;

/// The declared lifetime of the keys under test.
pub const MILLIS: u64 = 100_000;
/// A remaining lifetime unlike any declared one.
const OTHER: i64 = 7_777_000_000;

/// A declared policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    Refresh,
    Keep,
    Never,
    Jitter,
    EndOfDay,
    EndOfDayKeep,
}

/// How a write treats a lifetime it finds where the schema declares none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A whole string is written anew: the lifetime goes with the old value.
    Dropped,
    /// The key is only changed.
    Stays,
}

impl Policy {
    /// Whether a write leaves a remaining lifetime as it is.
    fn keeps(self) -> bool {
        matches!(self, Self::Keep | Self::EndOfDayKeep)
    }

    /// Asserts that the key has just been given its declared lifetime.
    #[track_caller]
    pub fn assert_fresh(self, link: &mut Link, key: &str) {
        let ttl = link.pttl(key);
        let declared = i64::try_from(MILLIS).unwrap();
        let expected = match self {
            Self::Never => -1..=-1,
            Self::Refresh | Self::Keep => declared - 10_000..=declared + 1,
            Self::Jitter => declared * 9 / 10 - 10_000..=declared * 11 / 10,
            Self::EndOfDay | Self::EndOfDayKeep => {
                let (seconds, _): (i64, i64) = link.raw(&["TIME"]);
                let left = (seconds / 86_400 + 1) * 86_400_000 - seconds * 1000;
                left - 10_000..=left + 1000
            }
        };
        assert!(
            expected.contains(&ttl),
            "{key}: {ttl} is outside {expected:?}"
        );
    }

    /// Asserts what a write does to a key that is absent, that lives another time, and that never expires.
    #[track_caller]
    pub fn assert_write(
        self,
        link: &mut Link,
        key: &str,
        found: Found,
        mut write: impl FnMut(&mut Link),
    ) {
        if link.raw::<i64>(&["EXISTS", key]) == 0 {
            write(link);
            assert_eq!(link.raw::<i64>(&["EXISTS", key]), 1, "{key} is written");
            self.assert_fresh(link, key);
        }
        link.raw::<()>(&["PEXPIRE", key, &OTHER.to_string()]);
        write(link);
        if self.keeps() || (self == Self::Never && found == Found::Stays) {
            let ttl = link.pttl(key);
            assert!((OTHER - 10_000..=OTHER).contains(&ttl), "{key}: {ttl}");
        } else {
            self.assert_fresh(link, key);
        }
        link.raw::<()>(&["PERSIST", key]);
        write(link);
        self.assert_fresh(link, key);
    }
}

/// Asserts a write's effect on the lifetime under every policy. `$found` tells what becomes of a lifetime
/// that was never declared.
macro_rules! under_every_policy {
    ($link:expr, $module:ident, $found:ident, |$key:ident| $write:expr) => {
        under_every_policy!(@ $link, $module, $found, |$key| $write,
            Refresh Keep Never Jitter EndOfDay EndOfDayKeep Legacy OnRead Odd)
    };
    (@ $link:expr, $module:ident, $found:ident, |$key:ident| $write:expr, $($kind:ident)*) => {$({
        let $key = $crate::schema::$module::$kind::of(1);
        let name = String::from_utf8($key.key().unwrap()).unwrap();
        $crate::schema::$module::$kind::POLICY.assert_write(
            $link,
            &name,
            $crate::policies::Found::$found,
            |link| {
                let _ = link.ok($write);
            },
        );
        $link.raw::<()>(&["DEL", &name]);
    })*};
}
