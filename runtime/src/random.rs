//! What is told apart by chance alone.

/// Fills with what nobody can guess. `None` where the system has no randomness: then nothing else will do.
pub(crate) fn secret(bytes: &mut [u8]) -> Option<()> {
    getrandom::fill(bytes).ok()
}

/// 128 bits that nobody else draws. They tell things apart and keep nothing secret: any source will do where the system's
/// fails.
pub(crate) fn bits() -> [u8; 16] {
    let mut bits = [0; 16];
    if getrandom::fill(&mut bits).is_err() {
        fastrand::fill(&mut bits);
    }
    bits
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn nothing_is_drawn_twice() {
        let drawn: HashSet<_> = (0..10_000).map(|_| bits()).collect();
        assert_eq!(drawn.len(), 10_000);
    }
}
