//! Operations over several keys at once: what each kind of structure is given.

use crate::codec::{AsValue, Codec, TextValue};
use crate::command::{Built, Command};
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::geo::Coordinates;
use crate::handle::stream::Trim;
use crate::handle::zset::Score;
use crate::key::Key;
use crate::record::Record;
use crate::reply;
use crate::structure::{Counter, Geo, Hash, HashMap, List, Set, Str, Stream, Structure, ZSet};

/// A structure that an operation over several keys can write.
///
/// What holds one thing is given its new content, what holds many is given more: a string, counter or
/// record is replaced, values are appended to a list or stream and added to a set, map or sorted set.
#[diagnostic::on_unimplemented(message = "a unit cannot write this structure")]
pub trait Written: Structure + Sized {
    /// What is given.
    type Input: ?Sized;

    /// The command, its own reply left out.
    fn write<K: Key<Structure = Self>, X: Context>(
        handle: &Handle<K, X, Self>,
        input: &Self::Input,
    ) -> Command<(), X>;
}

/// The command that writes one key of a unit.
pub fn write<K: Key<Structure: Written>, X: Context>(
    key: K,
    context: X,
    input: &<K::Structure as Written>::Input,
) -> Command<(), X> {
    <K::Structure as Written>::write(&Handle::with(key, context), input)
}

/// The same command, whatever it answers.
pub(crate) fn silent<R, X>(command: Command<R, X>) -> Command<(), X> {
    Command {
        built: command.built.map(Built::unanswered),
        decode: reply::unit,
        context: command.context,
    }
}

impl<C: Codec> Written for Str<C> {
    type Input = C::Ref;

    fn write<K: Key<Structure = Self>, X: Context>(
        handle: &Handle<K, X, Self>,
        input: &C::Ref,
    ) -> Command<(), X> {
        handle.set(input)
    }
}

impl<N: TextValue<Ref = N> + Copy> Written for Counter<N> {
    type Input = N;

    fn write<K: Key<Structure = Self>, X: Context>(
        handle: &Handle<K, X, Self>,
        input: &N,
    ) -> Command<(), X> {
        handle.set(*input)
    }
}

impl<R: Record> Written for Hash<R> {
    type Input = R;

    fn write<K: Key<Structure = Self>, X: Context>(
        handle: &Handle<K, X, Self>,
        input: &R,
    ) -> Command<(), X> {
        handle.hset(input)
    }
}

impl<F, C> Written for HashMap<F, C>
where
    F: Codec<Value: AsValue<<F as Codec>::Ref>>,
    C: Codec<Value: AsValue<<C as Codec>::Ref>>,
{
    type Input = [(F::Value, C::Value)];

    fn write<K: Key<Structure = Self>, X: Context>(
        handle: &Handle<K, X, Self>,
        input: &Self::Input,
    ) -> Command<(), X> {
        let entries = input
            .iter()
            .map(|(field, value)| (field.as_value(), value.as_value()));
        silent(handle.hset_multiple(entries))
    }
}

macro_rules! appended {
    ($($name:ident: $method:ident)*) => {$(
        impl<C: Codec<Value: AsValue<<C as Codec>::Ref>>> Written for $name<C> {
            type Input = [C::Value];

            fn write<K: Key<Structure = Self>, X: Context>(
                handle: &Handle<K, X, Self>,
                input: &Self::Input,
            ) -> Command<(), X> {
                silent(handle.$method(input.iter().map(AsValue::as_value)))
            }
        }
    )*};
}

appended! {
    List: rpush_many
    Set: sadd_many
}

impl<C, N> Written for ZSet<C, N>
where
    C: Codec<Value: AsValue<<C as Codec>::Ref>>,
    N: Score,
{
    type Input = [(C::Value, N)];

    fn write<K: Key<Structure = Self>, X: Context>(
        handle: &Handle<K, X, Self>,
        input: &Self::Input,
    ) -> Command<(), X> {
        let entries = input
            .iter()
            .map(|(member, score)| (member.as_value(), *score));
        silent(handle.zadd_many(entries))
    }
}

impl<C: Codec<Value: AsValue<<C as Codec>::Ref>>> Written for Geo<C> {
    type Input = [(C::Value, Coordinates)];

    fn write<K: Key<Structure = Self>, X: Context>(
        handle: &Handle<K, X, Self>,
        input: &Self::Input,
    ) -> Command<(), X> {
        let entries = input
            .iter()
            .map(|(member, place)| (member.as_value(), *place));
        silent(handle.geo_add_many(entries))
    }
}

impl<R: Record, T: Trim> Written for Stream<R, T> {
    type Input = R;

    fn write<K: Key<Structure = Self>, X: Context>(
        handle: &Handle<K, X, Self>,
        input: &R,
    ) -> Command<(), X> {
        silent(handle.xadd(input))
    }
}
