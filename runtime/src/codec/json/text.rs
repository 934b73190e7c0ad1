//! Strings of JSON: copied in one piece where nothing in them is escaped, as is so for nearly all.

use std::fmt;

/// Writes a text between quotes.
#[inline]
pub(super) fn quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    contents(text, out);
    out.push(b'"');
}

/// Writes a text without the quotes around it.
#[inline]
pub(super) fn contents(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    if is_plain(bytes) {
        out.extend_from_slice(bytes);
    } else {
        escape(bytes, out);
    }
}

/// Takes a text in pieces.
pub(super) struct Pieces<'o>(pub(super) &'o mut Vec<u8>);

impl fmt::Write for Pieces<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        contents(text, self.0);
        Ok(())
    }
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);

/// Where bytes that are escaped stand among eight: the lowest bit set is in the first of them, and no bit is set
/// where there is none. Bits above the lowest may be in bytes that are not escaped.
#[inline]
fn special(bytes: [u8; 8]) -> u64 {
    const TOP_BITS: u64 = ONES << 7;
    let word = u64::from_le_bytes(bytes);
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, b' ') | is(b'"') | is(b'\\')) & TOP_BITS
}

#[inline]
fn is_special(byte: &u8) -> bool {
    matches!(byte, 0..b' ' | b'"' | b'\\')
}

/// Whether nothing is escaped. Eight bytes are looked at together; the last eight overlap those before them.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let (words, _) = bytes.as_chunks::<8>();
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(&first), Some(&last)) if bytes.len() <= 16 => special(first) | special(last) == 0,
        (_, Some(&last)) => special(last) == 0 && words.iter().all(|word| special(*word) == 0),
        _ => is_short_plain(bytes),
    }
}

/// [`is_plain`] of fewer than eight bytes.
#[inline]
fn is_short_plain(bytes: &[u8]) -> bool {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(&[a, b, c, d]), Some(&[e, f, g, h])) => special([a, b, c, d, e, f, g, h]) == 0,
        _ => !bytes.iter().any(is_special),
    }
}

/// How many bytes come before the first that is escaped.
fn plain_run(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let found = special(*word);
        if found != 0 {
            return at * 8 + (found.trailing_zeros() / 8) as usize;
        }
    }
    let before = bytes.len() - rest.len();
    before + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Writes bytes of which some are escaped.
#[inline(never)]
fn escape(mut bytes: &[u8], out: &mut Vec<u8>) {
    loop {
        let (run, rest) = bytes.split_at(plain_run(bytes));
        out.extend_from_slice(run);
        let Some((byte, rest)) = rest.split_first() else {
            return;
        };
        escape_one(*byte, out);
        bytes = rest;
    }
}

fn escape_one(byte: u8, out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let letter = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0C => b'f',
        b'\r' => b'r',
        _ => {
            let [high, low] = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
            return out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
        }
    };
    out.extend_from_slice(&[b'\\', letter]);
}
