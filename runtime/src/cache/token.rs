//! Tokens of loads, and what versions of tags end with: never the same twice, in whatever process.

use std::hash::{BuildHasher, RandomState};

use super::envelope::Token;

/// A new token.
pub(crate) fn token() -> Token {
    let (first, second) = random();
    let mut out = Token::default();
    let (left, right) = out.split_at_mut(8);
    left.copy_from_slice(&first.to_be_bytes());
    right.copy_from_slice(&second.to_be_bytes());
    out
}

/// What a new version ends with, so that two servers that follow each other never give the same one.
pub(crate) fn version_end() -> String {
    format!("{:016x}", random().0)
}

/// From the system's own source of randomness, by way of the keys of a hash map.
fn random() -> (u64, u64) {
    let state = RandomState::new();
    (state.hash_one(1), state.hash_one(2))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tokens_differ() {
        let tokens: HashSet<Token> = (0..10_000).map(|_| token()).collect();
        assert_eq!(tokens.len(), 10_000);
        assert_ne!(version_end(), version_end());
    }
}
