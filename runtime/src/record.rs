//! Records: hashes and stream entries whose fields are declared.

use std::marker::PhantomData;

use crate::cmd::Cmd;
use crate::codec::{Codec, Problem, UNKNOWN_FIELD};
use crate::lifetime::{Lifetime, OnWrite};

/// A hash or stream entry with declared fields. Implemented by generated code only.
///
/// `decode` is the inverse of `encode`.
pub trait Record: Sized {
    /// The fields' names at rest in order of declaration.
    const FIELDS: &'static [&'static str];
    /// Fields that every write sets to the server's time (`touch: on_write`).
    const TOUCH: &'static [Touch] = &[];
    /// Fields that have a lifetime of their own.
    const EXPIRES: &'static [Expires] = &[];

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

/// A field with a lifetime of its own, which starts with every write of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expires {
    pub(crate) name: &'static str,
    pub(crate) lifetime: Lifetime,
}

impl Expires {
    /// The field of this name and its lifetime.
    #[must_use]
    pub const fn new(name: &'static str, lifetime: Lifetime) -> Self {
        Self { name, lifetime }
    }

    /// Whether a write leaves the remaining lifetime of the field as it is.
    pub(crate) fn keeps(&self) -> bool {
        self.lifetime.on_write() == OnWrite::Keep
    }
}

/// Marks a [`Field`] that a record cannot be without.
#[derive(Debug, Clone, Copy)]
pub enum Required {}

/// Marks a [`Field`] that may be absent, or that has a default.
#[derive(Debug, Clone, Copy)]
pub enum Optional {}

/// Marks a [`Field`] that has a lifetime of its own, so that it is absent in the end.
#[derive(Debug, Clone, Copy)]
pub enum Expiring {}

/// Marks of fields that may be absent.
#[diagnostic::on_unimplemented(
    message = "a record cannot be without this field",
    label = "only optional fields, fields with a default and fields with a lifetime can be removed"
)]
pub trait MayBeAbsent {}

impl MayBeAbsent for Optional {}

impl MayBeAbsent for Expiring {}

/// A declared field of record `R` with codec `C`: names it in calls, with its type. `P` tells whether it may
/// be absent: [`Required`], [`Optional`] or [`Expiring`].
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
    /// Fields with a lifetime of their own.
    expires: &'static [Expires],
    /// Those of them that were written.
    renewed: Vec<&'static Expires>,
    /// Those of them whose remaining lifetime stays: they are written by other means.
    kept: Vec<Kept>,
}

/// A value for a field whose remaining lifetime stays.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) field: &'static Expires,
    pub(crate) value: Vec<u8>,
}

/// What was written of a record.
#[derive(Debug)]
pub(crate) struct Written {
    /// Number of fields among the command's arguments.
    pub(crate) count: usize,
    /// Names that must not be there.
    pub(crate) absent: Vec<&'static str>,
    /// Fields among the arguments whose lifetime starts anew.
    pub(crate) renewed: Vec<&'static Expires>,
    /// Fields that are not among the arguments, because their remaining lifetime stays.
    pub(crate) kept: Vec<Kept>,
}

impl<'c> FieldWriter<'c> {
    /// A writer for the fields of a record, of which these have a lifetime of their own.
    pub(crate) fn new(cmd: &'c mut Cmd, expires: &'static [Expires]) -> Self {
        Self {
            cmd,
            written: 0,
            absent: Vec::new(),
            expires,
            renewed: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// Writes a field.
    ///
    /// # Errors
    /// The value cannot be encoded.
    pub fn put<C: Codec>(&mut self, name: &'static str, value: &C::Ref) -> Result<(), Problem> {
        if let Some(field) = self.expires.iter().find(|field| field.name == name) {
            if field.keeps() {
                let value = named(name, C::encode(value, <[u8]>::to_vec))?;
                self.kept.push(Kept { field, value });
                return Ok(());
            }
            self.renewed.push(field);
        }
        self.cmd.arg(name.as_bytes());
        self.written += 1;
        let cmd = &mut *self.cmd;
        named(name, C::encode(value, |bytes| cmd.arg(bytes)))
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

    /// What was written.
    pub(crate) fn finish(self) -> Written {
        Written {
            count: self.written,
            absent: self.absent,
            renewed: self.renewed,
            kept: self.kept,
        }
    }
}

/// A result whose problem names the field.
fn named<T>(name: &str, result: Result<T, Problem>) -> Result<T, Problem> {
    result.map_err(|problem| Problem::Owned(format!("`{name}`: {problem}")))
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

    /// Refuses fields that the record does not declare (`unknown_fields: refuse`), by its names and earlier ones.
    ///
    /// # Errors
    /// Another field is stored; which one is not told, because it may be anything.
    pub fn refuse_others(&self, names: &[&str], former: &[&str]) -> Result<(), Problem> {
        let is_known = |stored: &[u8]| {
            let mut known = names.iter().chain(former);
            known.any(|name| name.as_bytes() == stored)
        };
        match self.fields.iter().all(|(stored, _)| is_known(stored)) {
            true => Ok(()),
            false => Err(Problem::Borrowed(UNKNOWN_FIELD)),
        }
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
