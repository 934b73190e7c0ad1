use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use futures_util::stream::{self, Stream as FuturesStream, StreamExt as _};
use redis::Value;

use super::entry::Entry;
use super::read::ReadOptions;
use super::source::{ConsumeOptions, Source};
use super::{Position, Trim};
use crate::client::Whereabouts;
use crate::client::failure::Failure;
use crate::client::request::Request;
use crate::cmd::{Args, Wait};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::key::{Key, Spec, build};
use crate::pause::Pause;
use crate::record::Record;
use crate::reply::checked;
use crate::retry::RetryClass;
use crate::slot::AtStore;
use crate::store::{Dedicated, Store};
use crate::structure::Stream;

/// Servers that are asked one after the other before it is said that the stream has moved.
const HOPS: usize = 2;

/// Entries of a stream as they come, over a connection of its own.
///
/// It never ends by itself. When the server cannot be reached it says so, and the next item is looked for
/// after a pause that grows to 5 s, from where it left off: nothing is lost. An error that waiting does not
/// mend (another type of key, no such group, access denied) ends it. Dropping it closes the connection.
#[must_use = "streams do nothing unless polled"]
pub struct Follow<R>(Pin<Box<dyn FuturesStream<Item = Result<Entry<R>>> + Send>>);

impl<R> Follow<R> {
    /// The next entry; `None` after an error that waiting does not mend.
    pub async fn next(&mut self) -> Option<Result<Entry<R>>> {
        std::future::poll_fn(|context| self.0.as_mut().poll_next(context)).await
    }
}

impl<R: 'static> Follow<R> {
    /// The same entries with something made of each.
    pub(crate) fn map<T: 'static>(self, make: fn(R) -> T) -> Follow<T> {
        let each = move |item: Result<Entry<R>>| item.map(|entry| entry.map(make));
        Follow(Box::pin(self.0.map(each)))
    }
}

impl<R> FuturesStream for Follow<R> {
    type Item = Result<Entry<R>>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<R> std::fmt::Debug for Follow<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follow").finish_non_exhaustive()
    }
}

impl<K, R, T, X: Context> Handle<K, X, Stream<R, T>>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record + Send + 'static,
    T: Trim,
{
    /// The entries after a position, then every new one as it comes.
    ///
    /// Sends `XREAD BLOCK 2500 COUNT 100` again and again: it waits on the server for half the time that the store
    /// allows for an answer, so that a connection which has died without a sign is noticed within that time. An
    /// entry that is not what the schema says is one item with its identifier and does not hold up the others.
    #[doc(alias = "tail")]
    pub fn follow<'s>(&self, from: impl Into<Position>) -> Follow<R>
    where
        X: AtStore<'s>,
    {
        self.follow_with(from, ReadOptions::new())
    }

    /// As [`follow`](Self::follow), with another wait and number of entries for one round trip. A dead connection
    /// is noticed after the wait and the time allowed for an answer; where both together are no more than the
    /// latter, within it.
    pub fn follow_with<'s>(&self, from: impl Into<Position>, options: ReadOptions) -> Follow<R>
    where
        X: AtStore<'s>,
    {
        self.reader(Ok(Source::log(from.into(), options)))
    }

    /// The entries a consumer of a group is to work on: first those it has not acknowledged since it last
    /// ran, then new ones as they come. Acknowledge each with [`xack`](Self::xack); the group must exist.
    ///
    /// Sends `XREADGROUP BLOCK 2500 COUNT 100` again and again; the wait is as [`follow`](Self::follow) has it. An entry that is not what the schema says is
    /// one item with its identifier: acknowledge it, or it comes back with the next start.
    ///
    /// ```no_run
    /// # use redis_schema::{Handle, Key, Result, Store, record::Record, stream::KeepAll, structure::Stream};
    /// # async fn work<R>(_: R) {}
    /// # async fn example<K, R>(jobs: Handle<K, &Store>) -> Result<()>
    /// # where K: Key<Structure = Stream<R, KeepAll>>, R: Record + Send + 'static {
    /// let mut mine = jobs.consume("workers", "worker-1");
    /// while let Some(entry) = mine.next().await {
    ///     let entry = entry?;
    ///     match entry.record {
    ///         Ok(job) => work(job).await,
    ///         Err(problem) => eprintln!("left out: {problem}"),
    ///     }
    ///     jobs.xack("workers", [entry.id]).await?;
    /// }
    /// # Ok(()) }
    /// ```
    pub fn consume<'s>(&self, group: &str, consumer: &str) -> Follow<R>
    where
        X: AtStore<'s>,
    {
        self.consume_with(group, consumer, ConsumeOptions::new())
    }

    /// As [`consume`](Self::consume), with other options.
    pub fn consume_with<'s>(
        &self,
        group: &str,
        consumer: &str,
        options: ConsumeOptions,
    ) -> Follow<R>
    where
        X: AtStore<'s>,
    {
        self.reader(Ok(Source::share(group, consumer, options)))
    }

    /// What cannot be named is said by the first item.
    pub(super) fn reader<'s>(&self, source: Result<Source>) -> Follow<R>
    where
        X: AtStore<'s>,
    {
        let store = self.context.store();
        let spec = K::spec();
        let key = build(&self.key, store.settings().prefix_of(spec));
        let place = key.and_then(|key| Ok((key.as_bytes().to_vec(), source?)));
        Reader::follow(store, spec, place)
    }
}

/// The entries of the stream of this name after a position, then every new one as it comes.
pub(crate) fn follow_log<R: Record + Send + 'static>(
    store: &Store,
    spec: &'static Spec,
    name: Result<Vec<u8>>,
    from: Position,
    options: ReadOptions,
) -> Follow<R> {
    let source = Source::log(from, options);
    Reader::follow(store, spec, name.map(|name| (name, source)))
}

struct Reader<R> {
    store: Store,
    spec: &'static Spec,
    /// The key's name and what is read of it.
    place: Result<(Vec<u8>, Source), Option<Error>>,
    connection: Option<Dedicated>,
    found: VecDeque<Entry<R>>,
    pause: Pause,
    ended: bool,
}

impl<R: Record + Send + 'static> Reader<R> {
    fn follow(store: &Store, spec: &'static Spec, place: Result<(Vec<u8>, Source)>) -> Follow<R> {
        let reader = Self {
            store: store.clone(),
            spec,
            place: place.map_err(Some),
            connection: None,
            found: VecDeque::new(),
            pause: Pause::default(),
            ended: false,
        };
        Follow(Box::pin(stream::unfold(reader, Self::next)))
    }

    async fn next(mut self) -> Option<(Result<Entry<R>>, Self)> {
        loop {
            if let Some(entry) = self.found.pop_front() {
                return Some((Ok(entry), self));
            }
            if self.ended {
                return None;
            }
            self.pause.wait().await;
            match self.fetch().await {
                Ok(found) => {
                    self.pause.over();
                    self.found = found.into();
                }
                Err(error) => {
                    self.connection = None;
                    if let Ok((_, source)) = &mut self.place {
                        source.lost();
                    }
                    self.pause.longer();
                    // What was delivered and did not arrive is lost under `ack: before`; others come.
                    self.ended = !error.is_unavailable() && error.kind() != ErrorKind::Ambiguous;
                    return Some((Err(error), self));
                }
            }
        }
    }

    /// One round trip.
    async fn fetch(&mut self) -> Result<Vec<Entry<R>>> {
        let usual = self.store.usual_wait();
        let (command, wait, class) = match &mut self.place {
            Ok((key, source)) => {
                let wait = source.wait(usual);
                (source.command(key, wait), wait, source.class())
            }
            Err(error) => return error.take().map_or(Ok(Vec::new()), Err),
        };
        let reply = self.ask(command, wait, class).await?;
        match &mut self.place {
            Ok((_, source)) => source.advance(reply, self.spec),
            Err(_) => Ok(Vec::new()),
        }
    }

    async fn ask(&mut self, command: Args, wait: Wait, class: RetryClass) -> Result<Value> {
        let spec = self.spec;
        let command = command.into_cmd();
        let patience = self.store.patience_of_reader(wait.0);
        let request = Request::one(spec, &command, class).within(Some(patience));
        let fail = |failure: Failure| failure.into_error(spec.template, class.may_repeat());
        let mut connection = match self.connection.take() {
            Some(connection) => Ok(connection),
            None => self.store.dedicated(&request, None).await,
        };
        // A stream on its way to another server is read there, as soon as this one says so.
        for _ in 0..HOPS {
            let asked = match connection {
                Ok(connection) => connection.send(&request).await.map(|it| (it, connection)),
                Err(failure) => Err(failure),
            };
            let (replies, asked) = match asked {
                Ok(answer) => answer,
                Err(failure) => {
                    self.store.renew().await;
                    return Err(fail(failure));
                }
            };
            let reply = replies.as_slice().first();
            match self.store.whereabouts(asked.node(), reply).await {
                Whereabouts::Here => {
                    self.connection = Some(asked);
                    return checked(replies.into_one(), spec);
                }
                Whereabouts::There(name) => {
                    connection = self.store.dedicated_at(&name, None).await;
                }
                Whereabouts::Elsewhere => break,
            }
        }
        let detail = "the stream is served by another server now";
        Err(Error::new(ErrorKind::Unavailable, spec.template, detail))
    }
}
