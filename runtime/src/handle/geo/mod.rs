//! Members with coordinates.

mod place;
mod search;

use redis::Value;

use crate::cmd::Args;
use crate::codec::{AsValue, Codec, Problem};
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::handle::values::listed;
use crate::key::{Key, Spec};
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::structure::Geo;

pub use place::{Coordinates, Unit};
pub use search::{Area, Center, Found, Search};

impl<K: Key<Structure = Geo<C>>, C: Codec, X: Context> Handle<K, X, Geo<C>> {
    /// Puts a member at a place, or moves it there; tells whether it was not there before.
    ///
    /// Sends `GEOADD` and gives the key its lifetime in the same transaction. O(log n). Coordinates are
    /// kept to about half a metre.
    #[doc(alias = "geoadd")]
    pub fn geo_add(&self, member: &C::Ref, place: Coordinates) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            let args = placed::<C>(Args::on("GEOADD", key, 3), member, place);
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// Puts members at places, or moves them there; returns how many were not there before.
    ///
    /// Sends one `GEOADD` and gives the key its lifetime in the same transaction; nothing when no member
    /// is given. O(log n) for each.
    pub fn geo_add_many<B: AsValue<C::Ref>>(
        &self,
        entries: impl IntoIterator<Item = (B, Coordinates)>,
    ) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, lifetime| {
            let mut entries = entries.into_iter().peekable();
            if entries.peek().is_none() {
                return Ok(Payload::Ready(Value::Int(0)));
            }
            let args = Args::on("GEOADD", key, 3 * entries.size_hint().0);
            let args = entries.try_fold(args, |args, (member, place)| {
                placed::<C>(args, member.as_value(), place)
            });
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// Removes a member; tells whether it was there.
    ///
    /// Sends `ZREM`: members are kept as a sorted set. O(log n).
    #[doc(alias = "zrem")]
    pub fn geo_rem(&self, member: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, _| {
            let args = Args::on("ZREM", key, 1).value::<C>(member);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Removes members; returns how many were there.
    ///
    /// Sends one `ZREM`; nothing when no member is given. O(log n) for each.
    pub fn geo_rem_many<B: AsValue<C::Ref>>(
        &self,
        members: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.command(
            Promise::Repeatable,
            reply::count,
            |key, _| match listed::<C, B>("ZREM", key, members).map_err(Self::refused)? {
                None => Ok(Payload::Ready(Value::Int(0))),
                Some(args) => Ok(args.into()),
            },
        )
    }

    /// Number of members.
    ///
    /// Sends `ZCARD`. O(1).
    #[doc(alias = "len")]
    pub fn geo_count(&self) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("ZCARD", key, 0)))
        })
    }

    /// Every member.
    ///
    /// Sends `ZRANGE`. O(n).
    pub fn geo_members(&self) -> Command<Vec<C::Value>, X> {
        self.command(Promise::MayRenew, reply::values::<C>, |key, lifetime| {
            let args = Args::on("ZRANGE", key, 2).int(0).int(-1);
            Ok(lifetime.read(key, args))
        })
    }

    /// Where a member is; `None` when it is not there.
    ///
    /// Sends `GEOPOS`. O(1).
    #[doc(alias = "geopos")]
    pub fn geo_pos(&self, member: &C::Ref) -> Command<Option<Coordinates>, X> {
        self.command(Promise::MayRenew, place, |key, lifetime| {
            let args = Args::on("GEOPOS", key, 1).value::<C>(member);
            Ok(lifetime.read(key, args.map_err(Self::refused)?))
        })
    }

    /// Where each member is; `None` for each that is not there.
    ///
    /// Sends one `GEOPOS`; nothing when no member is given. O(1) for each.
    pub fn geo_pos_many<B: AsValue<C::Ref>>(
        &self,
        members: impl IntoIterator<Item = B>,
    ) -> Command<Vec<Option<Coordinates>>, X> {
        self.command(Promise::MayRenew, places, |key, lifetime| {
            match listed::<C, B>("GEOPOS", key, members).map_err(Self::refused)? {
                None => Ok(Payload::Ready(Value::Array(Vec::new()))),
                Some(args) => Ok(lifetime.read(key, args)),
            }
        })
    }

    /// How far two members are from each other; `None` when one of them is not there.
    ///
    /// Sends `GEODIST`. O(1). The earth counts as a sphere, which may be 0.5 % off.
    #[doc(alias = "geodist")]
    pub fn geo_dist(&self, from: &C::Ref, to: &C::Ref, unit: Unit) -> Command<Option<f64>, X> {
        self.command(Promise::MayRenew, reply::optional_float, |key, lifetime| {
            let args = Args::on("GEODIST", key, 3)
                .value::<C>(from)
                .and_then(|args| args.value::<C>(to));
            let args = args.map_err(Self::refused)?.arg(unit.word());
            Ok(lifetime.read(key, args))
        })
    }

    /// A member's place as a geohash of 11 characters; `None` when it is not there.
    ///
    /// Sends `GEOHASH`. O(1).
    #[doc(alias = "geohash")]
    pub fn geo_hash(&self, member: &C::Ref) -> Command<Option<String>, X> {
        self.command(Promise::MayRenew, hash, |key, lifetime| {
            let args = Args::on("GEOHASH", key, 1).value::<C>(member);
            Ok(lifetime.read(key, args.map_err(Self::refused)?))
        })
    }

    /// Each member's place as a geohash of 11 characters; `None` for each that is not there.
    ///
    /// Sends one `GEOHASH`; nothing when no member is given. O(1) for each.
    pub fn geo_hash_many<B: AsValue<C::Ref>>(
        &self,
        members: impl IntoIterator<Item = B>,
    ) -> Command<Vec<Option<String>>, X> {
        self.command(Promise::MayRenew, hashes, |key, lifetime| {
            match listed::<C, B>("GEOHASH", key, members).map_err(Self::refused)? {
                None => Ok(Payload::Ready(Value::Array(Vec::new()))),
                Some(args) => Ok(lifetime.read(key, args)),
            }
        })
    }
}

/// `longitude latitude member`.
fn placed<C: Codec>(args: Args, member: &C::Ref, place: Coordinates) -> Result<Args, Problem> {
    args.coordinates(place)?.value::<C>(member)
}

fn places(value: Value, spec: &'static Spec) -> Result<Vec<Option<Coordinates>>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|item| match reply::checked(item, spec)? {
            Value::Nil => Ok(None),
            other => Coordinates::read(other, spec).map(Some),
        })
        .collect()
}

fn place(value: Value, spec: &'static Spec) -> Result<Option<Coordinates>> {
    Ok(places(value, spec)?.into_iter().next().flatten())
}

fn hashes(value: Value, spec: &'static Spec) -> Result<Vec<Option<String>>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|item| match reply::checked(item, spec)? {
            Value::Nil => Ok(None),
            other => reply::text(other, spec).map(Some),
        })
        .collect()
}

fn hash(value: Value, spec: &'static Spec) -> Result<Option<String>> {
    Ok(hashes(value, spec)?.into_iter().next().flatten())
}
