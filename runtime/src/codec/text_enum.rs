use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Error as _, Visitor};

use super::{Problem, TextValue};

/// One of several texts. Implemented by generated code only.
pub trait TextEnum: Clone + 'static {
    /// The declared variants in order.
    const ALL: &'static [Self];

    /// The text at rest.
    fn text(&self) -> &str;

    /// The catch-all that keeps a text which is none of the declared ones, where the schema has one.
    #[must_use]
    fn other(text: Cow<'_, str>) -> Option<Self> {
        let _ = text;
        None
    }
}

fn declared<T: TextEnum>(text: &[u8]) -> Option<T> {
    let mut all = T::ALL.iter();
    all.find(|value| value.text().as_bytes() == text).cloned()
}

/// The variant of a text.
///
/// # Errors
/// No variant has it, and there is no catch-all.
pub fn parse_enum<T: TextEnum>(text: &str) -> Result<T, UnknownText> {
    declared(text.as_bytes())
        .or_else(|| T::other(Cow::Borrowed(text)))
        .ok_or(UnknownText)
}

/// Reads an enum's text.
///
/// # Errors
/// It is no text, or not one of the enum's.
pub fn deserialize_enum<'de, T: TextEnum, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    struct Text<T>(std::marker::PhantomData<T>);

    impl<T: TextEnum> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("one of the declared texts")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            parse_enum(text).map_err(E::custom)
        }

        fn visit_bytes<E: serde::de::Error>(self, text: &[u8]) -> Result<T, E> {
            let text = std::str::from_utf8(text).map_err(|_| E::custom(UnknownText))?;
            self.visit_str(text)
        }
    }

    from.deserialize_str(Text(std::marker::PhantomData))
        .map_err(D::Error::custom)
}

impl<T: TextEnum> TextValue for T {
    type Ref = Self;

    #[inline]
    fn write_text<R>(value: &Self, use_text: impl FnOnce(&[u8]) -> R) -> R {
        use_text(value.text().as_bytes())
    }

    fn read_text(text: Vec<u8>) -> Result<Self, Problem> {
        if let Some(value) = declared(&text) {
            return Ok(value);
        }
        String::from_utf8(text)
            .ok()
            .and_then(|text| Self::other(Cow::Owned(text)))
            .ok_or(Problem::Borrowed("not one of the declared texts"))
    }
}

/// A text that no variant of an enum has. It does not quote the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnknownText;

impl fmt::Display for UnknownText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the declared texts")
    }
}

impl std::error::Error for UnknownText {}
