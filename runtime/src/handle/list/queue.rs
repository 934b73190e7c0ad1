//! Lists whose order is declared, and work that lies somewhere while it is worked on.
//!
//! The next element always stands on the left. Which end a new one goes to is the declared order.

use super::ListEnd;
use crate::cmd::Args;
use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::script::script;
use crate::slot::Joins;
use crate::structure::List;

/// Which element of a list comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListOrder {
    /// The one that was added first.
    Fifo,
    /// The one that was added last.
    Lifo,
}

/// A list whose order the schema declares. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "the schema does not say in which order `{Self}` is used",
    label = "which end is meant?",
    note = "declare `list: {{ of: …, order: fifo }}`, or name the end: `rpush`, `lpop`"
)]
pub trait Ordered: Key {
    /// The order.
    const ORDER: ListOrder;
}

/// A list whose elements lie in the list `D` while they are worked on. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "the schema does not say that elements of `{Self}` are worked on in `{D}`",
    label = "not its `processing:` list",
    note = "declare `list: {{ of: …, order: fifo, processing: … }}`"
)]
pub trait ProcessedIn<D: Key>: Ordered {}

// The order is a bound of the methods: only there the compiler says what its trait has to say.
impl<K, C: Codec, X: Context> Handle<K, X, List<C>>
where
    K: Key<Structure = List<C>>,
{
    /// Adds an element where the declared order wants it; returns the new length.
    ///
    /// Sends `RPUSH` under `order: fifo`, `LPUSH` under `order: lifo`, and sets the lifetime in the same
    /// transaction. O(1).
    pub fn push(&self, value: &C::Ref) -> Command<u64, X>
    where
        K: Ordered,
    {
        match K::ORDER {
            ListOrder::Fifo => self.rpush(value),
            ListOrder::Lifo => self.lpush(value),
        }
    }

    /// Adds elements one after the other as `push` does; returns the new length.
    ///
    /// Sends one `RPUSH` or `LPUSH` and sets the lifetime in the same transaction; `LLEN` when no element is
    /// given. O(n).
    pub fn push_many<B: AsValue<C::Ref>>(
        &self,
        values: impl IntoIterator<Item = B>,
    ) -> Command<u64, X>
    where
        K: Ordered,
    {
        match K::ORDER {
            ListOrder::Fifo => self.rpush_many(values),
            ListOrder::Lifo => self.lpush_many(values),
        }
    }

    /// Takes the next element in the declared order; `None` when there is none. Who fails while working on it
    /// loses it.
    ///
    /// Sends `LPOP`. O(1).
    pub fn pop(&self) -> Command<Option<C::Value>, X>
    where
        K: Ordered,
    {
        self.lpop()
    }

    /// Moves the next element to the list of those that are worked on; returns it, or `None` when there is none.
    ///
    /// Sends `LMOVE`, which needs Redis 6.2; in a script that sets the lifetime where that list has one. O(1).
    /// Atomic.
    #[doc(alias = "lmove")]
    pub fn take<D, Y>(&self, processing: &Handle<D, Y, List<C>>) -> Command<Option<C::Value>, X>
    where
        K: ProcessedIn<D>,
        D: Key<Structure = List<C>>,
        Y: Context<Slot: Joins<X::Slot>>,
    {
        self.lmove(ListEnd::Left, processing, ListEnd::Right)
    }

    /// Removes an element that is dealt with from those that are worked on; tells whether it was there.
    ///
    /// Sends `LREM`. O(n) in the elements that are worked on.
    pub fn done<D, Y>(&self, processing: &Handle<D, Y, List<C>>, value: &C::Ref) -> Command<bool, X>
    where
        K: ProcessedIn<D>,
        D: Key<Structure = List<C>>,
        Y: Context<Slot: Joins<X::Slot>>,
    {
        self.command_to(Promise::Unsafe, reply::flag, processing, |_, _, other| {
            let args = Args::on("LREM", &other.key, 2).int(1).value::<C>(value);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Gives an element back that is worked on: it comes next; tells whether it was there. Otherwise nothing
    /// changes.
    ///
    /// Runs a script around `LREM` and `LPUSH` that sets the lifetime. O(n) in the elements that are worked on.
    /// Atomic.
    pub fn give_back<D, Y>(
        &self,
        processing: &Handle<D, Y, List<C>>,
        value: &C::Ref,
    ) -> Command<bool, X>
    where
        K: ProcessedIn<D>,
        D: Key<Structure = List<C>>,
        Y: Context<Slot: Joins<X::Slot>>,
    {
        self.command_to(
            Promise::Unsafe,
            reply::flag,
            processing,
            |key, lifetime, other| {
                let args = lifetime.script(Args::eval_on(GIVE_BACK, &[key, &other.key], 48));
                Ok(args.value::<C>(value).map_err(Self::refused)?.into())
            },
        )
    }

    /// Gives back up to `count` elements that are worked on, those taken last first, so that they come next in
    /// the order in which they were taken: for when those who worked on them are gone. Returns how many.
    ///
    /// Runs a script around `LMOVE`, which needs Redis 6.2, that sets the lifetime. O(count). Atomic.
    pub fn recover<D, Y>(&self, processing: &Handle<D, Y, List<C>>, count: u32) -> Command<u64, X>
    where
        K: ProcessedIn<D>,
        D: Key<Structure = List<C>>,
        Y: Context<Slot: Joins<X::Slot>>,
    {
        self.command_to(
            Promise::Unsafe,
            reply::count,
            processing,
            |key, lifetime, other| {
                let args = Args::eval_on(RECOVER, &[key, &other.key], 48);
                Ok(lifetime.script(args).uint(count.into()).into())
            },
        )
    }
}

const GIVE_BACK: &str = script!(
    "if redis.call('LREM',KEYS[2],1,ARGV[3])==0 then return 0 end"
    "redis.call('LPUSH',KEYS[1],ARGV[3])"
    "live(KEYS[1])"
    "return 1"
);
const RECOVER: &str = script!(
    "local n,most=0,tonumber(ARGV[3])"
    "while n<most and redis.call('LMOVE',KEYS[2],KEYS[1],'RIGHT','LEFT') do n=n+1 end"
    "if n>0 then live(KEYS[1]) end"
    "return n"
);
