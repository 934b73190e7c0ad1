use redis_schema::{ErrorKind, Handle};

use crate::schema::hll;
use crate::server::Server;

const A: Handle<hll::Never> = hll::Never::of(21);
const B: Handle<hll::Refresh> = hll::Refresh::of(22);

#[test]
fn distinct_values_are_counted() {
    Server::everywhere(0, |link| {
        assert_eq!(link.ok(A.pfcount()), 0);
        assert!(link.ok(A.pfadd("a")));
        assert!(!link.ok(A.pfadd("a")));
        assert!(link.ok(A.pfadd_many(["a", "b", "c"])));
        assert!(!link.ok(A.pfadd_many(vec!["a".to_owned()])));
        assert_eq!(link.ok(A.pfcount()), 3);
        let none: [&str; 0] = [];
        assert!(!link.ok(hll::Never::of(1).pfadd_many(none)));
        assert!(!link.ok(hll::Never::of(1).exists()));
    });
}

#[test]
fn estimates_are_joined() {
    Server::everywhere(0, |link| {
        link.ok(A.pfadd_many(["a", "b"]));
        link.ok(B.pfadd_many(["b", "c"]));
        assert_eq!(link.ok(A.pfcount_with(B)), 3);
        assert_eq!(link.ok(A.pfcount_with([hll::Odd::of(7)])), 2);
        let to = hll::Refresh::of(1);
        link.ok(to.pfadd("d"));
        link.ok(to.pfmerge((A, B)));
        assert_eq!(link.ok(to.pfcount()), 4);
        let none: [Handle<hll::Odd>; 0] = [];
        link.fails(ErrorKind::Encode, to.pfmerge(none));
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        link.ok(A.pfadd_many(["a", "b"]));
        under_every_policy!(link, hll, Stays, |key| key.pfadd("a"));
        under_every_policy!(link, hll, Stays, |key| key.pfadd_many(["a", "b"]));
        under_every_policy!(link, hll, Stays, |key| key.pfmerge(A));
    });
}

#[test]
fn a_read_renews_the_lifetime_where_declared() {
    Server::everywhere(0, |link| {
        let key = hll::OnRead::of(1);
        let other = hll::OnRead::of(2);
        for read in [
            key.pfcount(),
            key.pfcount_with(other),
            other.pfcount_with(key),
        ] {
            link.ok(key.pfadd("a"));
            link.raw::<()>(&["PEXPIRE", "hll:onread:1", "5000"]);
            link.ok(read);
            assert!(link.pttl("hll:onread:1") > 50_000);
        }
    });
}

#[test]
fn a_key_of_another_type_is_told() {
    Server::everywhere(0, |link| {
        link.raw::<()>(&["SET", "hll:never:21", "geheim"]);
        let error = link.fails(ErrorKind::WrongType, A.pfcount());
        assert_eq!(error.template(), "hll:never:{id}");
        link.fails(ErrorKind::WrongType, A.pfadd("a"));
    });
}
