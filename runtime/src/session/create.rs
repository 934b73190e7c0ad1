//! Making sessions. In whatever step a caller is cancelled or a connection breaks, what stays is a session whose token nobody has: it ends
//! by itself.

use super::command::Ends;
use super::rule::{OfSession, Sessions};
use super::seen::Moved;
use super::token::{SessionId, SessionToken};
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::store::Store;

/// The data of a kind of sessions, as it is written.
pub(super) type DataRef<K> = <DataOf<K> as Codec>::Ref;

/// The data of a kind of sessions, as it is read.
pub(super) type DataValue<K> = <DataOf<K> as Codec>::Value;

pub(super) type DataOf<K> = <<K as crate::key::Key>::Structure as OfSession>::Data;

/// How often a session that others change is read anew.
const ATTEMPTS: usize = 16;

/// A session that nobody else knows of yet. An identifier is written once, before it is in any index: what an index names and is not
/// there never comes back.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) token: SessionToken,
    pub(super) id: SessionId,
    /// Milliseconds since 1970.
    pub(super) ends: u64,
}

/// The data as it is stored.
pub(super) fn encoded<K: Sessions, C: Codec>(data: &C::Ref) -> Result<Vec<u8>> {
    C::encode(data, <[u8]>::to_vec).map_err(Handle::<K>::refused)
}

/// Makes a session of its own token; `None` where its time is over already.
pub(super) async fn make<K: Sessions>(
    store: &Store,
    data: &[u8],
    version: u64,
    ends: Ends,
) -> Result<Option<Made>> {
    let token = SessionToken::random(K::spec())?;
    let id = token.id();
    let session = Handle::with(K::of(id.into()), store);
    let ends = session.put_session(data, version, ends).await?;
    Ok((ends > 0).then_some(Made { token, id, ends }))
}

/// Makes a session for the first time.
pub(super) async fn begin<K: Sessions>(store: &Store, data: &[u8]) -> Result<Made> {
    let made = make::<K>(store, data, 1, Ends::InTime).await?;
    made.ok_or_else(|| crate::reply::unexpected(K::spec()))
}

/// Makes a session that goes on from another one, which ends; `None` where there is none to go on from. `noted` is run before the other ends.
pub(super) async fn go_on<'s, K: Sessions, X: Context, S>(
    store: &'s Store,
    old: &Handle<K, X, S>,
    noted: impl Fn(&Made) -> Option<Command<(), &'s Store>>,
) -> Result<Option<SessionToken>> {
    for _ in 0..ATTEMPTS {
        let Some(raw) = old.raw_session().on(store).await? else {
            return Ok(None);
        };
        let ends = Ends::At(raw.ends);
        let Some(made) = make::<K>(store, &raw.data, raw.version, ends).await? else {
            return Ok(None);
        };
        if let Some(noted) = noted(&made) {
            noted.await?;
        }
        let moved = old.move_session(raw.version, made.id).on(store).await?;
        if moved == Moved::Done {
            return Ok(Some(made.token));
        }
        Handle::with(K::of(made.id.into()), store)
            .end_session()
            .await?;
        if moved == Moved::Gone {
            return Ok(None);
        }
    }
    let detail = "others changed the session at every attempt";
    Err(Error::new(ErrorKind::Contended, K::spec().template, detail))
}
