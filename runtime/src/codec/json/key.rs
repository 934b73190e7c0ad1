//! Keys of JSON objects, which are texts. What else may stand as one (a number, between quotes) serde_json knows.

use std::fmt;

use serde::ser::{Impossible, Serialize, SerializeMap as _, Serializer};

use super::text::quoted;
use super::writer::Result;

/// Writes a key between quotes.
#[inline]
pub(super) fn write<T: ?Sized + Serialize>(key: &T, out: &mut Vec<u8>) -> Result<()> {
    match key.serialize(Text(&mut *out)) {
        Ok(()) => Ok(()),
        Err(fmt::Error) => write_other(key, out),
    }
}

/// A key that is no text.
#[cold]
fn write_other<T: ?Sized + Serialize>(key: &T, out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    let mut json = serde_json::Serializer::new(&mut *out);
    json.serialize_map(None)?.serialize_key(key)?;
    // The object that it belongs to has been opened before.
    out.remove(start);
    Ok(())
}

/// Takes texts, and fails on everything else before anything is written.
struct Text<'o>(&'o mut Vec<u8>);

type Refused = Impossible<(), fmt::Error>;

macro_rules! refuse {
    ($($method:ident($($argument:ty),*) -> $given:ty,)*) => {$(
        fn $method(self, $(_: $argument),*) -> std::result::Result<$given, fmt::Error> {
            Err(fmt::Error)
        }
    )*};
}

impl Serializer for Text<'_> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Refused;
    type SerializeTuple = Refused;
    type SerializeTupleStruct = Refused;
    type SerializeTupleVariant = Refused;
    type SerializeMap = Refused;
    type SerializeStruct = Refused;
    type SerializeStructVariant = Refused;

    #[inline]
    fn serialize_str(self, text: &str) -> fmt::Result {
        quoted(text, self.0);
        Ok(())
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> fmt::Result {
        self.serialize_str(name)
    }

    #[inline]
    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_some<T: ?Sized + Serialize>(self, _: &T) -> fmt::Result {
        Err(fmt::Error)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> fmt::Result {
        Err(fmt::Error)
    }

    refuse! {
        serialize_bool(bool) -> (),
        serialize_i8(i8) -> (),
        serialize_i16(i16) -> (),
        serialize_i32(i32) -> (),
        serialize_i64(i64) -> (),
        serialize_u8(u8) -> (),
        serialize_u16(u16) -> (),
        serialize_u32(u32) -> (),
        serialize_u64(u64) -> (),
        serialize_f32(f32) -> (),
        serialize_f64(f64) -> (),
        serialize_char(char) -> (),
        serialize_bytes(&[u8]) -> (),
        serialize_none() -> (),
        serialize_unit() -> (),
        serialize_unit_struct(&'static str) -> (),
        serialize_seq(Option<usize>) -> Refused,
        serialize_tuple(usize) -> Refused,
        serialize_tuple_struct(&'static str, usize) -> Refused,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Refused,
        serialize_map(Option<usize>) -> Refused,
        serialize_struct(&'static str, usize) -> Refused,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Refused,
    }
}
