//! Tokens, and the identifiers that the server has of them.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::error::{Error, ErrorKind, Result};
use crate::key::Spec;
use crate::random;
use crate::value::Hashed;

/// Random bytes of a token.
const BYTES: usize = 24;
/// Characters of its text.
const LENGTH: usize = 2 * BYTES;

/// What a client proves by that a session is its own: 192 random bits, as 48 hexadecimal digits.
///
/// Whoever has it is logged in. It is shown by [`expose`](Self::expose) alone, for the cookie that takes it to the client; the server
/// gets its [identifier](Self::id).
#[derive(Clone)]
pub struct SessionToken(String);

impl SessionToken {
    /// A token that nobody else has, from the system's source of randomness.
    ///
    /// # Errors
    /// The system has no randomness: nothing else will do.
    pub(super) fn random(spec: &'static Spec) -> Result<Self> {
        let mut bytes = [0; BYTES];
        random::secret(&mut bytes)
            .ok_or_else(|| Error::new(ErrorKind::Settings, spec.template, NO_CHANCE))?;
        Ok(Self(hex(&bytes)))
    }

    /// Takes a token from what a client sent. That it reads as one does not mean that there is such a session.
    ///
    /// # Errors
    /// It is no text that a token has.
    pub fn parse(text: &str) -> Result<Self, NotASessionToken> {
        let is_token = text.len() == LENGTH && is_hex(text);
        is_token
            .then(|| Self(text.to_owned()))
            .ok_or(NotASessionToken)
    }

    /// The secret itself, for the client alone: not for logs, not for addresses.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the server knows the session by.
    #[must_use]
    pub fn id(&self) -> SessionId {
        SessionId(Sha256::digest(self.0.as_bytes()).into())
    }
}

const NO_CHANCE: &str = "the system gave no random bytes for a token";

impl FromStr for SessionToken {
    type Err = NotASessionToken;

    fn from_str(text: &str) -> Result<Self, NotASessionToken> {
        Self::parse(text)
    }
}

/// It is a secret.
impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// As its hash at once, so that nothing that a key's parameters are shown in has the secret.
impl From<&SessionToken> for Hashed<'_> {
    fn from(token: &SessionToken) -> Self {
        token.id().into()
    }
}

impl From<SessionToken> for Hashed<'_> {
    fn from(token: SessionToken) -> Self {
        token.id().into()
    }
}

/// What the server knows a session by: the SHA-256 of its token. Nobody logs in by it, so it may name a session on a page of devices.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionId([u8; 32]);

impl FromStr for SessionId {
    type Err = NotASessionToken;

    /// Reads back what `to_string` wrote.
    fn from_str(text: &str) -> Result<Self, NotASessionToken> {
        match Hashed::from_hex(text) {
            Some(Hashed::Digest(digest)) => Ok(Self(digest)),
            _ => Err(NotASessionToken),
        }
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionId({self})")
    }
}

impl From<SessionId> for Hashed<'_> {
    fn from(id: SessionId) -> Self {
        Self::Digest(id.0)
    }
}

/// A text that is no token of a session, and no identifier of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotASessionToken;

impl fmt::Display for NotASessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a token has 48 hexadecimal digits in lower case, and an identifier 64")
    }
}

impl std::error::Error for NotASessionToken {}

fn is_hex(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble & 15)]);
    let pairs = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)]);
    pairs.collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::HashSet;

    use super::*;

    const SPEC: &Spec = &Spec::simple(0, "login", "session:{session}");

    #[test]
    fn tokens_differ_and_are_not_shown() {
        let tokens: HashSet<String> = (0..1000)
            .map(|_| SessionToken::random(SPEC).unwrap().expose().to_owned())
            .collect();
        assert_eq!(tokens.len(), 1000);
        let text = tokens.iter().next().unwrap();
        let token: SessionToken = text.parse().unwrap();
        assert_eq!(token.expose(), text);
        assert_eq!(format!("{token:?}"), "SessionToken(…)");
        let shown = format!("{:?} {:?}", Hashed::from(&token), token.id());
        assert!(!shown.contains(text.as_str()), "{shown}");
        for wrong in [
            "",
            "00",
            &text.to_uppercase(),
            &format!("{text}0"),
            &token.id().to_string(),
        ] {
            // All digits are the same in upper case.
            if wrong != text {
                assert_eq!(SessionToken::parse(wrong).err(), Some(NotASessionToken));
            }
        }
    }

    #[test]
    fn an_identifier_is_the_hash_that_the_key_has() {
        let token = SessionToken::random(SPEC).unwrap();
        let by_text = Hashed::from(token.expose()).hex(usize::MAX).unwrap();
        assert_eq!(token.id().to_string().as_bytes(), by_text);
        assert_eq!(Hashed::from(&token).hex(usize::MAX).unwrap(), by_text);
        assert_eq!(token.id().to_string().parse(), Ok(token.id()));
        assert_eq!(token.expose().parse::<SessionId>(), Err(NotASessionToken));
    }
}
