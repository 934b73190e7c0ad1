//! A connection that listens, and the queue between it and the reader.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, Cmd, ProtocolVersion, PushInfo, PushKind, RedisResult};
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::task::JoinHandle;

/// Time allowed for a connection attempt, and for an answer.
const CONNECT: Duration = Duration::from_secs(5);
const RESPONSE: Duration = Duration::from_secs(5);

/// What to listen to.
#[derive(Debug, Clone)]
pub(super) enum Target {
    Channels(Vec<Vec<u8>>),
    Pattern(Vec<u8>),
    Sharded(Vec<Vec<u8>>),
}

impl Target {
    /// The command that says so, or the first of several.
    pub(super) fn command(&self) -> Cmd {
        let (word, names) = match self {
            Self::Channels(names) => ("SUBSCRIBE", names.as_slice()),
            Self::Pattern(pattern) => ("PSUBSCRIBE", std::slice::from_ref(pattern)),
            Self::Sharded(names) => ("SSUBSCRIBE", names.as_slice()),
        };
        let mut command = redis::cmd(word);
        command.arg(names);
        command
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
    pub(super) channel: redis::Value,
    pub(super) message: redis::Value,
}

impl Listener {
    /// Connects and returns when the server has confirmed that it sends what is said from now on.
    pub(super) async fn open(
        client: &Client,
        target: &Target,
        buffer: usize,
        keepalive: Duration,
    ) -> RedisResult<Self> {
        let (sender, queue) = mpsc::channel(buffer.max(1));
        let dropped = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&dropped);
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(RESPONSE))
            .set_push_sender(move |push: PushInfo| -> Result<(), TrySendError<Heard>> {
                let Some(heard) = Heard::read(push) else {
                    return Ok(());
                };
                // Waiting would stop the connection, and the server then closes it.
                sender.try_send(heard).inspect_err(|_| {
                    counter.fetch_add(1, Ordering::Relaxed);
                })
            });
        let mut connection = in_resp3(client)?
            .get_multiplexed_async_connection_with_config(&config)
            .await?;
        subscribe(&mut connection, target).await?;
        Ok(Self {
            queue,
            dropped,
            keeper: tokio::spawn(keep(connection, keepalive)),
        })
    }

    /// The next message; `None` when the connection is lost, or leads to a server that has nothing to say
    /// about the channel any more.
    pub(super) async fn next(&mut self) -> Option<Heard> {
        let heard = self.queue.recv().await?;
        (heard.channel != redis::Value::Nil).then_some(heard)
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

/// Owns the connection, and with it the queue's other end: a connection that gives no sign of life is
/// dropped, which ends the queue.
async fn keep(mut connection: MultiplexedConnection, keepalive: Duration) {
    loop {
        tokio::time::sleep(keepalive).await;
        if redis::cmd("PING")
            .exec_async(&mut connection)
            .await
            .is_err()
        {
            return;
        }
    }
}

impl Heard {
    fn read(push: PushInfo) -> Option<Self> {
        let mut data = push.data.into_iter();
        match push.kind {
            PushKind::Message | PushKind::SMessage => {}
            // Nobody here takes back what it asked for: the channel has moved to another server.
            PushKind::SUnsubscribe => {
                return Some(Self {
                    channel: redis::Value::Nil,
                    message: redis::Value::Nil,
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

/// Messages between replies need the newer protocol, whatever the commands use.
fn in_resp3(client: &Client) -> RedisResult<Client> {
    let info = client.get_connection_info().clone();
    let settings = info
        .redis_settings()
        .clone()
        .set_protocol(ProtocolVersion::RESP3);
    let tcp = info.tcp_settings().clone().set_nodelay(true);
    Client::open(info.set_redis_settings(settings).set_tcp_settings(tcp))
}

async fn subscribe(connection: &mut MultiplexedConnection, target: &Target) -> RedisResult<()> {
    match target {
        Target::Channels(names) => connection.subscribe(names).await,
        Target::Pattern(pattern) => connection.psubscribe(pattern).await,
        Target::Sharded(names) => {
            for name in names {
                let mut command = redis::cmd("SSUBSCRIBE");
                command.arg(name).exec_async(connection).await?;
            }
            Ok(())
        }
    }
}
