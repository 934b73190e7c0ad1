//! The data structures a key can hold, as types: what a [`Handle`](crate::Handle) offers follows from them.

use std::marker::PhantomData;

use crate::handle::rate_limit::Algorithm;

/// A data structure of the server.
pub trait Structure {
    /// What `TYPE` answers.
    const TYPE: &'static str;
}

macro_rules! structures {
    ($($(#[$doc:meta])* $name:ident < $($param:ident),* > = $type:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<$($param),*>(PhantomData<($($param,)*)>);

        impl<$($param),*> Structure for $name<$($param),*> {
            const TYPE: &'static str = $type;
        }
    )*};
}

structures! {
    /// One value of codec `C`.
    Str<C> = "string";
    /// A number `N` that the server increments.
    Counter<N> = "string";
    /// A record `R`: one hash field per declared field.
    Hash<R> = "hash";
    /// Fields of codec `F` to values of codec `C`.
    HashMap<F, C> = "hash";
    /// Values of codec `C` in order.
    List<C> = "list";
    /// Distinct values of codec `C`.
    Set<C> = "set";
    /// Distinct values of codec `C` with a score of type `N`.
    ZSet<C, N> = "zset";
    /// A log of records `R`, trimmed as `T` says.
    Stream<R, T> = "stream";
    /// An estimate of the number of distinct values of codec `C`.
    HyperLogLog<C> = "string";
    /// Members of codec `C` with coordinates.
    Geo<C> = "zset";
    /// A document of the server's JSON type; codec `C` writes JSON.
    JsonDocument<C> = "ReJSON-RL";
    /// What one holder has at a time; holds have numbers `F`, or `()`.
    Lock<F> = "string";
    /// A value of codec `C` that is loaded where it is missing.
    Cache<C> = "string";
    /// The same with tags, by which it is forgotten together with others.
    TaggedCache<C> = "string";
    /// What entries of caches have in common.
    CacheTag<> = "string";
    /// Tasks with payloads of codec `C` and priorities `P`, or `()`.
    Queue<C, P> = "zset";
    /// What the tasks of a queue carry.
    QueueTasks<> = "hash";
    /// What a client comes back to by a secret token: data of codec `C`; `I` says whether an index holds it.
    Session<C, I> = "hash";
    /// The sessions `K` of one user.
    SessionIndex<K> = "zset";
    /// How far each of a job's items of codec `C` is; `E` tells whether reports are events too.
    Progress<C, E> = "hash";
    /// What was reported of a progress.
    ProgressEvents<C, E> = "stream";
    /// Bits by offset.
    Bitmap<> = "string";
    /// What several holders have at a time.
    Semaphore<> = "zset";
    /// The number of a lock's last hold.
    Fence<> = "string";
    /// Described, never generated.
    External<> = "none";
}

/// So many calls in so much time, counted by algorithm `A`.
#[derive(Debug, Clone, Copy)]
pub struct RateLimit<A>(PhantomData<A>);

impl<A: Algorithm> Structure for RateLimit<A> {
    const TYPE: &'static str = A::TYPE;
}
