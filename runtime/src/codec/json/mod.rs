//! JSON: read by serde_json, written by a writer that gives the same bytes.

#![cfg(feature = "json")]

mod key;
mod parts;
#[cfg(test)]
mod tests;
mod text;
mod writer;

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Codec, Format, Problem, UNKNOWN_FIELD, is_unknown_field, with_scratch};
use writer::Writer;

/// JSON. Unknown fields are ignored on reading, but by records that refuse them.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(PhantomData<T>);

impl<T: Serialize + DeserializeOwned> Codec for Json<T> {
    type Value = T;
    type Ref = T;

    #[inline]
    fn encode<R>(value: &T, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        Json::<()>::write(value, use_bytes)
    }

    #[inline]
    fn decode(bytes: Vec<u8>) -> Result<T, Problem> {
        Json::<()>::read(bytes)
    }
}

impl Format for Json<()> {
    #[inline]
    fn write<R>(value: &impl Serialize, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        with_scratch(|buffer| match value.serialize(Writer(buffer)) {
            Ok(()) => Ok(use_bytes(buffer)),
            Err(error) => Err(describe(&error)),
        })
    }

    #[inline]
    fn read<T: DeserializeOwned>(bytes: Vec<u8>) -> Result<T, Problem> {
        // One pass over valid UTF-8 is cheaper than checking each string by itself.
        let text = std::str::from_utf8(&bytes).map_err(|_| Problem::Borrowed("not UTF-8"))?;
        serde_json::from_str(text).map_err(|error| describe(&error))
    }
}

/// The parser's own words may quote the value, so only kind and place are told.
#[cold]
fn describe(error: &serde_json::Error) -> Problem {
    use serde_json::error::Category;
    let kind = match error.classify() {
        Category::Io => "JSON cannot be written",
        Category::Syntax => "not valid JSON",
        Category::Data if is_unknown_field(error) => UNKNOWN_FIELD,
        Category::Data => "JSON of another shape",
        Category::Eof => "JSON ends too early",
    };
    match error.line() {
        0 => Problem::Borrowed(kind),
        line => Problem::Owned(format!("{kind}, line {line} column {}", error.column())),
    }
}
