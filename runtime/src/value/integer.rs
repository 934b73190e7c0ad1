use super::{DurationMs, DurationS, TimestampMs, TimestampS};
use crate::codec::TextValue;

/// An integer that the server can count: its own counters have 64 bits and a sign.
pub trait Integer: TextValue<Ref = Self> + Copy + sealed::Sealed {
    /// The smallest value the server can reach.
    #[doc(hidden)]
    const MIN: i64;
    /// The largest value the server can reach.
    #[doc(hidden)]
    const MAX: i64;

    /// The value in the server's range; what is beyond becomes the range's end.
    #[doc(hidden)]
    fn to_server(self) -> i64;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! integers {
    ($($name:ident: $min:expr, $max:expr, |$value:ident| $to_server:expr;)*) => {$(
        impl sealed::Sealed for $name {}

        impl Integer for $name {
            const MIN: i64 = $min;
            const MAX: i64 = $max;

            fn to_server(self) -> i64 {
                let $value = self;
                $to_server
            }
        }
    )*};
}

integers! {
    i8: i8::MIN as i64, i8::MAX as i64, |value| value.into();
    i16: i16::MIN as i64, i16::MAX as i64, |value| value.into();
    i32: i32::MIN as i64, i32::MAX as i64, |value| value.into();
    i64: i64::MIN, i64::MAX, |value| value;
    u8: 0, u8::MAX as i64, |value| value.into();
    u16: 0, u16::MAX as i64, |value| value.into();
    u32: 0, u32::MAX as i64, |value| value.into();
    u64: 0, i64::MAX, |value| i64::try_from(value).unwrap_or(i64::MAX);
    TimestampS: i64::MIN, i64::MAX, |value| value.get();
    TimestampMs: i64::MIN, i64::MAX, |value| value.get();
    DurationS: 0, i64::MAX, |value| i64::try_from(value.units()).unwrap_or(i64::MAX);
    DurationMs: 0, i64::MAX, |value| i64::try_from(value.units()).unwrap_or(i64::MAX);
}
