//! What types know of a cluster's slots.
//!
//! A cluster runs a transaction, a unit or an operation over several keys in one slot. Which slot a key has
//! depends on values, and is looked at before anything is sent. By *what* its slot is decided (a placeholder
//! between braces, a text, its whole name) is known of each kind of key: generated code of a schema with
//! `topology: cluster` says so in the type of its handles, as a *family* of slots. Kinds of different
//! families cannot be sure of one slot whatever the values are, and do not compile together.
//!
//! The family travels where the store travels, in the context of handles and commands, so that no method has
//! to name it. What is made without the generated functions ([`Store::handle`](crate::Store::handle),
//! [`Store::family`](crate::Store::family)) has none; its keys are looked at when a command is built, whatever the
//! command is going to run on, so that what a cluster would refuse is refused by one server's program too.

use std::marker::PhantomData;

use crate::batch::Attempt;
use crate::channel::{Channel, Topic};
use crate::client::cluster::slot::slot_of;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::key::Key;
use crate::settings::Schema;
use crate::store::Store;

/// By what the slot of some kinds of keys is decided. Implemented by generated code only.
pub trait SlotFamily {}

/// Nothing is known: keys of schemas for one server, channels, and keys made without the generated functions.
#[derive(Debug, Clone, Copy)]
pub enum Anywhere {}

/// A context whose keys belong to a family of slots.
#[derive(Debug)]
pub struct InSlot<F, X = ()> {
    context: X,
    family: PhantomData<fn() -> F>,
}

impl<F, X> InSlot<F, X> {
    const fn new(context: X) -> Self {
        let family = PhantomData;
        Self { context, family }
    }
}

impl<F, X: Copy> Clone for InSlot<F, X> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F, X: Copy> Copy for InSlot<F, X> {}

impl<F: SlotFamily, X: Context> Context for InSlot<F, X> {
    type Settings = X::Settings;
    type Slot = F;

    #[inline]
    fn settings<S: Schema>(self) -> Result<X::Settings> {
        self.context.settings::<S>()
    }
}

impl<K: Key, F: SlotFamily> Handle<K, InSlot<F>> {
    /// A handle without a store, of a key whose family is known.
    #[doc(hidden)]
    pub const fn in_slot(key: K) -> Self {
        Self::with(key, InSlot::new(()))
    }
}

impl<'s, K: Key, F: SlotFamily> Handle<K, InSlot<F, &'s Store>> {
    /// A handle in a store, of a key whose family is known.
    #[doc(hidden)]
    pub const fn in_slot_of(key: K, store: &'s Store) -> Self {
        Self::with(key, InSlot::new(store))
    }
}

impl<T: Topic, F: SlotFamily> Channel<T, InSlot<F>> {
    /// A sharded channel without a store, whose family is known.
    #[doc(hidden)]
    pub const fn in_slot(topic: T) -> Self {
        Self::with(topic, InSlot::new(()))
    }
}

impl<'s, T: Topic, F: SlotFamily> Channel<T, InSlot<F, &'s Store>> {
    /// A sharded channel in a store, whose family is known.
    #[doc(hidden)]
    pub const fn in_slot_of(topic: T, store: &'s Store) -> Self {
        Self::with(topic, InSlot::new(store))
    }
}

/// What to do when keys lie in several slots.
pub(crate) const SEVERAL_SLOTS: &str = "a cluster runs it in one slot only; a shared hash tag (`slot:` in the \
                                        schema) puts keys together";

/// Refuses keys of several slots before anything is sent, where the schema is written for a cluster.
pub(crate) fn expect_one<'k, S: Schema>(
    template: &'static str,
    keys: impl IntoIterator<Item = &'k [u8]>,
) -> Result<()> {
    if !S::SERVER.clustered {
        return Ok(());
    }
    let mut slots = keys.into_iter().map(slot_of);
    let first = slots.next();
    if slots.all(|slot| Some(slot) == first) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::CrossSlot, template, SEVERAL_SLOTS))
}

/// A context that holds a store.
#[diagnostic::on_unimplemented(
    message = "this operation needs a store",
    label = "made without one",
    note = "take the key from the store: `store.job(id)` instead of `keys::job(id)`"
)]
pub trait AtStore<'s>: Context {
    /// The store.
    #[doc(hidden)]
    fn store(self) -> &'s Store;
}

impl<'s> AtStore<'s> for &'s Store {
    #[inline]
    fn store(self) -> &'s Store {
        self
    }
}

impl<'s, F: SlotFamily, X: AtStore<'s>> AtStore<'s> for InSlot<F, X> {
    #[inline]
    fn store(self) -> &'s Store {
        self.context.store()
    }
}

/// Families that go together: one with itself, and any with what nothing is known of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` and `{F}` are different slots of the cluster",
    label = "its keys do not lie in the slot of the others",
    note = "a cluster runs a transaction or an operation over several keys in one slot; keys are together by a \
            shared `slot:` in the schema",
    note = "side by side they run as `store.pipeline(…)`"
)]
pub trait Joins<F> {
    /// What is known of both.
    type Both;
}

impl Joins<Anywhere> for Anywhere {
    type Both = Self;
}

impl<F: SlotFamily> Joins<F> for F {
    type Both = F;
}

impl<F: SlotFamily> Joins<F> for Anywhere {
    type Both = F;
}

impl<F: SlotFamily> Joins<Anywhere> for F {
    type Both = F;
}

/// Commands or keys that run together with keys of the family `F`, as far as types tell.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a command, and names no key",
    label = "expected a command, or a tuple, array or vector of them"
)]
pub trait Beside<F> {
    /// What is known of the slot of them all.
    type Slot;
}

/// Commands that lie in one slot of a cluster, as far as types tell.
///
/// Values decide too: the same kinds with different values are refused as
/// [`CrossSlot`](crate::ErrorKind::CrossSlot) before anything is sent.
pub trait OneSlot: Beside<Anywhere> {}

impl<B: Beside<Anywhere>> OneSlot for B {}

impl<F, R, X: Context<Slot: Joins<F>>> Beside<F> for Command<R, X> {
    type Slot = <X::Slot as Joins<F>>::Both;
}

impl<F, R, X: Context<Slot: Joins<F>>> Beside<F> for Attempt<R, X> {
    type Slot = <X::Slot as Joins<F>>::Both;
}

impl<F, K: Key, X: Context<Slot: Joins<F>>, S> Beside<F> for Handle<K, X, S> {
    type Slot = <X::Slot as Joins<F>>::Both;
}

impl<F, B: Beside<F> + ?Sized> Beside<F> for &B {
    type Slot = B::Slot;
}

impl<F, B: Beside<F>> Beside<F> for [B] {
    type Slot = B::Slot;
}

impl<F, B: Beside<F>, const N: usize> Beside<F> for [B; N] {
    type Slot = B::Slot;
}

impl<F, B: Beside<F>> Beside<F> for Vec<B> {
    type Slot = B::Slot;
}

/// Each one beside those before it: what is known goes from one to the next.
macro_rules! tuples {
    ($($first:ident $(($name:ident $before:ident $after:ident))+ => $last:ident;)*) => {$(
        impl<$first, $($name: Beside<$before, Slot = $after>, $after),+> Beside<$first> for ($($name,)+) {
            type Slot = $last;
        }
    )*};
}

tuples! {
    F (A F G) => G;
    F (A F G) (B G H) => H;
    F (A F G) (B G H) (C H I) => I;
    F (A F G) (B G H) (C H I) (D I J) => J;
    F (A F G) (B G H) (C H I) (D I J) (E J K) => K;
    F (A F G) (B G H) (C H I) (D I J) (E J K) (L K M) => M;
    F (A F G) (B G H) (C H I) (D I J) (E J K) (L K M) (N M O) => O;
    F (A F G) (B G H) (C H I) (D I J) (E J K) (L K M) (N M O) (P O Q) => Q;
    F (A F G) (B G H) (C H I) (D I J) (E J K) (L K M) (N M O) (P O Q) (R Q S) => S;
    F (A F G) (B G H) (C H I) (D I J) (E J K) (L K M) (N M O) (P O Q) (R Q S) (T S U) => U;
    F (A F G) (B G H) (C H I) (D I J) (E J K) (L K M) (N M O) (P O Q) (R Q S) (T S U) (V U W) => W;
    F (A F G) (B G H) (C H I) (D I J) (E J K) (L K M) (N M O) (P O Q) (R Q S) (T S U) (V U W) (X W Y) => Y;
}
