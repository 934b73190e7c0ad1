use std::ops::Bound;
use std::time::Duration;

use redis_schema::stream::{Position, ReadOptions, StreamId, TrimRule};
use redis_schema::value::TimestampMs;
use redis_schema::{ErrorKind, Handle};

use crate::schema::{Bare, Event, add, kinds, log, rules};
use crate::server::Server;

const LOG: Handle<log::Never> = log::Never::of(1);

#[test]
fn entries_are_appended_and_read() {
    Server::everywhere(0, |link| {
        assert!(link.ok(LOG.is_empty()));
        assert!(link.ok(LOG.xrange(..)).is_empty());
        let event = Event {
            kind: "paid".into(),
            amount: Some(7),
        };
        let first = link.ok(LOG.xadd(&event));
        let second = link.ok(LOG.xadd(&Event::of("sent")));
        assert!(second > first);
        assert_eq!(link.ok(LOG.xlen()), 2);
        assert!(!link.ok(LOG.is_empty()));
        let entries = link.ok(LOG.xrange(..));
        assert_eq!(entries[0].id, first);
        assert_eq!(entries[0].record.as_ref().unwrap(), &event);
        assert_eq!(entries[1].id, second);
        let now = TimestampMs::now().get().unsigned_abs();
        assert!(now.abs_diff(first.ms) < 60_000, "{first}");
    });
}

#[test]
fn an_identifier_can_be_chosen() {
    Server::everywhere(0, |link| {
        let id = StreamId::new(7, 3);
        assert_eq!(link.ok(LOG.xadd_with_id(id, &Event::of("a"))), id);
        let again = LOG.xadd_with_id(id, &Event::of("b"));
        let error = link.fails(ErrorKind::Server, again);
        assert_eq!(error.template(), "log:never:{id}");
    });
}

#[test]
fn only_a_stream_that_exists_is_appended_to() {
    Server::everywhere(0, |link| {
        assert_eq!(link.ok(LOG.xadd_existing(&Event::of("a"))), None);
        assert!(!link.ok(LOG.exists()));
        link.ok(LOG.xadd(&Event::of("a")));
        assert!(link.ok(LOG.xadd_existing(&Event::of("b"))).is_some());
        let hour = rules::Hour::of(1);
        assert_eq!(link.ok(hour.xadd_existing(&Event::of("a"))), None);
        assert!(!link.ok(hour.exists()));
    });
}

#[test]
fn ranges_of_entries_are_read() {
    Server::everywhere(0, |link| {
        for number in 1..=5 {
            let id = StreamId::new(number, 0);
            link.ok(LOG.xadd_with_id(id, &Event::of(&number.to_string())));
        }
        let id = |ms| StreamId::new(ms, 0);
        let open = (Bound::Excluded(id(1)), Bound::Excluded(id(4)));
        assert_eq!(kinds(link.ok(LOG.xrange(..))).concat(), "12345");
        assert_eq!(kinds(link.ok(LOG.xrange(id(2)..=id(4)))).concat(), "234");
        assert_eq!(kinds(link.ok(LOG.xrange(id(2)..id(4)))).concat(), "23");
        assert_eq!(kinds(link.ok(LOG.xrange(open))).concat(), "23");
        assert_eq!(kinds(link.ok(LOG.xrange_count(id(2).., 2))).concat(), "23");
        assert_eq!(kinds(link.ok(LOG.xrevrange(..=id(3)))).concat(), "321");
        assert_eq!(kinds(link.ok(LOG.xrevrange(open))).concat(), "32");
        assert_eq!(kinds(link.ok(LOG.xrevrange_count(.., 1))).concat(), "5");
        assert!(link.ok(LOG.xrange(..StreamId::MIN)).is_empty());
        let after_all = (Bound::Excluded(StreamId::MAX), Bound::Unbounded);
        assert!(link.ok(LOG.xrevrange(after_all)).is_empty());
    });
}

#[test]
fn entries_after_a_position_are_read() {
    Server::everywhere(0, |link| {
        let options = ReadOptions::new();
        assert!(link.ok(LOG.xread(Position::Start, options)).is_empty());
        let ids = add(link, LOG, &["a", "b", "c"]);
        assert_eq!(
            kinds(link.ok(LOG.xread(Position::Start, options))).concat(),
            "abc"
        );
        assert_eq!(kinds(link.ok(LOG.xread(ids[0], options))).concat(), "bc");
        assert_eq!(
            kinds(link.ok(LOG.xread(ids[0], options.count(1)))).concat(),
            "b"
        );
        assert!(link.ok(LOG.xread(ids[2], options)).is_empty());
        assert!(link.ok(LOG.xread(Position::End, options)).is_empty());
    });
}

#[test]
fn a_wait_for_entries_ends() {
    Server::alone(0, |link| {
        let options = ReadOptions::new().block(Duration::from_millis(1));
        assert!(link.ok(LOG.xread(Position::End, options)).is_empty());
        add(link, LOG, &["a"]);
        let forever = ReadOptions::new().block(Duration::MAX).count(9);
        assert_eq!(
            kinds(link.ok(LOG.xread(Position::Start, forever))).concat(),
            "a"
        );
    });
}

#[test]
fn old_entries_go_as_declared() {
    Server::everywhere(0, |link| {
        let three = rules::Three::of(1);
        for kind in ["a", "b", "c", "d", "e"] {
            link.ok(three.xadd(&Event::of(kind)));
        }
        assert_eq!(kinds(link.ok(three.xrange(..))).concat(), "cde");

        let about = rules::AboutThree::of(1);
        for _ in 0..500 {
            link.ok(about.xadd(&Event::of("a")));
        }
        let left = link.ok(about.xlen());
        assert!((3..400).contains(&left), "{left}");

        let hour = rules::Hour::of(1);
        link.raw::<String>(&["XADD", "hour:1", "1000-0", "kind", "old"]);
        link.ok(hour.xadd(&Event::of("new")));
        link.ok(hour.xadd(&Event::of("newer")));
        assert_eq!(kinds(link.ok(hour.xrange(..))), ["new", "newer"]);

        let about = rules::AboutHour::of(1);
        for number in 1..=500 {
            let id = StreamId::new(number, 0).to_string();
            link.raw::<String>(&["XADD", "abouthour:1", &id, "kind", "old"]);
        }
        link.ok(about.xadd(&Event::of("new")));
        let left = link.ok(about.xlen());
        assert!((1..400).contains(&left), "{left}");
        let own = StreamId::new(u64::MAX - 1, 0);
        assert_eq!(link.ok(hour.xadd_with_id(own, &Event::of("last"))), own);
    });
}

#[test]
fn entries_are_trimmed_and_deleted() {
    Server::everywhere(0, |link| {
        let ids = add(link, LOG, &["a", "b", "c", "d"]);
        let rule = |count| TrimRule::MaxLen {
            count,
            about: false,
        };
        assert_eq!(link.ok(LOG.xtrim(TrimRule::KeepAll)), 0);
        assert_eq!(link.ok(LOG.xtrim(rule(3))), 1);
        assert_eq!(link.ok(LOG.xdel([ids[1], ids[0]])), 1);
        assert_eq!(link.ok(LOG.xdel(&ids[3..])), 1);
        let none: [StreamId; 0] = [];
        assert_eq!(link.ok(LOG.xdel(none)), 0);
        assert_eq!(kinds(link.ok(LOG.xrange(..))), ["c"]);
        let aged = |millis| TrimRule::MaxAge {
            millis,
            about: false,
        };
        assert_eq!(link.ok(LOG.xtrim(aged(3_600_000))), 0);
        link.raw::<String>(&["XADD", "log:never:2", "5-0", "kind", "old"]);
        let old = log::Never::of(2);
        assert_eq!(link.ok(old.xtrim(aged(u64::MAX))), 0);
        assert_eq!(link.ok(old.xtrim(aged(3_600_000))), 1);
        let about = TrimRule::MaxLen {
            count: 0,
            about: true,
        };
        assert_eq!(link.ok(LOG.xtrim(about)), 1);
        assert!(link.ok(LOG.exists()) && link.ok(LOG.is_empty()));
    });
}

#[test]
fn an_entry_without_fields_is_refused() {
    Server::everywhere(0, |link| {
        let odd = rules::Odd::of(1);
        let error = link.fails(ErrorKind::Encode, odd.xadd(&Bare(None)));
        assert_eq!(error.template(), "odd:{id}");
        link.ok(odd.xadd(&Bare(Some(1))));
    });
}

#[test]
fn a_foreign_entry_does_not_hide_the_others() {
    Server::everywhere(0, |link| {
        let ids = add(link, LOG, &["a"]);
        link.raw::<String>(&["XADD", "log:never:1", "*", "kind", "b", "amount", "geheim"]);
        link.raw::<String>(&["XADD", "log:never:1", "*", "other", "geheim"]);
        add(link, LOG, &["d"]);
        let entries = link.ok(LOG.xread(ids[0], ReadOptions::new()));
        assert_eq!(entries.len(), 3);
        for (entry, problem) in entries.iter().zip(["`amount`", "`kind`"]) {
            let error = entry.record.as_ref().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Corrupt);
            assert_eq!(error.template(), "log:never:{id}");
            let text = error.to_string();
            assert!(text.contains(&entry.id.to_string()), "{text}");
            assert!(text.contains(problem) && !text.contains("geheim"), "{text}");
        }
        assert_eq!(entries[2].record.as_ref().unwrap().kind, "d");
        link.raw::<()>(&["SET", "log:never:1", "x"]);
        link.fails(ErrorKind::WrongType, LOG.xrange(..));
        link.fails(ErrorKind::WrongType, LOG.xadd(&Event::of("a")));
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        let event = Event::of("a");
        under_every_policy!(link, log, Stays, |key| key.xadd(&event));
        under_every_policy!(link, aged, Stays, |key| key.xadd(&event));
        let mut ids = (1..).map(|ms| StreamId::new(ms, 0));
        under_every_policy!(link, log, Stays, |key| {
            key.xadd_with_id(ids.next().unwrap(), &event)
        });
    });
}

#[test]
fn a_removal_leaves_the_lifetime() {
    Server::everywhere(0, |link| {
        let key = log::Refresh::of(1);
        let ids = [(); 5].map(|()| link.ok(key.xadd(&Event::of("a"))));
        link.raw::<()>(&["PERSIST", "log:refresh:1"]);
        link.ok(key.xdel([ids[0]]));
        link.ok(key.xtrim(TrimRule::MaxLen {
            count: 1,
            about: false,
        }));
        assert_eq!(link.ok(key.xlen()), 1);
        assert_eq!(link.pttl("log:refresh:1"), -1);
    });
}

#[test]
fn a_read_renews_the_lifetime_where_declared() {
    Server::alone(0, |link| {
        let key = log::OnRead::of(1);
        let wait = ReadOptions::new().block(Duration::from_secs(60));
        macro_rules! renews {
            ($($read:expr),* $(,)?) => {$(
                link.ok(key.xadd(&Event::of("a")));
                link.raw::<()>(&["PEXPIRE", "log:onread:1", "5000"]);
                let _ = link.ok($read);
                assert!(link.pttl("log:onread:1") > 50_000, stringify!($read));
            )*};
        }
        renews![
            key.xlen(),
            key.is_empty(),
            key.xrange(..),
            key.xrevrange_count(.., 1),
            key.xread(Position::Start, ReadOptions::new()),
            key.xread(Position::Start, wait),
        ];
    });
}
