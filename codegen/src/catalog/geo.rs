//! Members with coordinates.

use super::table::methods;

methods! {
    Read {
        /// Where a member is; `None` when it is not there.
        geo_pos(member) -> "Option<Coordinates>" => Read ["GEOPOS key member"];
        /// Where each member is; `None` for each that is not there.
        geo_pos_many(members) -> "Vec<Option<Coordinates>>" => Read ["GEOPOS key member …"];
        /// How far two members are from each other; `None` when one of them is not there.
        geo_dist(from, to, unit) -> "Option<f64>" => Read ["GEODIST key member member m|km|ft|mi"];
        /// A member's place as a geohash of 11 characters; `None` when it is not there.
        geo_hash(member) -> "Option<String>" => Read ["GEOHASH key member"];
        /// Each member's place as a geohash of 11 characters; `None` for each that is not there.
        geo_hash_many(members) -> "Vec<Option<String>>" => Read ["GEOHASH key member …"];
        /// Number of members.
        geo_count() -> "u64" => Read ["ZCARD key"];
        /// Every member.
        geo_members() -> "Vec<V>": "O(n)" => Read ["ZRANGE key 0 -1"];
        /// The members a search finds.
        geo_search(search) -> "Vec<V>": "O(n + log m)" =>
            Read ["GEOSEARCH key FROMMEMBER|FROMLONLAT member|longitude [latitude] BYRADIUS|BYBOX length [length] unit [ASC|DESC] [COUNT count [ANY]]"];
        /// The members a search finds, with distances and places.
        geo_search_with(search) -> "Vec<Found<V>>": "O(n + log m)" =>
            Read ["GEOSEARCH key FROMMEMBER|FROMLONLAT member|longitude [latitude] BYRADIUS|BYBOX length [length] unit [ASC|DESC] [COUNT count [ANY]] WITHDIST WITHCOORD"];
    }
    Write {
        /// Puts a member at a place, or moves it there; tells whether it was not there before.
        geo_add(member, place) -> "bool" repeatable: "O(log n)" => Write ["GEOADD key longitude latitude member"];
        /// Puts members at places, or moves them there; returns how many were not there before.
        geo_add_many(entries) -> "u64" repeatable: "O(log n)" => Write ["GEOADD key longitude latitude member …"];
        /// Removes a member; tells whether it was there.
        geo_rem(member) -> "bool" repeatable: "O(log n)" => Plain ["ZREM key member"];
        /// Removes members; returns how many were there.
        geo_rem_many(members) -> "u64" repeatable: "O(log n)" => Plain ["ZREM key member …"];
    }
    Several {
        /// Replaces this key's members by what a search finds in another one; returns how many.
        geo_search_store(from, search) -> "u64" again or(Unsafe, "where the key is a source"): "O(n + log m)" =>
            Replace ["GEOSEARCHSTORE key other FROMMEMBER|FROMLONLAT member|longitude [latitude] BYRADIUS|BYBOX length [length] unit [ASC|DESC] [COUNT count [ANY]]"];
    }
}
