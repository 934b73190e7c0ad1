//! Operations on a cluster: some of each structure and retry class, and those that go to several servers.

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use std::time::Duration;

use redis_schema::lock::Token;
use redis_schema::stream::{Follow, Position, ReadOptions};
use redis_schema::{ListEnd, Result, RetryClass};

use crate::several::{Entry, Note, Store, consumers, keys, units};

/// Longer than an answer takes, so that only what is lost is waited for.
const WAIT: Duration = Duration::from_millis(300);

/// Numbers of keys, chosen by where they are.
#[derive(Debug, Clone, Copy)]
pub struct Ids {
    /// What belongs to it lies at the server that harm is done to.
    pub here: u32,
    /// One key at each server, at that one first: of `plain`, and of `free`.
    pub plain: [u32; 3],
    pub free: [u32; 3],
}

/// Who holds what is held.
static TOKEN: LazyLock<Token> = LazyLock::new(Token::random);

type Running<'s> = Pin<Box<dyn Future<Output = Result<()>> + 's>>;

/// An operation on a cluster.
#[derive(Clone, Copy)]
pub struct Operation {
    pub name: &'static str,
    pub class: for<'s> fn(&'s Store, Ids) -> RetryClass,
    pub run: for<'s> fn(&'s Store, Ids) -> Running<'s>,
}

/// A command of one key.
macro_rules! command {
    ($name:literal, |$store:ident, $ids:ident| $command:expr) => {
        Operation {
            name: $name,
            class: |$store, $ids| $command.retry_class(),
            run: |$store, $ids| Box::pin(async move { $command.await.map(drop) }),
        }
    };
}

/// What a store alone can do.
macro_rules! several {
    ($name:literal, $class:ident, |$store:ident, $ids:ident| $future:expr) => {
        Operation {
            name: $name,
            class: |_, _| RetryClass::$class,
            run: |$store, $ids| Box::pin(async move { $future.await.map(drop) }),
        }
    };
}

pub const ALL: &[Operation] = &[
    command!("text.get", |store, ids| store.text(ids.here).get()),
    command!("text.set", |store, ids| store.text(ids.here).set("a")),
    command!("text.set_nx", |store, ids| store.text(ids.here).set_nx("a")),
    command!("text.compare_and_set", |store, ids| store
        .text(ids.here)
        .compare_and_set("a", "b")),
    command!("hits.incr", |store, ids| store.hits(ids.here).incr()),
    command!("hits.incr_bounded", |store, ids| store
        .hits(ids.here)
        .incr_bounded(1, 0..=9)),
    command!("note.hset", |store, ids| store
        .note(ids.here)
        .hset(&Note::new("a".to_owned(), 1))),
    command!("note.hgetall", |store, ids| store.note(ids.here).hgetall()),
    command!("map.hset", |store, ids| store.map(ids.here).hset("f", "v")),
    command!("list.rpush", |store, ids| store.list(ids.here).rpush("a")),
    command!("list.lmove", |store, ids| store.list(ids.here).lmove(
        ListEnd::Left,
        &store.other_list(ids.here),
        ListEnd::Right
    )),
    command!("list.blpop", |store, ids| store.list(ids.here).blpop(WAIT)),
    command!("list.blmove", |store, ids| store.list(ids.here).blmove(
        ListEnd::Left,
        &store.other_list(ids.here),
        ListEnd::Right,
        WAIT
    )),
    command!("set.sadd", |store, ids| store.set(ids.here).sadd("c")),
    command!("set.sinter", |store, ids| store
        .set(ids.here)
        .sinter([&store.other_set(ids.here)])),
    command!("scores.zadd", |store, ids| store
        .scores(ids.here)
        .zadd("b", 2.0)),
    command!("scores.bzpopmin", |store, ids| store
        .scores(ids.here)
        .bzpopmin(WAIT)),
    command!("log.xadd", |store, ids| store
        .log(ids.here)
        .xadd(&Entry::new("a".to_owned(), 1))),
    command!("log.xread", |store, ids| store
        .log(ids.here)
        .xread(Position::Start, ReadOptions::new().block(WAIT))),
    command!("log.group.create", |store, ids| store
        .log(ids.here)
        .group(consumers::log::Strict)
        .create()),
    command!("bits.setbit", |store, ids| store
        .bits(ids.here)
        .setbit(3, true)),
    command!("visitors.pfadd", |store, ids| store
        .visitors(ids.here)
        .pfadd("a")),
    command!("work.enqueue_with", |store, ids| store
        .work(ids.here)
        .enqueue_with("a", keys::WorkPriority::Low)),
    command!("work.claim", |store, ids| store.work(ids.here).claim(1)),
    command!("work.stats", |store, ids| store.work(ids.here).stats()),
    command!("turn.acquire_as", |store, ids| store
        .turn(ids.here)
        .acquire_as(&TOKEN)),
    command!("turn.renew_as", |store, ids| store
        .turn(ids.here)
        .renew_as(&TOKEN)),
    command!("turn.release_as", |store, ids| store
        .turn(ids.here)
        .release_as(&TOKEN)),
    command!("seats.acquire_as", |store, ids| store
        .seats(ids.here)
        .acquire_as(&TOKEN)),
    command!("seats.release_as", |store, ids| store
        .seats(ids.here)
        .release_as(&TOKEN)),
    command!("steps.begin", |store, ids| store
        .steps(ids.here)
        .begin(["a", "b"])),
    command!("steps.report", |store, ids| store
        .steps(ids.here)
        .report("a", 50)),
    command!("steps.snapshot", |store, ids| store
        .steps(ids.here)
        .snapshot()),
    command!("local.publish", |store, ids| store
        .local(ids.here)
        .publish("a")),
    command!("text.del", |store, ids| store.text(ids.here).del()),
    several!("visits.list", Idempotent, |store, ids| store
        .visits(ids.here)
        .list()),
    several!("visits.revoke_all", Idempotent, |store, ids| store
        .visits(ids.here)
        .revoke_all()),
    several!("unit", Idempotent, |store, ids| store.begin(units::Begin {
        id: ids.here,
        text: "a",
        hits: &1,
        list: &["x".to_owned()],
        set: &["y".to_owned()],
    })),
    several!("atomic", Unsafe, |store, ids| store.atomic((
        keys::hits(ids.here).incr(),
        keys::text(ids.here).get()
    ))),
    several!("pipeline", Unsafe, |store, ids| store.pipeline((
        keys::free(ids.free[0]).incr(),
        keys::free(ids.free[1]).incr(),
        keys::free(ids.free[2]).incr(),
    ))),
    several!("mget", Read, |store, ids| store
        .family::<keys::Plain>()
        .mget(ids.plain.map(|id| keys::Plain { id }))),
    several!("exists_many", Read, |store, ids| store
        .family::<keys::Plain>()
        .exists_many(ids.plain.map(|id| keys::Plain { id }))),
    several!("del_many", Unsafe, |store, ids| store
        .family::<keys::Plain>()
        .del_many(ids.plain.map(|id| keys::Plain { id }))),
    several!("unlink_many", Unsafe, |store, ids| store
        .family::<keys::Plain>()
        .unlink_many(ids.plain.map(|id| keys::Plain { id }))),
    several!("scan", Read, |store, _ids| store
        .family::<keys::Plain>()
        .scan()
        .collect()),
    several!("count_approx", Read, |store, _ids| store
        .family::<keys::Plain>()
        .count_approx()),
    several!("group.list", Read, |store, ids| store
        .of_id(ids.here)
        .list()),
    several!("group.size", Read, |store, ids| store
        .of_id(ids.here)
        .size()),
    several!("group.invalidate", Unsafe, |store, ids| store
        .of_id(ids.here)
        .invalidate()),
    several!("log.follow", Read, |store, ids| first(
        store.log(ids.here).follow(Position::Start)
    )),
    several!("local.subscribe", Read, |store, ids| store
        .local(ids.here)
        .subscribe()),
];

/// The first entry.
async fn first(mut entries: Follow<Entry>) -> Result<()> {
    entries.next().await.expect("an entry").map(drop)
}
