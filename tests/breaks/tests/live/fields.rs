//! Fields that come, go and change their name: B206 to B210.

use redis_schema::ErrorKind::Corrupt;
use redis_schema_test_breaks::{b206, b207, b208, b209, b210};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B206", Live(field_no_rename)),
    ("B207", Live(field_no_add_required)),
    ("B208", Live(field_no_require)),
    ("B209", Live(field_no_delete)),
    ("B210", Live(field_no_optionalize)),
];

fn field_no_rename(stage: &mut Stage<'_>) {
    use b206::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).hset(&before::Cart::new(7)));
    assert_eq!(stage.fails(after::keys::cart(id).hgetall()), Corrupt);
    let seen = stage.run(after_2::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().sum, 7, "`was:` reads it");
    stage.run(after_2::keys::cart(id).hset(&after_2::Cart::new(8)));
    let read = stage.fails(before::keys::cart(id).hgetall());
    assert_eq!(read, Corrupt, "which leaves the other direction");
    stage.run(before::keys::cart(id).hset(&before::Cart::new(7)));
    let mut seen = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    seen.sum = Some(seen.total);
    stage.run(compatible::keys::cart(id).hset(&seen));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 7);
}

fn field_no_add_required(stage: &mut Stage<'_>) {
    use b207::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).hset(&before::Cart::new(7)));
    assert_eq!(stage.fails(after::keys::cart(id).hgetall()), Corrupt);
    let mut seen = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    assert_eq!((seen.total, seen.count), (7, 0));
    seen.state = Some("open".to_owned());
    stage.run(compatible::keys::cart(id).hset(&seen));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 7);
}

fn field_no_require(stage: &mut Stage<'_>) {
    use b208::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).hset(&before::Cart::new(7)));
    assert_eq!(stage.fails(after::keys::cart(id).hgetall()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    assert_eq!((seen.total, seen.note.as_deref()), (7, None));
    stage.run(compatible::keys::cart(id).hset(&seen));
    assert!(stage.run(before::keys::cart(id).hgetall()).is_some());
    defaults_go(stage);
}

/// A record that lacks the field was written before it was added, with its default.
fn defaults_go(stage: &mut Stage<'_>) {
    use b208::two::{after, before, compatible};
    let id = Uuid::new_v4();
    let kept = before::Cart::NOTE;
    stage.run(before::keys::cart(id).hset_field(kept, "soon"));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 0);
    assert_eq!(stage.fails(after::keys::cart(id).hgetall()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 0);
}

fn field_no_delete(stage: &mut Stage<'_>) {
    use b209::one::{after, before, compatible};
    let (id, state) = (Uuid::new_v4(), "open");
    stage.run(before::keys::cart(id).hset(&before::Cart::new(7, state)));
    let seen = stage.run(after::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 7, "new readers do not miss it");
    stage.run(after::keys::cart(id).hset(&after::Cart::new(8)));
    let seen = stage.run(before::keys::cart(id).hgetall()).unwrap();
    assert_eq!((seen.total, &*seen.state), (8, state), "as it was left");
    let made = Uuid::new_v4();
    stage.run(after::keys::cart(made).hset(&after::Cart::new(8)));
    assert_eq!(stage.fails(before::keys::cart(made).hgetall()), Corrupt);
    stage.run(compatible::keys::cart(id).hset(&compatible::Cart::new(7, state)));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().state, state);
    optional_fields_go(stage);
    crate::strict::stored_fields_stay(stage);
    fields_of_documents_go(stage);
}

fn fields_of_documents_go(stage: &mut Stage<'_>) {
    use b209::three::{after, before, compatible};
    let (id, state) = (Uuid::new_v4(), "open");
    stage.run(before::keys::cart(id).set(&before::Cart::new(7, state)));
    let seen = stage.run(after::keys::cart(id).get()).unwrap();
    stage.run(after::keys::cart(id).set(&seen));
    assert_eq!(stage.fails(before::keys::cart(id).get()), Corrupt);
    stage.run(compatible::keys::cart(id).set(&compatible::Cart::new(7, state)));
    let seen = stage.run(before::keys::cart(id).get());
    assert_eq!(seen.unwrap().state, state);
}

fn optional_fields_go(stage: &mut Stage<'_>) {
    use b209::two::{before, compatible};
    let id = Uuid::new_v4();
    let mut cart = before::Cart::new(7);
    cart.state = Some("open".to_owned());
    stage.run(before::keys::cart(id).hset(&cart));
    let seen = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    assert_eq!(seen.total, 7);
    stage.run(compatible::keys::cart(id).hset(&compatible::Cart::new(8)));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 8);
}

fn field_no_optionalize(stage: &mut Stage<'_>) {
    use b210::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).hset(&before::Cart::new(7, "open")));
    let mut seen = stage.run(after::keys::cart(id).hgetall()).unwrap();
    seen.state = None;
    stage.run(after::keys::cart(id).hset(&seen));
    assert_eq!(stage.fails(before::keys::cart(id).hgetall()), Corrupt);
    let mut cart = compatible::Cart::new(7, "open");
    cart.note = Some("soon".to_owned());
    stage.run(compatible::keys::cart(id).hset(&cart));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().state, "open");
}
