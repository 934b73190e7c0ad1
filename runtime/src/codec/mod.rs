//! How values stand at rest.

mod as_value;
mod base64;
mod check;
mod countable;
mod date;
mod document;
mod form;
mod json;
#[cfg(feature = "msgpack")]
mod msgpack;
mod redacted;
pub mod rule;
mod scratch;
mod text;
mod text_enum;
#[cfg(feature = "zstd")]
mod zstd;

use std::borrow::Cow;

pub use as_value::AsValue;
pub use check::{Bounded, Check, Each, Violation, check_field};
pub use countable::Countable;
pub use date::{DatePattern, DateText};
pub use document::{Document, Format};
pub use form::{As, Form, Plain, Through};
#[cfg(feature = "json")]
pub use json::Json;
#[cfg(feature = "msgpack")]
pub use msgpack::MsgPack;
pub use redacted::Redacted;
pub use rule::Rule;
pub(crate) use scratch::with_scratch;
pub use text::{Bytes, Text, TextValue, Via, plain, through};
pub use text_enum::{TextEnum, UnknownText, deserialize_enum, parse_enum};
#[cfg(feature = "zstd")]
pub use zstd::Zstd;

/// What is wrong with a value, in words that never quote it.
pub type Problem = Cow<'static, str>;

/// A record that refuses fields which it does not declare has one.
pub(crate) const UNKNOWN_FIELD: &str = "a field that the schema does not declare";

/// Whether a parser stopped at a field that a strict record does not declare; the words are those of serde's derive.
#[cfg(any(feature = "json", feature = "msgpack"))]
#[cold]
fn is_unknown_field(error: &impl std::fmt::Display) -> bool {
    error.to_string().starts_with("unknown field `")
}

/// A value type together with its form at rest.
///
/// `decode` is the inverse of `encode`.
pub trait Codec {
    /// What is read.
    type Value;
    /// What is written: a borrow of the value (`str` for `String`).
    type Ref: ?Sized;

    /// Hands the encoded bytes to `use_bytes`. Encodes into a reused buffer where bytes must be made.
    ///
    /// # Errors
    /// The value cannot be encoded or breaks a declared bound.
    fn encode<R>(value: &Self::Ref, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem>;

    /// Reads encoded bytes.
    ///
    /// # Errors
    /// The bytes are no such value.
    fn decode(bytes: Vec<u8>) -> Result<Self::Value, Problem>;
}
