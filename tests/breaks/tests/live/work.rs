//! Queues of work: B421 to B424.

use redis_schema::queue::{Acked, Enqueue, GivenBack};
use redis_schema_test_breaks::{b421, b422, b423, b424};

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B421", Live(lease_no_shrink)),
    ("B422", Live(attempts_no_shrink)),
    ("B423", Live(priorities_same_order)),
    ("B424", Live(keep_no_shrink)),
];

/// A number in which leases end and tasks die, as the server keeps it.
fn score(stage: &mut Stage<'_>, id: &str) -> f64 {
    stage.raw(&["ZSCORE", "mails", &format!("t:{id}")])
}

fn lease_no_shrink(stage: &mut Stage<'_>) {
    use b421::one::{after, before, compatible};
    stage.run(before::keys::mails().enqueue("letter"));
    let task = stage.run(before::keys::mails().claim(1)).pop().unwrap();
    let expected = score(stage, task.id());
    assert!(stage.run(after::keys::mails().extend(&task)));
    assert!(
        score(stage, task.id()) < expected,
        "over while it is at work"
    );
    assert!(stage.run(compatible::keys::mails().extend(&task)));
    assert!(score(stage, task.id()) > expected);
}

fn attempts_no_shrink(stage: &mut Stage<'_>) {
    use b422::one::{after, before, compatible};
    let tried = |stage: &mut Stage<'_>| {
        stage.run(before::keys::mails().enqueue("letter"));
        let task = stage.run(before::keys::mails().claim(1)).pop().unwrap();
        let back = stage.run(before::keys::mails().retry(&task, "not yet"));
        assert!(matches!(back, GivenBack::Waits(_)), "it has attempts left");
    };
    tried(stage);
    let found = stage.run(compatible::keys::mails().claim(1)).pop().unwrap();
    assert_eq!(found.attempt, 2);
    assert_eq!(stage.run(before::keys::mails().ack(&found)), Acked::Done);
    tried(stage);
    assert!(stage.run(after::keys::mails().claim(1)).is_empty());
    let dead = stage.run(before::keys::mails().dead(0, 1)).pop().unwrap();
    assert_eq!(dead.attempts, 1, "it was promised five");
}

fn priorities_same_order(stage: &mut Stage<'_>) {
    use b423::one::{after, after_2, before, compatible};
    use before::keys::MailsPriority as Priority;
    stage.run(before::keys::mails().enqueue_with("bulk", Priority::Low));
    assert!(
        stage.run(after::keys::mails().claim(1)).is_empty(),
        "never again"
    );
    stage.run(before::keys::mails().enqueue_with("alarm", Priority::High));
    let some_day = compatible::keys::MailsPriority::SomeDay;
    stage.run(compatible::keys::mails().enqueue_with("idle", some_day));
    let urgent = stage.run(after_2::keys::mails().claim(1)).pop().unwrap();
    let shown = (urgent.payload.unwrap(), urgent.priority);
    assert_eq!(
        shown,
        ("alarm".to_owned(), after_2::keys::MailsPriority::Low)
    );
    let rest = stage.run(before::keys::mails().claim(5));
    assert_eq!(rest.len(), 1, "what only new ones know is left to them");
    let new = stage.run(compatible::keys::mails().claim(5)).pop().unwrap();
    assert_eq!(new.priority, some_day);
}

fn keep_no_shrink(stage: &mut Stage<'_>) {
    use b424::one::{after, after_2, after_3, before, compatible};
    let bury = |stage: &mut Stage<'_>| {
        stage.run(before::keys::mails().enqueue("letter"));
        let task = stage.run(before::keys::mails().claim(1)).pop().unwrap();
        stage.run(before::keys::mails().bury(&task, "no"));
    };
    let dead = |stage: &mut Stage<'_>| stage.run(before::keys::mails().dead(0, 9)).len();
    bury(stage);
    bury(stage);
    stage.run(compatible::keys::mails().claim(1));
    assert_eq!(dead(stage), 2);
    stage.run(after_3::keys::mails().claim(1));
    assert_eq!(dead(stage), 1, "one is as many as the new one keeps");
    while dead(stage) == 1 {
        // At the latest when a millisecond is over.
        stage.run(after_2::keys::mails().claim(1));
    }
    // What is done: set back by a second, as if that time were over.
    let named = || Enqueue::new().id("once");
    stage.run(before::keys::mails().enqueue_with("letter", named()));
    let task = stage.run(before::keys::mails().claim(1)).pop().unwrap();
    assert_eq!(stage.run(before::keys::mails().ack(&task)), Acked::Done);
    stage.raw::<f64>(&["ZINCRBY", "mails", "-2000", "t:once"]);
    for again in [
        stage.run(before::keys::mails().enqueue_with("letter", named())),
        stage.run(compatible::keys::mails().enqueue_with("letter", named())),
    ] {
        assert!(!again.is_added());
    }
    let again = stage.run(after::keys::mails().enqueue_with("letter", named()));
    assert!(again.is_added(), "and has it done twice");
}
