use std::time::{Duration, Instant};

use redis_schema::{ErrorKind, Handle, ListEnd, Store};

use crate::schema::{names, text};
use crate::server::{Protocol, Server, Way};

const MOMENT: Duration = Duration::from_millis(20);

#[test]
fn values_that_are_there_are_not_waited_for() {
    Server::alone(0, |link| {
        let key = names::Refresh::of(1);
        link.ok(key.rpush_many(["a", "b", "c"]));
        assert_eq!(link.ok(key.blpop(Duration::MAX)).as_deref(), Some("a"));
        assert_eq!(link.ok(key.brpop(Duration::MAX)).as_deref(), Some("c"));
        let to = names::Refresh::of(2);
        let moved = key.blmove(ListEnd::Left, &to, ListEnd::Left, Duration::MAX);
        assert_eq!(link.ok(moved).as_deref(), Some("b"));
    });
}

#[test]
fn a_wait_ends() {
    Server::alone(0, |link| {
        let (key, to) = (names::Refresh::of(1), names::Refresh::of(2));
        let started = Instant::now();
        assert_eq!(link.ok(key.blpop(MOMENT)), None);
        assert_eq!(link.ok(key.brpop(Duration::ZERO)), None);
        assert_eq!(
            link.ok(key.blmove(ListEnd::Left, &to, ListEnd::Left, MOMENT)),
            None
        );
        assert!(started.elapsed() >= 2 * MOMENT);
    });
}

#[test]
fn no_batch_holds_a_wait() {
    Server::everywhere(0, |link| {
        if matches!(link.way, Way::Pipeline | Way::Atomic) {
            let (key, to) = (names::Refresh::of(1), names::Refresh::of(2));
            link.fails(ErrorKind::Encode, key.blpop(MOMENT));
            link.fails(
                ErrorKind::Encode,
                key.blmove(ListEnd::Left, &to, ListEnd::Left, MOMENT),
            );
        }
    });
}

#[test]
fn a_list_moved_to_after_a_wait_gets_its_lifetime() {
    Server::alone(0, |link| {
        macro_rules! moved {
            ($($kind:ident)*) => {$(
                let (from, to) = (names::Refresh::of(1), names::$kind::of(2));
                let name = String::from_utf8(to.key().unwrap()).unwrap();
                let policy = names::$kind::POLICY;
                policy.assert_write(link, &name, crate::policies::Found::Stays, |link| {
                    link.raw::<()>(&["RPUSH", "names:refresh:1", "a"]);
                    let moved = from.blmove(ListEnd::Left, &to, ListEnd::Left, MOMENT);
                    assert_eq!(link.ok(moved).as_deref(), Some("a"));
                });
            )*};
        }
        moved!(Refresh Keep Never Jitter EndOfDay EndOfDayKeep Legacy Odd);
    });
}

#[test]
fn waiting_in_vain_renews_nothing() {
    Server::alone(0, |link| {
        let (from, to) = (names::Refresh::of(1), names::Refresh::of(2));
        link.ok(to.rpush("a"));
        link.raw::<()>(&["PEXPIRE", "names:refresh:2", "7777"]);
        let idle = from.blmove(ListEnd::Left, &to, ListEnd::Left, MOMENT);
        assert_eq!(link.ok(idle), None);
        assert!((1..=7777).contains(&link.pttl("names:refresh:2")));
    });
}

#[test]
fn a_wait_on_a_store_stops_nobody_else() {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for protocol in Protocol::ALL {
        runtime.block_on(async {
            let url = server.url(protocol, 0);
            let store = Store::connect::<names::Schema>(&url).await.unwrap();
            let (from, to) = (names::Refresh { id: 1 }, names::Keep { id: 2 });
            let (from, to) = (Handle::with(from, &store), Handle::with(to, &store));
            for _ in 0..3 {
                let waiting = async {
                    let popped = from.blpop(Duration::from_secs(60)).await.unwrap();
                    assert_eq!(popped.as_deref(), Some("first"));
                    let moved =
                        from.blmove(ListEnd::Left, &to, ListEnd::Right, Duration::from_secs(60));
                    assert_eq!(moved.await.unwrap().as_deref(), Some("second"));
                };
                // Only where the wait has a connection to itself do the values arrive before it is over.
                let feeding = async {
                    from.rpush("first").await.unwrap();
                    from.rpush("second").await.unwrap();
                };
                futures_util::future::join(waiting, feeding).await;
            }
            assert_eq!(to.llen().await.unwrap(), 3);
            let mut connection = server.connect(protocol, 0);
            let ttl: i64 = redis::cmd("PTTL")
                .arg("names:keep:2")
                .query(&mut connection)
                .unwrap();
            assert!(ttl > 0);
            to.del().await.unwrap();
        });
    }
}

#[test]
fn settings_of_another_store_do_not_mix() {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        use redis_schema::Settings;
        let url = server.url(Protocol::Resp3, 0);
        let other = Settings::DECLARED.prefix::<names::Refresh>("tenant:");
        let store = Store::connect_with::<names::Schema>(&url, other)
            .await
            .unwrap();
        let own = Handle::with(names::Refresh { id: 1 }, &store);
        assert_eq!(own.key().unwrap(), b"tenant:names:refresh:1");
        let foreign = names::Refresh::of(2);
        let error = own.lmove(ListEnd::Left, &foreign, ListEnd::Left).await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::ForeignSettings);
        let error = store.pipeline((text::Refresh::of(1).get(),)).await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::ForeignSettings);
    });
}
