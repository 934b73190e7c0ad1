//! Records: hashes and stream entries whose fields are declared.

use std::marker::PhantomData;

use redis::{Cmd, RedisWrite as _};

use crate::codec::{Codec, Problem};

/// A hash or stream entry with declared fields. Implemented by generated code only.
///
/// `decode` is the inverse of `encode`.
pub trait Record: Sized {
    /// The fields' names at rest in order of declaration.
    const FIELDS: &'static [&'static str];
    /// Fields that every write sets to the server's time (`touch: on_write`).
    const TOUCH: &'static [Touch] = &[];

    /// Writes every field but those of [`TOUCH`](Self::TOUCH).
    ///
    /// # Errors
    /// A value cannot be encoded or breaks a declared bound.
    fn encode(&self, out: &mut FieldWriter<'_>) -> Result<(), Problem>;

    /// Reads the fields.
    ///
    /// # Errors
    /// A required field is absent, or a value is not what the schema says.
    fn decode(from: &mut FieldReader) -> Result<Self, Problem>;
}

/// A field that the server's clock sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// The field of this name, in seconds since 1970.
    Seconds(&'static str),
    /// The field of this name, in milliseconds since 1970.
    Millis(&'static str),
}

/// Marks a [`Field`] that a record cannot be without.
#[derive(Debug, Clone, Copy)]
pub enum Required {}

/// Marks a [`Field`] that may be absent, or that has a default.
#[derive(Debug, Clone, Copy)]
pub enum Optional {}

/// A declared field of record `R` with codec `C`: names it in calls, with its type. `P` tells whether it may
/// be absent: [`Required`] or [`Optional`].
pub struct Field<R, C, P = Required> {
    name: &'static str,
    was: &'static [&'static str],
    #[allow(clippy::type_complexity)] // three markers and nothing else
    types: PhantomData<fn() -> (R, C, P)>,
}

impl<R, C, P> Field<R, C, P> {
    /// The field of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            was: &[],
            types: PhantomData,
        }
    }

    /// Its earlier names, the latest first: it is also read under them, and a write moves it to its name.
    #[must_use]
    pub const fn was(mut self, names: &'static [&'static str]) -> Self {
        self.was = names;
        self
    }

    /// Its name at rest.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Its earlier names.
    pub(crate) const fn former(self) -> &'static [&'static str] {
        self.was
    }
}

impl<R, C, P> Clone for Field<R, C, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, C, P> Copy for Field<R, C, P> {}

impl<R, C, P> std::fmt::Debug for Field<R, C, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Field({})", self.name)
    }
}

/// Where a record's fields are written: straight into a command's arguments.
#[derive(Debug)]
pub struct FieldWriter<'c> {
    cmd: &'c mut Cmd,
    written: usize,
    /// Names of absent fields, and earlier names.
    absent: Vec<&'static str>,
}

impl<'c> FieldWriter<'c> {
    pub(crate) fn new(cmd: &'c mut Cmd) -> Self {
        Self {
            cmd,
            written: 0,
            absent: Vec::new(),
        }
    }

    /// Writes a field.
    ///
    /// # Errors
    /// The value cannot be encoded.
    pub fn put<C: Codec>(&mut self, name: &'static str, value: &C::Ref) -> Result<(), Problem> {
        self.cmd.write_arg(name.as_bytes());
        self.written += 1;
        let cmd = &mut *self.cmd;
        C::encode(value, |bytes| cmd.write_arg(bytes))
            .map_err(|problem| Problem::Owned(format!("`{name}`: {problem}")))
    }

    /// Writes a field that may be absent.
    ///
    /// # Errors
    /// The value cannot be encoded.
    pub fn put_optional<C: Codec>(
        &mut self,
        name: &'static str,
        value: Option<&C::Ref>,
    ) -> Result<(), Problem> {
        match value {
            Some(value) => self.put::<C>(name, value),
            None => {
                self.absent.push(name);
                Ok(())
            }
        }
    }

    /// Tells names that fields had before (`was:`): a write of the whole record removes them.
    pub fn former(&mut self, names: &[&'static str]) {
        self.absent.extend_from_slice(names);
    }

    /// Number of fields written, and the names that must not be there.
    pub(crate) fn finish(self) -> (usize, Vec<&'static str>) {
        (self.written, self.absent)
    }
}

/// The stored fields of a record, in whatever order.
#[derive(Debug)]
pub struct FieldReader {
    fields: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

impl FieldReader {
    pub(crate) fn new(fields: impl Iterator<Item = (Vec<u8>, Vec<u8>)>) -> Self {
        Self {
            fields: fields.map(|(name, value)| (name, Some(value))).collect(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Reads a field that may be absent, under the first of `names` that is stored.
    ///
    /// # Errors
    /// The value is not what the schema says.
    pub fn optional<C: Codec>(
        &mut self,
        names: &[&'static str],
    ) -> Result<Option<C::Value>, Problem> {
        for name in names {
            let stored = self
                .fields
                .iter_mut()
                .find(|(stored, _)| stored == name.as_bytes());
            if let Some(bytes) = stored.and_then(|(_, value)| value.take()) {
                return C::decode(bytes)
                    .map(Some)
                    .map_err(|problem| Problem::Owned(format!("`{name}`: {problem}")));
            }
        }
        Ok(None)
    }

    /// Reads a field that must be there.
    ///
    /// # Errors
    /// It is absent, or not what the schema says.
    pub fn required<C: Codec>(&mut self, names: &[&'static str]) -> Result<C::Value, Problem> {
        self.optional::<C>(names)?.ok_or_else(|| {
            Problem::Owned(format!(
                "field `{}` is absent",
                names.first().copied().unwrap_or_default()
            ))
        })
    }
}
