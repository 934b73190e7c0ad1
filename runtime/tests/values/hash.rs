use redis_schema::ErrorKind;
use redis_schema::value::DurationS;

use crate::schema::{JobStatus, Sparse, Task, sparse, task};
use crate::server::{Link, Server};

/// What the server's clock has set, in milliseconds and seconds.
#[track_caller]
fn touched(link: &mut Link, key: &str) -> (i64, i64) {
    let (seconds, micros): (i64, i64) = link.raw(&["TIME"]);
    let now = seconds * 1000 + micros / 1000;
    let (millis, seconds): (i64, i64) = link.raw(&["HMGET", key, "updated_at", "seen_at"]);
    assert!(
        (now - 10_000..=now).contains(&millis),
        "{millis} against {now}"
    );
    assert!(seconds == millis / 1000, "{seconds} against {millis}");
    (millis, seconds)
}

/// Makes the fields of the server's clock look old, to see whether a write sets them.
fn age(link: &mut Link, key: &str) {
    link.raw::<()>(&["HSET", key, "updated_at", "5", "seen_at", "5"]);
}

#[test]
fn a_record_is_read_as_it_was_written() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        assert_eq!(link.ok(key.hgetall()), None);
        let mut written = Task::new(JobStatus::Queued, 3);
        written.note = Some("ä\r\n".to_owned());
        written.ratio = Some(-0.5);
        written.balance = i64::MIN;
        link.ok(key.hset(&written));
        let (millis, seconds) = touched(link, "task:refresh:1");
        written.updated_at = Some(redis_schema::value::TimestampMs::new(millis));
        written.seen_at = Some(redis_schema::value::TimestampS::new(seconds));
        assert_eq!(link.ok(key.hgetall()), Some(written));
        assert_eq!(link.ok(key.hlen()), 8);
        let mut names = link.ok(key.hkeys());
        names.sort();
        assert_eq!(
            names,
            [
                "balance",
                "done",
                "note",
                "ratio",
                "seen_at",
                "status",
                "total",
                "updated_at"
            ]
        );
    });
}

#[test]
fn writing_a_record_removes_what_it_lacks_and_leaves_what_it_does_not_know() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        link.raw::<()>(&[
            "HSET",
            "task:refresh:1",
            "note",
            "n",
            "comment",
            "c",
            "ready",
            "1",
            "unknown",
            "u",
        ]);
        link.ok(key.hset(&Task::new(JobStatus::Queued, 3)));
        let mut names = link.ok(key.hkeys());
        names.sort();
        assert_eq!(
            names,
            [
                "balance",
                "done",
                "seen_at",
                "status",
                "total",
                "unknown",
                "updated_at"
            ]
        );
        assert!(link.ok(key.hgetall()).is_some());
    });
}

#[test]
fn a_record_without_fields_does_not_exist() {
    Server::everywhere(0, |link| {
        let key = sparse::Refresh::of(1);
        link.ok(key.hset(&Sparse::default()));
        assert!(!link.ok(key.exists()));
        assert!(!link.ok(key.create(&Sparse::default())));
        let first = Sparse {
            first: Some(String::new()),
            percent: Some(100),
            ttl: Some(DurationS::from(std::time::Duration::from_secs(5))),
        };
        link.ok(key.hset(&first));
        assert_eq!(link.ok(key.hgetall()), Some(first));
        link.ok(key.hset(&Sparse::default()));
        assert_eq!(link.ok(key.hgetall()), None);
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        let record = Task::new(JobStatus::Queued, 3);
        under_every_policy!(link, task, Stays, |key| key.hset(&record));
        under_every_policy!(link, sparse, Stays, |key| {
            key.hset_field(Sparse::FIRST, "a")
        });
        under_every_policy!(link, task, Stays, |key| {
            key.hset_field(Task::STATUS, &JobStatus::Queued)
        });
        under_every_policy!(link, task, Stays, |key| {
            key.hset_fields(((Task::TOTAL, &1), (Task::NOTE, "a")))
        });
        under_every_policy!(link, task, Stays, |key| key.hincr(Task::BALANCE, -1));
        under_every_policy!(link, task, Stays, |key| key.hincr(Task::TOTAL, 1));
        under_every_policy!(link, task, Stays, |key| key.hincr(Task::DONE, 1));
        under_every_policy!(link, task, Stays, |key| {
            key.hincr_by_float(Task::RATIO, 0.5)
        });
    });
}

#[test]
fn every_write_sets_the_time() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        let name = "task:refresh:1";
        let record = Task::new(JobStatus::Queued, 3);
        let writes: [fn(&mut Link); 8] = [
            |link| link.ok(task::Refresh::of(1).hset_field(Task::TOTAL, &1)),
            |link| {
                let values = ((Task::TOTAL, &1), (Task::BALANCE, &2));
                link.ok(task::Refresh::of(1).hset_fields(values));
            },
            |link| assert!(link.ok(task::Refresh::of(1).hset_nx(Task::NOTE, "a"))),
            |link| assert!(link.ok(task::Refresh::of(1).hdel(Task::NOTE))),
            |link| assert_eq!(link.ok(task::Refresh::of(1).hincr(Task::BALANCE, 1)), 3),
            |link| assert_eq!(link.ok(task::Refresh::of(1).hincr(Task::TOTAL, 1)), 2),
            |link| assert_eq!(link.ok(task::Refresh::of(1).hincr(Task::DONE, 1)), 1),
            |link| {
                let by = task::Refresh::of(1).hincr_by_float(Task::RATIO, 1.5);
                assert_eq!(link.ok(by), 1.5);
            },
        ];
        link.ok(key.hset(&record));
        touched(link, name);
        for write in writes {
            age(link, name);
            write(link);
            touched(link, name);
        }
    });
}

#[test]
fn a_record_is_created_once() {
    Server::everywhere(0, |link| {
        macro_rules! created {
            ($($kind:ident)*) => {$(
                let key = task::$kind::of(1);
                let name = String::from_utf8(key.key().unwrap()).unwrap();
                assert!(link.ok(key.create(&Task::new(JobStatus::Queued, 3))));
                task::$kind::POLICY.assert_fresh(link, &name);
                touched(link, &name);
                link.raw::<()>(&["PEXPIRE", &name, "7777"]);
                assert!(!link.ok(key.create(&Task::new(JobStatus::Running, 4))));
                assert!(link.pttl(&name) <= 7777);
                assert_eq!(link.ok(key.hgetall()).unwrap().total, 3);
            )*};
        }
        created!(Refresh Keep Never Jitter EndOfDay EndOfDayKeep Legacy);
    });
}

#[test]
fn single_fields() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        assert_eq!(link.ok(key.hget(Task::STATUS)), None);
        assert!(!link.ok(key.hexists(Task::STATUS)));
        assert!(!link.ok(key.hdel(Task::NOTE)));
        assert!(!link.ok(key.exists()), "a removal creates nothing");
        link.ok(key.hset(&Task::new(JobStatus::Queued, 3)));
        assert_eq!(link.ok(key.hget(Task::STATUS)), Some(JobStatus::Queued));
        link.ok(key.hset_field(Task::STATUS, &JobStatus::Running));
        assert_eq!(link.ok(key.hget(Task::STATUS)), Some(JobStatus::Running));
        assert!(link.ok(key.hexists(Task::STATUS)));
        assert!(!link.ok(key.hexists(Task::NOTE)));
        assert!(link.ok(key.hset_nx(Task::NOTE, "a")));
        link.raw::<()>(&["PEXPIRE", "task:refresh:1", "7777"]);
        age(link, "task:refresh:1");
        assert!(!link.ok(key.hset_nx(Task::NOTE, "b")));
        assert!(link.pttl("task:refresh:1") <= 7777);
        assert_eq!(link.ok(key.hget(Task::SEEN_AT)).unwrap().get(), 5);
        assert_eq!(link.ok(key.hget(Task::NOTE)).as_deref(), Some("a"));
        assert!(link.ok(key.hdel(Task::NOTE)));
        assert!(!link.ok(key.hdel(Task::NOTE)));
        assert!(
            link.pttl("task:refresh:1") <= 7777,
            "a removal renews nothing"
        );
    });
}

#[test]
fn several_fields() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        let fields = (Task::STATUS, Task::TOTAL, Task::RATIO);
        assert_eq!(link.ok(key.hmget(fields)), (None, None, None));
        link.ok(key.hset_fields(((Task::STATUS, &JobStatus::Running), (Task::TOTAL, &9))));
        let found = link.ok(key.hmget(fields));
        assert_eq!(found, (Some(JobStatus::Running), Some(9), None));
        link.raw::<()>(&["HSET", "task:refresh:1", "comment", "old", "ready", "4"]);
        let found = link.ok(key.hmget((Task::NOTE, Task::TOTAL, Task::DONE)));
        assert_eq!(found, (Some("old".to_owned()), Some(9), Some(4)));
        let missing = task::Refresh::of(2);
        assert_eq!(link.ok(missing.hmget((Task::NOTE,))), (None,));
    });
}

#[test]
fn fields_under_their_former_names() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        let old: &[&str] = &["HSET", "task:refresh:1", "comment", "old", "ready", "4"];
        link.raw::<()>(old);
        assert_eq!(link.ok(key.hget(Task::NOTE)).as_deref(), Some("old"));
        assert!(link.ok(key.hexists(Task::NOTE)));
        assert!(!link.ok(key.hset_nx(Task::NOTE, "new")));
        link.ok(key.hset_field(Task::NOTE, "new"));
        assert_eq!(link.ok(key.hget(Task::NOTE)).as_deref(), Some("new"));
        assert_eq!(
            link.raw::<i64>(&["HEXISTS", "task:refresh:1", "comment"]),
            0
        );
        assert_eq!(link.ok(key.hincr(Task::DONE, 1)), 5);
        assert_eq!(link.raw::<i64>(&["HEXISTS", "task:refresh:1", "ready"]), 0);
        link.raw::<()>(old);
        link.ok(key.hset_fields(((Task::NOTE, "newer"), (Task::DONE, &7))));
        assert_eq!(
            link.raw::<i64>(&["HEXISTS", "task:refresh:1", "comment"]),
            0
        );
        assert_eq!(link.raw::<i64>(&["HEXISTS", "task:refresh:1", "ready"]), 0);
        link.raw::<()>(old);
        assert!(link.ok(key.hdel(Task::NOTE)));
        assert_eq!(link.ok(key.hget(Task::NOTE)), None);
    });
}

#[test]
fn numbers_stay_within_their_type() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        link.fails(ErrorKind::OutOfRange, key.hincr(Task::TOTAL, -1));
        assert!(!link.ok(key.exists()), "nothing is created");
        let wrap = i64::from(u32::MAX);
        assert_eq!(link.ok(key.hincr(Task::TOTAL, wrap)), u32::MAX);
        age(link, "task:refresh:1");
        link.fails(ErrorKind::OutOfRange, key.hincr(Task::TOTAL, 1));
        assert_eq!(link.ok(key.hget(Task::SEEN_AT)).unwrap().get(), 5);
        assert_eq!(link.ok(key.hget(Task::TOTAL)), Some(u32::MAX));
        link.ok(key.hset_field(Task::BALANCE, &i64::MAX));
        link.fails(ErrorKind::OutOfRange, key.hincr(Task::BALANCE, 1));
        link.fails(ErrorKind::Encode, key.hincr_by_float(Task::RATIO, f64::NAN));
        let span = sparse::Refresh::of(1);
        let five = DurationS::from(std::time::Duration::from_secs(5));
        assert_eq!(link.ok(span.hincr(Sparse::TTL, 5)), five);
        link.fails(ErrorKind::OutOfRange, span.hincr(Sparse::TTL, -6));
        assert_eq!(link.ok(span.hincr(Sparse::PERCENT, 100)), 100);
        link.fails(ErrorKind::OutOfRange, span.hincr(Sparse::PERCENT, 1));
        link.fails(ErrorKind::Encode, span.hset_field(Sparse::PERCENT, &101));
        let edits = redis_schema::Edits::new().incr(Sparse::PERCENT, 1);
        link.fails(ErrorKind::OutOfRange, span.update(edits));
        assert_eq!(link.ok(span.hget(Sparse::PERCENT)), Some(100));
    });
}

#[test]
fn reads_that_renew() {
    Server::everywhere(0, |link| {
        let key = task::OnRead::of(1);
        link.ok(key.hset(&Task::new(JobStatus::Queued, 3)));
        let reads: [fn(&mut Link); 5] = [
            |link| assert!(link.ok(task::OnRead::of(1).hgetall()).is_some()),
            |link| assert_eq!(link.ok(task::OnRead::of(1).hget(Task::TOTAL)), Some(3)),
            |link| assert_eq!(link.ok(task::OnRead::of(1).hget(Task::NOTE)), None),
            |link| {
                assert_eq!(
                    link.ok(task::OnRead::of(1).hmget((Task::TOTAL,))).0,
                    Some(3)
                )
            },
            |link| assert_eq!(link.ok(task::OnRead::of(1).hmget((Task::DONE,))).0, Some(0)),
        ];
        for read in reads {
            link.raw::<()>(&["PEXPIRE", "task:onread:1", "7777"]);
            read(link);
            task::OnRead::POLICY.assert_fresh(link, "task:onread:1");
        }
    });
}

#[test]
fn what_is_stored_is_not_what_the_schema_says() {
    Server::everywhere(0, |link| {
        let key = task::Refresh::of(1);
        link.raw::<()>(&["HSET", "task:refresh:1", "status", "secret", "total", "1"]);
        let error = link.fails(ErrorKind::Corrupt, key.hgetall());
        assert_eq!(error.template(), "task:refresh:{id}");
        assert!(error.to_string().contains("`status`"), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
        let error = link.fails(ErrorKind::Corrupt, key.hget(Task::STATUS));
        assert!(!error.to_string().contains("secret"), "{error}");
        link.raw::<()>(&["HSET", "task:refresh:1", "status", "queued"]);
        let error = link.fails(ErrorKind::Corrupt, key.hgetall());
        assert!(error.to_string().contains("`balance` is absent"), "{error}");
        link.raw::<()>(&[
            "HSET",
            "task:refresh:1",
            "balance",
            "secret",
            "total",
            "secret",
        ]);
        link.fails(ErrorKind::Corrupt, key.hincr(Task::BALANCE, 1));
        link.fails(ErrorKind::Corrupt, key.hincr(Task::TOTAL, 1));
        link.raw::<()>(&["HSET", "task:refresh:1", "ratio", "secret"]);
        link.fails(ErrorKind::Corrupt, key.hincr_by_float(Task::RATIO, 1.0));
        link.raw::<()>(&["SET", "task:refresh:1", "secret"]);
        let errors = [
            link.fails(ErrorKind::WrongType, key.hgetall()),
            link.fails(
                ErrorKind::WrongType,
                key.hset(&Task::new(JobStatus::Queued, 1)),
            ),
            link.fails(ErrorKind::WrongType, key.hincr(Task::TOTAL, 1)),
            link.fails(ErrorKind::WrongType, key.hmget((Task::NOTE,))),
        ];
        for error in errors {
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    });
}
