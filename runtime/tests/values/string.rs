use std::time::Duration;

use redis_schema::{ErrorKind, SetOptions, Store};

use crate::schema::{Job, JobStatus, blob, json, text};
use crate::server::{Protocol, Server};

#[test]
fn a_value_is_read_as_it_was_written() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        assert_eq!(link.ok(key.get()), None);
        for value in ["", "a", "zwölf Boxkämpfer", "\0\r\n"] {
            link.ok(key.set(value));
            assert_eq!(link.ok(key.get()).as_deref(), Some(value));
            assert_eq!(link.ok(key.strlen()), value.len() as u64);
        }
        assert_eq!(link.ok(key.get_del()).as_deref(), Some("\0\r\n"));
        assert_eq!(link.ok(key.get_del()), None);
        assert_eq!(link.ok(key.strlen()), 0);
    });
}

#[test]
fn json_and_bytes_are_read_as_they_were_written() {
    Server::everywhere(0, |link| {
        let job = Job {
            status: JobStatus::Running,
            note: Some("\"quoted\"".to_owned()),
        };
        link.ok(json::Refresh::of(1).set(&job));
        assert_eq!(link.ok(json::Refresh::of(1).get()), Some(job));
        let stored: String = link.raw(&["GET", "json:refresh:1"]);
        assert_eq!(stored, r#"{"status":"running","note":"\"quoted\""}"#);
        let every_byte: Vec<u8> = (0..=255).collect();
        link.ok(blob::Refresh::of(1).set(&every_byte));
        assert_eq!(link.ok(blob::Refresh::of(1).get()), Some(every_byte));
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        under_every_policy!(link, text, Dropped, |key| key.set("a"));
        under_every_policy!(link, text, Dropped, |key| key.set_get("a"));
        under_every_policy!(link, text, Dropped, |key| {
            key.set_with("a", SetOptions::new())
        });
        under_every_policy!(link, text, Stays, |key| key.append("a"));
        under_every_policy!(link, text, Stays, |key| key.setrange(3, "a"));
    });
}

#[test]
fn a_conditional_write_sets_the_lifetime_when_it_takes_place() {
    Server::everywhere(0, |link| {
        macro_rules! created {
            ($($kind:ident)*) => {$(
                let key = text::$kind::of(1);
                let name = String::from_utf8(key.key().unwrap()).unwrap();
                assert!(!link.ok(key.set_xx("a")));
                assert!(!link.ok(key.exists()));
                assert!(link.ok(key.set_nx("a")));
                text::$kind::POLICY.assert_fresh(link, &name);
                link.raw::<()>(&["PEXPIRE", &name, "7777000000"]);
                assert!(!link.ok(key.set_nx("b")));
                assert!(link.pttl(&name) > 7_776_000_000, "{name} keeps what it had");
                assert_eq!(link.ok(key.get()).as_deref(), Some("a"));
                link.raw::<()>(&["PERSIST", &name]);
                assert!(link.ok(key.set_xx("c")));
                text::$kind::POLICY.assert_fresh(link, &name);
                assert!(!link.ok(key.compare_and_set("a", "d")));
                link.raw::<()>(&["PERSIST", &name]);
                assert!(link.ok(key.compare_and_set("c", "d")));
                text::$kind::POLICY.assert_fresh(link, &name);
            )*};
        }
        created!(Refresh Keep Never Jitter EndOfDay EndOfDayKeep Legacy Odd);
    });
}

#[test]
fn options_of_a_write() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        let keep = SetOptions::new().keep_ttl();
        assert!(link.ok(key.set_with("a", keep)));
        text::Refresh::POLICY.assert_fresh(link, "text:refresh:1");
        link.raw::<()>(&["PEXPIRE", "text:refresh:1", "7777000000"]);
        assert!(link.ok(key.set_with("b", keep)));
        assert!(link.ok(key.set_with("c", keep.xx())));
        assert!(link.pttl("text:refresh:1") > 7_776_000_000);
        assert!(!link.ok(key.set_with("d", keep.xx().nx())));
        assert_eq!(link.ok(key.get()).as_deref(), Some("c"));
        let never = text::Never::of(1);
        assert!(link.ok(never.set_with("a", keep.nx())));
        assert_eq!(link.pttl("text:never:1"), -1);
        link.raw::<()>(&["PEXPIRE", "text:never:1", "7777000000"]);
        assert!(link.ok(never.set_with("b", keep)));
        assert!(link.pttl("text:never:1") > 7_776_000_000);
        link.ok(never.set("c"));
        assert_eq!(link.pttl("text:never:1"), -1);
    });
}

#[test]
fn the_previous_value_comes_back() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        let (nx, xx) = (SetOptions::new().nx(), SetOptions::new().xx());
        assert_eq!(link.ok(key.set_get_with("a", xx)), None);
        assert!(!link.ok(key.exists()));
        assert_eq!(link.ok(key.set_get_with("a", nx)), None);
        assert_eq!(link.ok(key.set_get_with("b", nx)).as_deref(), Some("a"));
        assert_eq!(link.ok(key.set_get_with("c", xx)).as_deref(), Some("a"));
        assert_eq!(link.ok(key.set_get("d")).as_deref(), Some("c"));
        assert_eq!(link.ok(key.get()).as_deref(), Some("d"));
    });
}

#[test]
fn reads_that_renew() {
    Server::everywhere(0, |link| {
        let key = text::OnRead::of(1);
        assert_eq!(link.ok(key.get()), None);
        link.ok(key.set("abc"));
        link.raw::<()>(&["PEXPIRE", "text:onread:1", "7777"]);
        assert_eq!(link.ok(key.get()).as_deref(), Some("abc"));
        text::OnRead::POLICY.assert_fresh(link, "text:onread:1");
        link.raw::<()>(&["PEXPIRE", "text:onread:1", "7777"]);
        assert_eq!(link.ok(key.getrange(0, 0)), "a");
        text::OnRead::POLICY.assert_fresh(link, "text:onread:1");
        macro_rules! renewed {
            ($($kind:ident)*) => {$(
                let key = text::$kind::of(2);
                let name = String::from_utf8(key.key().unwrap()).unwrap();
                assert_eq!(link.ok(key.get_ex()), None);
                link.raw::<()>(&["SET", &name, "a"]);
                assert_eq!(link.ok(key.get_ex()).as_deref(), Some("a"));
                text::$kind::POLICY.assert_fresh(link, &name);
            )*};
        }
        renewed!(Refresh Never Jitter EndOfDay OnRead Odd);
    });
}

#[test]
fn another_lifetime_than_the_declared_one() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        link.ok(key.set_ex("a", Duration::from_secs(7)));
        assert!((1..=7000).contains(&link.pttl("text:refresh:1")));
        link.ok(key.set_ex("a", Duration::MAX));
        assert!(link.pttl("text:refresh:1") > 1 << 51);
    });
}

#[test]
fn pieces_of_text_and_bytes() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        assert_eq!(link.ok(key.getrange(0, -1)), "");
        assert_eq!(link.ok(key.append("grün")), 5);
        assert_eq!(link.ok(key.append("er")), 7);
        assert_eq!(link.ok(key.getrange(0, 3)), "grü");
        link.fails(ErrorKind::Corrupt, key.getrange(0, 2));
        assert_eq!(link.ok(key.getrange(-2, -1)), "er");
        let key = blob::Refresh::of(1);
        assert_eq!(link.ok(key.setrange(2, b"ab")), 4);
        assert_eq!(link.ok(key.get()).unwrap(), b"\0\0ab");
        assert_eq!(link.ok(key.getrange(1, 2)), b"\0a");
        link.fails(ErrorKind::Server, key.setrange(u32::MAX, b"a"));
    });
}

#[test]
fn values_that_somebody_else_changed() {
    Server::everywhere(0, |link| {
        let key = json::Refresh::of(1);
        let (queued, running) = (Job::new(JobStatus::Queued), Job::new(JobStatus::Running));
        assert!(!link.ok(key.compare_and_set(&queued, &running)));
        assert!(!link.ok(key.compare_and_del(&queued)));
        assert!(!link.ok(key.exists()));
        link.ok(key.set(&queued));
        assert!(!link.ok(key.compare_and_set(&running, &queued)));
        assert!(link.ok(key.compare_and_set(&queued, &running)));
        assert_eq!(link.ok(key.get()), Some(running.clone()));
        assert!(!link.ok(key.compare_and_del(&queued)));
        assert!(link.ok(key.compare_and_del(&running)));
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn a_value_changed_by_its_reader() {
    Server::alone(0, |link| {
        let key = text::Refresh::of(1);
        let double = |found: Option<String>| found.map(|text| text.repeat(2));
        assert!(!key.update_with_on(link.sync(), 3, double).unwrap());
        let first = |found: Option<String>| found.is_none().then(|| "ab".to_owned());
        assert!(key.update_with_on(link.sync(), 3, first).unwrap());
        assert!(!key.update_with_on(link.sync(), 3, first).unwrap());
        assert!(key.update_with_on(link.sync(), 3, double).unwrap());
        assert_eq!(link.ok(key.get()).as_deref(), Some("abab"));
        text::Refresh::POLICY.assert_fresh(link, "text:refresh:1");
    });
}

#[test]
fn a_reader_who_loses_every_race_is_told() {
    let server = Server::start();
    let mut connection = server.connect(Protocol::Resp3, 0);
    let mut rival = server.connect(Protocol::Resp2, 0);
    let key = text::Refresh::of(1);
    let mut calls = 0;
    let error = key
        .update_with_on(&mut connection, 3, |_| {
            calls += 1;
            key.set(&calls.to_string()).query(&mut rival).unwrap();
            Some("mine".to_owned())
        })
        .unwrap_err();
    assert_eq!((error.kind(), calls), (ErrorKind::Contended, 3));
    let value = key.get().query(&mut connection).unwrap();
    assert_eq!(value.as_deref(), Some("3"));
}

#[test]
fn a_store_changes_values_too() {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let url = server.url(Protocol::Resp3, 0);
        let store = Store::connect::<text::Schema>(&url).await.unwrap();
        let key = redis_schema::__generated_0_1::Handle::with(text::Refresh { id: 1 }, &store);
        key.set("a").await.unwrap();
        let add = |found: Option<String>| found.map(|text| text + "b");
        assert!(key.update_with(1, add).await.unwrap());
        assert_eq!(key.get().await.unwrap().as_deref(), Some("ab"));
        assert!(!key.update_with(1, |_| None::<String>).await.unwrap());
        let error = key.update_with(0, add).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Contended);
    });
}

#[test]
fn what_is_stored_is_not_what_the_schema_says() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        link.raw::<()>(&["RPUSH", "text:refresh:1", "secret"]);
        let wrong = [
            link.fails(ErrorKind::WrongType, key.get()),
            link.fails(ErrorKind::WrongType, key.append("secret")),
            link.fails(ErrorKind::WrongType, key.set_get("secret")),
            link.fails(ErrorKind::WrongType, key.compare_and_set("secret", "b")),
            link.fails(ErrorKind::WrongType, key.strlen()),
        ];
        for error in wrong {
            assert_eq!(error.template(), "text:refresh:{id}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        for damaged in [
            "",
            "{",
            "secret",
            r#"{"status":"secret"}"#,
            r#"{"status":1}"#,
        ] {
            link.raw::<()>(&["SET", "json:refresh:1", damaged]);
            let error = link.fails(ErrorKind::Corrupt, json::Refresh::of(1).get());
            assert_eq!(error.template(), "json:refresh:{id}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    });
}
