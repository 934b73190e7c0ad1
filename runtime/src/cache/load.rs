//! Loading what is missing: once in this process, and once among all processes.

use std::future::Future;
use std::time::Duration;

use redis::Value;

use super::entry::{Claimed, Read};
use super::envelope::Token;
use super::look::{Entry, Looked, Rule};
use super::tags::OwnTag;
use super::token::token;
use super::write::tagged;
use crate::codec::{AsValue, Codec};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::key::Key;
use crate::load::{LoadError, Seat};
use crate::observe;
use crate::reply;
use crate::store::Store;
use crate::unavailable::Without;

/// Shortest and longest wait before another process is asked again how far it is.
const SHORTEST: Duration = Duration::from_millis(4);
const LONGEST: Duration = Duration::from_millis(100);

/// The value; what `load` loads where there is none. `names` says which tags it gets.
pub(crate) async fn get_or_load<K, X, S, C, R, N, L, F, E>(
    store: &Store,
    entry: Entry<'_, K, X, S, C, R>,
    names: N,
    load: L,
) -> Result<Option<C::Value>, LoadError<E>>
where
    K: Key,
    X: Context,
    C: Codec<Value: AsValue<C::Ref>>,
    R: Rule<K>,
    N: Fn() -> Result<Vec<OwnTag>>,
    L: FnOnce() -> F,
    F: Future<Output = Result<Option<C::Value>, E>>,
{
    let mut told = observe::Reading::begin(K::spec().template);
    let value = match entry.look(store).await {
        Ok(Looked::Fresh(value)) => {
            told.hit(value.is_some());
            return Ok(value);
        }
        // In a box, so that a hit does not move what only a miss needs.
        other => Box::pin(entry.missed(store, other, names, load, &mut told)).await,
    };
    if value.is_err() {
        told.ended("error");
    }
    value
}

/// What came of a caller's turn.
struct Turn<V> {
    value: Option<V>,
    /// The same for those who wait, if anybody does.
    reply: Option<Value>,
}

impl<K, X, S, C, R> Entry<'_, K, X, S, C, R>
where
    K: Key,
    X: Context,
    C: Codec<Value: AsValue<C::Ref>>,
    R: Rule<K>,
{
    /// Waits for whoever loads the key already, or loads it.
    async fn missed<N, L, F, E>(
        &self,
        store: &Store,
        mut looked: Result<Looked<C::Value>>,
        names: N,
        load: L,
        told: &mut observe::Reading,
    ) -> Result<Option<C::Value>, LoadError<E>>
    where
        N: Fn() -> Result<Vec<OwnTag>>,
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        let spec = K::spec();
        let mut load = Some(load);
        loop {
            let useless = match looked {
                Ok(Looked::Fresh(value)) => {
                    told.ended("shared");
                    return Ok(value);
                }
                Ok(Looked::Stale { value, loading }) => match load.take() {
                    Some(load) if !loading => {
                        return self.refresh(store, value, names, load, told).await;
                    }
                    _ => {
                        told.ended("stale");
                        return Ok(Some(value));
                    }
                },
                Ok(Looked::Missing(useless)) => Some(useless),
                Err(error) if error.is_unavailable() && spec.on_unavailable.loads() => None,
                Err(error) => return Err(error.into()),
            };
            let away = useless.is_none();
            let name = self.handle.key()?.into_boxed_slice();
            let seat = store.flights().join(spec.database, name);
            // Who was here before the load was asked for has what is loaded after they came.
            let in_time = away || !seat.told();
            let mut own = None;
            let turn = async || {
                let names = names()?;
                let turn = Loader {
                    entry: self,
                    store,
                    names,
                };
                let done = match (useless, load.take()) {
                    (_, None) => Turn {
                        value: None,
                        reply: None,
                    },
                    (None, Some(load)) => turn.alone(&seat, load).await?,
                    (Some(useless), Some(load)) => turn.own_turn(&seat, useless, load).await?,
                };
                let done = own.insert(done);
                Ok::<_, LoadError<E>>(done.reply.take())
            };
            let shared = seat.outcome().get_or_try_init(turn).await?;
            if away {
                store.tally().note(spec, Without::Read);
            }
            if let Some(Turn { value, .. }) = own {
                told.ended("loaded");
                return Ok(value);
            }
            observe::shared_load(spec.template);
            if in_time {
                told.ended("shared");
                let shared = shared.clone();
                return Ok(shared.map(|it| reply::value::<C>(it, spec)).transpose()?);
            }
            drop(seat);
            looked = self.look(store).await;
        }
    }

    /// Answers a value that is no longer fresh, unless it falls to this caller to load it anew.
    async fn refresh<N, L, F, E>(
        &self,
        store: &Store,
        value: C::Value,
        names: N,
        load: L,
        told: &mut observe::Reading,
    ) -> Result<Option<C::Value>, LoadError<E>>
    where
        N: Fn() -> Result<Vec<OwnTag>>,
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        let names = names()?;
        let token = token();
        let claimed = self.handle.claim_load(&token, b"").on(store).await;
        if !matches!(claimed, Ok(Claimed::Mine)) {
            told.ended("stale");
            return Ok(Some(value));
        }
        let turn = Loader {
            entry: self,
            store,
            names,
        };
        let (value, _) = turn.load_as(&token, load).await?;
        told.ended("loaded");
        Ok(value)
    }
}

/// A load: of which entry, and with which tags.
struct Loader<'a, 'h, K: Key, X, S, C, R> {
    entry: &'a Entry<'h, K, X, S, C, R>,
    store: &'a Store,
    names: Vec<OwnTag>,
}

impl<K, X, S, C, R> Loader<'_, '_, K, X, S, C, R>
where
    K: Key,
    X: Context,
    C: Codec<Value: AsValue<C::Ref>>,
    R: Rule<K>,
{
    /// Loads in the server's place.
    async fn alone<L, F, E>(&self, seat: &Seat<'_>, load: L) -> Result<Turn<C::Value>, LoadError<E>>
    where
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        let value = Self::call(load).await.map_err(LoadError::Load)?;
        Self::share(seat, value, false)
    }

    /// Loads, stores and shares a value once no other process does. Cancelled or failing at any place, it leaves the turn
    /// to the next in line, who goes on under the same token.
    async fn own_turn<L, F, E>(
        &self,
        seat: &Seat<'_>,
        useless: Vec<u8>,
        load: L,
    ) -> Result<Turn<C::Value>, LoadError<E>>
    where
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        match self.ask(seat.token(), useless).await {
            Ok(Asked::Found(value)) => Self::share(seat, value, false),
            Ok(Asked::Mine) => {
                let (value, stored) = self.load_as(seat.token(), load).await?;
                Self::share(seat, value, stored)
            }
            Err(error) if concerns_the_value(&error) => Err(error.into()),
            // A server that takes no writes does not cost the caller a value.
            Err(_) => {
                let value = Self::call(load).await.map_err(LoadError::Load)?;
                self.store.tally().note(K::spec(), Without::Filling);
                Self::share(seat, value, false)
            }
        }
    }

    /// Asks for the load until it is ours, or somebody else has stored something.
    async fn ask(&self, token: &Token, mut useless: Vec<u8>) -> Result<Asked<C::Value>> {
        let (entry, store) = (self.entry, self.store);
        let mut pause = SHORTEST;
        loop {
            match entry.handle.claim_load(token, &useless).on(store).await? {
                Claimed::Mine => return Ok(Asked::Mine),
                Claimed::Busy(left) => {
                    let left = Duration::from_millis(left.max(1));
                    let wait = pause.mul_f64(0.5 + fastrand::f64() / 2.0);
                    tokio::time::sleep(wait.min(left)).await;
                    pause = (pause * 2).min(LONGEST);
                }
                Claimed::Entry(bytes) => {
                    let read = Read {
                        bytes: Some(bytes.clone()),
                        left: None,
                    };
                    useless = match entry.judge(store, read).await? {
                        Some(Looked::Fresh(value)) => return Ok(Asked::Found(value)),
                        Some(Looked::Stale { value, .. }) => return Ok(Asked::Found(Some(value))),
                        Some(Looked::Missing(useless)) => useless,
                        None => bytes,
                    };
                }
            }
        }
    }

    /// Loads under a token and stores what was loaded, or that there is nothing, if the entry was not invalidated meanwhile;
    /// tells whether it is stored.
    async fn load_as<L, F, E>(
        &self,
        token: &Token,
        load: L,
    ) -> Result<(Option<C::Value>, bool), LoadError<E>>
    where
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        let (handle, store) = (self.entry.handle, self.store);
        // Before the load: what is invalidated while it lasts must not seem to be of afterwards.
        let versions = self.capture().await;
        let value = match Self::call(load).await {
            Ok(value) => value,
            Err(error) => {
                // Were it to fail too, the lease would end all the same.
                let _ = handle.release_load(token, true).on(store).await;
                return Err(LoadError::Load(error));
            }
        };
        let stored = match versions {
            Ok(versions) => self.store_as(token, value.as_ref(), &versions).await,
            Err(error) => Err(error),
        };
        match stored {
            Ok(stored) => Ok((value, stored)),
            Err(error) => {
                let _ = handle.release_load(token, false).on(store).await;
                if error.kind() == ErrorKind::Encode {
                    return Err(error.into());
                }
                store.tally().note(K::spec(), Without::Filling);
                Ok((value, false))
            }
        }
    }

    /// The versions of the tags.
    async fn capture(&self) -> Result<Vec<Vec<u8>>> {
        if self.names.is_empty() {
            return Ok(Vec::new());
        }
        self.entry.handle.capture(&self.names).on(self.store).await
    }

    async fn store_as(
        &self,
        token: &Token,
        value: Option<&C::Value>,
        versions: &[Vec<u8>],
    ) -> Result<bool> {
        let (handle, store) = (self.entry.handle, self.store);
        if value.is_none() && K::spec().cache.negative_millis() == 0 {
            handle.release_load(token, false).on(store).await?;
            return Ok(false);
        }
        let bytes = self
            .entry
            .write(value.map(AsValue::as_value), &tagged(&self.names, versions))?;
        let stored = handle
            .fill_entry(token, &bytes, value.is_some())
            .on(store)
            .await?;
        if !stored {
            observe::entry(K::spec().template, "refused");
        }
        Ok(stored)
    }

    /// Calls the loader.
    async fn call<L, F, E>(load: L) -> Result<Option<C::Value>, E>
    where
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        let mut told = observe::Loading::begin(K::spec().template);
        let value = load().await.inspect_err(|_| told.failed())?;
        told.ended(value.is_some());
        Ok(value)
    }

    /// Ends the load and leaves its value to those who wait.
    fn share<E>(
        seat: &Seat<'_>,
        value: Option<C::Value>,
        stored: bool,
    ) -> Result<Turn<C::Value>, LoadError<E>> {
        let reply = match (&value, seat.end(stored)) {
            (Some(value), true) => Some(crate::handle::Handle::<K, X, S>::as_reply::<C>(
                value.as_value(),
            )?),
            _ => None,
        };
        Ok(Turn { value, reply })
    }
}

/// Whose turn it is.
enum Asked<V> {
    Mine,
    Found(Option<V>),
}

/// Whether an error says something of what is stored, and not of a server that does not take it.
fn concerns_the_value(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WrongType
            | ErrorKind::Corrupt
            | ErrorKind::Param
            | ErrorKind::ForeignSettings
            | ErrorKind::Closed
    )
}
