//! What tombstones of fields, variants and groups keep apart: B115 and B116.

use redis_schema::stream::{GroupReadOptions, ReadOptions};
use redis_schema_test_breaks::{b115, b116};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B115", Live(part_no_reuse_tombstoned)),
    ("B116", Live(part_tombstone_no_delete)),
];

/// What a version left that had a note, one mood more, and a group.
fn leave(stage: &mut Stage<'_>, id: Uuid) {
    let (cart, mood, steps) = (
        format!("cart:{id}"),
        format!("mood:{id}"),
        format!("steps:{id}"),
    );
    stage.raw::<()>(&["HSET", &cart, "at", "1", "note", "of the old kind"]);
    stage.raw::<()>(&["SET", &mood, "sad"]);
    stage.raw::<String>(&["XADD", &steps, "*", "at", "1"]);
    stage.raw::<()>(&["XGROUP", "CREATE", &steps, "indexer", "$"]);
}

fn part_no_reuse_tombstoned(stage: &mut Stage<'_>) {
    use b115::one::{after, after_2, after_3, before, compatible};
    let id = Uuid::new_v4();
    leave(stage, id);
    let cart = stage.run(after::keys::cart(id).hgetall()).unwrap();
    assert_eq!(cart.note.as_deref(), Some("of the old kind"), "as the new");
    let cart = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    assert_eq!(cart.remark, None);
    let mood = stage.run(before::keys::mood(id).get()).unwrap();
    assert!(matches!(mood, before::Mood::Unknown(_)));
    let mood = stage.run(after_2::keys::mood(id).get()).unwrap();
    assert!(matches!(mood, after_2::Mood::Sad), "with the new meaning");
    let mood = stage.run(compatible::keys::mood(id).get()).unwrap();
    assert!(matches!(mood, compatible::Mood::Unknown(_)));
    let group = after_3::keys::steps(id).group(after_3::consumers::steps::Indexer);
    assert!(
        !stage.run(group.create()),
        "it is there, and has passed over what came first"
    );
    let read = group.read("worker", ReadOptions::new());
    assert!(stage.run(read).is_empty());
    let group = compatible::keys::steps(id).group(compatible::consumers::steps::Finder);
    assert!(stage.run(group.create()));
    let read = group.read("worker", ReadOptions::new());
    assert_eq!(stage.run(read).len(), 1);
}

fn part_tombstone_no_delete(stage: &mut Stage<'_>) {
    use b116::one::{after, after_2, after_3, compatible};
    let id = Uuid::new_v4();
    leave(stage, id);
    // Each version writes what it knows, and what the tombstone spoke of stays.
    let at = stage.run(after::keys::cart(id).hgetall()).unwrap().at;
    stage.run(after::keys::cart(id).hset(&after::Cart::new(at)));
    let note: Option<String> = stage.raw(&["HGET", &format!("cart:{id}"), "note"]);
    assert_eq!(note.as_deref(), Some("of the old kind"));
    let mood = stage.run(after_2::keys::mood(id).get()).unwrap();
    assert!(matches!(mood, after_2::Mood::Unknown(_)));
    let options = GroupReadOptions::new();
    let read = after_3::keys::steps(id).read_group("indexer", "worker", options);
    assert!(stage.run(read).is_empty(), "the group is there");
    let cart = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    assert_eq!(cart.at, at);
}
