//! All keys of one kind: walking them, reading and deleting many at once.

use std::borrow::Borrow;
use std::marker::PhantomData;

use redis::Value;

use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::{Built, Command};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{Key, KeyBuf, Partial, build, parse};
use crate::lifetime::Lifetime;
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::scan::{Pages, Scan, ScanIter, scan_command};
use crate::settings::Schema;
use crate::slot::expect_one;
use crate::store::Store;
use crate::structure::Str;
use crate::unavailable::Instead;

/// All keys of one kind.
///
/// From a store by [`Store::family`]; without one by [`family`].
pub struct Family<K, X = (), S = <K as Key>::Structure>
where
    K: Key,
{
    context: X,
    types: PhantomData<fn() -> (K, S)>,
}

/// All keys of kind `K`, for use on redis-rs connections and in batches.
#[must_use]
pub const fn family<K: Key>() -> Family<K> {
    Family::new(())
}

impl<K: Key, X> Family<K, X> {
    pub(crate) const fn new(context: X) -> Self {
        Self {
            context,
            types: PhantomData,
        }
    }
}

impl<K: Key, X: Copy, S> Family<K, X, S> {
    pub(crate) const fn context(&self) -> X {
        self.context
    }
}

impl<K: Key, X, S> std::fmt::Debug for Family<K, X, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Family({})", K::spec().template)
    }
}

impl<K: Key, X: Context, S> Family<K, X, S> {
    /// Reads the parameters back from a key's whole name; `None` when it is no key of this kind.
    ///
    /// # Errors
    /// The settings are unusable.
    pub fn parse(&self, key: impl AsRef<[u8]>) -> Result<Option<K>> {
        let settings = self.context.settings::<K::Schema>()?;
        Ok(parse(key.as_ref(), settings.prefix_of(K::spec())))
    }

    /// The pattern for `SCAN … MATCH`, escaped. It may let through keys of other kinds.
    ///
    /// # Errors
    /// The settings are unusable.
    pub fn pattern(&self) -> Result<Vec<u8>>
    where
        K: 'static,
    {
        let settings = self.context.settings::<K::Schema>()?;
        Ok(Partial::<K>::any()
            .into_parts(settings.prefix_of(K::spec()))?
            .0)
    }

    /// Deletes keys; returns how many existed.
    ///
    /// Sends one `DEL`; nothing when no key is given. O(n) in the number of elements.
    pub fn del_many<B: Borrow<K>>(&self, keys: impl IntoIterator<Item = B>) -> Command<u64, X> {
        self.counted(Promise::Repeatable, "DEL", keys)
    }

    /// Deletes keys, freeing their memory in the background; returns how many existed.
    ///
    /// Sends one `UNLINK`; nothing when no key is given. O(1) for each key.
    pub fn unlink_many<B: Borrow<K>>(&self, keys: impl IntoIterator<Item = B>) -> Command<u64, X> {
        self.counted(Promise::Repeatable, "UNLINK", keys)
    }

    /// How many of the keys exist; one given twice counts twice.
    ///
    /// Sends one `EXISTS`; nothing when no key is given. O(1) for each key.
    pub fn exists_many<B: Borrow<K>>(&self, keys: impl IntoIterator<Item = B>) -> Command<u64, X> {
        self.counted(Promise::Read, "EXISTS", keys)
    }

    fn counted<B: Borrow<K>>(
        &self,
        promise: Promise,
        name: &'static str,
        keys: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.command(promise, reply::count, keys, |keys, _| {
            if keys.is_empty() {
                return Ok(Payload::Ready(Value::Int(0)));
            }
            Ok(Payload::One(listed(name, &keys).into_cmd()))
        })
    }

    /// Builds a command over several keys of the kind.
    fn command<R, B: Borrow<K>>(
        &self,
        promise: Promise,
        decode: reply::Decode<R>,
        keys: impl IntoIterator<Item = B>,
        payload: impl FnOnce(Vec<KeyBuf>, &Lifetime) -> Result<Payload>,
    ) -> Command<R, X> {
        let built = || {
            let settings = self.context.settings::<K::Schema>()?;
            let spec = K::spec();
            let prefix = settings.prefix_of(spec);
            let keys = keys
                .into_iter()
                .map(|key| build(key.borrow(), prefix))
                .collect::<Result<Vec<_>>>()?;
            let lifetime = settings.lifetime_of(spec);
            Ok(Built {
                promise: promise.under(&lifetime),
                payload: payload(keys, &lifetime)?,
                spec,
                settings: settings.id(),
                instead: Instead::Fail,
                clustered: K::Schema::SERVER.clustered,
                block: None,
            })
        };
        Command {
            built: built(),
            decode,
            context: self.context,
        }
    }

    fn pages<'p>(&self, partial: Partial<K>) -> Result<Pages<'p, K>>
    where
        K: Send + 'static,
    {
        let spec = K::spec();
        let settings = self.context.settings::<K::Schema>()?;
        let prefix = settings.prefix_of(spec).to_vec();
        let (pattern, matches) = partial.into_parts(&prefix)?;
        Ok(Pages {
            command: Box::new(move |cursor| scan_command(cursor, &pattern)),
            read: Box::new(move |items| {
                let mut keys = Vec::with_capacity(items.len());
                for item in items {
                    let name = reply::bytes(item, spec)?;
                    keys.extend(parse::<K>(&name, &prefix).filter(|key| matches(key)));
                }
                Ok(keys)
            }),
            spec,
            over: crate::scan::Over::Database,
        })
    }

    /// Walks every key of the kind over a synchronous connection.
    ///
    /// Sends `SCAN … MATCH … COUNT 500` until the cursor comes back to 0. O(N) in the size of the database.
    /// A key may come twice while others change.
    pub fn scan_on<'c, C>(&self, connection: &'c mut C) -> ScanIter<'c, C, K>
    where
        K: Send + 'static,
        C: redis::ConnectionLike + ?Sized,
    {
        ScanIter::new(connection, self.pages(Partial::any()))
    }

    /// Walks the keys of which some parameters are known over a synchronous connection.
    ///
    /// As [`scan_on`](Self::scan_on).
    pub fn scan_match_on<'c, C>(
        &self,
        connection: &'c mut C,
        known: Partial<K>,
    ) -> ScanIter<'c, C, K>
    where
        K: Send + 'static,
        C: redis::ConnectionLike + ?Sized,
    {
        ScanIter::new(connection, self.pages(known))
    }
}

impl<'s, K: Key + Send + 'static, S> Family<K, &'s Store, S> {
    /// Walks every key of the kind.
    ///
    /// Sends `SCAN … MATCH … COUNT 500` until the cursor comes back to 0. O(N) in the size of the database.
    /// A key may come twice while others change.
    pub fn scan(&self) -> Scan<'s, K> {
        Scan::new(self.context, self.pages(Partial::any()))
    }

    /// Walks the keys of which some parameters are known.
    ///
    /// As [`scan`](Self::scan).
    pub fn scan_match(&self, known: Partial<K>) -> Scan<'s, K> {
        Scan::new(self.context, self.pages(known))
    }

    /// Counts the keys by walking them once; those that come and go meanwhile may or may not count. Keys that are
    /// walked again because a server was replaced count once.
    ///
    /// # Errors
    /// A page could not be read.
    pub async fn count_approx(&self) -> Result<u64> {
        self.scan().count().await
    }
}

impl<K: Key<Structure = Str<C>>, C: Codec, X: Context> Family<K, X, Str<C>> {
    /// The values of several keys in the order given; `None` for each that does not exist.
    ///
    /// Sends one `MGET` (a transaction of `GETEX` where a read starts the lifetime anew); nothing when no
    /// key is given. O(n).
    pub fn mget<B: Borrow<K>>(
        &self,
        keys: impl IntoIterator<Item = B>,
    ) -> Command<Vec<Option<C::Value>>, X> {
        let mut count = 0;
        let command = self.command(
            Promise::MayRenew,
            reply::optionals::<C>,
            keys,
            |keys, lifetime| {
                count = keys.len();
                if keys.is_empty() {
                    return Ok(Payload::Ready(Value::Array(Vec::new())));
                }
                if lifetime.refreshes_on_read() {
                    return Ok(Payload::atomic_each(
                        keys.iter()
                            .flat_map(|key| lifetime.get(key.as_bytes()).into_cmds())
                            .collect(),
                    ));
                }
                Ok(Payload::One(listed("MGET", &keys).into_cmd()))
            },
        );
        command.instead(Instead::values(K::spec(), count))
    }

    /// Stores several values, each with the declared lifetime, all or none visible to others.
    ///
    /// Sends a transaction of `SET`; nothing when no key is given. O(n). Under `topology: cluster` the keys must
    /// lie in one slot, or nothing is sent.
    pub fn mset<'v, B: Borrow<K>>(
        &self,
        entries: impl IntoIterator<Item = (B, &'v C::Ref)>,
    ) -> Command<(), X>
    where
        C::Ref: 'v,
    {
        let (keys, values): (Vec<B>, Vec<&C::Ref>) = entries.into_iter().unzip();
        let command = self.command(Promise::Idempotent, reply::units, keys, |keys, lifetime| {
            if keys.is_empty() {
                return Ok(Payload::Ready(Value::Array(Vec::new())));
            }
            let template = K::spec().template;
            expect_one::<K::Schema>(template, keys.iter().map(KeyBuf::as_bytes))?;
            let mut cmds = Vec::with_capacity(keys.len());
            for (key, value) in keys.iter().zip(values) {
                let key = key.as_bytes();
                C::encode(value, |bytes| {
                    let set = Args::sized("SET", key, 5, bytes.len() + 24).arg(bytes);
                    cmds.extend(lifetime.set(key, set, false).into_cmds());
                })
                .map_err(|problem| Error::new(ErrorKind::Encode, template, problem))?;
            }
            Ok(Payload::atomic_all(cmds))
        });
        command.instead(Instead::all_done(K::spec()))
    }
}

fn listed(name: &'static str, keys: &[KeyBuf]) -> Args {
    let bytes = keys.iter().map(KeyBuf::len).sum();
    keys.iter()
        .fold(Args::new(name, keys.len(), bytes), |args, key| {
            args.arg(key.as_bytes())
        })
}
