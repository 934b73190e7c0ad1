//! Tokens of loads, and what versions of tags end with: never the same twice, in whatever process.

use super::envelope::Token;
use crate::random;

/// A new token.
pub(crate) fn token() -> Token {
    random::bits()
}

/// What a new version ends with, so that two servers that follow each other never give the same one.
pub(crate) fn version_end() -> String {
    format!("{:016x}", u128::from_be_bytes(random::bits()) >> 64)
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
