//! The single steps: each is one command, and says what running it twice does.

use redis::Value;

use super::rule::Sessions;
use super::script::{ADD, MOVE, NAMES, PUT, READ, TOUCH};
use super::seen::{Moved, Raw, moved, raw};
use super::token::SessionId;
use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::reply::{self, Decode};
use crate::retry::Promise;

/// When a session that is written ends at the latest.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ends {
    /// The declared time from now.
    InTime,
    /// With the one that it goes on from: milliseconds since 1970.
    At(u64),
}

impl<K: Sessions, X: Context, S> Handle<K, X, S> {
    /// Reads the session.
    pub(super) fn read_session<R>(&self, decode: Decode<R>) -> Command<R, X> {
        self.command(Promise::Read, decode, |key, _| {
            Ok(Args::eval(READ, key).into())
        })
    }

    /// Reads the session as it lies there.
    pub(super) fn raw_session(&self) -> Command<Option<Raw>, X> {
        self.read_session(raw)
    }

    /// Reads the session and notes that it is used.
    pub(super) fn touch_session<R>(&self, decode: Decode<R>) -> Command<R, X> {
        self.command(Promise::Renews, decode, |key, _| {
            let (idle, after) = (K::RULE.idle(), K::RULE.touch_after());
            Ok(Args::eval(TOUCH, key).uint(idle).uint(after).into())
        })
    }

    /// Writes the session, whose token nobody has yet; answers when it ends at the latest, 0 where that is over.
    pub(super) fn put_session(&self, data: &[u8], version: u64, ends: Ends) -> Command<u64, X> {
        self.command(Promise::Tokened, reply::count, |key, lifetime| {
            let args = Args::eval_on(PUT, &[key], 96 + data.len())
                .arg(data)
                .uint(version)
                .uint(K::RULE.idle())
                .uint(lifetime.millis());
            Ok(match ends {
                Ends::InTime => args,
                Ends::At(ends) => args.uint(ends),
            }
            .into())
        })
    }

    /// Ends the session, which goes on as another one, if it has still this version.
    pub(super) fn move_session(&self, version: u64, other: SessionId) -> Command<Moved, X> {
        self.command(Promise::Tokened, moved, |key, _| {
            Ok(Args::eval_on(MOVE, &[key], 96)
                .uint(version)
                .arg(other.to_string().as_bytes())
                .into())
        })
    }

    /// Deletes the session.
    pub(super) fn end_session(&self) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, _| {
            Ok(Args::on("UNLINK", key, 0).into())
        })
    }
}

/// Of an index.
impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// Adds a session that is there.
    pub(super) fn index_session(&self, id: SessionId, ends: u64) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, _| {
            Ok(Args::eval_on(ADD, &[key], 96)
                .arg(id.to_string().as_bytes())
                .uint(ends)
                .into())
        })
    }

    /// Sessions that may not be over.
    pub(super) fn indexed_sessions(&self, most: u64) -> Command<Vec<String>, X> {
        self.command(Promise::Read, names, |key, _| {
            Ok(Args::eval(NAMES, key).uint(most).into())
        })
    }

    /// Whether a session is in the index.
    pub(super) fn is_indexed(&self, id: SessionId) -> Command<bool, X> {
        self.command(Promise::Read, reply::not_nil, |key, _| {
            Ok(Args::sized("ZSCORE", key, 1, 64)
                .arg(id.to_string().as_bytes())
                .into())
        })
    }

    /// Takes out sessions that are gone.
    pub(super) fn forget_sessions(&self, ids: &[SessionId]) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, _| {
            let args = Args::sized("ZREM", key, ids.len(), 64 * ids.len());
            let add = |args: Args, id: &SessionId| args.arg(id.to_string().as_bytes());
            Ok(ids.iter().fold(args, add).into())
        })
    }
}

fn names(value: Value, spec: &'static Spec) -> Result<Vec<String>> {
    let items = reply::list(value, spec)?.into_iter();
    items.map(|item| reply::text(item, spec)).collect()
}
