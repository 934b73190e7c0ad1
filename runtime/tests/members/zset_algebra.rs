use redis_schema::zset::{Aggregate, Combine};
use redis_schema::{ErrorKind, Handle};

use crate::schema::zset;
use crate::server::{Link, Server};

const A: Handle<zset::Never> = zset::Never::of(21);
const B: Handle<zset::Refresh> = zset::Refresh::of(22);

fn two(link: &mut Link) {
    link.ok(A.zadd_many([("a", 1.0), ("b", 2.0), ("c", 3.0)]));
    link.ok(B.zadd_many([("b", 10.0), ("c", 20.0), ("d", 30.0)]));
}

fn scored(entries: Vec<(String, f64)>) -> String {
    let texts: Vec<String> = entries.iter().map(|(m, s)| format!("{m}{s}")).collect();
    texts.join(" ")
}

#[test]
fn sorted_sets_are_combined() {
    Server::everywhere(0, |link| {
        two(link);
        let sum = Combine::new();
        let max = Combine::new().aggregate(Aggregate::Max);
        let weighted = Combine::new()
            .weights([10.0, 0.5])
            .aggregate(Aggregate::Min);
        assert_eq!(link.ok(A.zinter(B)).concat(), "bc");
        assert_eq!(scored(link.ok(A.zinter_withscores(B, &sum))), "b12 c23");
        assert_eq!(scored(link.ok(A.zinter_withscores([B], &max))), "b10 c20");
        assert_eq!(link.ok(A.zunion(B)).concat(), "abcd");
        assert_eq!(
            scored(link.ok(A.zunion_withscores(B, &weighted))),
            "b5 a10 c10 d15"
        );
        assert_eq!(link.ok(A.zdiff(B)).concat(), "a");
        assert_eq!(scored(link.ok(B.zdiff_withscores((A,)))), "d30");
        assert_eq!(link.ok(A.zintercard(B, 0)), 2);
        assert_eq!(link.ok(A.zintercard(B, 1)), 1);
    });
}

#[test]
fn weights_must_fit() {
    Server::everywhere(0, |link| {
        let one = Combine::new().weights([1.0]);
        let none = Combine::new().weights([1.0, f64::NAN]);
        link.fails(ErrorKind::Encode, A.zunion_withscores(B, &one));
        link.fails(ErrorKind::Encode, A.zunion_withscores(B, &none));
        let nothing: [Handle<zset::Never>; 0] = [];
        link.fails(ErrorKind::Encode, A.zunionstore(nothing, &Combine::new()));
    });
}

#[test]
fn a_combination_is_stored() {
    Server::everywhere(0, |link| {
        two(link);
        let to = zset::Refresh::of(1);
        let double = Combine::new().weights([2.0, 1.0]);
        assert_eq!(link.ok(to.zunionstore((A, B), &Combine::new())), 4);
        assert_eq!(link.ok(to.zinterstore((A, B), &double)), 2);
        assert_eq!(scored(link.ok(to.zrange_withscores(0, -1))), "b14 c26");
        assert_eq!(link.ok(to.zdiffstore((A, B))), 1);
        assert_eq!(scored(link.ok(to.zrange_withscores(0, -1))), "a1");
        assert_eq!(link.pttl("zset:never:21"), -1);
    });
}

#[test]
fn a_stored_combination_has_its_lifetime() {
    Server::everywhere(0, |link| {
        two(link);
        let sum = Combine::new();
        under_every_policy!(link, zset, Dropped, |key| key.zunionstore((A, B), &sum));
        under_every_policy!(link, zset, Dropped, |key| key.zinterstore((A, B), &sum));
        under_every_policy!(link, zset, Dropped, |key| key.zdiffstore((A, B)));
    });
}
