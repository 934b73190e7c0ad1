//! Progress: B411 to B413.

use redis_schema::progress::Reported;
use redis_schema_test_breaks::{b411, b412, b413};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B411", Live(progress_same_max)),
    ("B412", Live(progress_same_events)),
    ("B413", Live(progress_same_direction)),
];

fn progress_same_max(stage: &mut Stage<'_>) {
    use b411::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::export(id).begin(["a", "b"]));
    counts(stage.run(before::keys::export(id).report("a", 100)));
    let seen = stage.run(compatible::keys::export(id).totals()).unwrap();
    assert_eq!((seen.sum, seen.done), (100, 1));
    let seen = stage.run(after::keys::export(id).totals()).unwrap();
    assert_eq!((seen.sum, seen.done), (100, 0), "what was done is not");
    counts(stage.run(before::keys::export(id).report("b", 30)));
    counts(stage.run(after_2::keys::export(id).report("b", 10)));
    let cut = stage.run(before::keys::export(id).report("b", 1));
    assert_eq!(counts(cut), 10, "it was 30");
    let done = stage.run(after_2::keys::export(id).report("c", 10));
    assert_eq!(done, Reported::UnknownItem);
    stage.run(after_2::keys::export(id).begin(["c"]));
    let seen = stage.run(before::keys::export(id).snapshot());
    assert_eq!(seen.value(&"a".to_owned()), Some(10), "it was 100");
    assert!(
        stage
            .run(after_2::keys::export(id).report("c", 10))
            .completes()
    );
    assert!(
        !stage
            .run(before::keys::export(id).totals())
            .unwrap()
            .is_complete()
    );
}

fn progress_same_events(stage: &mut Stage<'_>) {
    let id = Uuid::new_v4();
    {
        use b412::one::{after, before, compatible};
        stage.run(before::keys::export(id).begin(["a"]));
        assert!(
            stage
                .run(after::keys::export(id).report("a", 100))
                .completes()
        );
        let told = stage.run(before::keys::export_events(id).recent(9));
        assert!(told.is_empty(), "those who follow do not hear of the end");
        stage.run(compatible::keys::export(id).begin(["b"]));
        counts(stage.run(compatible::keys::export(id).report_with("b", 7, "so far")));
        let told = stage.run(before::keys::export_events(id).recent(9));
        assert_eq!(told[0].record.as_ref().unwrap().item, "b");
    }
    {
        use b412::two::{after, before, compatible};
        let id = Uuid::new_v4();
        stage.run(after::keys::export(id).begin(["a"]));
        assert!(
            stage
                .run(before::keys::export(id).report("a", 100))
                .completes()
        );
        assert_eq!(stage.run(after::keys::export_events(id).xlen()), 0);
        let seen = stage.run(after::keys::export(id).snapshot());
        assert!(seen.totals.is_complete(), "a snapshot knows");
        counts(stage.run(compatible::keys::export(id).report("b", 1)));
    }
}

fn progress_same_direction(stage: &mut Stage<'_>) {
    let id = Uuid::new_v4();
    {
        use b413::one::{after, before, compatible};
        stage.run(before::keys::export(id).begin(["a"]));
        assert!(
            stage
                .run(before::keys::export(id).report("a", 100))
                .completes()
        );
        let late = stage.run(compatible::keys::export(id).report("a", 30));
        assert_eq!(counts(late), 100);
        let late = stage.run(after::keys::export(id).report("a", 30));
        assert_eq!(counts(late), 30, "who comes late takes it back");
        let over = stage.run(before::keys::export(id).totals()).unwrap();
        assert!(!over.is_complete());
    }
    {
        use b413::two::{after, before, compatible};
        let id = Uuid::new_v4();
        stage.run(before::keys::export(id).begin(["a"]));
        counts(stage.run(before::keys::export(id).report("a", 80)));
        let lower = stage.run(after::keys::export(id).report("a", 20));
        assert_eq!(counts(lower), 80, "it stays too high");
        let lower = stage.run(before::keys::export(id).report("a", 20));
        assert_eq!(counts(lower), 20, "an old program lowers it all the same");
        let lower = stage.run(compatible::keys::export(id).report("a", 10));
        assert_eq!(counts(lower), 10);
    }
}

/// The number after a report that counts.
#[track_caller]
fn counts(reported: Reported) -> u32 {
    reported.update().expect("it counts").value
}
