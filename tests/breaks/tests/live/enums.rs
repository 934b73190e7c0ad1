//! Closed lists, shapes and steps: B212 to B214 and B410.

use redis_schema::ErrorKind::Corrupt;
use redis_schema_test_breaks::{b212, b213, b214, b410};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B212", Live(enum_variant_no_delete)),
    ("B213", Live(enum_variant_no_add)),
    ("B214", Live(enum_same_representation)),
    ("B410", Live(claim_state_same)),
];

fn enum_variant_no_delete(stage: &mut Stage<'_>) {
    use b212::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).set(&before::State::Shipped));
    assert_eq!(stage.fails(after::keys::cart(id).get()), Corrupt, "gone");
    let read = stage.fails(after_2::keys::cart(id).get());
    assert_eq!(read, Corrupt, "another text");
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen, Some(compatible::State::Shipped));
    stage.run(compatible::keys::cart(id).set(&compatible::State::Shipped));
    let seen = stage.run(before::keys::cart(id).get());
    assert_eq!(seen, Some(before::State::Shipped));
    catch_alls_go(stage);
}

fn catch_alls_go(stage: &mut Stage<'_>) {
    use b212::two::{after, before, compatible};
    let (id, other) = (Uuid::new_v4(), "lost".to_owned());
    stage.run(before::keys::cart(id).set(&before::State::Unknown(other.clone())));
    assert_eq!(stage.fails(after::keys::cart(id).get()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen, Some(compatible::State::Unknown(other)));
    stage.run(before::keys::cart(id).set(&before::State::Paid));
    let seen = stage.run(compatible::keys::cart(id).get()).unwrap();
    assert_eq!(seen.as_str(), "paid", "the catch-all stands for it");
    stage.run(compatible::keys::cart(id).set(&seen));
    let seen = stage.run(before::keys::cart(id).get());
    assert_eq!(seen, Some(before::State::Paid), "and carries it through");
}

fn enum_variant_no_add(stage: &mut Stage<'_>) {
    use b213::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(after::keys::cart(id).set(&after::State::Returned));
    assert_eq!(stage.fails(before::keys::cart(id).get()), Corrupt);
    stage.run(compatible::keys::cart(id).set(&compatible::State::Paid));
    let seen = stage.run(before::keys::cart(id).get());
    assert_eq!(seen, Some(before::State::Paid));
    catch_alls_help(stage);
}

fn catch_alls_help(stage: &mut Stage<'_>) {
    use b213::two::{before, compatible};
    let id = Uuid::new_v4();
    stage.run(compatible::keys::cart(id).set(&compatible::State::Shipped));
    let seen = stage.run(before::keys::cart(id).get()).unwrap();
    assert_eq!(seen, before::State::Unknown("shipped".to_owned()));
    stage.run(before::keys::cart(id).set(&seen));
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen, Some(compatible::State::Shipped), "unharmed");
}

fn enum_same_representation(stage: &mut Stage<'_>) {
    use b214::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let spot = before::Shape::Spot(before::Spot::new(1.5));
    stage.run(before::keys::cart(id).set(&spot));
    assert_eq!(stage.fails(after::keys::cart(id).get()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).get());
    let same = compatible::Shape::Spot(compatible::Spot::new(1.5));
    assert_eq!(seen.as_ref(), Some(&same));
    stage.run(after::keys::cart(id).set(&after::Shape::None));
    assert_eq!(stage.fails(before::keys::cart(id).get()), Corrupt);
    stage.run(compatible::keys::cart(id).set(&same));
    assert_eq!(stage.run(before::keys::cart(id).get()), Some(spot));
}

/// What the page's programs do with a step: they take it if the schema allows it.
macro_rules! step {
    ($stage:ident, $version:ident, $id:ident, $to:ident) => {{
        let (cart, to) = ($version::keys::cart($id), $version::State::$to);
        let now = $stage.run(cart.hget($version::Cart::STATE)).unwrap();
        now.can_become(to) && {
            let steps = redis_schema::Edits::new()
                .only_if($version::Cart::STATE, &now)
                .set($version::Cart::STATE, &to);
            $stage.run(cart.update(steps))
        }
    }};
}

fn claim_state_same(stage: &mut Stage<'_>) {
    use b410::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let open = before::Cart::new(before::State::Open);
    stage.run(before::keys::cart(id).hset(&open));
    assert!(!step!(stage, before, id, Shipped), "refused by the old");
    assert!(!step!(stage, compatible, id, Shipped));
    assert!(step!(stage, after, id, Shipped), "taken by the new");
    assert!(
        !step!(stage, before, id, Paid),
        "what waits for `paid` waits for ever"
    );
    stage.run(before::keys::cart(id).hset(&open));
    assert!(step!(stage, compatible, id, Paid));
    assert!(step!(stage, before, id, Shipped));
}
