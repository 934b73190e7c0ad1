//! What is done to servers while callers are at work.

use redis::Connection;

/// What is done to a server from outside, and may be done in production by anybody who administers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// Every script is forgotten.
    FlushScripts,
    /// Every client's connection is closed.
    KillClients,
    /// Writes are held back for a moment.
    PauseWrites,
    /// Everything is.
    PauseAll,
    /// There is no memory for writes.
    FillUp,
}

impl Harm {
    pub const ALL: [Self; 5] = [
        Self::FlushScripts,
        Self::KillClients,
        Self::PauseWrites,
        Self::PauseAll,
        Self::FillUp,
    ];

    /// Does it.
    pub fn befall(self, server: &mut Connection) {
        match self {
            Self::FlushScripts => tell(server, &["SCRIPT", "FLUSH"]),
            Self::KillClients => {
                tell(
                    server,
                    &["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"],
                );
            }
            Self::PauseWrites => tell(server, &["CLIENT", "PAUSE", "50", "WRITE"]),
            Self::PauseAll => tell(server, &["CLIENT", "PAUSE", "50", "ALL"]),
            Self::FillUp => {
                tell(server, &["CONFIG", "SET", "maxmemory-policy", "noeviction"]);
                tell(server, &["CONFIG", "SET", "maxmemory", "1"]);
            }
        }
    }

    /// Ends it, where it does not end by itself.
    pub fn pass(self, server: &mut Connection) {
        if self == Self::FillUp {
            tell(server, &["CONFIG", "SET", "maxmemory", "0"]);
        }
    }
}

fn tell(server: &mut Connection, words: &[&str]) {
    let mut cmd = redis::Cmd::new();
    cmd.arg(words).exec(server).unwrap();
}
