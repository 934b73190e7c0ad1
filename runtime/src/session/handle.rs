//! What is done with one session.

use super::create::{begin, encoded, go_on};
use super::rule::{Indexing, Sessions};
use super::script::UPDATE;
use super::seen::{self, Version, session, updated};
use super::token::SessionToken;
use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::family::Family;
use crate::handle::Handle;
use crate::retry::Promise;
use crate::slot::AtStore;
use crate::store::Store;
use crate::structure::Session;

impl<K, C, I, X> Handle<K, X, Session<C, I>>
where
    K: Sessions<Structure = Session<C, I>>,
    C: Codec,
    I: Indexing,
    X: Context,
{
    /// The session, if it has not ended; that it was looked at is no use of it.
    ///
    /// Runs a script around `HMGET` that writes nothing. O(1).
    pub fn get(&self) -> Command<Option<seen::Session<C::Value>>, X> {
        self.read_session(session::<C>)
    }

    /// The session, if it has not ended, which is used by that: it stays for its whole idle time again, and never beyond its end.
    ///
    /// Runs a script around `HMGET`, which sends `PEXPIREAT` once `touch_after:` is over. O(1). Atomic: what is revoked at the same moment is
    /// not there afterwards.
    pub fn get_and_touch(&self) -> Command<Option<seen::Session<C::Value>>, X> {
        self.touch_session(session::<C>)
    }

    /// Writes the data of a session as a whole if nobody has since it was read; returns the new version, and `None` when the session has ended.
    /// That is no use of it.
    ///
    /// Runs a script around `HSET`. O(1). Atomic. When it ends stays.
    ///
    /// # Errors
    /// [`Contended`](crate::ErrorKind::Contended) when somebody else has written other data since: read again and decide.
    pub fn update(&self, version: Version, data: &C::Ref) -> Command<Option<Version>, X> {
        let data = encoded::<K, C>(data);
        self.command(Promise::Tokened, updated, |key, _| {
            let data = data?;
            Ok(Args::eval_on(UPDATE, &[key], 32 + data.len())
                .uint(version.0)
                .arg(&data)
                .into())
        })
    }

    /// Ends the session.
    ///
    /// Sends `UNLINK`. O(1). Once it has returned, nobody reads the session again. It fails rather than being dropped without the server.
    /// A fail-over that loses the deletion brings the session back until it ends.
    pub fn revoke(&self) -> Command<(), X> {
        self.end_session()
    }
}

impl<K, C, X> Handle<K, X, Session<C, ()>>
where
    K: Sessions<Structure = Session<C, ()>>,
    C: Codec,
    X: Context,
{
    /// Gives the session another token, after a login or when more becomes allowed; the one so far is worth nothing from then on. `None` when
    /// the session has ended.
    ///
    /// Runs three scripts around `HSET`, `PEXPIREAT` and `DEL`, each on one key: the new session is there before the old one ends, and its token is
    /// handed out after that. O(1). Its data, its version and its end stay. Sessions in an index are rotated there.
    ///
    /// # Errors
    /// As every write of a store; after one, either token may be worth nothing. [`Contended`](crate::ErrorKind::Contended) when
    /// others update the session at every attempt.
    pub async fn rotate<'s>(&self) -> Result<Option<SessionToken>>
    where
        X: AtStore<'s>,
    {
        go_on(self.context.store(), self, |_| None).await
    }
}

impl<K, C> Family<K, &Store, Session<C, ()>>
where
    K: Sessions<Structure = Session<C, ()>>,
    C: Codec,
{
    /// Makes a session; returns the token that its client comes back by.
    ///
    /// Runs a script around `HSET` and `PEXPIREAT`. O(1). Atomic. Sessions in an index are made there.
    ///
    /// # Errors
    /// As every write of a store; [`Settings`](crate::ErrorKind::Settings) when the system gives no random bytes.
    pub async fn create(&self, data: &C::Ref) -> Result<SessionToken> {
        let data = encoded::<K, C>(data)?;
        Ok(begin::<K>(self.context(), &data).await?.token)
    }
}
