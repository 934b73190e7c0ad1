//! Walking a map, and taking samples of it.

#![allow(clippy::type_complexity)] // pairs of what two codecs read

use redis::Value;

use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::reply;
use crate::retry::Promise;
use crate::scan::{Scan, ScanIter};
use crate::slot::AtStore;
use crate::structure::HashMap;

use super::entries;

impl<K, F, C, X> Handle<K, X, HashMap<F, C>>
where
    K: Key<Structure = HashMap<F, C>>,
    F: Codec,
    C: Codec,
    X: Context,
{
    /// A random field; `None` when the key does not exist.
    ///
    /// Sends `HRANDFIELD`, which needs Redis 6.2. O(1).
    pub fn hrandfield(&self) -> Command<Option<F::Value>, X> {
        self.command(Promise::MayRenew, reply::optional::<F>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("HRANDFIELD", key, 0)))
        })
    }

    /// Up to `count` distinct random fields.
    ///
    /// Sends `HRANDFIELD` with a count, which needs Redis 6.2. O(count).
    pub fn hrandfield_count(&self, count: u32) -> Command<Vec<F::Value>, X> {
        self.command(Promise::MayRenew, reply::values::<F>, |key, lifetime| {
            let args = Args::on("HRANDFIELD", key, 1).uint(count.into());
            Ok(lifetime.read(key, args))
        })
    }

    /// Up to `count` distinct random fields with their values.
    ///
    /// Sends `HRANDFIELD … WITHVALUES`, which needs Redis 6.2. O(count).
    pub fn hrandfield_withvalues(&self, count: u32) -> Command<Vec<(F::Value, C::Value)>, X> {
        self.command(Promise::MayRenew, entries::<F, C>, |key, lifetime| {
            let args = Args::on("HRANDFIELD", key, 2).uint(count.into());
            Ok(lifetime.read(key, args.arg(b"WITHVALUES")))
        })
    }

    /// Walks the entries page by page over a synchronous connection. An entry may come twice while others
    /// change the map. Does not renew the lifetime.
    ///
    /// Sends `HSCAN … COUNT 500` until the cursor comes back to 0. O(n) in all.
    #[doc(alias = "iter")]
    pub fn hscan_on<'c, N>(&self, connection: &'c mut N) -> ScanIter<'c, N, (F::Value, C::Value)>
    where
        N: redis::ConnectionLike + ?Sized,
        F::Value: 'static,
        C::Value: 'static,
    {
        ScanIter::new(connection, self.elements("HSCAN", None, page::<F, C>))
    }

    /// Walks the entries whose field's bytes at rest match a glob pattern over a synchronous connection.
    ///
    /// As [`hscan_on`](Self::hscan_on); the pattern spares sending the others, not looking at them.
    pub fn hscan_match_on<'c, N>(
        &self,
        connection: &'c mut N,
        pattern: impl AsRef<[u8]>,
    ) -> ScanIter<'c, N, (F::Value, C::Value)>
    where
        N: redis::ConnectionLike + ?Sized,
        F::Value: 'static,
        C::Value: 'static,
    {
        let pattern = Some(pattern.as_ref());
        ScanIter::new(connection, self.elements("HSCAN", pattern, page::<F, C>))
    }

    /// Walks the entries page by page. An entry may come twice while others change the map. Does not renew
    /// the lifetime.
    ///
    /// Sends `HSCAN … COUNT 500` until the cursor comes back to 0. O(n) in all.
    #[doc(alias = "iter")]
    pub fn hscan<'s>(&self) -> Scan<'s, (F::Value, C::Value)>
    where
        X: AtStore<'s>,
        F::Value: 'static,
        C::Value: 'static,
    {
        Scan::new(
            self.context.store(),
            self.elements("HSCAN", None, page::<F, C>),
        )
    }

    /// Walks the entries whose field's bytes at rest match a glob pattern.
    ///
    /// As [`hscan`](Self::hscan); the pattern spares sending the others, not looking at them.
    pub fn hscan_match<'s>(&self, pattern: impl AsRef<[u8]>) -> Scan<'s, (F::Value, C::Value)>
    where
        X: AtStore<'s>,
        F::Value: 'static,
        C::Value: 'static,
    {
        let pattern = Some(pattern.as_ref());
        Scan::new(
            self.context.store(),
            self.elements("HSCAN", pattern, page::<F, C>),
        )
    }
}

/// A page of entries.
fn page<F: Codec, C: Codec>(
    items: Vec<Value>,
    spec: &'static Spec,
) -> Result<Vec<(F::Value, C::Value)>> {
    entries::<F, C>(Value::Array(items), spec)
}
