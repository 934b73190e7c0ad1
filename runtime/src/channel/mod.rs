//! Channels: messages for whoever listens at the moment. Nothing is kept; who is away misses them.
//!
//! ```no_run
//! # use redis_schema::{Channel, Result, Store, Topic, codec::{Codec, Text}};
//! # async fn example<T: Topic<Message = Text<String>>>(events: Channel<T, &Store>) -> Result<()> {
//! let mut heard = events.subscribe().await?;
//! events.publish("done").await?;
//! while let Some(message) = heard.next().await {
//!     println!("{}", message?);
//! }
//! # Ok(()) }
//! ```

mod listen;
mod subscription;

use redis::Value;

use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::{Built, Command};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyBuf, KeyParser, Spec, check};
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::settings::Schema;
use crate::unavailable::Instead;

pub use subscription::{SubscribeOptions, Subscription};

/// One kind of channel of a schema. Implemented by generated code only.
pub trait Topic: Sized {
    /// What is said on it.
    type Message: Codec;
    /// The schema it belongs to.
    type Schema: Schema;
    /// Its facts.
    const SPEC: Spec;
    /// Messages go to the node of the channel's slot alone instead of to every node (7.0).
    const SHARDED: bool = false;

    /// Writes the channel's name, without prefix.
    fn write(&self, out: &mut KeyBuf);

    /// Reads the parameters from a channel's name, without prefix; `None` when it is no such channel.
    ///
    /// Inverse of [`write`](Topic::write).
    fn read(name: &mut KeyParser<'_>) -> Option<Self>;

    /// Its facts, for as long as the program runs. Channels are the same in every database.
    #[doc(hidden)]
    fn spec() -> &'static Spec {
        const { &Self::SPEC.channel() }
    }
}

/// One channel.
///
/// It holds the parameters and, when it comes from a store, a reference to that store.
pub struct Channel<T: Topic, X = ()> {
    topic: T,
    context: X,
}

impl<T: Topic> Channel<T> {
    /// A channel without a store: its commands run on redis-rs connections and in batches.
    pub const fn new(topic: T) -> Self {
        Self::with(topic, ())
    }
}

impl<T: Topic, X> Channel<T, X> {
    /// A channel in a context: nothing, or a store.
    #[doc(hidden)]
    pub const fn with(topic: T, context: X) -> Self {
        Self { topic, context }
    }

    /// Its parameters.
    pub const fn topic(&self) -> &T {
        &self.topic
    }
}

impl<T: Topic + Clone, X: Clone> Clone for Channel<T, X> {
    fn clone(&self) -> Self {
        Self::with(self.topic.clone(), self.context.clone())
    }
}

impl<T: Topic + Copy, X: Copy> Copy for Channel<T, X> {}

impl<T: Topic, X> std::fmt::Debug for Channel<T, X> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Channel({})", T::spec().template)
    }
}

impl<T: Topic, X: Context> Channel<T, X> {
    /// The channel's whole name: for other tools and raw commands.
    ///
    /// # Errors
    /// A parameter is outside its alphabet.
    pub fn name(&self) -> Result<Vec<u8>> {
        let settings = self.context.settings::<T::Schema>()?;
        let name = name(&self.topic, settings.prefix_of(T::spec()))?;
        Ok(name.as_bytes().to_vec())
    }

    /// Says something to everybody who listens now; returns how many of them there are (on the server
    /// asked: in a cluster others may listen elsewhere).
    ///
    /// Sends `PUBLISH` (`SPUBLISH` where the schema says `sharded`). O(n) in the listeners. It may be part
    /// of a batch with keys of any database.
    pub fn publish(&self, message: &<T::Message as Codec>::Ref) -> Command<u64, X> {
        self.command(Promise::Unsafe, reply::count, |name| {
            let word = if T::SHARDED { "SPUBLISH" } else { "PUBLISH" };
            let args = T::Message::encode(message, |bytes| {
                Args::sized(word, name, 1, bytes.len()).arg(bytes)
            });
            args.map_err(|problem| Error::new(ErrorKind::Encode, T::spec().template, problem))
        })
    }

    /// Number of connections that listen to this very channel (on the server asked); those that listen to
    /// a pattern are not counted.
    ///
    /// Sends `PUBSUB NUMSUB` (`PUBSUB SHARDNUMSUB`). O(1).
    #[doc(alias = "numsub")]
    pub fn subscribers(&self) -> Command<u64, X> {
        self.command(Promise::Read, subscribers, |name| {
            let word: &[u8] = if T::SHARDED {
                b"SHARDNUMSUB"
            } else {
                b"NUMSUB"
            };
            Ok(Args::new("PUBSUB", 2, name.len() + 12).arg(word).arg(name))
        })
    }

    fn command<R>(
        &self,
        promise: Promise,
        decode: reply::Decode<R>,
        args: impl FnOnce(&[u8]) -> Result<Args>,
    ) -> Command<R, X> {
        let built = || {
            let settings = self.context.settings::<T::Schema>()?;
            let name = name(&self.topic, settings.prefix_of(T::spec()))?;
            Ok(Built {
                payload: Payload::from(args(name.as_bytes())?),
                spec: T::spec(),
                settings: settings.id(),
                promise,
                instead: Instead::Fail,
                clustered: T::Schema::SERVER.clustered,
                block: None,
            })
        };
        Command {
            built: built(),
            decode,
            context: self.context,
        }
    }
}

/// The whole name, prefix first.
fn name<T: Topic>(topic: &T, prefix: &[u8]) -> Result<KeyBuf> {
    let mut out = KeyBuf::new();
    out.bytes(prefix);
    topic.write(&mut out);
    check(&out, T::spec())?;
    Ok(out)
}

/// Reads a whole name, prefix first.
fn parse<T: Topic>(name: &[u8], prefix: &[u8]) -> Option<T> {
    let mut parser = KeyParser::new(name.strip_prefix(prefix)?);
    let topic = T::read(&mut parser)?;
    parser.is_done().then_some(topic)
}

fn subscribers(value: Value, spec: &'static Spec) -> Result<u64> {
    match reply::pairs(value, spec)?.into_iter().next() {
        Some((_, count)) => reply::count(count, spec),
        None => Err(reply::unexpected(spec)),
    }
}
