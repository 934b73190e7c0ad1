//! Sessions and the indexes that find all of a user's.

use super::forms::{DURATION, NAME};
use super::shape::{Field, Object, Role, Shape, field};
use super::values::VALUE_EXPRESSION;

pub(super) const SESSION: Field = field!(
    "session",
    Shape::Object(&SESSION_RULE),
    "{ data: json<Login>, idle_ttl: 30m, absolute_ttl: 12h, index: user_logins }",
    "What a client comes back to by a secret token. The server holds a hash of the token alone: the template's one placeholder, a \
     `string` with `encode: hash`.",
    role = Role::Choice,
    also = ["login", "web_session", "user_session"]
);

pub(super) const SESSION_INDEX: Field = field!(
    "session_index",
    Shape::Object(&INDEX_RULE),
    "{}",
    "The sessions of one user (`index:` of a `session:`), by when they end: listed and revoked together. The template's placeholders say \
     whose they are.",
    role = Role::Choice,
    also = ["user_sessions", "sessions", "session_set"]
);

static SESSION_RULE: Object = Object {
    called: "a session",
    name: "session",
    about: "Data that is there for as long as it is used, and not longer than `absolute_ttl:` however much it is used. Times are the server's.",
    choice: None,
    fields: &[
        field!(
            "data",
            Shape::Named(&VALUE_EXPRESSION),
            "json<Login>",
            "What it holds. It is written as a whole, if nobody has changed it since it was read.",
            role = Role::Required,
            also = ["value", "of", "type", "fields", "payload"]
        ),
        field!(
            "idle_ttl",
            Shape::Text(&DURATION),
            "30m",
            "It ends when it was not used for so long.",
            role = Role::Required,
            also = ["idle", "ttl", "timeout", "inactivity"]
        ),
        field!(
            "absolute_ttl",
            Shape::Text(&DURATION),
            "12h",
            "It ends so long after it was made, however much it is used. What is rotated keeps its end.",
            role = Role::Required,
            also = ["absolute", "max_age", "max", "lifetime"]
        ),
        field!(
            "touch_after",
            Shape::Text(&DURATION),
            "5m",
            "Using it is noted when so much of `idle_ttl:` is over since it last was, so that not every read is a write. What was used \
             meanwhile may end so much sooner.",
            default = "a tenth of `idle_ttl`",
            also = ["touch", "throttle", "refresh_after"]
        ),
        field!(
            "index",
            Shape::Text(&NAME),
            "user_logins",
            "A key with `session_index:`: sessions are made there, each for one user, whose sessions are then listed and revoked together.",
            also = ["user", "user_index", "by_user", "owner"]
        ),
    ],
};

static INDEX_RULE: Object = Object {
    called: "an index of sessions",
    name: "index of sessions",
    about: "There is nothing to say of it but its template: it lives as long as the session that ends last.",
    choice: None,
    fields: &[],
};
