use std::net::IpAddr;

use time::Date;
use ulid::Ulid;
use uuid::Uuid;

use crate::value::Hashed;

/// Keys up to this length are built without allocating.
const INLINE: usize = 96;

/// Where a key's name is written.
///
/// A parameter outside its alphabet is remembered and makes the whole key unusable; it is never
/// escaped silently. Writing costs no allocation up to 96 bytes.
pub struct KeyBuf {
    inline: [u8; INLINE],
    len: usize,
    spill: Vec<u8>,
    problem: Option<(&'static str, &'static str)>,
}

/// Without the name, which may hold a secret parameter.
impl std::fmt::Debug for KeyBuf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyBuf")
            .field("len", &self.len)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

impl KeyBuf {
    #[inline]
    /// Nothing written yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            inline: [0; INLINE],
            len: 0,
            spill: Vec::new(),
            problem: None,
        }
    }

    /// The bytes written so far.
    #[must_use]
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        if self.spill.is_empty() {
            &self.inline[..self.len]
        } else {
            &self.spill
        }
    }

    pub(crate) fn problem(&self) -> Option<(&'static str, &'static str)> {
        self.problem
    }

    /// Remembers that a parameter is outside its alphabet; the first one counts.
    pub fn refuse(&mut self, param: &'static str, problem: &'static str) {
        self.problem.get_or_insert((param, problem));
    }

    /// Writes bytes as they are.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        match self.inline.get_mut(self.len..end) {
            Some(place) if self.spill.is_empty() => {
                place.copy_from_slice(bytes);
                self.len = end;
            }
            _ => self.spill_over(bytes),
        }
    }

    #[cold]
    fn spill_over(&mut self, bytes: &[u8]) {
        if self.spill.is_empty() {
            self.spill.reserve(self.len + bytes.len());
            self.spill.extend_from_slice(&self.inline[..self.len]);
        }
        self.spill.extend_from_slice(bytes);
    }

    /// Writes the template's own text.
    #[inline]
    pub fn literal(&mut self, text: &'static str) {
        self.bytes(text.as_bytes());
    }

    /// Writes a UUID: hyphenated, lower case.
    #[inline]
    pub fn uuid(&mut self, value: &Uuid) {
        let end = self.len + 36;
        if let (true, Some(place)) = (self.spill.is_empty(), self.inline.get_mut(self.len..end)) {
            value.hyphenated().encode_lower(place);
            self.len = end;
        } else {
            let mut text = [0; 36];
            self.bytes(value.hyphenated().encode_lower(&mut text).as_bytes());
        }
    }

    /// Writes a ULID: 26 characters, upper case.
    pub fn ulid(&mut self, value: &Ulid) {
        let mut text = [0; ulid::ULID_LEN];
        self.bytes(value.array_to_str(&mut text).as_bytes());
    }

    /// Writes an integer in decimal.
    #[inline]
    pub fn integer(&mut self, value: impl itoa::Integer) {
        self.bytes(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Writes an IP address in canonical text.
    pub fn ip(&mut self, value: &IpAddr) {
        use std::fmt::Write as _;
        // Writing into a `KeyBuf` cannot fail.
        let _ = write!(self, "{value}");
    }

    /// Writes a text of `[A-Za-z0-9._-]`.
    pub fn slug(&mut self, param: &'static str, value: &str, max: usize) {
        if value.is_empty() {
            self.refuse(param, "is empty");
        } else if value.len() > max {
            self.refuse(param, "is longer than the schema allows");
        } else if !value.bytes().all(is_slug) {
            self.refuse(param, "may hold only letters, digits, `.`, `_` and `-`");
        } else {
            self.bytes(value.as_bytes());
        }
    }

    /// Writes lower-case hexadecimal text of exactly `len` characters.
    pub fn hex(&mut self, param: &'static str, value: &str, len: usize) {
        if value.len() != len {
            self.refuse(param, "has not the length the schema states");
        } else if !value.bytes().all(is_hex) {
            self.refuse(param, "may hold only the digits 0-9 and a-f");
        } else {
            self.bytes(value.as_bytes());
        }
    }

    /// Writes a date by a pattern of `YYYY`, `MM`, `DD` and separators.
    pub fn date(&mut self, param: &'static str, value: &Date, pattern: &'static str) {
        let Ok(year) = u16::try_from(value.year()) else {
            return self.refuse(param, "is before the year 0");
        };
        if year > 9999 {
            return self.refuse(param, "is after the year 9999");
        }
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            if let Some(tail) = rest.strip_prefix("YYYY") {
                self.padded(u32::from(year), 4);
                rest = tail;
            } else if let Some(tail) = rest.strip_prefix("MM") {
                self.padded(u32::from(u8::from(value.month())), 2);
                rest = tail;
            } else if let Some(tail) = rest.strip_prefix("DD") {
                self.padded(u32::from(value.day()), 2);
                rest = tail;
            } else {
                self.bytes(&rest.as_bytes()[..c.len_utf8()]);
                rest = &rest[c.len_utf8()..];
            }
        }
    }

    fn padded(&mut self, number: u32, width: usize) {
        let mut buffer = itoa::Buffer::new();
        let text = buffer.format(number);
        for _ in text.len()..width {
            self.bytes(b"0");
        }
        self.bytes(text.as_bytes());
    }

    /// Writes any text; bytes outside `[A-Za-z0-9._~-]` become `%XX`.
    pub fn percent(&mut self, param: &'static str, value: &str, max: usize) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        if value.is_empty() {
            return self.refuse(param, "is empty");
        }
        if value.len() > max {
            return self.refuse(param, "is longer than the schema allows");
        }
        for byte in value.bytes() {
            if is_unreserved(byte) {
                self.bytes(&[byte]);
            } else {
                let high = DIGITS[usize::from(byte >> 4)];
                let low = DIGITS[usize::from(byte & 15)];
                self.bytes(&[b'%', high, low]);
            }
        }
    }

    /// Writes the SHA-256 of a text, or a digest read back from a key, as 64 hexadecimal characters.
    pub fn hashed(&mut self, param: &'static str, value: &Hashed<'_>, max: usize) {
        match value.hex(max) {
            Some(hex) => self.bytes(&hex),
            None => self.refuse(param, "is longer than the schema allows"),
        }
    }

    /// Writes any text as it is. `stop` is the first byte of the literal that follows, which the text
    /// may then not hold.
    pub fn raw(&mut self, param: &'static str, value: &str, max: usize, stop: Option<u8>) {
        if value.is_empty() {
            self.refuse(param, "is empty");
        } else if value.len() > max {
            self.refuse(param, "is longer than the schema allows");
        } else if stop.is_some_and(|stop| value.as_bytes().contains(&stop)) {
            self.refuse(param, "holds the separator that follows it");
        } else {
            self.bytes(value.as_bytes());
        }
    }

    /// Refuses a text that another template has as a literal in this place.
    pub fn reserved(&mut self, param: &'static str, start: usize, words: &[&str]) {
        let taken = words
            .iter()
            .any(|word| self.as_bytes().get(start..) == Some(word.as_bytes()));
        if taken {
            self.refuse(
                param,
                "is a word that another key's template uses in this place",
            );
        }
    }

    /// Number of bytes written so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether nothing is written yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Default for KeyBuf {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Write for KeyBuf {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.bytes(text.as_bytes());
        Ok(())
    }
}

pub(crate) const fn is_slug(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

pub(crate) const fn is_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

pub(super) const fn is_unreserved(byte: u8) -> bool {
    is_slug(byte) || byte == b'~'
}
