//! Lists that work is taken from: B303 and B318.

use redis_schema_test_breaks::{b303, b318};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B303", Live(list_same_ends)),
    ("B318", Live(list_same_processing)),
];

fn list_same_ends(stage: &mut Stage<'_>) {
    use b303::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::line(id).push_many(["first", "second"]));
    stage.run(compatible::keys::line(id).rpush("third"));
    let next = stage.run(compatible::keys::line(id).lpop());
    assert_eq!(next.as_deref(), Some("first"));
    stage.run(after::keys::line(id).push("fourth"));
    let next = stage.run(before::keys::line(id).pop());
    assert_eq!(next.as_deref(), Some("fourth"), "before those that wait");
    stage.run(before::keys::line(id).push("fifth"));
    let next = stage.run(after::keys::line(id).pop());
    assert_eq!(next.as_deref(), Some("second"), "not what came last");
}

fn list_same_processing(stage: &mut Stage<'_>) {
    use b318::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::line(id).push("work"));
    let (line, busy) = (before::keys::line(id), before::keys::busy(id));
    assert!(
        stage.run(line.take(&busy)).is_some(),
        "and its worker fails"
    );
    let (line, running) = (after::keys::line(id), after::keys::running(id));
    assert_eq!(
        stage.run(line.recover(&running, 9)),
        0,
        "looked for elsewhere"
    );
    assert_eq!(stage.run(after_2::keys::line(id).pop()), None, "or nowhere");
    let (line, worked_on) = (compatible::keys::line(id), compatible::keys::worked_on(id));
    assert_eq!(stage.run(line.recover(&worked_on, 9)), 1);
    let next = stage.run(after_2::keys::line(id).pop());
    assert_eq!(next.as_deref(), Some("work"));
}
