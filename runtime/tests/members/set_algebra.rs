use redis_schema::{ErrorKind, Settings};

use crate::schema::{numbers, set};
use crate::server::{Link, Server};

fn three(link: &mut Link) {
    link.ok(set::Never::of(21).sadd_many(["a", "b", "c"]));
    link.ok(set::Never::of(22).sadd_many(["b", "c", "d"]));
    link.ok(set::Refresh::of(23).sadd_many(["c", "e"]));
}

#[test]
fn sets_are_combined() {
    Server::everywhere(0, |link| {
        three(link);
        let (a, b, c) = (set::Never::of(21), set::Never::of(22), set::Refresh::of(23));
        let sorted = |mut values: Vec<String>| {
            values.sort();
            values.concat()
        };
        assert_eq!(sorted(link.ok(a.sinter(b))), "bc");
        assert_eq!(sorted(link.ok(a.sinter((b, &c)))), "c");
        assert_eq!(sorted(link.ok(a.sunion([b]))), "abcd");
        assert_eq!(sorted(link.ok(a.sunion((vec![b, b], [c])))), "abcde");
        assert_eq!(sorted(link.ok(a.sdiff([b].as_slice()))), "a");
        assert_eq!(sorted(link.ok(a.sdiff(set::Odd::of(7)))), "abc");
        let none: [redis_schema::Handle<set::Odd>; 0] = [];
        assert_eq!(sorted(link.ok(a.sinter(none))), "abc");
        assert_eq!(link.ok(a.sintercard(b, 0)), 2);
        assert_eq!(link.ok(a.sintercard(b, 1)), 1);
    });
}

#[test]
fn a_combination_is_stored() {
    Server::everywhere(0, |link| {
        three(link);
        let (a, b) = (set::Never::of(21), set::Never::of(22));
        let to = set::Refresh::of(9);
        link.ok(to.sadd("old"));
        assert_eq!(link.ok(to.sinterstore((a, b))), 2);
        assert_eq!(link.ok(to.sunionstore((a, b))), 4);
        assert_eq!(link.ok(to.sdiffstore((a, b))), 1);
        assert_eq!(link.ok(to.smembers()), ["a"]);
        assert_eq!(link.ok(to.sinterstore((a, set::Odd::of(1)))), 0);
        assert!(!link.ok(to.exists()));
        assert_eq!(link.ok(to.sinterstore(a)), 3);
        assert_eq!(link.pttl("set:never:21"), -1);
    });
}

#[test]
fn a_stored_combination_has_its_lifetime() {
    Server::everywhere(0, |link| {
        three(link);
        let (a, b) = (set::Never::of(21), set::Never::of(22));
        under_every_policy!(link, set, Dropped, |key| key.sinterstore((a, b)));
        three(link);
        under_every_policy!(link, set, Dropped, |key| key.sunionstore([b]));
        three(link);
        under_every_policy!(link, set, Dropped, |key| key.sdiffstore(b));
    });
}

#[test]
fn nothing_to_combine_is_refused() {
    Server::everywhere(0, |link| {
        let none: [redis_schema::Handle<set::Odd>; 0] = [];
        link.fails(ErrorKind::Encode, set::Refresh::of(1).sunionstore(none));
    });
}

#[test]
fn keys_of_another_database_or_other_settings_are_refused() {
    Server::everywhere(0, |link| {
        let key = numbers::Numbers::of(1);
        let elsewhere = redis_schema::Handle::new(numbers::Elsewhere);
        link.fails(ErrorKind::MixedDatabases, key.sinter(elsewhere));
        link.fails(ErrorKind::MixedDatabases, key.smove(&elsewhere, &1));
    });
}

#[test]
fn keys_of_other_settings_are_refused() {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let url = server.url(crate::server::Protocol::Resp3, 0);
        let settings = Settings::DECLARED.prefix_all::<numbers::Schema>("tenant:");
        let store = redis_schema::Store::connect_with::<numbers::Schema>(&url, settings)
            .await
            .unwrap();
        let here = redis_schema::Handle::with(numbers::Numbers { id: 1 }, &store);
        let error = here.sinter(numbers::Numbers::of(2)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ForeignSettings);
        here.sadd(&1).await.unwrap();
        assert_eq!(here.sinter(here).await.unwrap(), [1]);
    });
}
