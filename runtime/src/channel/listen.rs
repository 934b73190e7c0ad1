//! A connection that listens, and the queue between it and the reader.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use redis::{PushKind, Value};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::client::failure::Failure;
use crate::client::link::PushSink;
use crate::client::request::{Cmds, Request, Shape};
use crate::client::{Whereabouts, refuses};
use crate::cmd::Cmd;
use crate::error::Result;
use crate::key::Spec;
use crate::reply::checked;
use crate::retry::RetryClass;
use crate::store::{Dedicated, Store};

/// What to listen to.
#[derive(Debug, Clone)]
pub(super) enum Target {
    Channels(Vec<Vec<u8>>),
    Pattern(Vec<u8>),
    Sharded(Vec<Vec<u8>>),
}

impl Target {
    /// The commands that say so: one for each name, because each name is confirmed by itself.
    fn commands(&self) -> Vec<Cmd> {
        let (word, names) = match self {
            Self::Channels(names) => ("SUBSCRIBE", names.as_slice()),
            Self::Pattern(pattern) => ("PSUBSCRIBE", std::slice::from_ref(pattern)),
            Self::Sharded(names) => ("SSUBSCRIBE", names.as_slice()),
        };
        let names = names.iter();
        names.map(|name| Cmd::of([word.as_bytes(), name])).collect()
    }
}

/// A connection that listens. It is closed when this value is dropped.
#[derive(Debug)]
pub(super) struct Listener {
    queue: mpsc::Receiver<Heard>,
    dropped: Arc<AtomicU64>,
    keeper: JoinHandle<()>,
}

/// A message as it came.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) channel: Value,
    pub(super) message: Value,
}

impl Listener {
    /// Connects and returns when the server has confirmed that it sends what is said from now on; `None` when
    /// another server has the channel, which is noted.
    pub(super) async fn open(
        store: &Store,
        spec: &'static Spec,
        target: &Target,
        buffer: usize,
        keepalive: Duration,
    ) -> Result<Option<Self>> {
        let (sender, queue) = mpsc::channel(buffer.max(1));
        let dropped = Arc::new(AtomicU64::new(0));
        let commands = target.commands();
        let request = Request::new(
            spec,
            Cmds::List(&commands),
            Shape::Pipeline,
            RetryClass::Read,
        );
        let fail = |failure: Failure| failure.into_error(spec.template, true);
        let sink = sink(sender, Arc::clone(&dropped));
        let connection = store.listening(&request, sink).await.map_err(fail)?;
        let replies = connection.send(&request).await.map_err(fail)?;
        let refused = replies.as_slice().iter().find(|reply| refuses(reply));
        let whereabouts = store.whereabouts(connection.node(), refused).await;
        if whereabouts != Whereabouts::Here {
            return Ok(None);
        }
        for reply in replies.into_vec() {
            checked(reply, spec)?;
        }
        Ok(Some(Self {
            queue,
            dropped,
            keeper: tokio::spawn(keep(connection, spec, keepalive)),
        }))
    }

    /// The next message; `None` when the connection is lost, or leads to a server that has nothing to say
    /// about the channel any more.
    pub(super) async fn next(&mut self) -> Option<Heard> {
        let heard = self.queue.recv().await?;
        (heard.channel != Value::Nil).then_some(heard)
    }

    /// Number of messages dropped since it was last asked, because the queue was full.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped.swap(0, Ordering::Relaxed)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

/// Puts what is heard into the queue. Waiting for room there would stop the connection, and the server then
/// closes it.
fn sink(sender: mpsc::Sender<Heard>, dropped: Arc<AtomicU64>) -> PushSink {
    Box::new(move |kind, data| {
        if let Some(heard) = Heard::read(&kind, data)
            && sender.try_send(heard).is_err()
        {
            dropped.fetch_add(1, Ordering::Relaxed);
        }
    })
}

/// Owns the connection: one that gives no sign of life is ended, and with it the queue.
async fn keep(connection: Dedicated, spec: &'static Spec, keepalive: Duration) {
    let ping = Cmd::of(["PING"]);
    let request = Request::one(spec, &ping, RetryClass::Read);
    loop {
        tokio::time::sleep(keepalive).await;
        if connection.send(&request).await.is_err() {
            connection.cut();
            return;
        }
    }
}

impl Heard {
    fn read(kind: &PushKind, data: Vec<Value>) -> Option<Self> {
        let mut data = data.into_iter();
        match kind {
            PushKind::Message | PushKind::SMessage => {}
            // Nobody here takes back what it asked for: the channel has moved to another server.
            PushKind::SUnsubscribe => {
                return Some(Self {
                    channel: Value::Nil,
                    message: Value::Nil,
                });
            }
            // The pattern comes first.
            PushKind::PMessage => {
                data.next()?;
            }
            _ => return None,
        }
        Some(Self {
            channel: data.next()?,
            message: data.next()?,
        })
    }
}
