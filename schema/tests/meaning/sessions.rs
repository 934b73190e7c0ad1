//! Sessions and their indexes.

use std::time::Duration;

use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{Lifetime, Structure, TtlRule};

use super::{key, one, refused, right, wrong};

const PARAMS: &str = "params: { session: { type: string, encode: hash }, user: uuid, other: { type: string, encode: hash } }\n";

fn session(rule: &str) -> String {
    format!("{PARAMS}keys:\n  login: {{ key: \"session:{{session}}\", session: {{ {rule} }} }}\n")
}

fn indexed(index: &str) -> String {
    let rule = "data: string, idle_ttl: 30m, absolute_ttl: 12h, index: logins";
    format!("{}  {index}\n", session(rule))
}

fn longest(lifetime: &Lifetime) -> Duration {
    match lifetime {
        Lifetime::Expires(expiry) => match expiry.rule {
            TtlRule::After(time) => time,
            TtlRule::EndOfDay => panic!("at no hour"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_session_says_when_it_ends() {
    let schema = right(&session(
        "data: json<any>, idle_ttl: 30m, absolute_ttl: 12h",
    ));
    let login = key(&schema, "login");
    assert_eq!(longest(&login.lifetime), Duration::from_secs(12 * 3600));
    assert!(!login.is_extendable(), "when it ends follows from its use");
    let Structure::Session(session) = &login.structure else {
        panic!("{:?}", login.structure);
    };
    assert_eq!(
        (session.idle_ms, session.absolute_ms),
        (1_800_000, 43_200_000)
    );
    assert_eq!(session.touch_after_ms, 180_000, "a tenth");
    assert!(session.index.is_none());
}

#[test]
fn an_index_is_that_of_the_session_that_names_it() {
    let schema = right(&indexed(
        "logins: { key: \"of:{user}\", session_index: {} }",
    ));
    let (login, logins) = (key(&schema, "login"), key(&schema, "logins"));
    let Structure::SessionIndex { session } = logins.structure else {
        panic!("{:?}", logins.structure);
    };
    assert_eq!(schema[session].name, login.name);
    assert_eq!(longest(&logins.lifetime), longest(&login.lifetime));
    // Also where the session comes later.
    let body = format!(
        "{PARAMS}keys:\n  logins: {{ key: \"of:{{user}}\", session_index: {{}} }}\n  \
         login: {{ key: \"session:{{session}}\", session: {{ data: string, idle_ttl: 1m, absolute_ttl: 1h, index: logins }} }}\n"
    );
    let schema = right(&body);
    assert_eq!(
        longest(&key(&schema, "logins").lifetime),
        Duration::from_secs(3600)
    );
}

#[test]
fn groups_do_not_have_indexes() {
    let body = indexed(
        "logins: { key: \"of:{user}\", session_index: {} }\n  name: { key: \"name:{user}\", ttl: 1h, string: string }\n\
         groups: { of_user: { by: user } }",
    );
    let schema = right(&body);
    let members: Vec<_> = schema.groups[0]
        .members
        .iter()
        .map(|id| schema[*id].name.as_str())
        .collect();
    assert_eq!(members, ["name"]);
}

#[test]
fn what_a_session_needs_is_asked_for() {
    let (code, _, message, help) = one(&session("data: string, idle_ttl: 30m"));
    assert_eq!(code, Code::E0204, "{message}");
    assert!(help.contains("absolute_ttl: 12h"), "{help}");
    let all = wrong(&session("touch_after: 1m"));
    assert_eq!(all.len(), 3, "{all:?}");
}

#[test]
fn its_lifetime_is_said_once() {
    let body = session("data: string, idle_ttl: 30m, absolute_ttl: 12h")
        .replace("session: {{ data", "ttl: 1h, session: {{ data")
        .replace(", session: { data", ", ttl: 1h, session: { data");
    refused(&body, Code::E1601, "1h", "remove `ttl:`");
    let body = indexed("logins: { key: \"of:{user}\", ttl: 12h, session_index: {} }");
    refused(&body, Code::E1601, "12h", "remove `ttl:`");
}

#[test]
fn times_fit_each_other() {
    let body = session("data: string, idle_ttl: 13h, absolute_ttl: 12h");
    refused(&body, Code::E1602, "login", "absolute_ttl");
    let body = session("data: string, idle_ttl: 1m, absolute_ttl: 12h, touch_after: 1m");
    refused(&body, Code::E1602, "login", "touch_after");
    let both = wrong(&session(
        "data: string, idle_ttl: 13h, absolute_ttl: 12h, touch_after: 14h",
    ));
    assert_eq!(both.len(), 2, "{both:?}");
    right(&session("data: string, idle_ttl: 12h, absolute_ttl: 12h"));
}

#[test]
fn a_session_is_told_by_one_hash() {
    let with = |template: &str, params: &str| {
        format!(
            "params: {{ {params} }}\nkeys:\n  login: {{ key: \"{template}\", session: {{ data: string, idle_ttl: 30m, absolute_ttl: 12h }} }}\n"
        )
    };
    let hash = "session: { type: string, encode: hash }, other: { type: string, encode: hash }";
    for (template, params, help) in [
        ("session", hash, "session:{session}"),
        ("session:{session}:{other}", hash, "alone"),
        ("session[:{session}]", hash, "square brackets"),
        (
            "session:{session}",
            "session: uuid",
            "`session: { type: string, encode: hash }`",
        ),
        (
            "session:{sid}",
            "sid: { type: hex(64) }",
            "`sid: { type: string, encode: hash }`",
        ),
        (
            "session:{session}",
            "session: { type: string, encode: percent }",
            "encode: hash",
        ),
        (
            "session:{session}",
            "session: { type: string, encode: hash, max: 20 }",
            "encode: hash",
        ),
    ] {
        let (code, place, message, said) = one(&with(template, params));
        assert_eq!(
            (code, place.trim_matches('"')),
            (Code::E1603, template),
            "{message}"
        );
        assert!(said.contains(help), "{said}");
    }
}

#[test]
fn an_index_is_of_one_session_and_of_somebody() {
    let body = indexed("logins: { key: \"of:{user}\", ttl: 1h, set: string }");
    refused(&body, Code::E1604, "logins", "session_index: {}");
    let body = indexed("logins: { key: \"of\", session_index: {} }");
    refused(&body, Code::E1604, "\"of\"", "sessions_of:{user_id}");
    let body = session("data: string, idle_ttl: 30m, absolute_ttl: 12h")
        + "  logins: { key: \"of:{user}\", session_index: {} }\n";
    refused(&body, Code::E1604, "logins", "index: logins");
    let body = indexed(
        "logins: { key: \"of:{user}\", session_index: {} }\n  \
         guest: { key: \"guest:{other}\", session: { data: string, idle_ttl: 30m, absolute_ttl: 12h, index: logins } }",
    );
    refused(&body, Code::E1604, "logins", "for `guest` alone");
    let (code, place, ..) = one(&indexed(
        "other: { key: \"of:{user}\", ttl: 1h, string: string }",
    ));
    assert_eq!((code, place.as_str()), (Code::E0306, "logins"));
}

#[test]
fn a_session_fails_closed() {
    let rule = "session: { data: string, idle_ttl: 30m, absolute_ttl: 12h }";
    for way in ["absent", "load", "skip_write", "allow"] {
        let body = format!(
            "{PARAMS}keys:\n  login: {{ key: \"session:{{session}}\", on_unavailable: {way}, {rule} }}\n"
        );
        let found = wrong(&body);
        assert_eq!(found, [(Code::E1101, way.to_owned())]);
    }
    let body = format!(
        "{PARAMS}keys:\n  login: {{ key: \"session:{{session}}\", replica_ok: true, {rule} }}\n"
    );
    refused(&body, Code::E0803, "login", "replica_ok");
    let unit = session("data: string, idle_ttl: 30m, absolute_ttl: 12h")
        + "units: { both: { writes: [login] } }\n";
    assert!(!wrong(&unit).is_empty(), "a unit makes no session");
}
