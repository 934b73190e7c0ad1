use redis_schema::{ErrorKind, ListEnd, PositionOptions};

use crate::schema::{Job, JobStatus, jobs, names};
use crate::server::{Link, Server};

#[test]
fn values_come_and_go_at_both_ends() {
    Server::everywhere(0, |link| {
        let key = names::Refresh::of(1);
        assert_eq!(link.ok(key.lpop()), None);
        assert_eq!(link.ok(key.rpop()), None);
        assert_eq!(link.ok(key.lpop_count(2)), [""; 0]);
        assert!(link.ok(key.is_empty()));
        assert_eq!(link.ok(key.rpush("b")), 1);
        assert_eq!(link.ok(key.lpush("a")), 2);
        assert_eq!(link.ok(key.rpush_many(["c", "d"])), 4);
        assert_eq!(link.ok(key.lpush_many(["2", "1"])), 6);
        assert_eq!(link.ok(key.all()), ["1", "2", "a", "b", "c", "d"]);
        assert_eq!(link.ok(key.llen()), 6);
        assert!(!link.ok(key.is_empty()));
        assert_eq!(link.ok(key.lpop()).as_deref(), Some("1"));
        assert_eq!(link.ok(key.rpop()).as_deref(), Some("d"));
        assert_eq!(link.ok(key.lpop_count(2)), ["2", "a"]);
        assert_eq!(link.ok(key.rpop_count(9)), ["c", "b"]);
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn values_of_other_codecs() {
    Server::everywhere(0, |link| {
        let key = jobs::Refresh::of(1);
        let queue = [Job::new(JobStatus::Queued), Job::new(JobStatus::Running)];
        assert_eq!(link.ok(key.rpush_many(&queue)), 2);
        assert_eq!(link.ok(key.all()), queue);
        assert_eq!(link.ok(key.lpos(&queue[1])), Some(1));
        assert_eq!(link.ok(key.lrem(0, &queue[0])), 1);
        assert_eq!(link.ok(key.lindex(0)).as_ref(), Some(&queue[1]));
    });
}

#[test]
fn adding_nothing_tells_the_length() {
    Server::everywhere(0, |link| {
        let key = names::Refresh::of(1);
        let nothing = [""; 0];
        assert_eq!(link.ok(key.rpush_many(nothing)), 0);
        assert!(!link.ok(key.exists()));
        link.ok(key.rpush("a"));
        assert_eq!(link.ok(key.lpush_many(nothing)), 1);
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        under_every_policy!(link, names, Stays, |key| key.lpush("a"));
        under_every_policy!(link, names, Stays, |key| key.rpush("a"));
        under_every_policy!(link, names, Stays, |key| key.lpush_many(["a", "b"]));
        under_every_policy!(link, names, Stays, |key| key.rpush_many(["a", "b"]));
        under_every_policy!(link, names, Stays, |key| key.lpush_capped("a", 2));
        under_every_policy!(link, names, Stays, |key| key.rpush_capped("a", 2));
    });
}

/// The server's last word on a transaction names no reason; what it said of the first command does.
#[test]
fn a_refused_transaction_tells_why() {
    Server::everywhere(0, |link| {
        let key = names::Refresh::of(1);
        link.raw::<()>(&["CONFIG", "SET", "maxmemory", "1"]);
        link.fails(ErrorKind::OutOfMemory, key.rpush("a"));
        link.raw::<()>(&["CONFIG", "SET", "maxmemory", "0"]);
        assert_eq!(link.ok(key.rpush("a")), 1);
    });
}

#[test]
fn changes_of_a_list_that_exists() {
    Server::everywhere(0, |link| {
        macro_rules! changed {
            ($($kind:ident)*) => {$(
                let key = names::$kind::of(1);
                let name = String::from_utf8(key.key().unwrap()).unwrap();
                let fresh = |link: &mut Link| {
                    names::$kind::POLICY.assert_fresh(link, &name);
                    link.raw::<()>(&["PERSIST", &name]);
                };
                assert_eq!(link.ok(key.lpush_exists("x")), None);
                assert_eq!(link.ok(key.rpush_exists("x")), None);
                assert_eq!(link.ok(key.linsert_before("a", "x")), None);
                assert!(!link.ok(key.lset(0, "x")));
                assert!(!link.ok(key.exists()));
                link.raw::<()>(&["RPUSH", &name, "b"]);
                assert_eq!(link.ok(key.lpush_exists("a")), Some(2));
                fresh(link);
                assert_eq!(link.ok(key.rpush_exists("e")), Some(3));
                fresh(link);
                assert_eq!(link.ok(key.linsert_after("b", "d")), Some(4));
                fresh(link);
                assert_eq!(link.ok(key.linsert_before("d", "c")), Some(5));
                fresh(link);
                assert!(link.ok(key.lset(0, "A")));
                fresh(link);
                assert!(link.ok(key.lset(-1, "E")));
                fresh(link);
                assert_eq!(link.ok(key.all()), ["A", "b", "c", "d", "E"]);
                link.raw::<()>(&["PEXPIRE", &name, "7777"]);
                assert!(!link.ok(key.lset(5, "x")));
                assert!(!link.ok(key.lset(-6, "x")));
                assert_eq!(link.ok(key.linsert_after("z", "x")), None);
                assert!(link.pttl(&name) <= 7777, "nothing changed");
                assert_eq!(link.ok(key.llen()), 5);
            )*};
        }
        changed!(Refresh Keep Never Jitter EndOfDay EndOfDayKeep Legacy OnRead Odd);
    });
}

#[test]
fn positions_count_from_both_ends() {
    Server::everywhere(0, |link| {
        let key = names::Refresh::of(1);
        link.ok(key.rpush_many(["a", "b", "c", "b", "a"]));
        assert_eq!(link.ok(key.lrange(1, 2)), ["b", "c"]);
        assert_eq!(link.ok(key.lrange(-2, -1)), ["b", "a"]);
        assert_eq!(link.ok(key.lrange(3, 1)), [""; 0]);
        assert_eq!(link.ok(key.lindex(2)).as_deref(), Some("c"));
        assert_eq!(link.ok(key.lindex(-1)).as_deref(), Some("a"));
        assert_eq!(link.ok(key.lindex(5)), None);
        assert_eq!(link.ok(key.lpos("b")), Some(1));
        assert_eq!(link.ok(key.lpos("z")), None);
        let options = PositionOptions::new();
        assert_eq!(link.ok(key.lpos_with("b", options.nth(2))), Some(3));
        assert_eq!(link.ok(key.lpos_with("b", options.nth(0))), Some(1));
        assert_eq!(link.ok(key.lpos_with("a", options.from_right())), Some(4));
        assert_eq!(link.ok(key.lpos_with("c", options.max_len(2))), None);
        assert_eq!(link.ok(key.lpos_all("a", options)), [0, 4]);
        assert_eq!(link.ok(key.lpos_all("a", options.from_right())), [4, 0]);
        assert_eq!(link.ok(key.lpos_all("z", options)), [0; 0]);
    });
}

#[test]
fn removals_leave_the_lifetime() {
    Server::everywhere(0, |link| {
        let key = names::Refresh::of(1);
        link.ok(key.rpush_many(["a", "b", "a", "b", "a", "c", "d"]));
        link.raw::<()>(&["PEXPIRE", "names:refresh:1", "7777"]);
        assert_eq!(link.ok(key.lrem(-1, "a")), 1);
        assert_eq!(link.ok(key.lrem(1, "b")), 1);
        assert_eq!(link.ok(key.lrem(0, "z")), 0);
        assert_eq!(link.ok(key.all()), ["a", "a", "b", "c", "d"]);
        assert_eq!(link.ok(key.lrem(0, "a")), 2);
        link.ok(key.ltrim(1, -1));
        assert_eq!(link.ok(key.all()), ["c", "d"]);
        link.ok(key.lpop());
        assert!(link.pttl("names:refresh:1") <= 7777);
        link.ok(key.ltrim(1, 0));
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn capped_lists() {
    Server::everywhere(0, |link| {
        let key = names::Refresh::of(1);
        for (value, length) in [("a", 1), ("b", 2), ("c", 2)] {
            assert_eq!(link.ok(key.lpush_capped(value, 2)), length);
        }
        assert_eq!(link.ok(key.all()), ["c", "b"]);
        assert_eq!(link.ok(key.rpush_capped("d", 2)), 2);
        assert_eq!(link.ok(key.all()), ["b", "d"]);
        assert_eq!(link.ok(key.rpush_capped("e", 0)), 0);
        assert!(!link.ok(key.exists()));
        assert_eq!(link.ok(key.lpush_capped("e", u32::MAX)), 1);
    });
}

#[test]
fn a_value_moves_to_another_list() {
    Server::everywhere(0, |link| {
        use ListEnd::{Left, Right};
        macro_rules! moved {
            ($($kind:ident)*) => {$(
                let (from, to) = (names::Refresh::of(1), names::$kind::of(2));
                let name = String::from_utf8(to.key().unwrap()).unwrap();
                link.ok(from.rpush_many(["a", "b", "c"]));
                link.raw::<()>(&["PEXPIRE", "names:refresh:1", "77777777"]);
                assert_eq!(link.ok(from.lmove(Left, &to, Right)).as_deref(), Some("a"));
                names::$kind::POLICY.assert_fresh(link, &name);
                assert_eq!(link.ok(from.lmove(Right, &to, Left)).as_deref(), Some("c"));
                assert_eq!(link.ok(to.all()), ["c", "a"]);
                assert_eq!(link.ok(from.lmove(Left, &from, Left)).as_deref(), Some("b"));
                link.ok(from.del());
                link.raw::<()>(&["PEXPIRE", &name, "7777"]);
                assert_eq!(link.ok(from.lmove(Left, &to, Left)), None);
                assert!(link.pttl(&name) <= 7777, "nothing changed");
            )*};
        }
        moved!(Keep Never Jitter EndOfDay EndOfDayKeep Legacy Odd);
    });
}

#[test]
fn reads_that_renew() {
    Server::everywhere(0, |link| {
        let key = names::OnRead::of(1);
        link.ok(key.rpush("a"));
        let reads: [fn(&mut Link); 3] = [
            |link| assert_eq!(link.ok(names::OnRead::of(1).all()), ["a"]),
            |link| assert!(link.ok(names::OnRead::of(1).lindex(0)).is_some()),
            |link| assert_eq!(link.ok(names::OnRead::of(1).lpos("z")), None),
        ];
        for read in reads {
            link.raw::<()>(&["PEXPIRE", "names:onread:1", "7777"]);
            read(link);
            names::OnRead::POLICY.assert_fresh(link, "names:onread:1");
        }
    });
}

#[test]
fn what_is_stored_is_not_what_the_schema_says() {
    Server::everywhere(0, |link| {
        let key = jobs::Refresh::of(1);
        link.raw::<()>(&["RPUSH", "jobs:refresh:1", "secret", "secret", "secret"]);
        let errors = [
            link.fails(ErrorKind::Corrupt, key.all()),
            link.fails(ErrorKind::Corrupt, key.lindex(0)),
            link.fails(ErrorKind::Corrupt, key.lpop()),
            link.fails(ErrorKind::Corrupt, key.lpop_count(1)),
        ];
        for error in errors {
            assert_eq!(error.template(), "jobs:refresh:{id}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        link.raw::<()>(&["SET", "jobs:refresh:1", "secret"]);
        let job = Job::new(JobStatus::Queued);
        let errors = [
            link.fails(ErrorKind::WrongType, key.rpush(&job)),
            link.fails(ErrorKind::WrongType, key.lpush_capped(&job, 3)),
            link.fails(ErrorKind::WrongType, key.lset(0, &job)),
            link.fails(ErrorKind::WrongType, key.linsert_after(&job, &job)),
            link.fails(ErrorKind::WrongType, key.all()),
        ];
        for error in errors {
            assert_eq!(error.template(), "jobs:refresh:{id}");
        }
    });
}
