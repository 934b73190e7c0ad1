//! A reply that is lost after the server has run the command, once for each class.

use redis_schema::{ErrorKind, RetryClass};
use redis_schema_test_server::{Fault, Protocol, When};
use redis_schema_tests::degrading::{Note, keys};

use crate::Behind;

/// How often the server has run a command.
fn runs(behind: &Behind, command: &str) -> u64 {
    let mut connection = behind.server.connect(Protocol::Resp2, 0);
    let stats: String = redis::cmd("INFO")
        .arg("commandstats")
        .query(&mut connection)
        .unwrap();
    let line = format!("cmdstat_{command}:calls=");
    stats
        .lines()
        .find_map(|text| text.strip_prefix(&line)?.split(',').next()?.parse().ok())
        .unwrap_or(0)
}

#[tokio::test]
async fn a_read_is_sent_again() {
    let behind = Behind::start().await;
    let key = behind.store.strict(1);
    key.set(&5).await.unwrap();
    assert_eq!(key.get().retry_class(), RetryClass::Read);
    let before = runs(&behind, "get");
    behind
        .proxy
        .inject(When::command("GET").once(), Fault::reply_lost());
    assert_eq!(key.get().await.unwrap(), Some(5));
    assert_eq!(behind.proxy.fired(), 1);
    assert_eq!(runs(&behind, "get") - before, 2);
}

#[tokio::test]
async fn what_is_idempotent_is_sent_again() {
    let behind = Behind::start().await;
    let key = behind.store.strict(1);
    assert_eq!(key.set(&5).retry_class(), RetryClass::Idempotent);
    let before = runs(&behind, "set");
    behind
        .proxy
        .inject(When::command("SET").once(), Fault::reply_lost());
    key.set(&5).await.unwrap();
    assert_eq!(behind.proxy.fired(), 1);
    assert_eq!(runs(&behind, "set") - before, 2);
    assert_eq!(key.get().await.unwrap(), Some(5));
}

#[tokio::test]
async fn what_is_unsafe_is_not_sent_again() {
    let behind = Behind::start().await;
    let key = behind.store.note(1);
    key.hset(&Note::new("hello")).await.unwrap();
    assert_eq!(key.hincr(Note::LINES, 1).retry_class(), RetryClass::Unsafe);
    behind
        .proxy
        .inject(When::command("EVAL").once(), Fault::reply_lost());
    let error = key.hincr(Note::LINES, 1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
    assert_eq!((behind.proxy.fired(), runs(&behind, "hincrby")), (1, 1));
    assert_eq!(key.hget(Note::LINES).await.unwrap(), Some(1), "it had run");
}

#[tokio::test]
async fn an_answer_that_would_be_untrue_the_second_time_is_not_given() {
    let behind = Behind::start().await;
    let key = behind.store.strict(1);
    assert_eq!(key.set_nx(&5).retry_class(), RetryClass::Unsafe);
    behind
        .proxy
        .inject(When::command("SET").once(), Fault::reply_lost());
    let error = key.set_nx(&5).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ambiguous, "not `false`");
    assert_eq!(key.get().await.unwrap(), Some(5), "it had run");
}

#[tokio::test]
async fn what_was_never_sent_is_sent_whatever_its_class() {
    let behind = Behind::start().await;
    let key = behind.store.note(1);
    key.hset(&Note::new("hello")).await.unwrap();
    behind.leave();
    // A read finds out that the connection is broken; nothing can have left since.
    assert!(behind.store.strict(1).get().await.is_err());
    behind.come_back().await;
    assert_eq!(key.hincr(Note::LINES, 1).await.unwrap(), 1);
}

#[tokio::test]
async fn a_batch_is_sent_again_only_if_all_of_it_may_be() {
    let behind = Behind::start().await;
    let (one, two) = (behind.store.strict(1), behind.store.strict(2));
    behind
        .proxy
        .inject(When::command("EXEC").once(), Fault::reply_lost());
    behind
        .store
        .atomic((one.set(&1), two.set(&2)))
        .await
        .unwrap();
    assert_eq!(behind.proxy.fired(), 1);
    behind.proxy.clear();
    behind
        .proxy
        .inject(When::command("EXEC").once(), Fault::reply_lost());
    let swap = behind.store.atomic((one.get(), one.set(&9))).await;
    assert_eq!(swap.unwrap_err().kind(), ErrorKind::Ambiguous);
    assert_eq!(one.get().await.unwrap(), Some(9), "it had run");
}

#[tokio::test]
async fn connections_of_ones_own_tell_the_same() {
    let behind = Behind::start().await;
    let client = redis::Client::open(behind.proxy.url(Protocol::Resp3, 0)).unwrap();
    let key = keys::note(1);
    let lose = |command| {
        let when = When::command(command).once();
        behind.proxy.inject(when, Fault::reply_lost());
        client.get_connection().unwrap()
    };
    let lost = key.hincr(Note::LINES, 1).query(&mut lose("EVAL"));
    assert_eq!(lost.unwrap_err().kind(), ErrorKind::Ambiguous);
    let lost = key.hgetall().query(&mut lose("HGETALL"));
    assert_eq!(lost.unwrap_err().kind(), ErrorKind::Unavailable);
    let both = redis_schema::atomic((key.hlen(), key.del()));
    let lost = both.query(&mut lose("EXEC"));
    assert_eq!(lost.unwrap_err().kind(), ErrorKind::Ambiguous);
}
