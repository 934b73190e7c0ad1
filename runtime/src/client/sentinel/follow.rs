//! Hearing of a fail-over when it happens, and looking now and then whether one was missed.
//!
//! A store listens to one sentinel at a time. What it hears only makes it ask: who the master is, is decided
//! as ever, by the answer of a sentinel and of the server that it names.

use std::sync::{Arc, Weak};
use std::time::Duration;

use redis::{ProtocolVersion, PushKind, Value};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::Sentinel;
use super::ask::{open, say, text};
use crate::client::config::Tuning;
use crate::client::failure::Cause;
use crate::client::fleet::Name;
use crate::client::link::{Link, PushSink};
use crate::cmd::Cmd;

/// What a sentinel says when the master is another one.
const EVENT: &str = "+switch-master";

/// Finds the master again whenever a sentinel says that it is another one, and every so often besides, as
/// long as somebody uses it. What fails is tried again after pauses that grow.
pub(super) async fn follow(sentinel: Weak<Sentinel>, every: Duration) {
    let mut ear = None;
    let mut failures = 0;
    let mut pause = Duration::ZERO;
    loop {
        let end = Instant::now() + pause;
        let lost = match &mut ear {
            None => {
                tokio::time::sleep_until(end).await;
                true
            }
            Some(ear) => Ear::wait(ear, end).await.is_err(),
        };
        let Some(sentinel) = sentinel.upgrade() else {
            return;
        };
        if lost {
            ear = Ear::open(&sentinel).await.ok();
        }
        let first = ear.as_ref().map(|ear: &Ear| &ear.name);
        let found = sentinel.look(first).await.is_ok();
        if ear.is_some() && found {
            (failures, pause) = (0, every);
        } else {
            pause = sentinel.tuning.backoff.pause(failures).min(every);
            failures += 1;
        }
    }
}

/// A connection on which a sentinel tells of fail-overs.
struct Ear {
    name: Name,
    link: Link,
    /// Holds no more than one event: what matters is that there was one.
    events: mpsc::Receiver<()>,
}

/// The connection has ended.
struct Lost;

impl Ear {
    /// Listens to the sentinel that answered last.
    async fn open(sentinel: &Sentinel) -> Result<Self, Cause> {
        let Some(name) = sentinel.known().first().cloned() else {
            return Err(Cause::Io(std::io::ErrorKind::NotFound));
        };
        let watched = &sentinel.watched;
        let (sender, events) = mpsc::channel(1);
        let tuning = Tuning {
            protocol: ProtocolVersion::RESP3,
            ..Tuning::clone(&sentinel.tuning)
        };
        let (tls, login) = (&watched.sentinel_tls, &watched.sentinel_login);
        let sink = sink(Arc::clone(&watched.name), sender);
        let link = open(&name, tls, login, &tuning, Some(sink)).await?;
        say(&link, &[Cmd::of(["SUBSCRIBE", EVENT])]).await?;
        Ok(Self { name, link, events })
    }

    /// Returns when a fail-over is told of, or at the end of the time if the sentinel is still there.
    async fn wait(&mut self, end: Instant) -> Result<(), Lost> {
        match tokio::time::timeout_at(end, self.events.recv()).await {
            Ok(Some(())) => Ok(()),
            Ok(None) => Err(Lost),
            Err(_) => {
                let answer = say(&self.link, &[Cmd::of(["PING"])]).await;
                answer.map(drop).map_err(|_| Lost)
            }
        }
    }
}

fn sink(master: Arc<str>, sender: mpsc::Sender<()>) -> PushSink {
    Box::new(move |kind, data| {
        if kind == PushKind::Message && concerns(&data, &master) {
            // When there is one already, that is enough.
            let _ = sender.try_send(());
        }
    })
}

/// Whether a message is about this master: its name comes first, then its old address and its new one.
fn concerns(message: &[Value], master: &str) -> bool {
    let words = message.get(1).and_then(text);
    words.and_then(|words| words.split(' ').next()) == Some(master)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_masters_concern_nobody() {
        let message = |text: &str| {
            let value = |text: &str| Value::BulkString(text.into());
            [value(EVENT), value(text)]
        };
        assert!(concerns(&message("main 10.0.0.1 1 10.0.0.2 2"), "main"));
        assert!(!concerns(&message("mainly 10.0.0.1 1 10.0.0.2 2"), "main"));
        assert!(!concerns(&message(""), "main"));
        assert!(!concerns(&[], "main"));
    }
}
