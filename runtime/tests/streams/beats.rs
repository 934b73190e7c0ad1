//! Consumers that say that they are at work: nobody takes their entries over, and they notice when somebody has.

use std::cell::Cell;
use std::future::pending;
use std::time::Duration;

use redis_schema::__generated_0_1 as rt;
use redis_schema::stream::{ClaimOptions, Consumers, PendingFilter, ReadOptions, StreamId};
use redis_schema::{ErrorKind, Handle, RetryClass, Store, redis};

use crate::schema::{Event, add, kinds, log, two_hours_pass, with_store};
use crate::server::Server;

const LOG: Handle<log::Never> = log::Never::of(1);
const ALL: ReadOptions = ReadOptions::new();

/// An hour until an entry is taken over; a sign every millisecond.
struct Alive;

impl rt::ConsumerGroup<log::Never> for Alive {
    const POLICY: rt::GroupPolicy = rt::GroupPolicy::new("alive")
        .min_idle_ms(3_600_000)
        .heartbeat_ms(1);
}
impl rt::Acknowledges<log::Never> for Alive {}
impl rt::Reclaims<log::Never> for Alive {}
impl rt::Beats<log::Never> for Alive {}

/// Gives up at the first sign that is not answered.
struct Nervous;

impl rt::ConsumerGroup<log::Never> for Nervous {
    const POLICY: rt::GroupPolicy = rt::GroupPolicy::new("nervous")
        .min_idle_ms(300)
        .heartbeat_ms(200);
}
impl rt::Acknowledges<log::Never> for Nervous {}
impl rt::Reclaims<log::Never> for Nervous {}
impl rt::Beats<log::Never> for Nervous {}

fn alive() -> Consumers<log::Never, (), Alive> {
    LOG.group(Alive)
}

#[test]
fn who_says_to_be_at_work_keeps_the_entry() {
    Server::everywhere(0, |link| {
        let group = alive();
        link.ok(group.create());
        let ids = add(link, LOG, &["a", "b", "c"]);
        link.ok(group.read("ada", ALL));
        two_hours_pass(link, &group);
        assert!(link.ok(group.heartbeat("ada", [ids[0], ids[2]])).is_empty());
        let taken = link.ok(group.claim("bob", StreamId::MIN, 9));
        assert_eq!(kinds(taken.entries), ["b"]);
        let again = link.ok(group.heartbeat("ada", &ids));
        assert_eq!(again, [ids[1]], "is bob's");
        let mine = link.ok(group.pending_entries(&PendingFilter::new(9).consumer("ada")));
        let deliveries: Vec<_> = mine.iter().map(|it| (it.id, it.deliveries)).collect();
        assert_eq!(deliveries, [(ids[0], 1), (ids[2], 1)], "it is no delivery");
    });
}

#[test]
fn what_is_no_longer_pending_is_told() {
    Server::everywhere(0, |link| {
        let group = alive();
        link.fails(ErrorKind::NoGroup, group.heartbeat("ada", [StreamId::MIN]));
        link.ok(group.create());
        let ids = add(link, LOG, &["a", "b", "c"]);
        assert_eq!(
            link.ok(group.heartbeat("ada", &ids)),
            ids,
            "given to nobody"
        );
        link.ok(group.read("ada", ALL));
        assert_eq!(link.ok(group.heartbeat("bob", &ids)), ids, "hers");
        link.ok(group.ack([ids[0]]));
        link.ok(LOG.xdel([ids[1]]));
        assert_eq!(link.ok(group.heartbeat("ada", &ids)), [ids[0], ids[1]]);
        let nothing = group.heartbeat("ada", Vec::<StreamId>::new());
        assert_eq!(nothing.retry_class(), RetryClass::Idempotent);
        assert!(link.ok(nothing).is_empty());
    });
}

/// A group of the store's stream whose consumer "ada" has one entry.
async fn with_one<G>(store: &Store, group: G) -> (Consumers<log::Never, &Store, G>, StreamId)
where
    G: rt::ConsumerGroup<log::Never>,
{
    let log = Handle::with(log::Never { id: 1 }, store);
    let id = log.xadd(&Event::of("a")).await.unwrap();
    let group = log.group(group);
    group.create().await.unwrap();
    group.read("ada", ALL).await.unwrap();
    (group, id)
}

/// Waits until the idle time of an entry has begun anew.
async fn a_sign(group: &Consumers<log::Never, &Store, Alive>) {
    let idle = async || {
        let all = group.pending_entries(&PendingFilter::new(1)).await.unwrap();
        all[0].idle
    };
    let mut before = idle().await;
    loop {
        let now = idle().await;
        if now < before {
            return;
        }
        before = now;
    }
}

#[test]
fn work_is_kept_from_others_however_long_it_takes() {
    with_store(async |_, store| {
        let (group, id) = with_one(store, Alive).await;
        let work = async {
            for _ in 0..3 {
                a_sign(&group).await;
            }
            "done"
        };
        let done = group.keep_while("ada", [id], work).await.unwrap();
        assert_eq!(done, Some("done"));
    });
}

#[test]
fn work_ends_when_its_entry_is_taken_over() {
    with_store(async |_, store| {
        let (group, id) = with_one(store, Alive).await;
        let began = Cell::new(false);
        let work = async {
            began.set(true);
            let log = Handle::with(log::Never { id: 1 }, store);
            log.xclaim_ids("alive", "bob", Duration::ZERO, [id], ClaimOptions::new())
                .await
                .unwrap();
            pending::<()>().await;
        };
        assert_eq!(group.keep_while("ada", [id], work).await.unwrap(), None);
        assert!(began.get());
        let late = async { unreachable!("it is bob's") };
        let none: Option<()> = group.keep_while("ada", [id], late).await.unwrap();
        assert_eq!(none, None);
    });
}

#[test]
fn work_ends_when_the_group_is_gone() {
    with_store(async |_, store| {
        let (group, id) = with_one(store, Alive).await;
        let work = async {
            group.destroy().await.unwrap();
            pending::<()>().await;
        };
        let error = group.keep_while("ada", [id], work).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NoGroup);
    });
}

#[test]
fn work_ends_before_others_may_take_it_over() {
    with_store(async |_, store| {
        let (group, id) = with_one(store, Nervous).await;
        let work = async {
            let mut link = store.raw_connection(0).unwrap();
            let pause = redis::cmd("CLIENT").arg("PAUSE").arg(60_000).to_owned();
            pause.query_async::<()>(&mut link).await.unwrap();
            pending::<()>().await;
        };
        let error = group.keep_while("ada", [id], work).await.unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Unavailable),
            "{error}"
        );
    });
}
