use std::borrow::Cow;

use sha2::{Digest as _, Sha256};

/// The value of a `string` parameter with `encode: hash`: a text, or the digest read back from a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Hashed<'a> {
    /// The text itself.
    Text(Cow<'a, str>),
    /// SHA-256 of a text that is not known.
    Digest([u8; 32]),
}

impl Hashed<'_> {
    /// The digest as 64 lower-case hexadecimal characters; `None` when the text is longer than `max`.
    pub(crate) fn hex(&self, max: usize) -> Option<[u8; 64]> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digest: [u8; 32] = match self {
            Self::Digest(digest) => *digest,
            Self::Text(text) if text.len() > max => return None,
            Self::Text(text) => Sha256::digest(text.as_bytes()).into(),
        };
        let mut hex = [0; 64];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(digest) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        Some(hex)
    }

    pub(crate) fn from_hex(text: &str) -> Option<Hashed<'static>> {
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        (text.len() == 64).then_some(Hashed::Digest(digest))
    }
}

const fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

impl<'a> From<&'a str> for Hashed<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Hashed<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a String> for Hashed<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
