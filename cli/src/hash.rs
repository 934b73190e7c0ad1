//! A fast 64-bit hash to tell texts apart. Not for secrets: it finds accidents, not forgeries.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
const WORD: usize = 8;
/// Read at once; a large file is not worth memory of its size.
const CHUNK: usize = 64 << 10;

/// The hash of some bytes.
pub(crate) fn of(bytes: &[u8]) -> u64 {
    let mut hasher = Hasher::new();
    hasher.part(bytes);
    hasher.finish()
}

/// The hash of what a file holds, the same as [`of`] its bytes.
pub(crate) fn of_file(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; CHUNK];
    let mut length = 0;
    loop {
        let filled = fill(&mut file, &mut buffer)?;
        length += filled;
        hasher.words(&buffer[..filled]);
        // Only the last chunk ends within a word.
        if filled < CHUNK {
            hasher.word(length as u64);
            return Ok(hasher.finish());
        }
    }
}

/// Reads until the buffer is full or nothing is left.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Takes in parts, each with its length, so that `ab`+`c` differs from `a`+`bc`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hasher(u64);

impl Hasher {
    pub(crate) const fn new() -> Self {
        Self(0x243f_6a88_85a3_08d3)
    }

    pub(crate) fn part(&mut self, bytes: &[u8]) {
        self.words(bytes);
        self.word(bytes.len() as u64);
    }

    /// A number, such as another hash.
    pub(crate) fn number(&mut self, number: u64) {
        self.word(number);
    }

    pub(crate) const fn finish(self) -> u64 {
        fold(self.0 ^ MULTIPLIER, MULTIPLIER)
    }

    /// Bytes in words, the last one filled up with zeros.
    fn words(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<WORD>();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut last = [0; WORD];
            last[..rest.len()].copy_from_slice(rest);
            self.word(u64::from_le_bytes(last));
        }
    }

    fn word(&mut self, word: u64) {
        self.0 = fold(self.0 ^ word, MULTIPLIER).rotate_left(23) ^ word;
    }
}

/// Both halves of the product, so that every bit of the input reaches every bit of the result.
const fn fold(a: u64, b: u64) -> u64 {
    let product = (a as u128) * (b as u128);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;

    fn hash(parts: &[&str]) -> u64 {
        let mut hasher = Hasher::new();
        for part in parts {
            hasher.part(part.as_bytes());
        }
        hasher.finish()
    }

    #[test]
    fn every_change_of_one_bit_is_seen() {
        let text = [b'a'; 37];
        let mut seen = BTreeSet::new();
        for byte in 0..text.len() {
            for bit in 0..8 {
                let mut changed = text;
                changed[byte] ^= 1 << bit;
                seen.insert(of(&changed));
            }
        }
        assert_eq!(seen.len(), 37 * 8);
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&["", "a"]), hash(&["a", ""]));
        assert_ne!(hash(&["a\0"]), hash(&["a"]));
        assert_eq!(hash(&["a", "b"]), hash(&["a", "b"]));
    }

    #[test]
    fn a_file_has_the_hash_of_its_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        for length in [0, 1, 8, 13, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 3] {
            let bytes: Vec<u8> = (0..length)
                .map(|i| u8::try_from(i % 251).unwrap())
                .collect();
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(of_file(&path).unwrap(), of(&bytes), "{length}");
        }
    }
}
