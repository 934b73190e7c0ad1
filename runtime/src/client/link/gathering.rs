//! When what several callers send at the same time leaves.

/// A server reads so much at once: more gains nothing by leaving together.
const ONE_READ: usize = 16 << 10;
/// More leaves through the socket's owner: others should not wait for the lock meanwhile.
const MOST: usize = 64 << 10;
/// Fewer callers than this send together: another system call would cost what it gains.
const WORTH_HALVING: usize = 16;

/// Callers that were woken together and are likely to send something, before the socket's owner has its turn.
///
/// If they all waited for each other, the server would wait for them and they for the server, each working half
/// of the time. So a part leaves as soon as the server would read it at once anyway, and, where hardly
/// anything else is under way, the first half as soon as it is there.
#[derive(Debug)]
pub(super) struct Gathering {
    /// After so many more requests the first half is there; 0 when it has left, or is not to leave by itself.
    half: usize,
}

impl Gathering {
    /// So many callers were woken, and so many requests of others are under way.
    pub(super) fn new(woken: usize, under_way: usize) -> Self {
        let half = woken / 2;
        let apart = woken >= WORTH_HALVING && under_way < half;
        Self {
            half: if apart { half } else { 0 },
        }
    }

    /// A request has come; whether the bytes that wait are to leave now.
    #[inline]
    pub(super) fn is_enough(&mut self, bytes: usize) -> bool {
        let is_half = self.half == 1;
        self.half = self.half.saturating_sub(1);
        (is_half || bytes >= ONE_READ) && bytes <= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The requests of `woken` callers after which something leaves.
    fn leaves(woken: usize, under_way: usize, size: usize) -> Vec<usize> {
        let mut gathering = Gathering::new(woken, under_way);
        let mut bytes = 0;
        let mut leaves = Vec::new();
        for request in 1..=woken {
            bytes += size;
            if gathering.is_enough(bytes) {
                leaves.push(request);
                bytes = 0;
            }
        }
        leaves
    }

    #[test]
    fn the_first_half_leaves_ahead_if_the_server_has_nothing_else_to_do() {
        assert_eq!(leaves(64, 0, 100), [32]);
        assert_eq!(leaves(64, 31, 100), [32]);
        assert!(leaves(64, 32, 100).is_empty());
    }

    #[test]
    fn few_send_together() {
        assert!(leaves(15, 0, 100).is_empty());
        assert_eq!(leaves(16, 0, 100), [8]);
    }

    #[test]
    fn as_much_as_a_server_reads_leaves_at_once() {
        assert_eq!(leaves(100, 100, 1 << 10), [16, 32, 48, 64, 80, 96]);
    }

    #[test]
    fn much_is_left_to_the_sockets_owner() {
        assert!(leaves(4, 0, 65 << 10).is_empty());
    }
}
