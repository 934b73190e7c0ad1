use std::marker::PhantomData;

use redis::Value;

use super::{Coordinates, Unit};
use crate::cmd::Args;
use crate::codec::{Codec, Problem};
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::reply::{self, Decode};
use crate::retry::Promise;
use crate::slot::Joins;
use crate::structure::{Geo, ZSet};

/// The middle of a search.
#[derive(Debug)]
pub enum Center<'v, V: ?Sized> {
    /// Where a member is; it is an error if it is not there.
    Member(&'v V),
    /// A place.
    At(Coordinates),
}

/// What is searched, around the middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Area {
    /// A circle.
    Circle {
        /// Its radius.
        radius: f64,
        /// The radius's unit.
        unit: Unit,
    },
    /// A rectangle whose sides run north and east.
    Rectangle {
        /// From west to east.
        width: f64,
        /// From south to north.
        height: f64,
        /// The unit of both.
        unit: Unit,
    },
}

impl Area {
    /// Everything within a distance.
    #[must_use]
    pub const fn circle(radius: f64, unit: Unit) -> Self {
        Self::Circle { radius, unit }
    }

    /// Everything within a rectangle.
    #[must_use]
    pub const fn rectangle(width: f64, height: f64, unit: Unit) -> Self {
        Self::Rectangle {
            width,
            height,
            unit,
        }
    }

    const fn unit(self) -> Unit {
        match self {
            Self::Circle { unit, .. } | Self::Rectangle { unit, .. } => unit,
        }
    }
}

/// A search for members near a place.
pub struct Search<C> {
    center: Result<Middle, Problem>,
    area: Area,
    order: Option<Order>,
    count: Option<u64>,
    any: bool,
    codec: PhantomData<fn() -> C>,
}

#[derive(Clone)]
enum Middle {
    Member(Vec<u8>),
    At(Coordinates),
}

#[derive(Debug, Clone, Copy)]
enum Order {
    NearestFirst,
    FarthestFirst,
}

impl<C: Codec> Search<C> {
    /// Everything in an area, in no particular order.
    #[must_use]
    pub fn new(center: Center<'_, C::Ref>, area: Area) -> Self {
        Self {
            center: match center {
                Center::Member(member) => C::encode(member, |bytes| Middle::Member(bytes.to_vec())),
                Center::At(place) => Ok(Middle::At(place)),
            },
            area,
            order: None,
            count: None,
            any: false,
            codec: PhantomData,
        }
    }

    /// Nearest first.
    #[doc(alias = "asc")]
    #[must_use]
    pub fn nearest_first(mut self) -> Self {
        self.order = Some(Order::NearestFirst);
        self
    }

    /// Farthest first.
    #[doc(alias = "desc")]
    #[must_use]
    pub fn farthest_first(mut self) -> Self {
        self.order = Some(Order::FarthestFirst);
        self
    }

    /// At most so many, the nearest ones; at least one.
    #[must_use]
    pub fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// At most so many, whichever are found first: cheaper than the nearest ones. At least one.
    #[must_use]
    pub fn count_any(mut self, count: u64) -> Self {
        self.any = true;
        self.count(count)
    }

    /// Appends the arguments after the keys.
    fn push(&self, args: Args) -> Result<Args, Problem> {
        let args = match self.center.as_ref().map_err(Problem::clone)? {
            Middle::Member(member) => args.arg(b"FROMMEMBER").arg(member),
            Middle::At(place) => args.arg(b"FROMLONLAT").coordinates(*place)?,
        };
        let args = match self.area {
            Area::Circle { radius, .. } => args.arg(b"BYRADIUS").length(radius)?,
            Area::Rectangle { width, height, .. } => {
                args.arg(b"BYBOX").length(width)?.length(height)?
            }
        };
        let args = args.arg(self.area.unit().word());
        let args = match self.order {
            None => args,
            Some(Order::NearestFirst) => args.arg(b"ASC"),
            Some(Order::FarthestFirst) => args.arg(b"DESC"),
        };
        Ok(match self.count {
            None => args,
            Some(count) => args.arg(b"COUNT").uint(count).arg_if(self.any, b"ANY"),
        })
    }
}

impl<C> Clone for Search<C> {
    fn clone(&self) -> Self {
        Self {
            center: self.center.clone(),
            codec: PhantomData,
            ..*self
        }
    }
}

impl<C> std::fmt::Debug for Search<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The middle may be secret.
        f.debug_struct("Search")
            .field("area", &self.area)
            .field("order", &self.order)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

/// A member that a search has found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Found<V> {
    /// The member.
    pub member: V,
    /// How far it is from the middle, in the search's unit.
    pub distance: f64,
    /// Where it is.
    pub place: Coordinates,
}

impl<K: Key<Structure = Geo<C>>, C: Codec, X: Context> Handle<K, X, Geo<C>> {
    /// The members a search finds.
    ///
    /// Sends `GEOSEARCH` (6.2). O(n + log m): members in the area, and all.
    #[doc(alias = "geosearch")]
    pub fn geo_search(&self, search: &Search<C>) -> Command<Vec<C::Value>, X> {
        self.search(reply::values::<C>, search, false)
    }

    /// The members a search finds, with distances and places.
    ///
    /// Sends `GEOSEARCH … WITHDIST WITHCOORD` (6.2). O(n + log m): members in the area, and all.
    pub fn geo_search_with(&self, search: &Search<C>) -> Command<Vec<Found<C::Value>>, X> {
        self.search(found::<C>, search, true)
    }

    /// Replaces this key's members by what a search finds in another one; returns how many.
    ///
    /// Sends `GEOSEARCHSTORE` (6.2) and gives this key its lifetime in the same transaction. An empty
    /// result deletes the key. O(n + log m): members in the area, and all.
    #[doc(alias = "geosearchstore")]
    pub fn geo_search_store<F: Key, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        from: &Handle<F, Y, Geo<C>>,
        search: &Search<C>,
    ) -> Command<u64, X> {
        self.command_to(
            Promise::Replaces,
            reply::count,
            from,
            |key, lifetime, from| {
                let args = search.push(Args::on("GEOSEARCHSTORE", key, 10).arg(&from.key));
                let args = args.map_err(Self::refused)?;
                Ok(lifetime.replace(key, std::slice::from_ref(from), args))
            },
        )
    }

    fn search<R>(&self, decode: Decode<R>, search: &Search<C>, with: bool) -> Command<R, X> {
        self.command(Promise::MayRenew, decode, |key, lifetime| {
            let args = search.push(Args::on("GEOSEARCH", key, 11));
            let args = args
                .map_err(Self::refused)?
                .arg_if(with, b"WITHDIST")
                .arg_if(with, b"WITHCOORD");
            Ok(lifetime.read(key, args))
        })
    }
}

impl<K: Key<Structure = ZSet<C, f64>>, C: Codec, X: Context> Handle<K, X, ZSet<C, f64>> {
    /// Replaces this sorted set by what a search finds among members with coordinates, scored by their
    /// distance in the search's unit; returns how many.
    ///
    /// Sends `GEOSEARCHSTORE … STOREDIST` (6.2) and gives this key its lifetime in the same transaction.
    /// An empty result deletes the key. O(n + log m): members in the area, and all.
    pub fn geo_search_store_distances<F: Key, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        from: &Handle<F, Y, Geo<C>>,
        search: &Search<C>,
    ) -> Command<u64, X> {
        self.command_to(
            Promise::Replaces,
            reply::count,
            from,
            |key, lifetime, from| {
                let args = search.push(Args::on("GEOSEARCHSTORE", key, 11).arg(&from.key));
                let args = args.map_err(Self::refused)?.arg(b"STOREDIST");
                Ok(lifetime.replace(key, std::slice::from_ref(from), args))
            },
        )
    }
}

/// Members, each with its distance and place.
fn found<C: Codec>(value: Value, spec: &'static Spec) -> Result<Vec<Found<C::Value>>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|item| {
            let [member, distance, place] = <[Value; 3]>::try_from(reply::list(item, spec)?)
                .map_err(|_| reply::unexpected(spec))?;
            Ok(Found {
                member: reply::value::<C>(member, spec)?,
                distance: reply::float(distance, spec)?,
                place: Coordinates::read(place, spec)?,
            })
        })
        .collect()
}
