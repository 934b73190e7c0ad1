//! Arrays and objects of JSON.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::Error;

use super::key;
use super::text::contents;
use super::writer::{Result, Writer};

/// An array or object of which some parts are written.
pub(super) struct Parts<'o> {
    out: &'o mut Vec<u8>,
    is_first: bool,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// Ends with these.
    Open(&'static [u8]),
    /// A struct of serde_json's own, by its name; it is left to serde_json.
    Private(&'static str),
}

impl<'o> Parts<'o> {
    #[inline]
    pub(super) fn open(out: &'o mut Vec<u8>, start: u8, end: &'static [u8]) -> Self {
        out.push(start);
        Self {
            out,
            is_first: true,
            kind: Kind::Open(end),
        }
    }

    #[cold]
    pub(super) fn private(out: &'o mut Vec<u8>, name: &'static str) -> Self {
        Self {
            out,
            is_first: true,
            kind: Kind::Private(name),
        }
    }

    #[inline]
    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(b',');
        }
    }

    #[inline]
    fn element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<()> {
        self.separate();
        value.serialize(Writer(self.out))
    }

    #[inline]
    fn field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<()> {
        if let Kind::Private(of) = self.kind {
            let mut json = serde_json::Serializer::new(&mut *self.out);
            let mut parts = json.serialize_struct(of, 1)?;
            SerializeStruct::serialize_field(&mut parts, name, value)?;
            return SerializeStruct::end(parts);
        }
        self.separate();
        self.out.push(b'"');
        contents(name, self.out);
        self.out.extend_from_slice(b"\":");
        value.serialize(Writer(self.out))
    }

    #[inline]
    fn close(self) -> Result<()> {
        if let Kind::Open(end) = self.kind {
            self.out.extend_from_slice(end);
        }
        Ok(())
    }
}

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<()> {
        self.separate();
        key::write(key, self.out)
    }

    #[inline]
    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<()> {
        self.out.push(b':');
        value.serialize(Writer(self.out))
    }

    #[inline]
    fn end(self) -> Result<()> {
        self.close()
    }
}

macro_rules! of_elements {
    ($($of:ident $method:ident,)*) => {$(
        impl $of for Parts<'_> {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<()> {
                self.element(value)
            }

            #[inline]
            fn end(self) -> Result<()> {
                self.close()
            }
        }
    )*};
}

of_elements! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

macro_rules! of_fields {
    ($($of:ident,)*) => {$(
        impl $of for Parts<'_> {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn serialize_field<T: ?Sized + Serialize>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<()> {
                self.field(name, value)
            }

            #[inline]
            fn end(self) -> Result<()> {
                self.close()
            }
        }
    )*};
}

of_fields! {
    SerializeStruct,
    SerializeStructVariant,
}
