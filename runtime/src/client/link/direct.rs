//! Sending without the task that owns the socket.

use tokio::net::tcp;
#[cfg(unix)]
use tokio::net::unix;

/// The half of a socket that callers write to by themselves when nobody else does: a lone caller need not
/// wait until the socket's owner gets its turn. The connection is closed when it is dropped.
#[derive(Debug)]
pub(super) enum Direct {
    Tcp(tcp::OwnedWriteHalf),
    #[cfg(unix)]
    Unix(unix::OwnedWriteHalf),
    /// A layer in between belongs to the socket's owner alone.
    #[cfg(feature = "tls")]
    Closed,
}

impl Direct {
    /// So many bytes the system has taken. What is left is the owner's to send, and so are errors to find.
    pub(super) fn write(&self, bytes: &[u8]) -> usize {
        let written = match self {
            Self::Tcp(half) => half.try_write(bytes),
            #[cfg(unix)]
            Self::Unix(half) => half.try_write(bytes),
            #[cfg(feature = "tls")]
            Self::Closed => Ok(0),
        };
        written.unwrap_or(0)
    }
}
