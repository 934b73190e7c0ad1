//! How groups of consumers work: B308, B315 to B317, B319 and B320.

use redis_schema::__generated_0_1::value::TimestampMs;
use redis_schema::stream::{ReadOptions, StreamId};
use redis_schema_test_breaks::{b308, b315, b316, b317, b319, b320};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B308", Live(stream_same_ack_mode)),
    ("B319", Live(stream_group_same_start)),
    ("B315", Live(stream_same_take_over)),
    ("B316", Live(stream_same_dead_letter)),
    ("B317", Live(stream_deliveries_no_shrink)),
    ("B320", Live(stream_keeps_heartbeat)),
];

const NOW: TimestampMs = TimestampMs::new(1_800_000_000_000);

/// The group as the code of a version reads it.
macro_rules! mailer {
    ($version:ident, $id:expr) => {
        $version::keys::cart($id).group($version::consumers::cart::Mailer)
    };
}

/// Adds an entry, makes the group and reads: how many entries a worker is given.
macro_rules! work {
    ($stage:ident, $version:ident, $id:expr) => {{
        $stage.run($version::keys::cart($id).xadd(&$version::Step::new(NOW)));
        $stage.run(mailer!($version, $id).create());
        let read = mailer!($version, $id).read("worker", ReadOptions::new());
        $stage.run(read).len()
    }};
}

/// Adds an entry that a worker was given two minutes ago, for the so-manieth time.
macro_rules! lies {
    ($stage:ident, $version:ident, $id:expr, $deliveries:expr) => {{
        assert_eq!(work!($stage, $version, $id), 1);
        let pending = $stage.run(mailer!($version, $id).pending());
        let (key, entry) = (format!("cart:{}", $id), pending.lowest.unwrap().to_string());
        let how = ["IDLE", "120000", "RETRYCOUNT", $deliveries, "JUSTID"];
        let claim = ["XCLAIM", &key, "mailer", "worker", "0", &entry];
        $stage.raw::<redis::Value>(&[&claim[..], &how[..]].concat());
    }};
}

/// What another worker takes over.
macro_rules! take_over {
    ($stage:ident, $version:ident, $id:expr) => {
        $stage.run(mailer!($version, $id).claim("other", StreamId::MIN, 10))
    };
}

fn stream_same_ack_mode(stage: &mut Stage<'_>) {
    use b308::one::{after, before, compatible};
    let (id, twin) = (Uuid::new_v4(), Uuid::new_v4());
    assert_eq!(work!(stage, before, id), 1);
    assert_eq!(work!(stage, after, id), 1, "and its worker fails");
    let pending = stage.run(mailer!(before, id).pending());
    assert_eq!(
        pending.count, 1,
        "that of the old one waits, the other is lost"
    );
    assert_eq!(work!(stage, before, twin), 1);
    assert_eq!(work!(stage, compatible, twin), 1);
    assert_eq!(stage.run(mailer!(before, twin).pending()).count, 2);
}

fn stream_group_same_start(stage: &mut Stage<'_>) {
    use b319::one::{after, before, compatible};
    let (old, new, twin) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
    assert_eq!(work!(stage, before, old), 1);
    assert_eq!(
        work!(stage, after, new),
        0,
        "what came first is passed over"
    );
    assert_eq!(
        work!(stage, before, new),
        1,
        "for old programs too: two are there"
    );
    assert_eq!(work!(stage, compatible, twin), 1);
}

fn stream_same_take_over(stage: &mut Stage<'_>) {
    use b315::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    lies!(stage, before, id, "1");
    assert!(take_over!(stage, before, id).entries.is_empty());
    assert!(take_over!(stage, compatible, id).entries.is_empty());
    let taken = take_over!(stage, after, id).entries;
    assert_eq!(taken.len(), 1, "while the old worker is at it");
    // The second has no method that takes over: what a worker leaves stays its own.
    assert_eq!(stage.run(mailer!(after_2, id).pending()).count, 1);
    let read = mailer!(after_2, id).read("third", ReadOptions::new());
    assert!(stage.run(read).is_empty());
    for_the_first_time(stage);
}

fn for_the_first_time(stage: &mut Stage<'_>) {
    use b315::two::{after, before};
    let id = Uuid::new_v4();
    lies!(stage, before, id, "1");
    assert_eq!(take_over!(stage, after, id).entries.len(), 1);
}

fn stream_same_dead_letter(stage: &mut Stage<'_>) {
    use b316::one::{after, after_2, before, compatible};
    let (old, new, never, twin) = (
        Uuid::new_v4(),
        Uuid::new_v4(),
        Uuid::new_v4(),
        Uuid::new_v4(),
    );
    lies!(stage, before, old, "5");
    assert_eq!(take_over!(stage, before, old).buried.len(), 1);
    assert_eq!(
        stage.run(after::keys::rejected(old).xlen()),
        0,
        "nobody sees"
    );
    assert_eq!(stage.run(before::keys::failed(old).xlen()), 1);
    lies!(stage, before, new, "5");
    assert_eq!(take_over!(stage, after, new).buried.len(), 1);
    assert_eq!(stage.run(before::keys::failed(new).xlen()), 0);
    lies!(stage, before, never, "5");
    let again = take_over!(stage, after_2, never);
    assert_eq!(
        (again.entries.len(), again.buried.len()),
        (1, 0),
        "for ever"
    );
    lies!(stage, before, twin, "9");
    assert_eq!(take_over!(stage, compatible, twin).buried.len(), 1);
    assert_eq!(stage.run(before::keys::failed(twin).xlen()), 1);
}

fn stream_deliveries_no_shrink(stage: &mut Stage<'_>) {
    use b317::one::{after, before, compatible};
    let (id, twin) = (Uuid::new_v4(), Uuid::new_v4());
    lies!(stage, before, id, "3");
    assert_eq!(take_over!(stage, after, id).buried.len(), 1, "at once");
    lies!(stage, before, twin, "3");
    assert_eq!(take_over!(stage, compatible, twin).entries.len(), 1);
    lies!(stage, before, Uuid::nil(), "3");
    let tried = take_over!(stage, before, Uuid::nil());
    assert_eq!(
        tried.entries.len(),
        1,
        "which the old version would try again"
    );
}

fn stream_keeps_heartbeat(stage: &mut Stage<'_>) {
    use b320::one::{after, before, compatible};
    let (id, twin) = (Uuid::new_v4(), Uuid::new_v4());
    lies!(stage, before, id, "1");
    let entry = stage.run(mailer!(before, id).pending()).lowest.unwrap();
    // Both are at work on theirs for two minutes; the code of the new version has no way of saying so.
    assert_eq!(take_over!(stage, before, id).entries.len(), 1);
    assert_eq!(
        stage.run(mailer!(before, id).heartbeat("worker", [entry])),
        [entry],
        "it is another worker's"
    );
    lies!(stage, compatible, twin, "1");
    let entry = stage
        .run(mailer!(compatible, twin).pending())
        .lowest
        .unwrap();
    let lost = stage.run(mailer!(compatible, twin).heartbeat("worker", [entry]));
    assert!(lost.is_empty());
    assert_eq!(take_over!(stage, after, twin).entries.len(), 0);
    assert_eq!(take_over!(stage, before, twin).entries.len(), 0);
}
