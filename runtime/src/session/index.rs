//! The sessions of one user.

use super::create::{DataOf, DataRef, DataValue, Made, begin, encoded, go_on};
use super::rule::Sessions;
use super::seen::{Session, session};
use super::token::{SessionId, SessionToken};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::handle::Handle;
use crate::key::Key;
use crate::slot::AtStore;
use crate::store::Store;
use crate::structure::SessionIndex;

/// How many sessions are looked at together.
const PAGE: usize = 1000;
/// How many of them are asked for in one round trip.
const AT_ONCE: usize = 100;

/// A session of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listed<V> {
    /// What the server knows it by: a handle of it is made of this as of its token.
    pub id: SessionId,
    /// What there is of it.
    pub session: Session<V>,
}

impl<K, T, X> Handle<K, X, SessionIndex<T>>
where
    K: Key<Structure = SessionIndex<T>>,
    T: Sessions,
    X: Context,
{
    /// Makes a session of this user; returns the token that its client comes back by.
    ///
    /// Runs a script around `HSET` and `PEXPIREAT` on the session, and one around `ZADD` on the index: two round trips. O(log n) in the
    /// sessions of the user. The token is handed out when the session is in the index, so that no session anybody can use is missing there.
    ///
    /// # Errors
    /// As every write of a store; [`Settings`](crate::ErrorKind::Settings) when the system gives no random bytes.
    pub async fn create<'s>(&self, data: &DataRef<T>) -> Result<SessionToken>
    where
        X: AtStore<'s>,
    {
        let store = self.context.store();
        let data = encoded::<T, DataOf<T>>(data)?;
        let made = begin::<T>(store, &data).await?;
        self.index_session(made.id, made.ends).on(store).await?;
        Ok(made.token)
    }

    /// Gives a session of this user another token, after a login or when more becomes allowed; the one so far is worth nothing from then on.
    /// `None` when the session has ended, or is not of this user.
    ///
    /// Sends `ZSCORE`, and runs four scripts around `HSET`, `ZADD` and `DEL`, each on one key: the new session is there, and in the index, before
    /// the old one ends, and its token is handed out after that. O(log n) in the sessions of the user. Its data, its version and its end stay.
    ///
    /// # Errors
    /// As every write of a store; after one, either token may be worth nothing. [`Contended`](crate::ErrorKind::Contended) when
    /// others update the session at every attempt.
    pub async fn rotate<'s>(&self, token: &SessionToken) -> Result<Option<SessionToken>>
    where
        X: AtStore<'s>,
    {
        let store = self.context.store();
        let id = token.id();
        if !self.is_indexed(id).on(store).await? {
            return Ok(None);
        }
        let old = Handle::with(T::of(id.into()), store);
        let noted = |made: &Made| {
            let noted = self.index_session(made.id, made.ends);
            Some(noted.on(store))
        };
        go_on(store, &old, noted).await
    }

    /// The sessions of this user that have not ended, up to a thousand, the one that ends last first. That they are looked at is no use of
    /// them.
    ///
    /// Runs a script around `ZREVRANGEBYSCORE`, and one for each session around `HMGET`, a hundred in a round trip; what is gone is taken out by
    /// `ZREM`. O(n) in the sessions of the user.
    ///
    /// # Errors
    /// As every read of a store.
    pub async fn list<'s>(&self) -> Result<Vec<Listed<DataValue<T>>>>
    where
        X: AtStore<'s>,
    {
        let store = self.context.store();
        let ids = self.page(store).await?;
        let (mut there, mut gone) = (Vec::with_capacity(ids.len()), Vec::new());
        for ids in ids.chunks(AT_ONCE) {
            let reads = ids.iter().map(|id| {
                let one = Handle::with(T::of((*id).into()), store);
                one.read_session(session::<DataOf<T>>)
            });
            let found = store.pipeline(reads.collect::<Vec<_>>()).await?;
            for (id, session) in ids.iter().zip(found) {
                match session {
                    Some(session) => there.push(Listed { id: *id, session }),
                    None => gone.push(*id),
                }
            }
        }
        if !gone.is_empty() {
            self.forget_sessions(&gone).on(store).await?;
        }
        Ok(there)
    }

    /// Ends every session of this user.
    ///
    /// Runs a script around `ZREVRANGEBYSCORE`, sends `UNLINK` for each session, a hundred in a round trip, then `ZREM`, and looks again until there
    /// is none. O(n) in the sessions of the user. Once it has returned, every session that was made before it began is gone, those too that were
    /// rotated meanwhile; those that are made while it runs may be.
    ///
    /// # Errors
    /// As every write of a store; some of them may be gone then. Call again: it does no harm.
    pub async fn revoke_all<'s>(&self) -> Result<()>
    where
        X: AtStore<'s>,
    {
        let store = self.context.store();
        loop {
            let ids = self.page(store).await?;
            if ids.is_empty() {
                return Ok(());
            }
            for ids in ids.chunks(AT_ONCE) {
                let ends = ids
                    .iter()
                    .map(|id| Handle::with(T::of((*id).into()), store).end_session());
                store.pipeline(ends.collect::<Vec<_>>()).await?;
                self.forget_sessions(ids).on(store).await?;
            }
        }
    }

    /// Sessions that the index names.
    async fn page(&self, store: &Store) -> Result<Vec<SessionId>> {
        let names = self.indexed_sessions(PAGE as u64).on(store).await?;
        let id = |name: &String| {
            name.parse()
                .map_err(|_| Error::corrupt(K::spec().template, "a member that is no session"))
        };
        names.iter().map(id).collect()
    }
}
