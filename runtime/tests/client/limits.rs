//! What is under way at once, what is given up, and how a store ends.

use std::future::Future as _;
use std::time::Duration;

use futures_util::future::join_all;
use redis_schema::{ErrorKind, Store, StoreBuilder, VersionCheck};

use super::fake::Port;
use super::run;
use super::schema::{Schema, count, text};

fn builder(url: &str) -> StoreBuilder<Schema> {
    Store::builder::<Schema>()
        .url(url)
        .check_server(false)
        .check_version(VersionCheck::Ignore)
}

#[test]
fn no_more_are_under_way_than_may_be() {
    run(async {
        let (port, url) = Port::open().await;
        let opening = builder(&url).max_in_flight(3).open();
        let (store, mut server) = tokio::join!(opening, port.accept());
        let store: Store = store.unwrap();
        let calls = join_all(
            (0..10).map(|_| async { count(&store).get().await.unwrap().unwrap_or_default() }),
        );
        let answers = async {
            let mut answered = 0;
            while answered < 10 {
                assert_eq!(server.waiting().await, 3.min(10 - answered));
                server.next().await.unwrap();
                server.say(&format!("$1\r\n{answered}\r\n")).await;
                answered += 1;
            }
        };
        let (found, ()) = tokio::join!(calls, answers);
        assert_eq!(found, (0..10).collect::<Vec<i64>>());
    });
}

#[test]
fn who_finds_no_room_is_told_in_time() {
    run(async {
        let (port, url) = Port::open().await;
        let opening = builder(&url)
            .max_in_flight(1)
            .response_timeout(Duration::from_secs(1))
            .open();
        let (store, mut server) = tokio::join!(opening, port.accept());
        let store: Store = store.unwrap();
        let calls = join_all((0..3).map(|_| async { count(&store).incr_by(1).await.unwrap_err() }));
        let errors = calls.await;
        assert_eq!(errors[0].kind(), ErrorKind::Ambiguous, "{}", errors[0]);
        for error in &errors[1..] {
            assert_eq!(error.kind(), ErrorKind::Busy, "{error}");
        }
        // `INCRBY` goes inside a transaction with its lifetime.
        assert_eq!(server.waiting().await, 4);
    });
}

#[test]
fn who_goes_away_leaves_the_others_their_replies() {
    run(async {
        let (port, url) = Port::open().await;
        let (store, mut server) = tokio::join!(builder(&url).open(), port.accept());
        let store: Store = store.unwrap();
        let mut first = Box::pin(async { text(&store).get().await });
        let mut second = Box::pin(async { text(&store).get().await });
        let waker = futures_util::task::noop_waker();
        let mut context = std::task::Context::from_waker(&waker);
        assert!(first.as_mut().poll(&mut context).is_pending());
        assert!(second.as_mut().poll(&mut context).is_pending());
        drop(first);
        assert_eq!(server.waiting().await, 2);
        server.say("$5\r\nfirst\r\n$6\r\nsecond\r\n").await;
        assert_eq!(second.await.unwrap().as_deref(), Some("second"));
    });
}

#[test]
fn a_late_reply_is_not_taken_for_the_next_one() {
    run(async {
        let (port, url) = Port::open().await;
        let opening = builder(&url)
            .response_timeout(Duration::from_secs(2))
            .open();
        let (store, mut server) = tokio::join!(opening, port.accept());
        let store: Store = store.unwrap();
        let error = text(&store).get().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        let answer = async {
            server.next().await.unwrap();
            server.next().await.unwrap();
            server.say("$4\r\nlate\r\n$4\r\nnext\r\n").await;
        };
        let (value, ()) = tokio::join!(async { text(&store).get().await }, answer);
        assert_eq!(value.unwrap().as_deref(), Some("next"));
    });
}

#[test]
fn a_silent_server_loses_the_connection() {
    run(async {
        let (port, url) = Port::open().await;
        let opening = builder(&url)
            .response_timeout(Duration::from_millis(100))
            .open();
        let (store, mut server) = tokio::join!(opening, port.accept());
        let store: Store = store.unwrap();
        assert!(text(&store).get().await.is_err());
        assert_eq!(server.next().await.as_deref(), Some("GET"));
        assert_eq!(server.next().await, None);
    });
}

#[test]
fn what_is_no_reply_ends_the_connection_and_is_asked_again() {
    run(async {
        let (port, url) = Port::open().await;
        let (store, mut server) = tokio::join!(builder(&url).open(), port.accept());
        let store: Store = store.unwrap();
        let answer = async {
            server.next().await.unwrap();
            server.say("?nonsense\r\n").await;
            let mut again = port.accept().await;
            assert_eq!(again.next().await.as_deref(), Some("GET"));
            again.say("$5\r\nvalue\r\n").await;
            again
        };
        let (value, _server) = tokio::join!(async { text(&store).get().await }, answer);
        assert_eq!(value.unwrap().as_deref(), Some("value"));
    });
}

#[test]
fn who_accepts_and_says_nothing_is_given_up() {
    run(async {
        let (port, url) = Port::open().await;
        // The system accepts in the server's place.
        let opening = builder(&url)
            .connect_timeout(Duration::from_millis(20))
            .open();
        let error = opening.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
        drop(port);
    });
}

#[test]
fn closing_waits_for_what_is_under_way() {
    run(async {
        let (port, url) = Port::open().await;
        let (store, mut server) = tokio::join!(builder(&url).open(), port.accept());
        let store: Store = store.unwrap();
        let clone = store.clone();
        let end = async {
            assert_eq!(server.waiting().await, 1);
            let close = clone.close(Duration::from_secs(60));
            let answer = async {
                tokio::task::yield_now().await;
                let error = text(&clone).get().await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Closed, "{error}");
                server.say("$5\r\nvalue\r\n").await;
            };
            tokio::join!(close, answer).0
        };
        let (value, drained) = tokio::join!(async { text(&store).get().await }, end);
        assert_eq!(value.unwrap().as_deref(), Some("value"));
        assert!(drained);
        assert_eq!(
            count(&store).incr_by(1).await.unwrap_err().kind(),
            ErrorKind::Closed
        );
        assert!(
            store.close(Duration::ZERO).await,
            "closing twice does no harm"
        );
    });
}

#[test]
fn closing_does_not_wait_for_ever() {
    run(async {
        let (port, url) = Port::open().await;
        let (store, mut server) = tokio::join!(builder(&url).open(), port.accept());
        let store: Store = store.unwrap();
        let end = async {
            assert_eq!(server.waiting().await, 1);
            store.close(Duration::from_millis(20)).await
        };
        let call = async { text(&store).get().await };
        let (result, drained) = tokio::join!(call, end);
        assert!(!drained);
        assert!(matches!(
            result.unwrap_err().kind(),
            ErrorKind::Closed | ErrorKind::Unavailable
        ));
    });
}
