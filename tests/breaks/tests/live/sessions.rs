//! Sessions: B431 and B432.

use std::time::Duration;

use redis_schema_test_breaks::{b431, b432};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B431", Live(session_idle_no_shrink)),
    ("B432", Live(session_same_index)),
];

fn session_idle_no_shrink(stage: &mut Stage<'_>) {
    use b431::one::{after, before, compatible};
    let old = stage.open(before::Store::builder());
    let family = old.family::<before::keys::Login<'_>>();
    let token = stage.wait(family.create("a")).unwrap();
    let name = format!("session:{}", token.id());
    let left_after_use = |stage: &mut Stage<'_>, by: &dyn Fn(&mut Stage<'_>)| {
        stage.raw::<()>(&["PEXPIRE", &name, "1000"]);
        by(stage);
        Duration::from_millis(stage.raw(&["PTTL", &name]))
    };
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    let left = left_after_use(stage, &|stage| {
        stage
            .run(before::keys::login(&token).get_and_touch())
            .unwrap();
    });
    assert!(left > minutes(29), "as it was told");
    let left = left_after_use(stage, &|stage| {
        stage
            .run(after::keys::login(&token).get_and_touch())
            .unwrap();
    });
    assert!(
        left <= minutes(5),
        "used by a new program, it is over sooner"
    );
    let left = left_after_use(stage, &|stage| {
        stage
            .run(compatible::keys::login(&token).get_and_touch())
            .unwrap();
    });
    assert!(left > minutes(29));
}

fn session_same_index(stage: &mut Stage<'_>) {
    use b432::one::{after, before, compatible};
    let user = Uuid::new_v4();
    let old = stage.open(before::Store::builder());
    let family = old.family::<before::keys::Login<'_>>();
    let token = stage.wait(family.create("a")).unwrap();
    let new = stage.open(after::Store::builder());
    stage.wait(new.logins(user).revoke_all()).unwrap();
    let seen = stage.run(after::keys::login(&token).get());
    assert!(seen.is_some(), "who was shut out is still logged in");
    assert!(stage.wait(new.logins(user).list()).unwrap().is_empty());
    let twin = stage.open(compatible::Store::builder());
    let next = stage.wait(twin.login(&token).rotate()).unwrap().unwrap();
    let seen = stage.run(before::keys::login(&next).get());
    assert_eq!(seen.unwrap().data, "a");
}
