use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use futures_util::stream::{self, Stream};

use super::listen::{Heard, Listener, Target};
use super::{Channel, Topic, name, parse};
use crate::codec::Codec;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{Spec, pattern};
use crate::pause::Pause;
use crate::reply;
use crate::slot::{AtStore, expect_one};
use crate::store::Store;

/// The value a topic's messages carry.
type Message<T> = <<T as Topic>::Message as Codec>::Value;

/// How to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubscribeOptions {
    buffer: usize,
    keepalive: Duration,
}

impl Default for SubscribeOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl SubscribeOptions {
    /// Up to 1024 messages wait for the reader; a silent connection is tried every 30 s.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            buffer: 1024,
            keepalive: Duration::from_secs(30),
        }
    }

    /// Keeps up to so many messages for a slow reader; what comes on top is dropped, which is told.
    #[must_use]
    pub const fn buffer(mut self, messages: usize) -> Self {
        self.buffer = messages;
        self
    }

    /// Tries the connection this often, so that one that has died without a sign is noticed.
    #[must_use]
    pub const fn keepalive(mut self, every: Duration) -> Self {
        self.keepalive = every;
        self
    }
}

/// Messages as they come, over a connection of its own: where many readers in one process want the same
/// messages, share one subscription among them.
///
/// It never ends by itself. An item is an error when
/// - a message is not what the schema says ([`Corrupt`](ErrorKind::Corrupt)); the next one comes;
/// - the reader was too slow and messages were dropped ([`Lagged`](ErrorKind::Lagged));
/// - the connection was lost ([`Unavailable`](ErrorKind::Unavailable)): the next item comes from another
///   connection, tried after a pause that grows to 5 s; what was said in between is lost.
///
/// An error that waiting does not mend (access denied) ends it. Dropping it stops listening.
#[must_use = "streams do nothing unless polled"]
pub struct Subscription<I>(Pin<Box<dyn Stream<Item = Result<I>> + Send>>);

impl<I> Subscription<I> {
    /// The next message; `None` after an error that waiting does not mend.
    pub async fn next(&mut self) -> Option<Result<I>> {
        std::future::poll_fn(|context| self.0.as_mut().poll_next(context)).await
    }
}

impl<I> Stream for Subscription<I> {
    type Item = Result<I>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
    ) -> Poll<Option<Result<I>>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<I> std::fmt::Debug for Subscription<I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscription").finish_non_exhaustive()
    }
}

impl<T: Topic, X: Context> Channel<T, X>
where
    Message<T>: Send + 'static,
{
    /// Listens to the channel: once this has returned, everything said is heard.
    ///
    /// Sends `SUBSCRIBE` (`SSUBSCRIBE` where the schema says `sharded`) on a connection of its own, over
    /// RESP3 (6.0).
    ///
    /// # Errors
    /// A parameter is outside its alphabet, the server cannot be reached, or it refuses.
    pub async fn subscribe<'s>(&self) -> Result<Subscription<Message<T>>>
    where
        X: AtStore<'s>,
    {
        self.subscribe_with(SubscribeOptions::new()).await
    }

    /// As [`subscribe`](Self::subscribe), with other options.
    ///
    /// # Errors
    /// As [`subscribe`](Self::subscribe).
    pub async fn subscribe_with<'s>(
        &self,
        options: SubscribeOptions,
    ) -> Result<Subscription<Message<T>>>
    where
        X: AtStore<'s>,
    {
        let target = target::<T>(vec![self.name()?]);
        let read = |heard: Heard| Some(reply::value::<T::Message>(heard.message, T::spec()));
        let store = self.context.store();
        store
            .listen(T::spec(), target, options, Box::new(read))
            .await
    }
}

impl Store {
    /// A channel by its parameters.
    #[must_use]
    pub const fn channel<T: Topic>(&self, topic: T) -> Channel<T, &Self> {
        Channel::with(topic, self)
    }

    /// Listens to several channels of one kind over one connection; each message comes with its channel's
    /// parameters.
    ///
    /// Sends `SUBSCRIBE` (`SSUBSCRIBE` where the schema says `sharded`) on a connection of its own, over
    /// RESP3 (6.0).
    ///
    /// # Errors
    /// A parameter is outside its alphabet, no channel is given, sharded channels of a cluster lie in several
    /// slots ([`CrossSlot`](ErrorKind::CrossSlot)), the server cannot be reached, or it refuses.
    pub async fn subscribe_many<T>(
        &self,
        topics: impl IntoIterator<Item = T>,
        options: SubscribeOptions,
    ) -> Result<Subscription<(T, Message<T>)>>
    where
        T: Topic + Send + 'static,
        Message<T>: Send + 'static,
    {
        let spec = T::spec();
        let prefix = self.settings().prefix_of(spec);
        let names = topics
            .into_iter()
            .map(|topic| Ok(name(&topic, prefix)?.as_bytes().to_vec()))
            .collect::<Result<Vec<_>>>()?;
        if names.is_empty() {
            let detail = "no channel is given";
            return Err(Error::new(ErrorKind::Param, spec.template, detail));
        }
        if T::SHARDED {
            expect_one::<T::Schema>(spec.template, names.iter().map(Vec::as_slice))?;
        }
        self.listen_to_kind(target::<T>(names), options).await
    }

    /// Listens to every channel of one kind; each message comes with its channel's parameters. Not for
    /// sharded channels.
    ///
    /// Sends `PSUBSCRIBE` on a connection of its own, over RESP3 (6.0).
    ///
    /// # Errors
    /// The server cannot be reached, or it refuses.
    #[doc(alias = "subscribe_family")]
    pub async fn psubscribe<T>(
        &self,
        options: SubscribeOptions,
    ) -> Result<Subscription<(T, Message<T>)>>
    where
        T: Topic + Send + 'static,
        Message<T>: Send + 'static,
    {
        const {
            assert!(
                !T::SHARDED,
                "the server has no patterns for sharded channels"
            );
        }
        let prefix = self.settings().prefix_of(T::spec());
        let target = Target::Pattern(pattern(T::spec(), prefix, &[]));
        self.listen_to_kind(target, options).await
    }

    async fn listen_to_kind<T>(
        &self,
        target: Target,
        options: SubscribeOptions,
    ) -> Result<Subscription<(T, Message<T>)>>
    where
        T: Topic + Send + 'static,
        Message<T>: Send + 'static,
    {
        let prefix = self.settings().prefix_of(T::spec()).to_vec();
        let read = move |heard: Heard| {
            let channel = reply::bytes(heard.channel, T::spec()).ok()?;
            // A pattern lets through channels of other kinds.
            let topic = parse::<T>(&channel, &prefix)?;
            let message = reply::value::<T::Message>(heard.message, T::spec());
            Some(message.map(|message| (topic, message)))
        };
        self.listen(T::spec(), target, options, Box::new(read))
            .await
    }

    async fn listen<I: Send + 'static>(
        &self,
        spec: &'static Spec,
        target: Target,
        options: SubscribeOptions,
        read: Read<I>,
    ) -> Result<Subscription<I>> {
        let mut reader = Reader {
            store: self.clone(),
            spec,
            target,
            options,
            read,
            listener: None,
            pause: Pause::default(),
            ended: false,
        };
        reader.listener = Some(reader.open().await?);
        Ok(Subscription(Box::pin(stream::unfold(reader, Reader::next))))
    }
}

fn target<T: Topic>(names: Vec<Vec<u8>>) -> Target {
    if T::SHARDED {
        Target::Sharded(names)
    } else {
        Target::Channels(names)
    }
}

/// How often another server is looked for when one says that it is not the right one.
const ATTEMPTS: usize = 3;

/// Reads a message; `None` when it is not for this reader.
type Read<I> = Box<dyn Fn(Heard) -> Option<Result<I>> + Send + Sync>;

struct Reader<I> {
    store: Store,
    spec: &'static Spec,
    target: Target,
    options: SubscribeOptions,
    read: Read<I>,
    listener: Option<Listener>,
    pause: Pause,
    ended: bool,
}

impl<I> Reader<I> {
    async fn open(&self) -> Result<Listener> {
        let SubscribeOptions { buffer, keepalive } = self.options;
        let mut attempts = 0..ATTEMPTS;
        loop {
            let (store, target) = (&self.store, &self.target);
            let problem = match Listener::open(store, self.spec, target, buffer, keepalive).await {
                Ok(Some(listener)) => return Ok(listener),
                Ok(None) => self.lost("another server has the channel now"),
                Err(problem) => {
                    // Another server may have it now.
                    store.renew().await;
                    if problem.kind() != ErrorKind::Busy {
                        return Err(problem);
                    }
                    problem
                }
            };
            if attempts.next().is_none() {
                return Err(problem);
            }
        }
    }

    fn lost(&self, detail: &'static str) -> Error {
        Error::new(ErrorKind::Unavailable, self.spec.template, detail)
    }

    async fn next(mut self) -> Option<(Result<I>, Self)> {
        loop {
            if self.ended {
                return None;
            }
            let Some(listener) = &mut self.listener else {
                self.pause.wait().await;
                match self.open().await {
                    Ok(listener) => {
                        self.listener = Some(listener);
                        self.pause.over();
                    }
                    Err(error) => {
                        self.pause.longer();
                        self.ended = !error.is_unavailable();
                        return Some((Err(error), self));
                    }
                }
                continue;
            };
            let dropped = listener.dropped();
            if dropped > 0 {
                let detail = format!("{dropped} messages are lost");
                let error = Error::new(ErrorKind::Lagged, self.spec.template, detail);
                return Some((Err(error), self));
            }
            let Some(heard) = listener.next().await else {
                self.listener = None;
                return Some((Err(self.lost("the connection broke")), self));
            };
            if let Some(item) = (self.read)(heard) {
                return Some((item, self));
            }
        }
    }
}
