use std::marker::PhantomData;
use std::net::IpAddr;

use ::time::OffsetDateTime;
use ::time::format_description::well_known::Rfc3339;
use ulid::Ulid;
use uuid::Uuid;

use super::{Codec, Problem, with_scratch};
use crate::value::{DurationMs, DurationS, TimestampMs, TimestampS};

/// A scalar with one text form. `read_text` is the inverse of `write_text`.
pub trait TextValue: Sized {
    /// What is written: a borrow of the value.
    type Ref: ?Sized;

    /// Hands the text to `use_text`.
    fn write_text<R>(value: &Self::Ref, use_text: impl FnOnce(&[u8]) -> R) -> R;

    /// Reads the text.
    ///
    /// # Errors
    /// It is no such value.
    fn read_text(text: Vec<u8>) -> Result<Self, Problem>;
}

/// A scalar as text.
#[derive(Debug, Clone, Copy)]
pub struct Text<T>(PhantomData<T>);

impl<T: TextValue> Codec for Text<T> {
    type Value = T;
    type Ref = T::Ref;

    #[inline]
    fn encode<R>(value: &T::Ref, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        Ok(T::write_text(value, use_bytes))
    }

    #[inline]
    fn decode(bytes: Vec<u8>) -> Result<T, Problem> {
        T::read_text(bytes)
    }
}

/// Any bytes as they are.
#[derive(Debug, Clone, Copy)]
pub struct Bytes;

impl Codec for Bytes {
    type Value = Vec<u8>;
    type Ref = [u8];

    #[inline]
    fn encode<R>(value: &[u8], use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        Ok(use_bytes(value))
    }

    #[inline]
    fn decode(bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
        Ok(bytes)
    }
}

fn utf8(text: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(text).map_err(|_| Problem::Borrowed("not UTF-8"))
}

impl TextValue for String {
    type Ref = str;

    #[inline]
    fn write_text<R>(value: &str, use_text: impl FnOnce(&[u8]) -> R) -> R {
        use_text(value.as_bytes())
    }

    #[inline]
    fn read_text(text: Vec<u8>) -> Result<Self, Problem> {
        Self::from_utf8(text).map_err(|_| Problem::Borrowed("not UTF-8"))
    }
}

macro_rules! integers {
    ($($name:ident)*) => {$(
        impl TextValue for $name {
            type Ref = Self;

            #[inline]
            fn write_text<R>(value: &Self, use_text: impl FnOnce(&[u8]) -> R) -> R {
                use_text(itoa::Buffer::new().format(*value).as_bytes())
            }

            fn read_text(text: Vec<u8>) -> Result<Self, Problem> {
                utf8(&text)?
                    .parse()
                    .map_err(|_| Problem::Borrowed(concat!("not an integer of type ", stringify!($name))))
            }
        }
    )*};
}

integers! { u8 u16 u32 u64 i8 i16 i32 i64 }

/// Types whose `Display` and `FromStr` are inverse.
macro_rules! displayed {
    ($($name:ident: $what:literal)*) => {$(
        impl TextValue for $name {
            type Ref = Self;

            fn write_text<R>(value: &Self, use_text: impl FnOnce(&[u8]) -> R) -> R {
                display(value, use_text)
            }

            fn read_text(text: Vec<u8>) -> Result<Self, Problem> {
                utf8(&text)?.parse().map_err(|_| Problem::Borrowed(concat!("not ", $what)))
            }
        }
    )*};
}

displayed! {
    f32: "a number"
    f64: "a number"
    Uuid: "a UUID"
    Ulid: "a ULID"
    IpAddr: "an IP address"
}

#[cfg(feature = "decimal")]
mod decimal {
    use super::{Problem, TextValue, display, utf8};
    use rust_decimal::Decimal;

    displayed! { Decimal: "a decimal number" }
}

fn display<R>(value: &impl std::fmt::Display, use_text: impl FnOnce(&[u8]) -> R) -> R {
    use std::io::Write as _;
    with_scratch(|buffer| {
        // Writing into a vector cannot fail.
        let _ = write!(buffer, "{value}");
        use_text(buffer)
    })
}

impl TextValue for bool {
    type Ref = Self;

    fn write_text<R>(value: &Self, use_text: impl FnOnce(&[u8]) -> R) -> R {
        use_text(if *value { b"true" } else { b"false" })
    }

    fn read_text(text: Vec<u8>) -> Result<Self, Problem> {
        match text.as_slice() {
            b"true" | b"1" => Ok(true),
            b"false" | b"0" => Ok(false),
            _ => Err(Problem::Borrowed("neither `true` nor `false`")),
        }
    }
}

/// Types that stand as one integer.
macro_rules! numbered {
    ($($name:ident as $int:ident: $get:ident, $new:ident)*) => {$(
        impl TextValue for $name {
            type Ref = Self;

            fn write_text<R>(value: &Self, use_text: impl FnOnce(&[u8]) -> R) -> R {
                $int::write_text(&value.$get(), use_text)
            }

            fn read_text(text: Vec<u8>) -> Result<Self, Problem> {
                $int::read_text(text).map(Self::$new)
            }
        }
    )*};
}

numbered! {
    TimestampS as i64: get, new
    TimestampMs as i64: get, new
    DurationS as u64: units, from_units
    DurationMs as u64: units, from_units
}

impl TextValue for OffsetDateTime {
    type Ref = Self;

    fn write_text<R>(value: &Self, use_text: impl FnOnce(&[u8]) -> R) -> R {
        with_scratch(|buffer| {
            // Fails only for years that RFC 3339 cannot express; reading such a text then reports it.
            let _ = value.format_into(buffer, &Rfc3339);
            use_text(buffer)
        })
    }

    fn read_text(text: Vec<u8>) -> Result<Self, Problem> {
        Self::parse(utf8(&text)?, &Rfc3339)
            .map_err(|_| Problem::Borrowed("not an RFC 3339 date and time"))
    }
}

/// The built-in value of a user's own type.
pub fn plain<R, T: Clone + Into<R>>(value: &T) -> R {
    value.clone().into()
}

/// The user's own type of a built-in value; `None` when it refuses the value.
pub fn through<R, T: TryFrom<R>>(value: R) -> Option<T> {
    T::try_from(value).ok()
}

/// A user's own type, through the built-in one it converts from and into.
#[derive(Debug, Clone, Copy)]
pub struct Via<C, T>(PhantomData<(C, T)>);

impl<C, T> Codec for Via<C, T>
where
    C: Codec<Ref: ToOwned<Owned = C::Value>>,
    T: Clone + Into<C::Value> + TryFrom<C::Value>,
    C::Value: std::borrow::Borrow<C::Ref>,
{
    type Value = T;
    type Ref = T;

    fn encode<R>(value: &T, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        let plain: C::Value = value.clone().into();
        C::encode(std::borrow::Borrow::borrow(&plain), use_bytes)
    }

    fn decode(bytes: Vec<u8>) -> Result<T, Problem> {
        T::try_from(C::decode(bytes)?)
            .map_err(|_| Problem::Borrowed("refused by the type `rust:` names"))
    }
}
