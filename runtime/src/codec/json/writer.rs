//! The writer of JSON.

use std::fmt::{Display, Write as _};

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Error;

use super::parts::Parts;
use super::text::{Pieces, quoted};

pub(super) type Result<T> = std::result::Result<T, Error>;

/// Writes a value as serde_json does, byte for byte, in less time: a buffer takes what is written without a
/// way out of each step, and texts are looked at eight bytes at a time.
///
/// What is rare or has rules of its own (floating-point numbers, keys that are no texts, what serde_json
/// says to itself) is left to serde_json.
pub(super) struct Writer<'o>(pub(super) &'o mut Vec<u8>);

/// What serde_json calls the structs by which its own types tell it something.
const PRIVATE: &str = "$serde_json::private::";

impl<'o> Writer<'o> {
    /// The name of a variant and what comes before its content.
    fn variant(self, name: &str) -> Self {
        self.0.push(b'{');
        quoted(name, self.0);
        self.0.push(b':');
        self
    }
}

macro_rules! integers {
    ($($method:ident $ty:ty,)*) => {$(
        #[inline]
        fn $method(self, number: $ty) -> Result<()> {
            let mut digits = itoa::Buffer::new();
            self.0.extend_from_slice(digits.format(number).as_bytes());
            Ok(())
        }
    )*};
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'o>;
    type SerializeTuple = Parts<'o>;
    type SerializeTupleStruct = Parts<'o>;
    type SerializeTupleVariant = Parts<'o>;
    type SerializeMap = Parts<'o>;
    type SerializeStruct = Parts<'o>;
    type SerializeStructVariant = Parts<'o>;

    integers! {
        serialize_i8 i8,
        serialize_i16 i16,
        serialize_i32 i32,
        serialize_i64 i64,
        serialize_i128 i128,
        serialize_u8 u8,
        serialize_u16 u16,
        serialize_u32 u32,
        serialize_u64 u64,
        serialize_u128 u128,
    }

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<()> {
        let text: &[u8] = if value { b"true" } else { b"false" };
        self.0.extend_from_slice(text);
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Result<()> {
        serde_json::to_writer(self.0, &number)
    }

    fn serialize_f64(self, number: f64) -> Result<()> {
        serde_json::to_writer(self.0, &number)
    }

    fn serialize_char(self, char: char) -> Result<()> {
        self.serialize_str(char.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, text: &str) -> Result<()> {
        quoted(text, self.0);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<()> {
        serde_json::Serializer::new(self.0).serialize_bytes(bytes)
    }

    #[inline]
    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<()> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }

    #[inline]
    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<()> {
        self.serialize_str(name)
    }

    #[inline]
    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        let Self(out) = self.variant(name);
        value.serialize(Writer(&mut *out))?;
        out.push(b'}');
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'o>> {
        Ok(Parts::open(self.0, b'[', b"]"))
    }

    #[inline]
    fn serialize_tuple(self, _: usize) -> Result<Parts<'o>> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'o>> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Parts<'o>> {
        Ok(Parts::open(self.variant(name).0, b'[', b"]}"))
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'o>> {
        Ok(Parts::open(self.0, b'{', b"}"))
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Parts<'o>> {
        if name.starts_with(PRIVATE) {
            return Ok(Parts::private(self.0, name));
        }
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Parts<'o>> {
        Ok(Parts::open(self.variant(name).0, b'{', b"}}"))
    }

    fn collect_str<T: ?Sized + Display>(self, value: &T) -> Result<()> {
        self.0.push(b'"');
        write!(Pieces(self.0), "{value}").map_err(|_| Error::custom("cannot be shown"))?;
        self.0.push(b'"');
        Ok(())
    }
}
