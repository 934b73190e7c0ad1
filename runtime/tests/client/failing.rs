//! Harm of every kind between a store and its server.

use std::future::IntoFuture as _;
use std::time::Duration;

use futures_util::FutureExt as _;

use redis_schema::{ErrorKind, Store, StoreBuilder};
use redis_schema_test_server::{Fault, FaultProxy, When};
use redis_schema_test_server::{Protocol, Server};

use super::run;
use super::schema::{Schema, count, line, text};

struct Way {
    server: Server,
    proxy: FaultProxy,
}

impl Way {
    fn new() -> Self {
        let server = Server::start();
        let proxy = FaultProxy::start(server.port());
        Self { server, proxy }
    }

    fn builder(&self) -> StoreBuilder<Schema> {
        Store::builder::<Schema>()
            .url(&self.proxy.url(Protocol::Resp2, 0))
            .back_off(Duration::from_millis(1), Duration::from_millis(20))
    }
}

#[test]
fn what_had_not_run_is_sent_again_and_what_may_have_is_told() {
    let way = Way::new();
    run(async {
        let store = way.builder().open().await.unwrap();
        for fault in [Fault::request_lost(), Fault::reply_lost()] {
            let runs = fault.runs();
            way.proxy.clear();
            way.proxy.inject(When::command("INCRBY").once(), fault);
            let before = count(&store).get().await.unwrap().unwrap_or_default();
            let error = count(&store).incr_by(1).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Ambiguous, "{error}");
            let after = count(&store).get().await.unwrap().unwrap_or_default();
            assert_eq!(after - before, i64::from(runs));
            assert_eq!(way.proxy.count("INCRBY"), 1);
        }
    });
}

#[test]
fn harmless_commands_are_sent_again() {
    let way = Way::new();
    run(async {
        let store = way.builder().open().await.unwrap();
        for fault in [Fault::request_lost(), Fault::reply_lost()] {
            way.proxy.clear();
            way.proxy.inject(When::command("SET").once(), fault.clone());
            way.proxy.inject(When::command("GET").once(), fault);
            text(&store).set("value").await.unwrap();
            assert_eq!(text(&store).get().await.unwrap().as_deref(), Some("value"));
            assert_eq!(way.proxy.fired(), 2);
            assert_eq!((way.proxy.count("SET"), way.proxy.count("GET")), (2, 2));
        }
    });
}

#[test]
fn what_the_server_did_not_run_is_sent_again_whatever_it_is() {
    let way = Way::new();
    run(async {
        let store = way.builder().open().await.unwrap();
        for line in [
            "LOADING Redis is loading the dataset in memory",
            "TRYAGAIN later",
            "CLUSTERDOWN The cluster is down",
            "MASTERDOWN Link with MASTER is down",
            "READONLY You can't write against a read only replica.",
            "BUSY Redis is busy running a script",
        ] {
            way.proxy.clear();
            way.proxy
                .inject(When::command("INCRBY").times(2), Fault::error(line));
            let before = count(&store).get().await.unwrap().unwrap_or_default();
            assert_eq!(
                count(&store).incr_by(1).await.unwrap(),
                before + 1,
                "{line}"
            );
            assert_eq!(way.proxy.count("INCRBY"), 3, "{line}");
        }
    });
}

#[test]
fn an_address_that_leads_to_another_server_by_now_is_asked_again() {
    let way = Way::new();
    let successor = Server::start();
    run(async {
        let store = way.builder().open().await.unwrap();
        assert_eq!(count(&store).incr_by(1).await.unwrap(), 1);
        // As after a fail-over behind a name: connections stay, with a server that takes no writes any more.
        let mut demoted = way.server.connect(Protocol::Resp2, 0);
        let words = ["127.0.0.1", &successor.port().to_string()];
        redis::cmd("REPLICAOF")
            .arg(&words)
            .exec(&mut demoted)
            .unwrap();
        way.proxy.lead_to(successor.port());
        assert_eq!(count(&store).incr_by(1).await.unwrap(), 1);
        assert_eq!(way.proxy.connections(), 2);
    });
}

#[test]
fn a_server_that_stays_busy_is_told_in_time() {
    let way = Way::new();
    run(async {
        let store = way
            .builder()
            .response_timeout(Duration::from_millis(500))
            .open()
            .await
            .unwrap();
        way.proxy
            .inject(When::command("INCRBY"), Fault::error("LOADING wait"));
        loop {
            let error = count(&store).incr_by(1).await.unwrap_err();
            match error.kind() {
                ErrorKind::Busy => break,
                // On a busy machine the last refusal may come too late to be heard.
                kind => assert_eq!(kind, ErrorKind::Ambiguous, "{error}"),
            }
        }
    });
}

#[test]
fn silence_ends_in_time_and_the_connection_with_it() {
    let way = Way::new();
    let timeout = Duration::from_millis(800);
    run(async {
        let store = way
            .builder()
            .response_timeout(timeout)
            .open()
            .await
            .unwrap();
        way.proxy
            .inject(When::command("GET").once(), Fault::black_hole());
        let begun = tokio::time::Instant::now();
        let error = text(&store).get().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(begun.elapsed() >= timeout);
        // The same connection may recover; when it does not, another one takes its place.
        let mut failed = 1;
        while text(&store).set("value").await.is_err() {
            failed += 1;
            assert!(failed < 5, "the silent connection is still in use");
        }
        assert_eq!(way.proxy.connections(), 2);
    });
}

#[test]
fn callers_do_not_notice_a_connection_that_is_cut() {
    let way = Way::new();
    run(async {
        let store = way.builder().open().await.unwrap();
        text(&store).set("value").await.unwrap();
        for _ in 0..20 {
            let reads = (0..64).map(|_| async { text(&store).get().await.unwrap() });
            let reads = futures_util::future::join_all(reads);
            let cut = async { way.proxy.cut() };
            let (values, ()) = tokio::join!(reads, cut);
            assert!(values.iter().all(|value| value.as_deref() == Some("value")));
        }
    });
}

#[test]
fn clients_killed_in_the_stream_lose_nothing() {
    let server = Server::start();
    run(async {
        let store = Store::connect::<Schema>(&server.url(Protocol::Resp3, 0))
            .await
            .unwrap();
        let mut admin = server.connect(Protocol::Resp2, 0);
        let mut counted = 0;
        for _ in 0..20 {
            let () = redis::cmd("CLIENT")
                .arg(&["KILL", "SKIPME", "yes", "TYPE", "normal"])
                .query(&mut admin)
                .unwrap();
            let adds = (0..16).map(|_| async { count(&store).incr_by(1).await });
            for added in futures_util::future::join_all(adds).await {
                match added {
                    Ok(_) => counted += 1,
                    Err(error) => assert_eq!(error.kind(), ErrorKind::Ambiguous, "{error}"),
                }
            }
        }
        let found = count(&store).get().await.unwrap().unwrap_or_default();
        assert!(
            (counted..=320).contains(&found),
            "{counted} acknowledged, {found} counted"
        );
    });
}

#[test]
fn a_paused_server_is_waited_for() {
    let server = Server::start();
    run(async {
        let builder = Store::builder::<Schema>().url(&server.url(Protocol::Resp2, 0));
        let store = builder
            .response_timeout(Duration::from_secs(1))
            .open()
            .await
            .unwrap();
        text(&store).set("value").await.unwrap();
        let mut admin = server.connect(Protocol::Resp2, 0);
        let pause = |admin: &mut redis::Connection| {
            let mut pause = redis::cmd("CLIENT");
            pause.arg(&["PAUSE", "1500", "ALL"]).exec(admin).unwrap();
        };
        pause(&mut admin);
        let error = loop {
            // A busy machine may have slept through the pause.
            match text(&store).get().await {
                Ok(_) => pause(&mut admin),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        // The late reply is swallowed, the next one finds its caller.
        let found = loop {
            match count(&store).get().await {
                Ok(number) => break number,
                Err(error) => assert_eq!(error.kind(), ErrorKind::Timeout, "{error}"),
            }
        };
        assert_eq!(found, None);
    });
}

#[test]
fn waiting_commands_end_with_their_server() {
    let way = Way::new();
    run(async {
        let store = way.builder().open().await.unwrap();
        way.proxy
            .inject(When::command("BLPOP").once(), Fault::reply_lost());
        line(&store).rpush("one").await.unwrap();
        let error = line(&store)
            .blpop(Duration::from_secs(5))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Ambiguous, "{error}");
    });
}

#[test]
fn while_a_server_is_away_callers_wait_or_fail_as_configured() {
    let way = Way::new();
    run(async {
        let patient = way.builder().open().await.unwrap();
        let hasty = way
            .builder()
            .back_off(Duration::from_secs(60), Duration::from_secs(60))
            .fail_when_down()
            .open()
            .await
            .unwrap();
        way.proxy.refuse(true);
        way.proxy.cut();
        let error = loop {
            // Until the first attempt to reconnect has failed, callers try.
            match text(&hasty).get().await {
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
        // At once: it is known at the first look.
        let call = text(&hasty).get().into_future();
        assert!(call.now_or_never().expect("an answer").is_err());

        let before = way.proxy.connections();
        let back = async {
            while way.proxy.connections() < before + 2 {
                tokio::task::yield_now().await;
            }
            way.proxy.refuse(false);
        };
        let (value, ()) = tokio::join!(async { text(&patient).get().await }, back);
        assert_eq!(value.unwrap(), None);
    });
}
