//! Tags of caches: B407.

use redis_schema_test_breaks::b407;
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[("B407", Live(cache_tag_same_scheme))];

fn cache_tag_same_scheme(stage: &mut Stage<'_>) {
    use b407::one::{after, after_2, before, compatible};
    let (id, seller) = (Uuid::new_v4(), Uuid::new_v4());
    let old = stage.open(before::Store::builder());
    let put = |stage: &Stage<'_>| {
        let given = before::tags::Product { seller };
        stage
            .wait(old.product(id).put_tagged("pen", given))
            .unwrap();
    };
    let seen = |stage: &Stage<'_>| stage.wait(old.product(id).get()).unwrap();
    put(stage);
    let new = stage.open(after::Store::builder());
    assert_eq!(
        stage.wait(new.product(id).get()).unwrap(),
        None,
        "other tags"
    );
    stage.wait(new.of_shop().invalidate()).unwrap();
    assert_eq!(
        seen(stage).as_deref(),
        Some("pen"),
        "it does not hear of it"
    );
    stage.wait(new.product(id).put("ink")).unwrap();
    assert_eq!(
        seen(stage),
        None,
        "nor does it read what the new one stores"
    );
    let more = stage.open(after_2::Store::builder());
    put(stage);
    assert_eq!(stage.wait(more.product(id).get()).unwrap(), None);
    stage.wait(more.of_seller(seller).invalidate()).unwrap();
    assert_eq!(seen(stage), None, "by the old tag it is forgotten");
    put(stage);
    let twin = stage.open(compatible::Store::builder());
    let found = stage.wait(twin.product(id).get()).unwrap();
    assert_eq!(found.as_deref(), Some("pen"));
    stage.wait(twin.by_seller(seller).invalidate()).unwrap();
    assert_eq!(seen(stage), None);
    assert_eq!(stage.wait(twin.product(id).get()).unwrap(), None);
}
