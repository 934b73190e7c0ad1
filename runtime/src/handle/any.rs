//! What every key offers, whatever lies under it.

use std::time::Duration;

use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Extendable, Key, build};
use crate::payload::Payload;
use crate::reply;

impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// The key's whole name: for other tools and raw commands.
    ///
    /// # Errors
    /// A parameter is outside its alphabet.
    pub fn key(&self) -> Result<Vec<u8>> {
        let settings = self.context.settings::<K::Schema>()?;
        let key = build(&self.key, settings.prefix_of(K::spec()))?;
        Ok(key.as_bytes().to_vec())
    }

    /// Whether the key exists.
    ///
    /// Sends `EXISTS`. O(1).
    pub fn exists(&self) -> Command<bool, X> {
        self.command(reply::flag, |key, _| {
            Ok(Payload::One(Args::on("EXISTS", key, 0).into_cmd()))
        })
    }

    /// Deletes the key; tells whether it existed.
    ///
    /// Sends `DEL`. O(n) in the number of elements; [`unlink`](Self::unlink) frees them in the background.
    pub fn del(&self) -> Command<bool, X> {
        self.command(reply::flag, |key, _| {
            Ok(Payload::One(Args::on("DEL", key, 0).into_cmd()))
        })
    }
}

impl<K: Extendable, X: Context, S> Handle<K, X, S> {
    /// Gives the key another remaining lifetime; tells whether it exists.
    ///
    /// Sends `PEXPIRE`. O(1).
    pub fn expire(&self, lifetime: Duration) -> Command<bool, X> {
        let millis = i64::try_from(lifetime.as_millis()).unwrap_or(i64::MAX);
        self.command(reply::flag, |key, _| {
            Ok(Payload::One(
                Args::on("PEXPIRE", key, 1).int(millis).into_cmd(),
            ))
        })
    }
}
