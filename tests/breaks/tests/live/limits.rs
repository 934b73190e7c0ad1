//! Limits of calls: B404 and B405.

use std::time::Duration;

use redis_schema::ErrorKind;
use redis_schema_test_breaks::{b404, b405};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B404", Live(limiter_same_algorithm)),
    ("B405", Live(limiter_same_window)),
];

fn limiter_same_algorithm(stage: &mut Stage<'_>) {
    use b404::one::{after, before, compatible};
    let id = Uuid::new_v4();
    assert!(stage.run(before::keys::calls(id).admit_cost(4)).allowed);
    assert_eq!(stage.run(compatible::keys::calls(id).admit()).remaining, 0);
    let kind = stage.fails(after::keys::calls(id).admit());
    assert_eq!(kind, ErrorKind::WrongType);
    let id = Uuid::new_v4();
    assert!(stage.run(after::keys::calls(id).admit()).allowed);
    let kind = stage.fails(before::keys::calls(id).admit());
    assert_eq!(kind, ErrorKind::WrongType, "old programs fail as well");
}

fn limiter_same_window(stage: &mut Stage<'_>) {
    use b405::one::{after, after_2, after_3, before, compatible};
    let id = Uuid::new_v4();
    assert!(stage.run(before::keys::calls(id).admit_cost(2)).allowed);
    assert_eq!(stage.run(compatible::keys::calls(id).admit()).remaining, 2);
    assert!(!stage.run(after_3::keys::calls(id).peek()).allowed);
    assert!(
        stage.run(before::keys::calls(id).admit_cost(2)).allowed,
        "what the new one refuses"
    );
    assert!(!stage.run(compatible::keys::calls(id).admit()).allowed);
    let refused = stage.run(after::keys::calls(id).admit());
    assert!(!refused.allowed, "five of ten, but owed at the old pace");
    let again = stage.run(after_2::keys::calls(id).admit_cost(5));
    assert!(again.allowed, "a window of its own begins at nothing");
    assert!(!stage.run(after_3::keys::calls(id).admit()).allowed);
    let left = stage.run(before::keys::calls(id).peek());
    assert!(
        left.allowed,
        "what a burst of two does not bear is forgotten"
    );
    forgotten_calls(stage);
}

/// A call of ten minutes ago counts for an hour, and means nothing to a program that counts minutes.
fn forgotten_calls(stage: &mut Stage<'_>) {
    use b405::two::{after, before};
    let id = Uuid::new_v4();
    let (seconds, _): (u64, u64) = stage.raw(&["TIME"]);
    let then = (seconds - 600) * 1_000_000;
    let key = format!("mails:{id}");
    stage.raw::<()>(&["ZADD", &key, &then.to_string(), "1:1"]);
    assert_eq!(stage.run(after::keys::mails(id).peek()).remaining, 4);
    assert_eq!(stage.run(before::keys::mails(id).admit()).remaining, 4);
    let left = stage.run(after::keys::mails(id).peek()).remaining;
    assert_eq!(left, 4, "of two calls of this hour one is forgotten");
    let lives = stage.run(after::keys::mails(id).ttl()).remaining();
    assert!(
        lives.unwrap() <= Duration::from_secs(60),
        "and soon the other"
    );
}
