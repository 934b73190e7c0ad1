//! Tokens: whose hold it is.

use std::fmt;
use std::str::FromStr;

use crate::random;

/// Bytes of its text.
const LENGTH: usize = 32;

/// Whose hold it is: 128 random bits, as 32 hexadecimal digits. It is the value of a lock and a member of a semaphore.
///
/// Guards make their own. One that is passed on, as [text](Self::as_str), lets another process renew and release what this
/// one took.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token([u8; LENGTH]);

impl Token {
    /// A token that nobody else has.
    #[must_use]
    pub fn random() -> Self {
        let digit = |nibble: u8| b"0123456789abcdef"[usize::from(nibble & 15)];
        let mut text = [0; LENGTH];
        for (pair, byte) in text.chunks_exact_mut(2).zip(random::bits()) {
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte)]);
        }
        Self(text)
    }

    /// Its text, which another process makes the same token of.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Nothing but digits is ever put there.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    pub(super) const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let bytes: [u8; LENGTH] = text.as_bytes().try_into().map_err(|_| NotAToken)?;
        let digits = bytes
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if digits {
            Ok(Self(bytes))
        } else {
            Err(NotAToken)
        }
    }
}

/// Who has it can release what it holds: it is not shown.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A text that is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAToken;

impl fmt::Display for NotAToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a token has 32 hexadecimal digits in lower case")
    }
}

impl std::error::Error for NotAToken {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn tokens_differ_and_read_back() {
        let (one, other) = (Token::random(), Token::random());
        assert_ne!(one, other);
        assert_eq!(one.as_str().parse::<Token>().unwrap(), one);
        assert_eq!(format!("{one:?}"), "Token(…)");
        let upper = one.as_str().replace(|c: char| c.is_ascii_digit(), "A");
        for wrong in ["", "00", &upper, &format!("{}0", one.as_str())] {
            assert_eq!(wrong.parse::<Token>(), Err(NotAToken), "{wrong}");
        }
    }
}
