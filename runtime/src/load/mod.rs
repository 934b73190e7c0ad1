//! Reading a value, and loading it where there is none: once, however many ask for it at the same time.

mod error;
mod flights;

use std::future::Future;

use redis::Value;

use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::observe;
use crate::store::Store;
use crate::unavailable::{Instead, Without};

pub use error::LoadError;
pub(crate) use flights::Flights;
pub(crate) use flights::Seat;

/// A key whose whole value can be loaded.
///
/// It knows nothing of its store, which is given beside it: a future that needs a bound with the store's lifetime could
/// not be spawned.
pub(crate) trait Whole: Named {
    /// What is read, loaded and stored.
    type Value;
    /// Where its commands come from.
    type Context;

    /// Reads it, and answers nothing in the server's place.
    fn read(&self) -> Command<Option<Self::Value>, Self::Context>;

    /// Stores a value with the declared lifetime unless there is one.
    fn fill(&self, value: &Self::Value) -> Command<(), Self::Context>;

    /// A value as the server would reply it.
    fn reply(&self, value: &Self::Value) -> Result<Value>;

    /// Reads what [`reply`](Self::reply) makes.
    fn decode(&self, reply: Value) -> Result<Option<Self::Value>>;
}

/// What there is to know of a key without asking for it.
pub(crate) trait Named {
    /// The facts of its kind.
    fn spec(&self) -> &'static Spec;

    /// Its name on the server.
    fn name(&self) -> Result<Box<[u8]>>;
}

impl<K: Key, X: Context> Named for Handle<K, X> {
    fn spec(&self) -> &'static Spec {
        K::spec()
    }

    fn name(&self) -> Result<Box<[u8]>> {
        self.key().map(Vec::into_boxed_slice)
    }
}

/// What a read has found.
enum Found<V> {
    Value(V),
    Nothing,
    /// The server cannot be reached, and the loader may stand in for it.
    Away,
}

/// The value; what `load` loads where there is none.
pub(crate) async fn get_or_load<W, L, F, E>(
    store: &Store,
    whole: &W,
    load: L,
) -> Result<Option<W::Value>, LoadError<E>>
where
    W: Whole,
    L: FnOnce() -> F,
    F: Future<Output = Result<Option<W::Value>, E>>,
{
    let since = store.flights().moment();
    match whole.read().on(store).await {
        Ok(Some(value)) => Ok(Some(value)),
        // In a box, so that a hit does not move what only a miss needs.
        other => Box::pin(missed(store, whole, other, since, load)).await,
    }
}

/// Waits for whoever loads the key already, or loads it.
async fn missed<W, L, F, E>(
    store: &Store,
    whole: &W,
    read: Result<Option<W::Value>>,
    since: u64,
    load: L,
) -> Result<Option<W::Value>, LoadError<E>>
where
    W: Whole,
    L: FnOnce() -> F,
    F: Future<Output = Result<Option<W::Value>, E>>,
{
    let mut away = match found(store, whole, read)? {
        Found::Value(value) => return Ok(Some(value)),
        Found::Nothing => false,
        Found::Away => true,
    };
    let spec = whole.spec();
    let seat = store.flights().join(spec.database, whole.name()?);
    let mut own = None;
    let turn = async || {
        let value = own_turn(store, whole, &seat, since, &mut away, load).await?;
        let value = own.insert(value);
        Ok::<_, LoadError<E>>(value.reply.take())
    };
    let shared = seat.outcome().get_or_try_init(turn).await?;
    let value = match own {
        Some(Turn { value, .. }) => value,
        None => {
            observe::shared_load(spec.template);
            match shared {
                Some(reply) => whole.decode(reply.clone())?,
                None => None,
            }
        }
    };
    if away {
        store.tally().note(spec, Without::Read);
    }
    Ok(value)
}

/// What came of a caller's turn.
struct Turn<V> {
    value: Option<V>,
    /// The same for those who wait, if anybody does.
    reply: Option<Value>,
}

/// Loads, stores and shares a value. Cancelled or failing at any place, it leaves the turn to the next in line.
async fn own_turn<W, L, F, E>(
    store: &Store,
    whole: &W,
    seat: &Seat<'_>,
    since: u64,
    away: &mut bool,
    load: L,
) -> Result<Turn<W::Value>, LoadError<E>>
where
    W: Whole,
    L: FnOnce() -> F,
    F: Future<Output = Result<Option<W::Value>, E>>,
{
    // The load that was under way when this caller looked may be over by now.
    if !*away && seat.stored_since(since) {
        match found(store, whole, whole.read().on(store).await)? {
            Found::Value(value) => return share(whole, seat, Some(value), false),
            Found::Nothing => {}
            Found::Away => *away = true,
        }
    }
    let mut told = observe::Loading::begin(whole.spec().template);
    let value = load().await.map_err(|error| {
        told.failed();
        LoadError::Load(error)
    })?;
    told.ended(value.is_some());
    let stored = match &value {
        Some(value) if !*away => fill(store, whole, value).await?,
        _ => false,
    };
    share(whole, seat, value, stored)
}

/// Ends the load and leaves its value to those who wait.
fn share<W: Whole, E>(
    whole: &W,
    seat: &Seat<'_>,
    value: Option<W::Value>,
    stored: bool,
) -> Result<Turn<W::Value>, LoadError<E>> {
    let reply = match (&value, seat.end(stored)) {
        (Some(value), true) => Some(whole.reply(value)?),
        _ => None,
    };
    Ok(Turn { value, reply })
}

/// Stores what was loaded; tells whether that worked. What was loaded is not lost by a server that does not take it,
/// but what the schema refuses is refused.
async fn fill<W: Whole>(store: &Store, whole: &W, value: &W::Value) -> Result<bool> {
    match whole.fill(value).on(store).await {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::Encode => Err(error),
        Err(_) => {
            store.tally().note(whole.spec(), Without::Filling);
            Ok(false)
        }
    }
}

/// What a read has found, if need be in the server's place.
fn found<W: Whole>(
    store: &Store,
    whole: &W,
    read: Result<Option<W::Value>>,
) -> Result<Found<W::Value>, Error> {
    let error = match read {
        Ok(Some(value)) => return Ok(Found::Value(value)),
        Ok(None) => return Ok(Found::Nothing),
        Err(error) => error,
    };
    let spec = whole.spec();
    if error.is_unavailable() && spec.on_unavailable.loads() {
        return Ok(Found::Away);
    }
    let Some(default) = Instead::value(spec).reply(&error) else {
        return Err(error);
    };
    store.tally().note(spec, Without::Read);
    let default = whole.decode(default)?;
    Ok(default.map_or(Found::Nothing, Found::Value))
}
