//! Declared groups: what is taken over, what is given up, and that no entry is ever in two places or in none.

use std::collections::BTreeSet;
use std::time::Duration;

use redis_schema::__generated_0_1 as rt;
use redis_schema::stream::{Consumers, ReadOptions, StreamId};
use redis_schema::{Context, ErrorKind, Handle};

use crate::policies::Policy;
use crate::schema::{Event, add, kinds, log, two_hours_pass, with_store};
use crate::server::Server;

const LOG: Handle<log::Never> = log::Never::of(1);
const DEAD: Handle<log::Refresh> = log::Refresh::of(1);
const ALL: ReadOptions = ReadOptions::new();

/// Gives up after two deliveries, to the stream of the same number.
struct Strict;

impl rt::ConsumerGroup<log::Never> for Strict {
    const POLICY: rt::GroupPolicy = rt::GroupPolicy::new("strict")
        .min_idle_ms(IDLE)
        .gives_up(2, rt::TrimRule::KeepAll);

    fn dead_letter<X: Context>(key: &log::Never, context: X, out: &mut rt::OperandList) {
        rt::dead_letter(log::Refresh { id: key.id }, context, out);
    }
}
impl rt::Acknowledges<log::Never> for Strict {}
impl rt::Reclaims<log::Never> for Strict {}
impl rt::Buries<log::Never> for Strict {}

/// The same, in a hurry.
struct Hasty;

impl rt::ConsumerGroup<log::Never> for Hasty {
    const POLICY: rt::GroupPolicy = rt::GroupPolicy::new("hasty")
        .min_idle_ms(1)
        .gives_up(2, rt::TrimRule::KeepAll);

    fn dead_letter<X: Context>(key: &log::Never, context: X, out: &mut rt::OperandList) {
        Strict::dead_letter(key, context, out);
    }
}
impl rt::Acknowledges<log::Never> for Hasty {}
impl rt::Reclaims<log::Never> for Hasty {}

/// Loses what a consumer that fails was given, and begins with what comes.
struct Careless;

impl rt::ConsumerGroup<log::Never> for Careless {
    const POLICY: rt::GroupPolicy = rt::GroupPolicy::new("careless").start_new().ack_before();
}

/// An hour.
const IDLE: u64 = 3_600_000;

fn strict() -> Consumers<log::Never, (), Strict> {
    LOG.group(Strict)
}

#[test]
fn entries_are_taken_over_and_at_last_given_up() {
    Server::everywhere(0, |link| {
        let group = strict();
        assert!(link.ok(group.create()));
        assert!(!link.ok(group.create()));
        let ids = add(link, LOG, &["a", "b"]);
        assert_eq!(link.ok(group.read("ada", ALL)).len(), 2);
        let early = link.ok(group.claim("bob", StreamId::MIN, 9));
        assert_eq!((early.entries.len(), early.buried.len()), (0, 0));
        two_hours_pass(link, &group);
        let once = link.ok(group.claim("bob", StreamId::MIN, 9));
        assert_eq!(once.next, StreamId::MIN);
        assert_eq!(
            kinds(once.entries),
            ["a", "b"],
            "delivered for the second time"
        );
        assert!(once.buried.is_empty());
        assert_eq!(link.ok(DEAD.xlen()), 0);
        two_hours_pass(link, &group);
        let twice = link.ok(group.claim("carl", StreamId::MIN, 9));
        assert_eq!((twice.entries.len(), twice.buried), (0, ids));
        assert_eq!(link.ok(group.pending()).count, 0);
        assert_eq!(kinds(link.ok(DEAD.xrange(..))), ["a", "b"]);
        Policy::Refresh.assert_fresh(link, "log:refresh:1");
    });
}

#[test]
fn what_is_pending_is_given_up_when_a_worker_says_so() {
    Server::everywhere(0, |link| {
        let group = strict();
        link.ok(group.create());
        let ids = add(link, LOG, &["a", "b", "c"]);
        link.ok(group.read("ada", ALL.count(2)));
        assert_eq!(
            link.ok(group.bury([ids[0], ids[2]])),
            1,
            "`c` is with nobody"
        );
        assert_eq!(link.ok(group.bury([ids[0]])), 0, "once is enough");
        assert_eq!(link.ok(group.bury(Vec::<StreamId>::new())), 0);
        assert_eq!(kinds(link.ok(DEAD.xrange(..))), ["a"]);
        Policy::Refresh.assert_fresh(link, "log:refresh:1");
        assert_eq!(link.ok(group.ack([ids[0]])), 0);
        assert_eq!(link.ok(group.ack([ids[1]])), 1);
    });
}

#[test]
fn many_entries_are_looked_at_page_by_page() {
    Server::everywhere(0, |link| {
        let group = strict();
        link.ok(group.create());
        let names: Vec<String> = (0..7).map(|number| number.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let ids = add(link, LOG, &names);
        link.ok(group.read("ada", ALL));
        two_hours_pass(link, &group);
        link.ok(LOG.xdel([ids[3]]));
        let (mut from, mut taken, mut gone) = (StreamId::MIN, Vec::new(), Vec::new());
        loop {
            let page = link.ok(group.claim("bob", from, 2));
            taken.extend(kinds(page.entries));
            gone.extend(page.deleted);
            from = page.next;
            if from == StreamId::MIN {
                break;
            }
        }
        assert_eq!(taken.concat(), "012456", "each once");
        assert_eq!(gone, [ids[3]]);
        assert_eq!(link.ok(group.pending()).count, 6);
    });
}

#[test]
fn an_entry_that_cannot_be_moved_stays_where_it_is() {
    Server::everywhere(0, |link| {
        let group = strict();
        link.ok(group.create());
        let ids = add(link, LOG, &["a"]);
        link.ok(group.read("ada", ALL));
        link.raw::<()>(&["SET", "log:refresh:1", "no stream"]);
        link.fails(ErrorKind::WrongType, group.bury([ids[0]]));
        assert_eq!(link.ok(group.pending()).count, 1);
        link.raw::<()>(&["DEL", "log:refresh:1"]);
        assert_eq!(link.ok(group.bury([ids[0]])), 1);
    });
}

#[test]
fn a_group_begins_and_acknowledges_as_declared() {
    Server::everywhere(0, |link| {
        let (group, careless) = (strict(), LOG.group(Careless));
        add(link, LOG, &["a"]);
        link.ok(group.create());
        link.ok(careless.create());
        add(link, LOG, &["b"]);
        assert_eq!(kinds(link.ok(group.read("ada", ALL))), ["a", "b"]);
        assert_eq!(kinds(link.ok(careless.read("ada", ALL))), ["b"]);
        let groups = link.ok(LOG.xinfo_groups());
        let pending = groups.iter().map(|it| (it.name.as_str(), it.pending));
        let pending: BTreeSet<_> = pending.collect();
        assert_eq!(pending, BTreeSet::from([("careless", 0), ("strict", 2)]));
        assert_eq!((group.name(), careless.name()), ("strict", "careless"));
    });
}

#[test]
fn a_consumer_goes_only_with_nothing_left_to_do() {
    Server::everywhere(0, |link| {
        let group = strict();
        link.fails(ErrorKind::NoGroup, group.retire("ada"));
        link.ok(group.create());
        let ids = add(link, LOG, &["a"]);
        link.ok(group.read("ada", ALL));
        assert!(
            !link.ok(group.retire("ada")),
            "`a` would be delivered to nobody"
        );
        link.ok(group.ack(ids));
        assert!(link.ok(group.retire("ada")));
        assert!(link.ok(group.consumers()).is_empty());
        assert!(link.ok(group.destroy()));
    });
}

#[test]
fn what_nobody_can_deal_with_ends_among_the_dead_letters() {
    with_store(async |_, store| {
        let log = Handle::with(log::Never { id: 1 }, store);
        let group = log.group(Hasty);
        group.create().await.unwrap();
        for kind in ["poison", "a", "b"] {
            log.xadd(&Event::of(kind)).await.unwrap();
        }
        let options = ALL.count(1).block(Duration::from_millis(5));
        let mut done = Vec::new();
        let mut follow = group.consume_with("ada", options);
        // Nobody ever acknowledges the poison: after two deliveries it is gone.
        while group.pending().await.unwrap().count > 0 || done.len() < 2 {
            let next = tokio::time::timeout(Duration::from_millis(20), follow.next());
            let Ok(Some(entry)) = next.await else {
                continue;
            };
            let entry = entry.unwrap();
            let kind = entry.record.unwrap().kind;
            if kind != "poison" {
                group.ack([entry.id]).await.unwrap();
                done.push(kind);
            }
        }
        done.sort();
        assert_eq!(done.concat(), "ab");
        let dead = Handle::with(log::Refresh { id: 1 }, store);
        assert_eq!(kinds(dead.xrange(..).await.unwrap()), ["poison"]);
    });
}

#[test]
fn a_careless_consumer_is_given_new_entries_and_keeps_none() {
    with_store(async |_, store| {
        let log = Handle::with(log::Never { id: 1 }, store);
        let group = log.group(Careless);
        log.xadd(&Event::of("before")).await.unwrap();
        group.create().await.unwrap();
        log.xadd(&Event::of("a")).await.unwrap();
        let mut follow = group.consume("ada");
        let entry = follow.next().await.unwrap().unwrap();
        assert_eq!(entry.record.unwrap().kind, "a");
        drop(follow);
        assert_eq!(log.xpending("careless").await.unwrap().count, 0);
    });
}
