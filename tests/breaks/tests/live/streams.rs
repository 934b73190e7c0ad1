//! Streams, their entries, bounds and groups: B304 to B307.

use redis_schema::__generated_0_1::value::TimestampMs;
use redis_schema::ErrorKind::{Corrupt, NoGroup};
use redis_schema::stream::{GroupReadOptions, Position, StreamId};
use redis_schema_test_breaks::{b304, b305, b306, b307};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B304", Live(maxlen_no_shrink)),
    ("B305", Live(maxlen_no_remove)),
    ("B306", Live(stream_entry_compatible)),
    ("B307", Live(stream_group_no_delete)),
];

const NOW: TimestampMs = TimestampMs::new(1_800_000_000_000);
/// More than what a server may leave over where it may leave some: its nodes hold 100 entries.
const MANY: u64 = 700;

/// Adds many entries by the code of a version.
macro_rules! fill {
    ($stage:ident, $version:ident, $id:expr) => {
        for _ in 0..MANY {
            let entry = $version::CartEntry::new(NOW);
            $stage.run($version::keys::cart($id).xadd(&entry));
        }
    };
}

fn maxlen_no_shrink(stage: &mut Stage<'_>) {
    use b304::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    fill!(stage, before, id);
    stage.run(compatible::keys::cart(id).xadd(&compatible::CartEntry::new(NOW)));
    assert_eq!(stage.run(before::keys::cart(id).xlen()), MANY + 1);
    stage.run(after::keys::cart(id).xadd(&after::CartEntry::new(NOW)));
    let left = stage.run(before::keys::cart(id).xlen());
    assert!(left < MANY, "the first entry drops what came before");
    let old = Uuid::new_v4();
    let long_ago = StreamId::new(1000, 0);
    let entry = before::CartEntry::new(NOW);
    stage.run(before::keys::cart(old).xadd_with_id(long_ago, &entry));
    stage.run(after_2::keys::cart(old).xadd(&after_2::CartEntry::new(NOW)));
    let left = stage.run(before::keys::cart(old).xrange(..));
    assert_eq!(left.len(), 1);
    assert_ne!(left[0].id, long_ago, "and so does a bound by age");
    first_bounds(stage);
}

fn first_bounds(stage: &mut Stage<'_>) {
    use b304::two::{after, before, compatible};
    let id = Uuid::new_v4();
    fill!(stage, before, id);
    stage.run(compatible::keys::cart(id).xadd(&compatible::CartEntry::new(NOW)));
    assert_eq!(stage.run(before::keys::cart(id).xlen()), MANY + 1);
    stage.run(after::keys::cart(id).xadd(&after::CartEntry::new(NOW)));
    assert_eq!(stage.run(before::keys::cart(id).xlen()), 10);
}

fn maxlen_no_remove(stage: &mut Stage<'_>) {
    use b305::one::{after, before, compatible};
    let (old, new, twin) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
    fill!(stage, before, old);
    fill!(stage, after, new);
    fill!(stage, compatible, twin);
    assert!(stage.run(before::keys::cart(old).xlen()) < MANY);
    assert_eq!(stage.run(before::keys::cart(new).xlen()), MANY, "all");
    assert!(stage.run(before::keys::cart(twin).xlen()) < MANY);
}

fn stream_entry_compatible(stage: &mut Stage<'_>) {
    use b306::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).xadd(&before::CartEntry::new(NOW)));
    let entries = stage.run(after::keys::cart(id).xrange(..));
    let read = entries[0].record.as_ref().unwrap_err();
    assert_eq!(read.kind(), Corrupt, "whoever is behind meets it");
    let entries = stage.run(compatible::keys::cart(id).xrange(..));
    let seen = entries[0].record.as_ref().unwrap();
    assert_eq!((seen.at, seen.who), (NOW, None));
    let mut entry = compatible::CartEntry::new(NOW);
    entry.who = Some(id);
    stage.run(compatible::keys::cart(id).xadd(&entry));
    let entries = stage.run(before::keys::cart(id).xrange(..));
    assert!(entries.iter().all(|entry| entry.record.is_ok()));
}

/// What a worker does with a stream: it makes its group, and reads what the group has not had.
macro_rules! work {
    ($stage:ident, $version:ident, $id:ident, $group:expr) => {{
        let cart = $version::keys::cart($id);
        $stage.run(cart.xgroup_create($group, Position::Start));
        let options = GroupReadOptions::default();
        $stage.run(cart.read_group($group, "worker", options)).len()
    }};
}

fn stream_group_no_delete(stage: &mut Stage<'_>) {
    use b307::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).xadd(&before::CartEntry::new(NOW)));
    assert_eq!(work!(stage, before, id, "mailer"), 1);
    assert_eq!(work!(stage, before, id, "indexer"), 1, "not acknowledged");
    // `indexer` is called `finder` now.
    assert_eq!(work!(stage, after_2, id, "finder"), 1, "once more");
    let groups = stage.run(after::keys::cart(id).xinfo_groups());
    let left = groups.iter().find(|group| group.name == "indexer");
    assert_eq!(left.unwrap().pending, 1, "stays, and so what it was given");
    assert_eq!(work!(stage, compatible, id, "indexer"), 0, "goes on");
    assert_eq!(work!(stage, compatible, id, "archiver"), 1);
    assert!(stage.run(after::keys::cart(id).xgroup_destroy("indexer")));
    let options = GroupReadOptions::default();
    let read = stage.fails(before::keys::cart(id).read_group("indexer", "worker", options));
    assert_eq!(read, NoGroup, "for old programs that read for it");
}
