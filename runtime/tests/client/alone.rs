//! A caller that is alone sends by itself, and is looked after all the same; of many, some do.

use std::future::{Future as _, IntoFuture as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use redis_schema::{ErrorKind, Store, StoreBuilder, VersionCheck};

use super::fake::{Fake, Port};
use super::run;
use super::schema::{Schema, count, text};

fn builder(url: &str) -> StoreBuilder<Schema> {
    Store::builder::<Schema>()
        .url(url)
        .check_server(false)
        .check_version(VersionCheck::Ignore)
        .response_timeout(Duration::from_secs(60))
}

/// A call that finds nothing, after which the connection's task has nothing to do.
async fn one_call(store: &Store, server: &mut Fake) {
    let answer = async {
        server.next().await.unwrap();
        server.say("$-1\r\n").await;
    };
    let (found, ()) = tokio::join!(async { text(store).get().await.unwrap() }, answer);
    assert_eq!(found, None);
}

#[test]
fn a_lone_call_leaves_before_any_other_task_has_its_turn() {
    run(async {
        let (port, url) = Port::open().await;
        let (store, mut server) = tokio::join!(builder(&url).open(), port.accept());
        let store: Store = store.unwrap();
        one_call(&store, &mut server).await;
        let mut call = Box::pin(async { text(&store).get().await });
        let waker = futures_util::task::noop_waker();
        let mut context = std::task::Context::from_waker(&waker);
        assert!(call.as_mut().poll(&mut context).is_pending());
        // Blocks the only thread there is.
        assert!(server.hears().starts_with("*2\r\n$3\r\nGET\r\n"));
        server.say("$4\r\nfour\r\n").await;
        assert_eq!(call.await.unwrap().as_deref(), Some("four"));
    });
}

/// So many callers, whom one read wakes together, each send once more. After each of them it is heard whether something has
/// left, which is to be as `has_left` says of how many of them have sent.
fn send_after_one_read<const CALLERS: usize>(has_left: fn(usize) -> bool) {
    run(async {
        let (port, url) = Port::open().await;
        let (store, mut server) = tokio::join!(builder(&url).open(), port.accept());
        let store: Store = store.unwrap();
        one_call(&store, &mut server).await;
        let (ear, turn) = (Arc::new(server.ear()), Arc::new(AtomicUsize::new(0)));
        let callers = [(); CALLERS].map(|()| {
            let (store, ear, turn) = (store.clone(), Arc::clone(&ear), Arc::clone(&turn));
            tokio::spawn(async move {
                text(&store).get().await.unwrap();
                let mut another = Box::pin(text(&store).get().into_future());
                let first_look = |context: &mut Context<'_>| {
                    Poll::Ready(another.as_mut().poll(context).is_pending())
                };
                assert!(std::future::poll_fn(first_look).await);
                let sent = turn.fetch_add(1, Ordering::Relaxed) + 1;
                assert_eq!(ear.hears(), has_left(sent), "after {sent} callers");
                another.await.unwrap();
            })
        });
        for _ in 0..2 {
            for _ in 0..CALLERS {
                assert_eq!(server.next().await.unwrap(), "GET");
            }
            server.say(&"$-1\r\n".repeat(CALLERS)).await;
        }
        for caller in callers {
            caller.await.unwrap();
        }
    });
}

#[test]
fn callers_that_one_read_has_woken_send_together() {
    // The first of them is alone for a moment, but two more are about to send.
    send_after_one_read::<3>(|_| false);
}

#[test]
fn of_many_callers_that_one_read_has_woken_the_first_half_sends_ahead() {
    send_after_one_read::<32>(|sent| sent >= 16);
}

#[test]
fn a_lone_call_without_an_answer_ends_in_time() {
    for calls_before in [0, 1] {
        run(async {
            let (port, url) = Port::open().await;
            let opening = builder(&url)
                .response_timeout(Duration::from_millis(50))
                .open();
            let (store, mut server) = tokio::join!(opening, port.accept());
            let store: Store = store.unwrap();
            for _ in 0..calls_before {
                one_call(&store, &mut server).await;
            }
            // The connection's task has had its turn, and waits.
            assert_eq!(server.waiting().await, 0);
            let error = count(&store).incr_by(1).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Ambiguous, "{error}");
        });
    }
}

#[test]
fn a_lone_call_of_any_length_arrives_whole() {
    run(async {
        let (port, url) = Port::open().await;
        let (store, mut server) = tokio::join!(builder(&url).open(), port.accept());
        let store: Store = store.unwrap();
        for length in [1, 1 << 10, 15 << 10, 16 << 10, 1 << 20] {
            one_call(&store, &mut server).await;
            let value = "x".repeat(length);
            let answer = async {
                assert_eq!(server.next().await.unwrap(), "SET");
                server.say("+OK\r\n").await;
            };
            let (stored, ()) = tokio::join!(async { text(&store).set(&value).await }, answer);
            stored.unwrap();
        }
    });
}
