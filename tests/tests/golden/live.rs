//! The generated code at work on a real server.

use redis_schema::Settings;
use redis_schema_test_server::{Protocol, Server};
use redis_schema_tests::everything::{
    Entry, Kind, Point, Record, Status, Store, channels, keys, units,
};
use redis_schema_tests::own::Money;
use uuid::Uuid;

use redis_schema::__generated_0_1::value::{Date, TimestampMs};

const ID: Uuid = Uuid::from_u128(7);
const OTHER: Uuid = Uuid::from_u128(8);

fn day() -> Date {
    Date::from_ordinal_date(2026, 34).unwrap()
}

async fn store(server: &Server) -> Store {
    // Not from the environment, which other tests share.
    Store::connect_with(&server.url(Protocol::Resp3, 0), Settings::DECLARED)
        .await
        .unwrap()
}

fn record() -> Record {
    let price = Money { cents: 250 };
    let mut record = Record::new(Status::Up, 3, day(), price, "hidden", TimestampMs::new(5));
    record.point = Some(Point::new(1.0, 2.0));
    record.blob = Some(vec![0, 255]);
    record
}

#[tokio::test]
async fn a_record_comes_back_as_it_went() {
    let server = Server::start();
    let store = store(&server).await;
    let key = store.record(ID);
    assert!(key.hgetall().await.unwrap().is_none());
    key.hset(&record()).await.unwrap();
    let mut read = key.hgetall().await.unwrap().unwrap();
    assert!(read.updated_at > TimestampMs::new(0), "the server's time");
    read.updated_at = TimestampMs::default();
    assert_eq!(read, record());
    assert_eq!(key.hincr(Record::DONE, 2).await.unwrap(), 2);
    assert_eq!(key.hget(Record::STATUS).await.unwrap(), Some(Status::Up));
    assert!(
        key.hset_field(Record::LIMITED, &6).await.is_err(),
        "beyond its range"
    );
}

#[tokio::test]
async fn a_unit_writes_everything_and_its_group_takes_it_away() {
    let server = Server::start();
    let store = store(&server).await;
    let digest = "ab".repeat(32);
    let (point, moment) = (Point::new(1.0, 2.0), TimestampMs::new(9));
    let unit = units::Begin {
        id: ID,
        small: 1,
        address: [127, 0, 0, 1].into(),
        digest: digest.as_str().into(),
        user_name: None,
        raw_bytes: b"\0\xff",
        hits: &3,
        items: &[point.clone(), point.clone()],
        members: &[ID, OTHER],
        by_time: &[("a".to_owned(), moment)],
        log: &Entry::new(moment, point.clone(), Kind::First, day()),
        fields: &[("f".to_owned(), point.clone())],
        one_digest: &digest,
        maybe_name: &4,
    };
    store.begin(unit).await.unwrap();
    assert_eq!(store.raw_bytes(1).get().await.unwrap(), Some(vec![0, 255]));
    assert_eq!(store.items(ID).llen().await.unwrap(), 2);
    assert_eq!(store.members(&digest).scard().await.unwrap(), 2);
    assert_eq!(
        store.hits([127, 0, 0, 1].into()).get().await.unwrap(),
        Some(3)
    );
    assert_eq!(store.log(ID).xlen().await.unwrap(), 1);
    let group = store.of_id(ID);
    let kinds: Vec<_> = group
        .list()
        .await
        .unwrap()
        .into_iter()
        .map(|key| key.kind)
        .collect();
    assert_eq!(kinds, ["fields", "items", "by_time", "log"]);
    assert_eq!(group.invalidate().await.unwrap(), 4);
    assert!(group.list().await.unwrap().is_empty());
    assert_eq!(store.of_digest(&digest).invalidate().await.unwrap(), 2);
}

#[tokio::test]
async fn a_refused_value_in_a_unit_writes_nothing() {
    let server = Server::start();
    let store = store(&server).await;
    let bad = Record {
        limited: 9,
        ..record()
    };
    let unit = units::Note {
        id: ID,
        record: &bad,
    };
    assert!(store.note(unit).await.is_err());
    assert!(!store.record(ID).exists().await.unwrap());
}

#[tokio::test]
async fn keys_of_one_kind_are_found_by_a_parameter() {
    let server = Server::start();
    let store = store(&server).await;
    for (id, name) in [(ID, "a"), (ID, "b"), (OTHER, "a")] {
        store.two(id, name).set(&1).await.unwrap();
    }
    let mut scan = store
        .family::<keys::Two<'static>>()
        .scan_match(keys::Two::ID.is(ID));
    let mut names = Vec::new();
    while let Some(key) = scan.next().await {
        names.push(key.unwrap().slug_name.into_owned());
    }
    names.sort_unstable();
    assert_eq!(names, ["a", "b"]);
}

#[tokio::test]
async fn messages_have_their_type() {
    let server = Server::start();
    let store = store(&server).await;
    let mut words = store.words().subscribe().await.unwrap();
    assert_eq!(store.words().publish("hello").await.unwrap(), 1);
    assert_eq!(words.next().await.unwrap().unwrap(), "hello");
    assert_eq!(channels::words().name().unwrap(), b"app:words");
}
