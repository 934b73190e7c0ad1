//! A fast 64-bit hash to tell texts apart. Not for secrets: it finds accidents, not forgeries.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Takes in parts, each with its length, so that `ab`+`c` differs from `a`+`bc`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hasher(u64);

impl Hasher {
    pub(crate) const fn new() -> Self {
        Self(0x243f_6a88_85a3_08d3)
    }

    pub(crate) fn part(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        self.word(u64::from_le_bytes(last));
        self.word(bytes.len() as u64);
    }

    pub(crate) const fn finish(self) -> u64 {
        fold(self.0 ^ MULTIPLIER, MULTIPLIER)
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
                let mut hasher = Hasher::new();
                hasher.part(&changed);
                seen.insert(hasher.finish());
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
}
