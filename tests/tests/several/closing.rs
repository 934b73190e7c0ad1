//! A store that is closed takes the connections with it that somebody has to himself.

use std::time::Duration;

use redis_schema::ErrorKind;
use redis_schema::stream::{Position, ReadOptions};
use redis_schema_test_server::{Protocol, Server};

use crate::several::Store;

const LONG: Duration = Duration::from_secs(60);

fn connections(server: &Server) -> usize {
    let mut admin = server.connect(Protocol::Resp2, 0);
    let mut list = redis::cmd("CLIENT");
    let clients: String = list.arg("LIST").query(&mut admin).unwrap();
    clients.lines().count() - 1
}

#[tokio::test]
async fn listeners_and_waiters_are_told() {
    let server = Server::start();
    let store = Store::connect(&server.url(Protocol::Resp2, 0))
        .await
        .unwrap();
    let mut news = store.news(1).subscribe().await.unwrap();
    let mut local = store.local(1).subscribe().await.unwrap();
    let short = ReadOptions::new().block(Duration::from_millis(1));
    let mut follow = store.log(1).follow_with(Position::Start, short);
    let reader = tokio::spawn(async move {
        loop {
            if let Some(Err(error)) = follow.next().await {
                return (error, follow.next().await.is_none());
            }
        }
    });
    assert!(store.close(LONG).await, "nobody waits for long");
    for heard in [&mut news, &mut local] {
        let lost = heard.next().await.unwrap().unwrap_err();
        assert!(lost.is_unavailable(), "{lost}");
        let over = heard.next().await.unwrap().unwrap_err();
        assert_eq!(over.kind(), ErrorKind::Closed, "{over}");
        assert!(heard.next().await.is_none());
    }
    let (error, over) = reader.await.unwrap();
    assert_eq!(error.kind(), ErrorKind::Closed, "{error}");
    assert!(over);
    let error = store.list(1).blpop(LONG).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Closed, "{error}");
    let error = store.news(1).subscribe().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Closed, "{error}");
    while connections(&server) > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn who_waits_for_longer_than_the_grace_is_cut_off() {
    let server = Server::start();
    let store = Store::connect(&server.url(Protocol::Resp2, 0))
        .await
        .unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.list(1).blpop(LONG).await }
    });
    let blocked = || {
        let mut admin = server.connect(Protocol::Resp2, 0);
        let mut info = redis::cmd("INFO");
        let text: String = info.arg("clients").query(&mut admin).unwrap();
        text.contains("blocked_clients:1")
    };
    while !blocked() {
        tokio::task::yield_now().await;
    }
    assert!(!store.close(Duration::from_millis(20)).await);
    let error = waiting.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ambiguous, "{error}");
    while connections(&server) > 0 {
        tokio::task::yield_now().await;
    }
}
