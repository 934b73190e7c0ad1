//! Declared groups of consumers: what the schema says of one, and the handle that keeps to it.

mod beat;
mod bury;
mod follow;
mod manage;
mod policy;
mod work;

pub(super) use bury::{Burial, reclaimed};
pub use policy::{Acknowledges, Beats, Buries, ConsumerGroup, GroupPolicy, Reclaims, dead_letter};

use std::marker::PhantomData;

use super::Trim;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::record::Record;
use crate::structure::Stream;

/// One stream as a declared group of consumers reads it.
///
/// The group's name, where it begins, when entries are acknowledged, when they are taken over and where they go
/// in the end are the schema's; methods that make no sense under it do not exist.
pub struct Consumers<K: Key, X, G> {
    stream: Handle<K, X>,
    group: PhantomData<fn() -> G>,
}

impl<K, R, T, X> Handle<K, X, Stream<R, T>>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
{
    /// The stream as one of its declared groups reads it.
    ///
    /// Sends nothing.
    #[doc(alias = "consumers")]
    pub fn group<G: ConsumerGroup<K>>(self, group: G) -> Consumers<K, X, G> {
        let _: G = group;
        Consumers {
            stream: Handle::with(self.key, self.context),
            group: PhantomData,
        }
    }
}

impl<K: Key + Clone, X: Clone, G> Clone for Consumers<K, X, G> {
    fn clone(&self) -> Self {
        Self {
            stream: self.stream.clone(),
            group: PhantomData,
        }
    }
}

impl<K: Key + Copy, X: Copy, G> Copy for Consumers<K, X, G> {}

impl<K: Key, X, G> std::fmt::Debug for Consumers<K, X, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Consumers({})", K::spec().template)
    }
}
