//! One server: commands and their errors, connections that break, health, whatever listens and waits.

use redis_schema::channel::SubscribeOptions;
use redis_schema::stream::Position;
use redis_schema::{BreakerOptions, ErrorKind, ListEnd, redis};
use redis_schema_test_server::{Fault, FaultProxy, Harm, Protocol, Server, When};
use std::time::Duration;

use crate::keyspace::{Note, Store, channels, keys, units};
use crate::{ID, PASSWORD, PATIENCE, SHORT, Told, USERS, VALUE, tell};

/// A server that only `app` may use, behind a proxy; and a connection to it.
fn start() -> (Server, FaultProxy, redis::Connection) {
    let server = Server::start();
    let mut admin = server.connect(Protocol::Resp2, 0);
    USERS.iter().for_each(|words| tell(&mut admin, words));
    let proxy = FaultProxy::start(server.port());
    (server, proxy, admin)
}

async fn open(proxy: &FaultProxy, protocol: Protocol, allowed: Duration) -> Store {
    Store::builder()
        .url(&proxy.url(protocol, 0))
        .credentials("app", PASSWORD)
        .response_timeout(allowed)
        .back_off(Duration::from_millis(1), Duration::from_millis(5))
        .open()
        .await
        .unwrap()
}

/// Everything works, and is told of by its template.
async fn use_everything(told: &Told, store: &Store) {
    let value = || VALUE.to_owned();
    let text = store.text(ID);
    told.shows(&text);
    told.shows(&text.get());
    told.shows(&text.get().into_future());
    text.set(VALUE).await.unwrap();
    assert_eq!(text.get().await.unwrap().as_deref(), Some(VALUE));
    text.update_with(3, |_| Some(value())).await.unwrap();
    store.hits(ID).incr().await.unwrap();
    store.note(ID).hset(&Note::new(value(), 1)).await.unwrap();
    store.map(ID).hset(&value(), VALUE).await.unwrap();
    store.list(ID).rpush(VALUE).await.unwrap();
    store.list(ID).blpop(PATIENCE).await.unwrap();
    store.set(ID).sadd(VALUE).await.unwrap();
    store.scores(ID).zadd(VALUE, 1.0).await.unwrap();
    store.visitors(ID).pfadd(VALUE).await.unwrap();
    let batch = (keys::text(ID).get(), keys::set(ID).sismember(VALUE));
    told.shows(&batch);
    store.pipeline(batch).await.unwrap();
    store
        .atomic((keys::text(ID).get(), keys::hits(ID).incr()))
        .await
        .unwrap();
    let begin = units::Begin {
        id: ID,
        text: VALUE,
        hits: &1,
        list: &[value()],
        set: &[value()],
    };
    told.shows(&begin);
    store.begin(begin).await.unwrap();
    let family = store.family::<keys::Text>();
    told.shows(&family);
    let mut scan = family.scan();
    told.shows(&scan);
    assert_eq!(scan.next().await.unwrap().unwrap().id, ID);
    let group = store.of_id(ID);
    told.shows(&group.list().await.unwrap());
    told.shows(&group.size().await.unwrap());
    told.says(&store.health().await);
    told.shows(&(
        store.stats(),
        store.degraded(),
        store.raw_connection(0),
        store.client(),
        &**store,
    ));
}

/// Everything that fails on a server that works.
async fn fail(told: &Told, store: &Store, admin: &mut redis::Connection) {
    let key = |name: &str| format!("{name}:{{{ID}}}");
    // Another structure, and content that is not what the schema says.
    tell(
        admin,
        &["DEL", &key("text"), &key("note"), &key("hits"), &key("log")],
    );
    tell(admin, &["RPUSH", &key("text"), VALUE]);
    told.fails(store.text(ID).get().await);
    let spoilt = (keys::text(ID).get(), keys::list(ID).rpush(VALUE));
    told.fails(store.atomic(spoilt).await);
    told.fails(
        store
            .text(ID)
            .update_with(3, |_| Some(VALUE.to_owned()))
            .await,
    );
    tell(
        admin,
        &["HSET", &key("note"), "text", VALUE, "count", VALUE],
    );
    told.fails(store.note(ID).hgetall().await);
    tell(admin, &["SET", &key("hits"), VALUE]);
    told.fails(store.hits(ID).get().await);
    told.fails(store.hits(ID).incr().await);
    tell(admin, &["SET", &key("hits"), "9223372036854775807"]);
    told.fails(store.hits(ID).incr().await);
    tell(
        admin,
        &["XADD", &key("log"), "*", "text", VALUE, "count", VALUE],
    );
    let mut follow = store.log(ID).follow(Position::Start);
    told.fails(follow.next().await.unwrap().unwrap().record);
    told.fails(store.log(ID).consume(VALUE, VALUE).next().await.unwrap());
    // Values that cannot lie together, and a server that refuses.
    told.fails(store.set(ID).sinter([&store.other_set(ID - 1)]).await);
    tell(admin, &["CONFIG", "SET", "maxmemory", "1"]);
    told.fails(store.text(ID).set(VALUE).await);
    tell(admin, &["CONFIG", "SET", "maxmemory", "0"]);
    tell(
        admin,
        &["ACL", "SETUSER", "app", "-set", "resetkeys", "~plain:*"],
    );
    told.fails(store.text(ID).set(VALUE).await);
    told.fails(store.text(ID).get().await);
    told.says(&store.health().await);
    tell(admin, USERS[0]);
}

/// Every harm to every kind of command.
async fn harm(told: &Told, store: &Store, proxy: &FaultProxy) {
    for fault in Fault::all() {
        for when in [
            When::command("SET"),
            When::command("RPUSH"),
            When::command("EXEC"),
        ] {
            proxy.inject(when.once(), fault.clone());
            let both = (keys::text(ID).set(VALUE), keys::list(ID).rpush(VALUE));
            for result in [
                store.text(ID).set(VALUE).await,
                store.list(ID).rpush(VALUE).await.map(drop),
                store.atomic(both).await.map(drop),
            ] {
                if let Err(error) = result {
                    told.failed(&error);
                }
            }
            proxy.clear();
        }
    }
    let quoting =
        format!("ERR unknown command 'X', with args beginning with: '{VALUE}' '{ID}' '{PASSWORD}'");
    for line in ["LOADING wait", "READONLY no", "MASTERDOWN no", &quoting] {
        proxy.inject(When::command("GET").once(), Fault::error(line));
        if let Err(error) = store.text(ID).get().await {
            told.failed(&error);
        }
        proxy.clear();
    }
    let garbage = Fault::request(Harm::Answer(format!("?{VALUE}\r\n").into_bytes()));
    proxy.inject(When::command("GET").once(), garbage);
    if let Err(error) = store.text(ID).get().await {
        told.failed(&error);
    }
    proxy.clear();
    proxy.refuse(true);
    proxy.cut();
    told.fails(store.text(ID).get().await);
    told.says(&store.health().await);
    proxy.refuse(false);
    while store.text(ID).del().await.is_err() {}
}

async fn listen(told: &Told, store: &Store, proxy: &FaultProxy) {
    let mut news = store.news(ID).subscribe().await.unwrap();
    told.shows(&news);
    told.shows(&store.news(ID));
    store.news(ID).publish(VALUE).await.unwrap();
    assert_eq!(news.next().await.unwrap().unwrap(), VALUE);
    let options = SubscribeOptions::new().buffer(1);
    let mut all = store.psubscribe::<channels::News>(options).await.unwrap();
    for _ in 0..20 {
        store.news(ID).publish(VALUE).await.unwrap();
    }
    while let Ok(heard) = all.next().await.unwrap() {
        assert_eq!(heard.1, VALUE);
        store.news(ID).publish(VALUE).await.unwrap();
        store.news(ID).publish(VALUE).await.unwrap();
        store.news(ID).publish(VALUE).await.unwrap();
    }
    proxy.cut();
    loop {
        match news.next().await.unwrap() {
            Ok(_) => {}
            Err(error) => break told.failed(&error),
        }
    }
    let mut local = store.local(ID).subscribe().await.unwrap();
    store.local(ID).publish(VALUE).await.unwrap();
    assert_eq!(local.next().await.unwrap().unwrap(), VALUE);
}

#[tokio::test]
async fn one_server() {
    let told = Told::listen();
    for protocol in Protocol::ALL {
        let (_server, proxy, mut admin) = start();
        tell(
            &mut admin,
            &["CONFIG", "SET", "slowlog-log-slower-than", "0"],
        );
        let store = open(&proxy, protocol, PATIENCE).await;
        use_everything(told, &store).await;
        fail(told, &store, &mut admin).await;
        let hasty = open(&proxy, protocol, SHORT).await;
        tell(&mut admin, &["FLUSHALL"]);
        harm(told, &hasty, &proxy).await;
        listen(told, &store, &proxy).await;
        assert!(store.close(PATIENCE).await);
        told.fails(store.text(ID).get().await);
        told.fails(
            store
                .list(ID)
                .lmove(ListEnd::Left, &store.other_list(ID), ListEnd::Right)
                .await,
        );
    }
    told.assert_silent_about_secrets();
}

#[tokio::test]
async fn a_breaker_that_opens() {
    let told = Told::listen();
    let (_server, proxy, _admin) = start();
    let store: Store = Store::builder()
        .url(&proxy.url(Protocol::Resp3, 0))
        .credentials("app", PASSWORD)
        .response_timeout(SHORT)
        .circuit_breaker(BreakerOptions::new())
        .open()
        .await
        .unwrap();
    proxy.refuse(true);
    proxy.cut();
    let error = loop {
        let error = store.text(ID).set(VALUE).await.unwrap_err();
        told.failed(&error);
        if error.to_string().contains("circuit breaker") {
            break error;
        }
    };
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    told.shows(&store.stats());
    told.assert_silent_about_secrets();
}
