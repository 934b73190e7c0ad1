use std::time::Duration;

use redis_schema::stream::{GroupReadOptions, Position, StreamId};
use redis_schema::{ErrorKind, Handle};

use crate::schema::{add, kinds, log};
use crate::server::Server;

const LOG: Handle<log::Never> = log::Never::of(1);

#[test]
fn a_group_shares_the_work() {
    Server::everywhere(0, |link| {
        assert!(link.ok(LOG.xgroup_create("workers", Position::Start)));
        assert!(!link.ok(LOG.xgroup_create("workers", Position::End)));
        assert!(link.ok(LOG.exists()));
        let ids = add(link, LOG, &["a", "b", "c"]);
        let options = GroupReadOptions::new();
        let first = link.ok(LOG.read_group("workers", "ada", options.count(2)));
        assert_eq!(kinds(first).concat(), "ab");
        let second = link.ok(LOG.read_group("workers", "bob", options));
        assert_eq!(kinds(second).concat(), "c");
        assert!(
            link.ok(LOG.read_group("workers", "bob", options))
                .is_empty()
        );

        let after = StreamId::MIN;
        let pending = link.ok(LOG.read_pending("workers", "ada", after, None));
        assert_eq!(kinds(pending).concat(), "ab");
        let pending = link.ok(LOG.read_pending("workers", "ada", after, Some(1)));
        assert_eq!(kinds(pending).concat(), "a");
        assert_eq!(link.ok(LOG.xack("workers", [ids[0], ids[2]])), 2);
        assert_eq!(link.ok(LOG.xack("workers", &ids[..1])), 0);
        let none: [StreamId; 0] = [];
        assert_eq!(link.ok(LOG.xack("workers", none)), 0);
        let pending = link.ok(LOG.read_pending("workers", "ada", after, None));
        assert_eq!(kinds(pending).concat(), "b");
        assert!(
            link.ok(LOG.read_pending("workers", "bob", after, None))
                .is_empty()
        );
    });
}

#[test]
fn a_group_begins_anywhere() {
    Server::everywhere(0, |link| {
        let ids = add(link, LOG, &["a", "b", "c"]);
        let options = GroupReadOptions::new().no_ack();
        link.ok(LOG.xgroup_create("late", Position::End));
        assert!(link.ok(LOG.read_group("late", "ada", options)).is_empty());
        link.ok(LOG.xgroup_create("mid", ids[0]));
        assert_eq!(
            kinds(link.ok(LOG.read_group("mid", "ada", options))).concat(),
            "bc"
        );
        link.ok(LOG.xgroup_setid("mid", Position::Start));
        assert_eq!(
            kinds(link.ok(LOG.read_group("mid", "ada", options))).concat(),
            "abc"
        );
        let pending = LOG.read_pending("mid", "ada", StreamId::MIN, None);
        assert!(link.ok(pending).is_empty(), "nothing is to be acknowledged");
    });
}

#[test]
fn consumers_and_groups_come_and_go() {
    Server::everywhere(0, |link| {
        link.ok(LOG.xgroup_create("workers", Position::Start));
        assert!(link.ok(LOG.xgroup_createconsumer("workers", "ada")));
        assert!(!link.ok(LOG.xgroup_createconsumer("workers", "ada")));
        add(link, LOG, &["a"]);
        link.ok(LOG.read_group("workers", "ada", GroupReadOptions::new()));
        assert_eq!(link.ok(LOG.xgroup_delconsumer("workers", "ada")), 1);
        assert_eq!(link.ok(LOG.xgroup_delconsumer("workers", "ada")), 0);
        assert!(link.ok(LOG.xgroup_destroy("workers")));
        assert!(!link.ok(LOG.xgroup_destroy("workers")));
    });
}

#[test]
fn a_missing_group_is_told_without_the_key() {
    Server::everywhere(0, |link| {
        let read = LOG.read_group("nobody", "ada", GroupReadOptions::new());
        let error = link.fails(ErrorKind::NoGroup, read);
        assert_eq!(error.template(), "log:never:{id}");
        assert!(!error.to_string().contains("log:never:1"), "{error}");
        let read = LOG.read_pending("nobody", "ada", StreamId::MIN, None);
        link.fails(ErrorKind::NoGroup, read);
        link.raw::<()>(&["SET", "log:never:1", "x"]);
        link.fails(
            ErrorKind::WrongType,
            LOG.xgroup_create("workers", Position::End),
        );
    });
}

#[test]
fn a_deleted_entry_is_told_as_such() {
    Server::everywhere(0, |link| {
        link.ok(LOG.xgroup_create("workers", Position::Start));
        let ids = add(link, LOG, &["a", "b"]);
        link.ok(LOG.read_group("workers", "ada", GroupReadOptions::new()));
        link.ok(LOG.xdel([ids[0]]));
        let pending = link.ok(LOG.read_pending("workers", "ada", StreamId::MIN, None));
        let error = pending[0].record.as_ref().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Deleted);
        assert_eq!(pending[0].id, ids[0]);
        assert_eq!(pending[1].record.as_ref().unwrap().kind, "b");
    });
}

#[test]
fn a_wait_for_work_ends() {
    Server::alone(0, |link| {
        link.ok(LOG.xgroup_create("workers", Position::Start));
        let moment = GroupReadOptions::new().block(Duration::from_micros(1));
        assert!(link.ok(LOG.read_group("workers", "ada", moment)).is_empty());
        add(link, LOG, &["a"]);
        let forever = GroupReadOptions::new().block(Duration::MAX);
        let found = link.ok(LOG.read_group("workers", "ada", forever));
        assert_eq!(kinds(found).concat(), "a");
    });
}

#[test]
fn a_stream_made_for_a_group_has_its_lifetime() {
    Server::everywhere(0, |link| {
        let key = log::Refresh::of(1);
        link.ok(key.xgroup_create("workers", Position::Start));
        assert!(link.pttl("log:refresh:1") > 50_000);
        link.raw::<()>(&["PEXPIRE", "log:refresh:1", "5000"]);
        link.ok(key.xgroup_create("workers", Position::Start));
        link.ok(key.xgroup_create("others", Position::Start));
        let left = link.pttl("log:refresh:1");
        assert!((1..=5000).contains(&left), "a group is no write: {left}");

        macro_rules! fresh {
            ($($kind:ident)*) => {$(
                let key = log::$kind::of(2);
                let name = String::from_utf8(key.key().unwrap()).unwrap();
                assert!(link.ok(key.xgroup_create("workers", Position::Start)));
                log::$kind::POLICY.assert_fresh(link, &name);
            )*};
        }
        fresh! { Refresh Keep Never Jitter EndOfDay EndOfDayKeep Legacy OnRead Odd }
    });
}
