use std::net::IpAddr;
use std::str::FromStr;

use time::{Date, Month};
use ulid::Ulid;
use uuid::Uuid;

use super::buf::{is_hex, is_slug, is_unreserved};
use crate::codec::TextEnum;
use crate::value::Hashed;

/// Reads a key's parameters; each method takes what its [`KeyBuf`](super::KeyBuf) twin has written.
pub struct KeyParser<'k> {
    rest: &'k [u8],
}

/// Without the name, which may hold a secret parameter.
impl std::fmt::Debug for KeyParser<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyParser").finish_non_exhaustive()
    }
}

impl<'k> KeyParser<'k> {
    pub(crate) fn new(key: &'k [u8]) -> Self {
        Self { rest: key }
    }

    /// Whether everything has been read.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    fn take(&mut self, len: usize) -> Option<&'k str> {
        let (head, tail) = self.rest.split_at_checked(len)?;
        self.rest = tail;
        std::str::from_utf8(head).ok()
    }

    fn run(&mut self, allowed: impl Fn(u8) -> bool) -> Option<&'k str> {
        let len = self
            .rest
            .iter()
            .position(|byte| !allowed(*byte))
            .unwrap_or(self.rest.len());
        if len == 0 { None } else { self.take(len) }
    }

    /// Reads the template's own text.
    pub fn literal(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text.as_bytes())?;
        Some(())
    }

    /// Whether the template's own text comes next; nothing is read.
    #[must_use]
    pub fn at(&self, text: &str) -> bool {
        self.rest.starts_with(text.as_bytes())
    }

    /// Reads a UUID.
    pub fn uuid(&mut self) -> Option<Uuid> {
        let text = self.take(36)?;
        let canonical = text.bytes().all(|b| is_hex(b) || b == b'-');
        let value = Uuid::try_parse(text).ok()?;
        canonical.then_some(value)
    }

    /// Reads a ULID.
    pub fn ulid(&mut self) -> Option<Ulid> {
        let text = self.take(ulid::ULID_LEN)?;
        let value = Ulid::from_string(text).ok()?;
        let mut canonical = [0; ulid::ULID_LEN];
        (value.array_to_str(&mut canonical) == text).then_some(value)
    }

    /// Reads an integer in canonical decimal.
    pub fn integer<T: itoa::Integer + FromStr + Copy>(&mut self) -> Option<T> {
        // A minus further on is the template's own: `{year}-{month}`.
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest[sign..].iter().take_while(|b| b.is_ascii_digit());
        let text = self.take(sign + digits.count())?;
        let value = text.parse().ok()?;
        (itoa::Buffer::new().format::<T>(value) == text).then_some(value)
    }

    /// Reads an IP address in canonical text.
    pub fn ip(&mut self) -> Option<IpAddr> {
        let text = self.run(|b| b.is_ascii_hexdigit() || b == b':' || b == b'.')?;
        let value: IpAddr = text.parse().ok()?;
        (value.to_string() == text).then_some(value)
    }

    /// Reads a text of `[A-Za-z0-9._-]`.
    pub fn slug(&mut self, max: usize) -> Option<String> {
        let text = self.run(is_slug)?;
        (text.len() <= max).then(|| text.to_owned())
    }

    /// Reads hexadecimal text.
    pub fn hex(&mut self, len: usize) -> Option<String> {
        let text = self.take(len)?;
        text.bytes().all(is_hex).then(|| text.to_owned())
    }

    /// Reads an enum's text; the longest one that comes next.
    pub fn text_enum<T: TextEnum>(&mut self) -> Option<T> {
        let value = T::ALL
            .iter()
            .filter(|value| self.at(value.text()))
            .max_by_key(|value| value.text().len())?;
        self.literal(value.text())?;
        Some(value.clone())
    }

    /// Reads a part that may be absent as a whole; nothing is read when it is.
    pub fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.rest;
        let value = read(self);
        if value.is_none() {
            self.rest = start;
        }
        value
    }

    /// Reads a parameter that may be none of the words another template has in its place.
    pub fn except<T>(
        &mut self,
        words: &[&str],
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let start = self.rest;
        let value = read(self)?;
        let text = &start[..start.len() - self.rest.len()];
        let taken = words.iter().any(|word| word.as_bytes() == text);
        (!taken).then_some(value)
    }

    /// Reads a date by a pattern.
    pub fn date(&mut self, pattern: &'static str) -> Option<Date> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            if let Some(tail) = rest.strip_prefix("YYYY") {
                year = self.digits(4)?;
                rest = tail;
            } else if let Some(tail) = rest.strip_prefix("MM") {
                month = self.digits(2)?;
                rest = tail;
            } else if let Some(tail) = rest.strip_prefix("DD") {
                day = self.digits(2)?;
                rest = tail;
            } else {
                self.literal(&rest[..c.len_utf8()])?;
                rest = &rest[c.len_utf8()..];
            }
        }
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()
    }

    fn digits(&mut self, len: usize) -> Option<u32> {
        let text = self.take(len)?;
        if text.bytes().all(|b| b.is_ascii_digit()) {
            text.parse().ok()
        } else {
            None
        }
    }

    /// Reads a percent-encoded text.
    pub fn percent(&mut self, max: usize) -> Option<String> {
        let text = self.run(|b| is_unreserved(b) || b == b'%')?;
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        while let Some((&byte, tail)) = rest.split_first() {
            if byte != b'%' {
                bytes.push(byte);
                rest = tail;
                continue;
            }
            let (pair, tail) = tail.split_at_checked(2)?;
            let decoded = upper_hex(pair[0])? << 4 | upper_hex(pair[1])?;
            if is_unreserved(decoded) {
                return None;
            }
            bytes.push(decoded);
            rest = tail;
        }
        let value = String::from_utf8(bytes).ok()?;
        (value.len() <= max).then_some(value)
    }

    /// Reads a digest.
    pub fn hashed(&mut self) -> Option<Hashed<'static>> {
        Hashed::from_hex(self.take(64)?)
    }

    /// Reads text as it is, up to `stop` or the end.
    pub fn raw(&mut self, max: usize, stop: Option<u8>) -> Option<String> {
        let text = self.run(|b| Some(b) != stop)?;
        (text.len() <= max).then(|| text.to_owned())
    }
}

const fn upper_hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
