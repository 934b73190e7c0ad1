use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! timestamp {
    ($(#[$doc:meta])* $name:ident, $unit:literal, $from:ident, $as:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            #[doc = concat!("A moment by its ", $unit, " since 1970 (negative before).")]
            #[must_use]
            pub const fn new(value: i64) -> Self { Self(value) }

            #[doc = concat!("The ", $unit, " since 1970.")]
            #[must_use]
            pub const fn get(self) -> i64 { self.0 }

            /// The local clock's present moment. Prefer the server's time where several machines write.
            #[must_use]
            pub fn now() -> Self { SystemTime::now().into() }

            /// The same moment as the standard library has it; `None` when out of its range.
            #[must_use]
            pub fn to_system_time(self) -> Option<SystemTime> {
                let distance = Duration::$from(self.0.unsigned_abs());
                if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
            }
        }

        impl From<SystemTime> for $name {
            fn from(time: SystemTime) -> Self {
                let clamp = |distance: Duration| i64::try_from(distance.$as()).unwrap_or(i64::MAX);
                match time.duration_since(UNIX_EPOCH) {
                    Ok(after) => Self(clamp(after)),
                    Err(before) => Self(clamp(before.duration()).saturating_neg()),
                }
            }
        }
    };
}

timestamp! {
    /// A moment in whole seconds since 1970.
    TimestampS, "seconds", from_secs, as_secs
}
timestamp! {
    /// A moment in whole milliseconds since 1970.
    TimestampMs, "milliseconds", from_millis, as_millis
}

macro_rules! duration {
    ($(#[$doc:meta])* $name:ident, $from:ident, $as:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(Duration);

        impl $name {
            /// A duration; what is finer than the unit is cut off.
            #[must_use]
            pub fn new(duration: Duration) -> Self { duration.into() }

            /// The duration.
            #[must_use]
            pub const fn get(self) -> Duration { self.0 }

            pub(crate) fn units(self) -> u64 { u64::try_from(self.0.$as()).unwrap_or(u64::MAX) }

            pub(crate) const fn from_units(units: u64) -> Self { Self(Duration::$from(units)) }
        }

        impl From<Duration> for $name {
            fn from(duration: Duration) -> Self {
                Self::from_units(Self(duration).units())
            }
        }

        impl From<$name> for Duration {
            fn from(duration: $name) -> Self { duration.0 }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u64(self.units())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                u64::deserialize(deserializer).map(Self::from_units)
            }
        }
    };
}

duration! {
    /// A duration stored as whole seconds.
    DurationS, from_secs, as_secs
}
duration! {
    /// A duration stored as whole milliseconds.
    DurationMs, from_millis, as_millis
}
