use redis_schema::geo::{Area, Center, Coordinates, Search, Unit};
use redis_schema::{ErrorKind, Handle};

use crate::schema::{geo, zset};
use crate::server::{Link, Server};

const MAP: Handle<geo::Never> = geo::Never::of(21);
const PALERMO: Coordinates = Coordinates::new(13.361_389, 38.115_556);
const CATANIA: Coordinates = Coordinates::new(15.087_269, 37.502_669);

fn sicily(link: &mut Link) {
    link.ok(MAP.geo_add_many([("Palermo", PALERMO), ("Catania", CATANIA)]));
}

fn close(one: Coordinates, other: Coordinates) -> bool {
    (one.longitude - other.longitude).abs() < 1e-5 && (one.latitude - other.latitude).abs() < 1e-5
}

#[test]
fn members_come_and_go() {
    Server::everywhere(0, |link| {
        assert!(link.ok(MAP.geo_add("Palermo", CATANIA)));
        assert!(!link.ok(MAP.geo_add("Palermo", PALERMO)));
        sicily(link);
        assert_eq!(link.ok(MAP.geo_count()), 2);
        assert_eq!(link.ok(MAP.geo_members()), ["Palermo", "Catania"]);
        assert!(link.ok(MAP.geo_rem("Palermo")));
        assert!(!link.ok(MAP.geo_rem("Palermo")));
        assert_eq!(link.ok(MAP.geo_rem_many(["Palermo", "Catania"])), 1);
        assert!(!link.ok(MAP.exists()));
    });
}

#[test]
fn nothing_is_sent_for_nothing() {
    Server::everywhere(0, |link| {
        let none: [(&str, Coordinates); 0] = [];
        assert_eq!(link.ok(MAP.geo_add_many(none)), 0);
        let none: [&str; 0] = [];
        assert_eq!(link.ok(MAP.geo_rem_many(none)), 0);
        assert!(link.ok(MAP.geo_pos_many(none)).is_empty());
        assert!(link.ok(MAP.geo_hash_many(none)).is_empty());
    });
}

#[test]
fn places_are_found() {
    Server::everywhere(0, |link| {
        assert_eq!(link.ok(MAP.geo_pos("Palermo")), None);
        assert_eq!(link.ok(MAP.geo_hash("Palermo")), None);
        sicily(link);
        assert!(close(link.ok(MAP.geo_pos("Palermo")).unwrap(), PALERMO));
        let places = link.ok(MAP.geo_pos_many(["Catania", "Rom"]));
        assert!(close(places[0].unwrap(), CATANIA) && places[1].is_none());
        assert_eq!(
            link.ok(MAP.geo_hash("Palermo")).as_deref(),
            Some("sqc8b49rny0")
        );
        let hashes = link.ok(MAP.geo_hash_many(["Rom", "Catania"]));
        assert_eq!(hashes, [None, Some("sqdtr74hyu0".to_owned())]);
    });
}

#[test]
fn distances_are_measured() {
    Server::everywhere(0, |link| {
        sicily(link);
        let mut far = |unit| link.ok(MAP.geo_dist("Palermo", "Catania", unit)).unwrap();
        assert!((far(Unit::Meters) - 166_274.15).abs() < 1.0);
        assert!((far(Unit::Kilometers) - 166.27).abs() < 0.01);
        assert!((far(Unit::Miles) - 103.32).abs() < 0.01);
        assert!((far(Unit::Feet) - 545_518.87).abs() < 1.0);
        let nowhere = MAP.geo_dist("Palermo", "Rom", Unit::Meters);
        assert_eq!(link.ok(nowhere), None);
    });
}

#[test]
fn members_nearby_are_found() {
    Server::everywhere(0, |link| {
        let middle = Coordinates::new(15.0, 37.0);
        let circle = |radius| Area::circle(radius, Unit::Kilometers);
        let mut found = |search: &Search<_>| link.ok(MAP.geo_search(search)).join(" ");
        assert_eq!(found(&Search::new(Center::At(middle), circle(200.0))), "");
        sicily(link);
        let mut found = |search: &Search<_>| link.ok(MAP.geo_search(search)).join(" ");
        let near = Search::new(Center::At(middle), circle(200.0)).nearest_first();
        assert_eq!(found(&near), "Catania Palermo");
        assert_eq!(found(&near.clone().farthest_first()), "Palermo Catania");
        assert_eq!(found(&near.clone().count(1)), "Catania");
        assert!(!found(&near.clone().count_any(1)).contains(' '));
        assert_eq!(
            found(&Search::new(Center::At(middle), circle(100.0))),
            "Catania"
        );
        let tall = Area::rectangle(400.0, 140.0, Unit::Kilometers);
        assert_eq!(found(&Search::new(Center::At(middle), tall)), "Catania");
        let around = Search::new(Center::Member("Palermo"), circle(1.0));
        assert_eq!(found(&around), "Palermo");
    });
}

#[test]
fn what_is_nearby_is_told_with_its_distance() {
    Server::everywhere(0, |link| {
        sicily(link);
        let area = Area::circle(200.0, Unit::Kilometers);
        let middle = Center::At(Coordinates::new(15.0, 37.0));
        let search = Search::new(middle, area).nearest_first();
        let found = link.ok(MAP.geo_search_with(&search));
        assert_eq!(found[0].member, "Catania");
        assert!((found[0].distance - 56.44).abs() < 0.01);
        assert!(close(found[0].place, CATANIA));
        assert!((found[1].distance - 190.44).abs() < 0.01);
    });
}

#[test]
fn what_is_nearby_is_stored() {
    Server::everywhere(0, |link| {
        sicily(link);
        let area = Area::circle(1.0, Unit::Kilometers);
        let search = Search::new(Center::Member("Palermo"), area);
        let to = geo::Refresh::of(1);
        assert_eq!(link.ok(to.geo_search_store(&MAP, &search)), 1);
        assert!(close(link.ok(to.geo_pos("Palermo")).unwrap(), PALERMO));
        let far = zset::Refresh::of(1);
        assert_eq!(link.ok(far.geo_search_store_distances(&MAP, &search)), 1);
        assert_eq!(link.ok(far.zscore("Palermo")), Some(0.0));
        let nowhere = Search::new(Center::At(Coordinates::new(0.0, 0.0)), area);
        assert_eq!(link.ok(to.geo_search_store(&MAP, &nowhere)), 0);
        assert!(!link.ok(to.exists()));
        under_every_policy!(link, geo, Dropped, |key| {
            key.geo_search_store(&MAP, &search)
        });
        under_every_policy!(link, zset, Dropped, |key| {
            key.geo_search_store_distances(&MAP, &search)
        });
    });
}

#[test]
fn impossible_places_and_lengths_are_refused() {
    Server::everywhere(0, |link| {
        for (longitude, latitude) in [
            (180.1, 0.0),
            (0.0, 85.06),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
        ] {
            let place = Coordinates::new(longitude, latitude);
            let error = link.fails(ErrorKind::Encode, MAP.geo_add("a", place));
            assert_eq!(error.template(), "geo:never:{id}");
            let search = Search::new(Center::At(place), Area::circle(1.0, Unit::Feet));
            link.fails(ErrorKind::Encode, MAP.geo_search(&search));
        }
        link.ok(MAP.geo_add("a", Coordinates::new(-180.0, -85.05)));
        for radius in [-1.0, f64::NAN] {
            let area = Area::circle(radius, Unit::Meters);
            let search = Search::new(Center::At(PALERMO), area);
            link.fails(ErrorKind::Encode, MAP.geo_search(&search));
        }
        let area = Area::circle(1.0, Unit::Meters);
        let around_nobody = Search::new(Center::Member("nobody"), area);
        link.fails(ErrorKind::Server, MAP.geo_search(&around_nobody));
        link.raw::<()>(&["SET", "geo:never:21", "x"]);
        link.fails(ErrorKind::WrongType, MAP.geo_pos("a"));
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        under_every_policy!(link, geo, Stays, |key| key.geo_add("a", PALERMO));
        under_every_policy!(link, geo, Stays, |key| key.geo_add_many([("a", PALERMO)]));
    });
}

#[test]
fn a_read_renews_the_lifetime_where_declared() {
    Server::everywhere(0, |link| {
        let key = geo::OnRead::of(1);
        let area = Area::circle(1.0, Unit::Kilometers);
        let search = Search::new(Center::At(PALERMO), area);
        macro_rules! renews {
            ($($read:expr),* $(,)?) => {$(
                link.ok(key.geo_add("a", PALERMO));
                link.raw::<()>(&["PEXPIRE", "geo:onread:1", "5000"]);
                let _ = link.ok($read);
                assert!(link.pttl("geo:onread:1") > 50_000, stringify!($read));
            )*};
        }
        renews![
            key.geo_count(),
            key.geo_members(),
            key.geo_pos("a"),
            key.geo_pos_many(["a"]),
            key.geo_dist("a", "a", Unit::Feet),
            key.geo_hash("a"),
            key.geo_hash_many(["a"]),
            key.geo_search(&search),
            key.geo_search_with(&search),
        ];
    });
}
