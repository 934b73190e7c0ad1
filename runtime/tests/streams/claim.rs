use std::time::Duration;

use redis_schema::stream::{
    ClaimOptions, GroupReadOptions, PendingFilter, Position, StreamId, TrimRule,
};
use redis_schema::{ErrorKind, Handle};

use crate::schema::{add, kinds, log};
use crate::server::{Link, Server};

const LOG: Handle<log::Never> = log::Never::of(1);

/// Two entries delivered to `ada`, one to `bob`.
fn delivered(link: &mut Link) -> Vec<StreamId> {
    link.ok(LOG.xgroup_create("workers", Position::Start));
    let ids = add(link, LOG, &["a", "b", "c"]);
    let two = GroupReadOptions::new().count(2);
    link.ok(LOG.read_group("workers", "ada", two));
    link.ok(LOG.read_group("workers", "bob", two));
    ids
}

#[test]
fn pending_entries_are_counted() {
    Server::everywhere(0, |link| {
        link.ok(LOG.xgroup_create("workers", Position::Start));
        let none = link.ok(LOG.xpending("workers"));
        assert_eq!((none.count, none.lowest, none.highest), (0, None, None));
        assert!(none.consumers.is_empty());
        let ids = delivered(link);
        let some = link.ok(LOG.xpending("workers"));
        assert_eq!(some.count, 3);
        assert_eq!((some.lowest, some.highest), (Some(ids[0]), Some(ids[2])));
        assert_eq!(some.consumers, [("ada".into(), 2), ("bob".into(), 1)]);
        link.fails(ErrorKind::NoGroup, LOG.xpending("nobody"));
    });
}

#[test]
fn pending_entries_are_listed() {
    Server::everywhere(0, |link| {
        let ids = delivered(link);
        let all = link.ok(LOG.xpending_entries("workers", &PendingFilter::new(10)));
        assert_eq!(all.iter().map(|entry| entry.id).collect::<Vec<_>>(), ids);
        assert_eq!((all[2].consumer.as_str(), all[2].deliveries), ("bob", 1));
        assert!(all[0].idle < Duration::from_secs(60));
        let mut count =
            |filter: PendingFilter| link.ok(LOG.xpending_entries("workers", &filter)).len();
        assert_eq!(count(PendingFilter::new(2)), 2);
        assert_eq!(count(PendingFilter::new(9).consumer("ada")), 2);
        assert_eq!(count(PendingFilter::new(9).range(ids[1]..)), 2);
        assert_eq!(count(PendingFilter::new(9).range(..StreamId::MIN)), 0);
        let hour = Duration::from_secs(3600);
        assert_eq!(count(PendingFilter::new(9).min_idle(hour)), 0);
        assert_eq!(count(PendingFilter::new(9).min_idle(Duration::ZERO)), 3);
    });
}

#[test]
fn entries_are_claimed() {
    Server::everywhere(0, |link| {
        let ids = delivered(link);
        let options = ClaimOptions::new();
        let (now, hour) = (Duration::ZERO, Duration::from_secs(3600));
        let none = link.ok(LOG.xclaim("workers", "bob", hour, &ids, options));
        assert!(none.is_empty());
        let nothing: [StreamId; 0] = [];
        let none = link.ok(LOG.xclaim("nobody", "bob", now, nothing, options));
        assert!(none.is_empty());
        let marked = options.idle(hour).deliveries(5);
        let some = link.ok(LOG.xclaim("workers", "bob", now, &ids[..1], marked));
        assert_eq!(kinds(some).concat(), "a");
        let filter = PendingFilter::new(1).consumer("bob");
        let entry = &link.ok(LOG.xpending_entries("workers", &filter))[0];
        assert_eq!((entry.id, entry.deliveries), (ids[0], 5));
        assert!(entry.idle >= hour);
        let claimed = link.ok(LOG.xclaim_ids("workers", "bob", now, &ids, options));
        assert_eq!(claimed, ids);
        link.ok(LOG.xack("workers", [ids[0]]));
        let again = link.ok(LOG.xclaim_ids("workers", "bob", now, [ids[0]], options));
        assert!(again.is_empty());
        let forced = options.force();
        let again = link.ok(LOG.xclaim_ids("workers", "bob", now, [ids[0]], forced));
        assert_eq!(again, [ids[0]]);
        let claim = LOG.xclaim("nobody", "bob", now, ids, options);
        link.fails(ErrorKind::NoGroup, claim);
    });
}

/// Why `check` asks about streams that are trimmed although groups read them (L413).
#[test]
fn trimming_takes_what_groups_have_not_dealt_with() {
    Server::everywhere(0, |link| {
        let ids = delivered(link);
        let last = add(link, LOG, &["d", "e"]);
        let rule = TrimRule::MaxLen {
            count: 1,
            about: false,
        };
        assert_eq!(link.ok(LOG.xtrim(rule)), 4);
        // They still count as under way, and nobody can have them any more.
        assert_eq!(link.ok(LOG.xpending("workers")).count, 3);
        let claimed = LOG.xautoclaim("workers", "eve", Duration::ZERO, StreamId::MIN, 10);
        let claimed = link.ok(claimed);
        assert!(claimed.entries.is_empty());
        assert_eq!(claimed.deleted, ids);
        // What was not delivered yet is passed over without a word.
        let read = link.ok(LOG.read_group("workers", "ada", GroupReadOptions::new()));
        assert_eq!(
            read.iter().map(|entry| entry.id).collect::<Vec<_>>(),
            last[1..]
        );
    });
}

#[test]
fn abandoned_entries_are_taken_over() {
    Server::everywhere(0, |link| {
        let ids = delivered(link);
        link.ok(LOG.xdel([ids[1]]));
        let hour = Duration::from_secs(3600);
        let start = StreamId::MIN;
        let none = link.ok(LOG.xautoclaim("workers", "eve", hour, start, 10));
        assert!(none.entries.is_empty() && none.next == start);
        assert_eq!(none.deleted, [ids[1]], "gone however young");
        let now = Duration::ZERO;
        let first = link.ok(LOG.xautoclaim("workers", "eve", now, start, 1));
        assert!(first.deleted.is_empty());
        assert_eq!(kinds(first.entries).concat(), "a");
        assert_ne!(first.next, start);
        let second = link.ok(LOG.xautoclaim("workers", "eve", now, first.next, 10));
        assert_eq!(kinds(second.entries).concat(), "c");
        assert_eq!(second.next, start);
        let pending = link.ok(LOG.xpending("workers"));
        assert_eq!(pending.consumers, [("eve".into(), 2)]);
        let claim = LOG.xautoclaim("nobody", "eve", now, start, 1);
        link.fails(ErrorKind::NoGroup, claim);
    });
}
