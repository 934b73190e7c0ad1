use redis_schema::{Edits, ErrorKind};

use crate::schema::{JobStatus, Sparse, Task, sparse, task};
use crate::server::{Link, Server};

/// Every field and its text at rest.
fn stored(link: &mut Link, key: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = link.raw(&["HGETALL", key]);
    fields.sort();
    fields
}

#[test]
fn a_missing_record_does_not_come_back_in_part() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        let edits = Edits::new().set(Task::NOTE, "a").incr(Task::TOTAL, 1);
        assert!(!link.ok(key.update(edits)));
        assert!(!link.ok(key.exists()));
        assert!(!link.ok(key.update(Edits::new())));
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn changes_are_applied_together() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        let mut record = Task::new(JobStatus::Queued, 3);
        record.note = Some("note".to_owned());
        link.ok(key.hset(&record));
        link.raw::<()>(&["HSET", "task:refresh:1", "updated_at", "5"]);
        let edits = Edits::new()
            .only_if(Task::STATUS, &JobStatus::Queued)
            .only_if_absent(Task::RATIO)
            .set(Task::STATUS, &JobStatus::Running)
            .incr(Task::DONE, 2)
            .incr(Task::BALANCE, i64::MIN)
            .incr_by_float(Task::RATIO, 0.5)
            .del(Task::NOTE);
        assert!(link.ok(key.update(edits)));
        let found = link.ok(key.hgetall()).unwrap();
        assert!(found.updated_at.unwrap().get() > 5);
        let mut expected = Task::new(JobStatus::Running, 3);
        (expected.done, expected.balance, expected.ratio) = (2, i64::MIN, Some(0.5));
        (expected.updated_at, expected.seen_at) = (found.updated_at, found.seen_at);
        assert_eq!(found, expected);
    });
}

#[test]
fn every_update_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        macro_rules! updated {
            ($($kind:ident)*) => {$(
                let key = task::$kind::of(1);
                let name = String::from_utf8(key.key().unwrap()).unwrap();
                link.ok(key.hset(&Task::new(JobStatus::Queued, 3)));
                task::$kind::POLICY.assert_write(
                    link, &name, crate::policies::Found::Stays,
                    |link| assert!(link.ok(key.update(Edits::new().incr(Task::TOTAL, 1)))),
                );
            )*};
        }
        updated!(Refresh Keep Never Jitter EndOfDay EndOfDayKeep Legacy OnRead Odd);
    });
}

#[test]
fn a_condition_that_does_not_hold_changes_nothing() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        link.ok(key.hset(&Task::new(JobStatus::Queued, 3)));
        link.raw::<()>(&["HSET", "task:refresh:1", "comment", "old"]);
        link.raw::<()>(&["PEXPIRE", "task:refresh:1", "7777"]);
        let before = stored(link, "task:refresh:1");
        let refused = [
            Edits::new()
                .only_if(Task::STATUS, &JobStatus::Running)
                .set(Task::TOTAL, &9),
            Edits::new()
                .set(Task::NOTE, "new")
                .incr(Task::TOTAL, 1)
                .del(Task::DONE)
                .only_if_absent(Task::BALANCE),
            Edits::new().only_if(Task::RATIO, &1.0),
        ];
        for edits in refused {
            assert!(!link.ok(key.update(edits)));
            assert_eq!(stored(link, "task:refresh:1"), before);
            assert!(link.pttl("task:refresh:1") <= 7777);
        }
    });
}

#[test]
fn a_change_that_fails_changes_nothing() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        link.ok(key.hset(&Task::new(JobStatus::Queued, 3)));
        link.raw::<()>(&["HSET", "task:refresh:1", "ratio", "secret"]);
        link.raw::<()>(&["PEXPIRE", "task:refresh:1", "7777"]);
        let before = stored(link, "task:refresh:1");
        let start = || Edits::new().set(Task::NOTE, "new").del(Task::DONE);
        let failing = [
            (ErrorKind::OutOfRange, start().incr(Task::TOTAL, -4)),
            (ErrorKind::OutOfRange, start().incr(Task::TOTAL, 1 << 32)),
            (
                ErrorKind::OutOfRange,
                start().incr(Task::BALANCE, 1).incr(Task::BALANCE, i64::MAX),
            ),
            (ErrorKind::Corrupt, start().incr_by_float(Task::RATIO, 1.0)),
            (
                ErrorKind::Encode,
                start().incr_by_float(Task::RATIO, f64::NAN),
            ),
        ];
        for (kind, edits) in failing {
            let error = link.fails(kind, key.update(edits));
            assert!(!error.to_string().contains("secret"), "{error}");
            assert_eq!(stored(link, "task:refresh:1"), before);
            assert!(link.pttl("task:refresh:1") <= 7777);
        }
    });
}

#[test]
fn the_last_field_may_come_and_go() {
    Server::everywhere(0, |link| {
        let key = sparse::Keep::of(1);
        link.ok(key.hset_field(Sparse::FIRST, "a"));
        link.raw::<()>(&["PEXPIRE", "sparse:keep:1", "7777000000"]);
        let edits = Edits::new().del(Sparse::FIRST).set(Sparse::FIRST, "b");
        assert!(link.ok(key.update(edits)));
        assert!(
            link.pttl("sparse:keep:1") > 7_776_000_000,
            "the lifetime stays"
        );
        let edits = Edits::new()
            .del(Sparse::FIRST)
            .only_if(Sparse::TTL, &redis_schema::value::DurationS::default());
        assert!(!link.ok(key.update(edits)));
        assert!(
            link.pttl("sparse:keep:1") > 7_776_000_000,
            "the lifetime comes back"
        );
        assert_eq!(link.ok(key.hget(Sparse::FIRST)).as_deref(), Some("b"));
        assert!(link.ok(key.update(Edits::new().del(Sparse::FIRST))));
        assert!(!link.ok(key.exists()));
        let key = task::Refresh::of(1);
        link.raw::<()>(&["HSET", "task:refresh:1", "note", "a"]);
        assert!(link.ok(key.update(Edits::new().del(Task::NOTE))));
        assert!(
            !link.ok(key.exists()),
            "the server's time alone is no record"
        );
    });
}

#[test]
fn changes_reach_fields_under_their_former_names() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        link.raw::<()>(&["HSET", "task:refresh:1", "comment", "old", "ready", "4"]);
        let edits = Edits::new()
            .only_if(Task::NOTE, "old")
            .incr(Task::DONE, 1)
            .set(Task::NOTE, "new");
        assert!(link.ok(key.update(edits)));
        let found: (String, u32) = link.raw(&["HMGET", "task:refresh:1", "note", "done"]);
        assert_eq!(found, ("new".to_owned(), 5));
        let gone: i64 = link.raw(&["HEXISTS", "task:refresh:1", "comment"]);
        assert_eq!(gone, 0);
    });
}
