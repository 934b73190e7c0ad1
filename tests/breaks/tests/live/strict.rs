//! Records that refuse fields which they do not declare: B211, and of B209 what concerns them.

use redis_schema::ErrorKind::Corrupt;
use redis_schema_test_breaks::{b209, b211};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[("B211", Live(field_no_add_if_strict))];

/// Writes a cart in every form by the code of a version.
macro_rules! write {
    ($stage:ident, $version:ident, $id:ident, $cart:expr) => {{
        let cart = $cart;
        $stage.run($version::keys::cart($id).hset(&cart));
        $stage.run($version::keys::copy($id).set(&cart));
        $stage.run($version::keys::pack($id).set(&cart));
        $stage.run($version::keys::log($id).xadd(&cart));
    }};
}

fn field_no_add_if_strict(stage: &mut Stage<'_>) {
    use b211::one::{after, before, compatible};
    let (id, twin) = (Uuid::new_v4(), Uuid::new_v4());
    write!(stage, before, id, before::Cart::new(7));
    let seen = stage.run(after::keys::cart(id).hgetall()).unwrap();
    assert_eq!((seen.total, seen.note), (7, None));
    write!(stage, after, id, after::Cart::new(7));
    let seen = stage.run(before::keys::copy(id).get()).unwrap();
    assert_eq!(seen.total, 7, "what is absent is not written");
    let mut cart = after::Cart::new(8);
    cart.note = Some("soon".to_owned());
    write!(stage, after, id, cart);
    assert_eq!(stage.fails(before::keys::cart(id).hgetall()), Corrupt);
    assert_eq!(stage.fails(before::keys::copy(id).get()), Corrupt);
    assert_eq!(stage.fails(before::keys::pack(id).get()), Corrupt);
    let log = stage.run(before::keys::log(id).xrange(..));
    let read = log.into_iter().map(|entry| entry.record);
    let told: Vec<_> = read.map(|it| it.err().map(|error| error.kind())).collect();
    assert_eq!(told, [None, None, Some(Corrupt)], "that entry alone");
    let seen = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    assert_eq!(seen.total, 8, "skipped by who does not refuse");
    write!(stage, compatible, twin, compatible::Cart::new(9));
    assert_eq!(stage.run(before::keys::pack(twin).get()).unwrap().total, 9);
    unwritten_words(stage, id);
    messages_are_refused(stage);
    begun_too_late(stage);
}

/// What is refused is not told: a field's name may be anything.
fn unwritten_words(stage: &mut Stage<'_>, id: Uuid) {
    use b211::one::before;
    stage.raw::<()>(&["DEL", &format!("cart:{id}")]);
    stage.raw::<()>(&["HSET", &format!("cart:{id}"), "total", "7", "hunter2", "1"]);
    let told = |error: redis_schema::Error| error.to_string();
    let hash = before::keys::cart(id).hgetall().query(&mut stage.redis);
    let json = before::keys::copy(id).get().query(&mut stage.redis);
    let pack = before::keys::pack(id).get().query(&mut stage.redis);
    for text in [
        told(hash.unwrap_err()),
        told(json.unwrap_err()),
        told(pack.unwrap_err()),
    ] {
        assert!(
            text.contains("a field that the schema does not declare"),
            "{text}"
        );
        assert!(
            !text.contains("hunter2") && !text.contains("note"),
            "{text}"
        );
    }
}

fn messages_are_refused(stage: &mut Stage<'_>) {
    use b211::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let (old, new) = (
        stage.open(before::Store::builder()),
        stage.open(after::Store::builder()),
    );
    let twin = stage.open(compatible::Store::builder());
    stage.wait(async {
        let mut at_old = old.news(id).subscribe().await.unwrap();
        let mut at_twin = twin.news(id).subscribe().await.unwrap();
        let mut cart = after::Cart::new(8);
        cart.note = Some("soon".to_owned());
        new.news(id).publish(&cart).await.unwrap();
        let heard = at_old.next().await.unwrap();
        assert_eq!(heard.unwrap_err().kind(), Corrupt);
        assert_eq!(at_twin.next().await.unwrap().unwrap().total, 8);
    });
}

/// A hash keeps what was taken out of its record long ago.
fn begun_too_late(stage: &mut Stage<'_>) {
    use b211::two::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).hset(&before::Cart::new(7)));
    assert_eq!(stage.run(after::keys::cart(id).hgetall()).unwrap().total, 7);
    stage.raw::<()>(&["HSET", &format!("cart:{id}"), "note", "of version 0"]);
    stage.run(before::keys::cart(id).hset(&before::Cart::new(8)));
    assert_eq!(stage.fails(after::keys::cart(id).hgetall()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 8);
}

/// Of B209: a field that is gone from a strict record is still in what is stored.
pub fn stored_fields_stay(stage: &mut Stage<'_>) {
    use b209::four::{after, before, compatible};
    let id = Uuid::new_v4();
    let mut cart = before::Cart::new(7);
    cart.note = Some("soon".to_owned());
    stage.run(before::keys::cart(id).set(&cart));
    assert_eq!(stage.fails(after::keys::cart(id).get()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen.unwrap().total, 7);
}
