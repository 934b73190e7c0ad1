//! Keys with `on_unavailable:` while their server is away.

use std::future::IntoFuture as _;
use std::time::Duration;

use redis_schema::__generated_0_1::value::{DurationS, TimestampMs};
use redis_schema::ErrorKind;
use redis_schema_tests::degrading::{Mood, Note, keys};

use crate::Behind;

#[tokio::test]
async fn reads_answer_as_if_nothing_were_there() {
    let behind = Behind::start().await;
    let (store, note) = (&behind.store, Note::new("hello"));
    let report = store.report(1);
    report
        .set(&serde_json::json!({ "score": 7 }))
        .await
        .unwrap();
    store.note(1).hset(&note).await.unwrap();
    store.labels(1).hset("a", &1).await.unwrap();
    behind.leave();
    let (note_key, labels) = (store.note(1), store.labels(1));
    // Side by side, because each of them tries for as long as it may.
    let found = tokio::join!(
        report.get().into_future(),
        store.renewed(1).get().into_future(),
        store.renewed(1).get_ex().into_future(),
        note_key.hgetall().into_future(),
        note_key.hget(Note::TEXT).into_future(),
        note_key.hget(Note::AUTHOR).into_future(),
    );
    assert_eq!(found.0.unwrap(), None);
    assert_eq!(found.1.unwrap(), None);
    assert_eq!(found.2.unwrap(), None);
    assert_eq!(found.3.unwrap(), None);
    assert_eq!(found.4.unwrap(), None);
    assert_eq!(found.5.unwrap(), None);
    let found = tokio::join!(
        note_key.hmget((Note::TEXT, Note::AUTHOR)).into_future(),
        note_key.hmget((Note::TEXT, Note::LINES)).into_future(),
        note_key.hkeys().into_future(),
        labels.hget("a").into_future(),
        labels.hmget(["a", "b"]).into_future(),
        labels.hgetall().into_future(),
        labels.hvals().into_future(),
    );
    assert_eq!(found.0.unwrap(), (None, None));
    assert_eq!(found.1.unwrap(), (None, None));
    assert!(found.2.unwrap().is_empty());
    assert_eq!(found.3.unwrap(), None);
    assert_eq!(found.4.unwrap(), [None, None]);
    assert!(found.5.unwrap().is_empty());
    assert!(found.6.unwrap().is_empty());
    assert_eq!(store.degraded().reads, 13);
    behind.come_back().await;
    let found = report.get().await.unwrap();
    assert_eq!(found, Some(serde_json::json!({ "score": 7 })));
    assert_eq!(store.note(1).hgetall().await.unwrap(), Some(note));
}

#[tokio::test]
async fn limiters_admit_or_refuse_as_declared() {
    let behind = Behind::start().await;
    let store = &behind.store;
    let first = store.denied(1).admit().await.unwrap();
    assert!(first.allowed && !first.without_server);
    behind.leave();
    let (allowed, denied) = (store.allowed(1), store.denied(1));
    let found = tokio::join!(
        allowed.admit().into_future(),
        denied.admit().into_future(),
        denied.peek().into_future(),
        allowed.refund(1).into_future(),
        allowed.reset().into_future(),
    );
    let (yes, no) = (found.0.unwrap(), found.1.unwrap());
    assert!(yes.allowed && yes.without_server);
    assert!(!no.allowed && no.without_server);
    assert!(!found.2.unwrap().allowed);
    assert!(
        found.3.is_err() && found.4.is_err(),
        "what is no question fails"
    );
    assert_eq!(store.degraded().reads, 3);
    behind.come_back().await;
    assert!(store.allowed(1).admit().await.unwrap().allowed);
}

#[tokio::test]
async fn reads_answer_the_declared_default() {
    let behind = Behind::start().await;
    let store = &behind.store;
    assert_eq!(
        store.whole(1).get().await.unwrap(),
        None,
        "the server's word"
    );
    behind.leave();
    let words = "say \"hi\"".to_owned();
    let found = tokio::join!(
        store.truth(1).get().into_future(),
        store.whole(1).get().into_future(),
        store.ratio(1).get().into_future(),
        store.words(1).get().into_future(),
        store.quoted(1).get().into_future(),
        store.mood(1).get().into_future(),
        store.json_mood(1).get().into_future(),
        store.share(1).get().into_future(),
        store.list(1).get().into_future(),
        store.map(1).get().into_future(),
        store.moment(1).get().into_future(),
        store.span(1).get().into_future(),
    );
    assert_eq!(found.0.unwrap(), Some(true));
    assert_eq!(found.1.unwrap(), Some(-7));
    assert_eq!(found.2.unwrap(), Some(0.5));
    assert_eq!(found.3.unwrap(), Some(words.clone()));
    assert_eq!(found.4.unwrap(), Some(words));
    assert_eq!(found.5.unwrap(), Some(Mood::Rushed));
    assert_eq!(found.6.unwrap(), Some(Mood::Rushed));
    assert_eq!(found.7.unwrap(), Some(50));
    assert_eq!(found.8.unwrap(), Some(Vec::new()));
    assert!(found.9.unwrap().unwrap().is_empty());
    assert_eq!(found.10.unwrap(), Some(TimestampMs::new(1000)));
    let minute = DurationS::new(Duration::from_secs(60));
    assert_eq!(found.11.unwrap(), Some(minute));
    let (one, two) = (keys::Whole { id: 1 }, keys::Whole { id: 2 });
    let family = store.family::<keys::Whole>();
    assert_eq!(family.mget([one, two]).await.unwrap(), [Some(-7), Some(-7)]);
}

#[tokio::test]
async fn writes_that_answer_nothing_are_dropped_and_counted() {
    let behind = Behind::start().await;
    let store = &behind.store;
    let (report, value) = (store.report(1), serde_json::json!(1));
    behind.leave();
    let (note, kept, ratio) = (store.note(1), store.kept(1), store.ratio(1));
    let done = tokio::join!(
        report.set(&value).into_future(),
        report.set_ex(&value, Duration::from_secs(9)).into_future(),
        kept.set("v").into_future(),
        note.hset(&Note::new("a")).into_future(),
        note.hset_field(Note::LINES, &3).into_future(),
        note.hset_fields(((Note::LINES, &4),)).into_future(),
        ratio.set(&0.25).into_future(),
    );
    let done = [done.0, done.1, done.2, done.3, done.4, done.5, done.6];
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    assert_eq!(store.degraded().writes, 7);
    behind.come_back().await;
    assert!(!report.exists().await.unwrap(), "dropped for good");
    report.set(&value).await.unwrap();
    assert_eq!(report.get().await.unwrap(), Some(value));
    assert_eq!(store.degraded().writes, 7);
}

#[tokio::test]
async fn everything_else_fails() {
    let behind = Behind::start().await;
    let store = &behind.store;
    behind.leave();
    let (report, value) = (store.report(1), serde_json::json!(1));
    // The first one finds the connection broken, which leaves open whether it has run.
    report.get().await.unwrap();
    let before = store.degraded();
    let failed = tokio::join!(
        report.set_nx(&value).into_future(),
        report.exists().into_future(),
        report.del().into_future(),
        report.get_del().into_future(),
        store.strict(1).get().into_future(),
        store.kept(1).get().into_future(),
        store.note(1).hincr(Note::LINES, 1).into_future(),
        store.labels(1).hset("a", &1).into_future(),
    );
    let kinds = [
        failed.0.err(),
        failed.1.err(),
        failed.2.err(),
        failed.3.err(),
        failed.4.err(),
        failed.5.err(),
        failed.6.err(),
        failed.7.err(),
    ]
    .map(|error| error.map(|error| error.kind()));
    assert_eq!(kinds, [Some(ErrorKind::Unavailable); 8]);
    assert_eq!(store.degraded(), before);
}

#[tokio::test]
async fn a_batch_goes_on_only_if_all_of_it_may() {
    let behind = Behind::start().await;
    let store = &behind.store;
    let (report, value) = (store.report(1), serde_json::json!(1));
    behind.leave();
    let (found, (), share) = store
        .pipeline((report.get(), report.set(&value), store.share(1).get()))
        .await
        .unwrap();
    assert_eq!((found, share), (None, Some(50)));
    let both = store.atomic((report.get(), store.kept(1).set("v"))).await;
    assert_eq!(both.unwrap().0, None);
    let degraded = store.degraded();
    assert_eq!((degraded.reads, degraded.writes), (3, 2));
    let mixed = store.pipeline((report.get(), store.strict(1).get())).await;
    assert_eq!(mixed.unwrap_err().kind(), ErrorKind::Unavailable);
    assert_eq!(store.degraded(), degraded, "nothing of it was answered");
}

#[tokio::test]
async fn what_the_server_refuses_is_an_error() {
    let behind = Behind::start().await;
    let store = &behind.store;
    let mut connection = behind
        .server
        .connect(redis_schema_test_server::Protocol::Resp2, 0);
    redis::cmd("RPUSH")
        .arg("report:1")
        .arg("x")
        .exec(&mut connection)
        .unwrap();
    let error = store.report(1).get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongType);
    redis::cmd("SET")
        .arg("whole:1")
        .arg("many")
        .exec(&mut connection)
        .unwrap();
    let error = store.whole(1).get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt);
}
