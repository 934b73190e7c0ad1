//! Locks and semaphores: B401 to B403.

use redis_schema::lock::Token;
use redis_schema_test_breaks::{b401, b402, b403};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B401", Live(lock_same_key)),
    ("B402", Live(lock_same_token)),
    ("B403", Live(lock_ttl_no_shrink)),
];

fn lock_same_key(stage: &mut Stage<'_>) {
    use b401::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    let (old, new) = (Token::random(), Token::random());
    assert!(stage.run(before::keys::pay(id).acquire_as(&old)).is_some());
    let both = stage.run(after::keys::pay(id).acquire_as(&new));
    assert!(both.is_some(), "two hold what one should");
    let kept_out = stage.run(compatible::keys::pay(id).acquire_as(&new));
    assert!(kept_out.is_none());
    for token in [old, new] {
        assert!(stage.run(before::keys::ship(id).acquire_as(&token)));
    }
    let third = Token::random();
    assert!(!stage.run(compatible::keys::ship(id).acquire_as(&third)));
    let third = stage.run(after_2::keys::ship(id).acquire_as(&third));
    assert!(third, "three have two permits");
}

fn lock_same_token(stage: &mut Stage<'_>) {
    let (id, late, next) = (Uuid::new_v4(), Token::random(), Token::random());
    {
        use b402::one::{after, before, compatible};
        let number = stage.run(before::keys::pay(id).acquire_as(&late));
        stage.run(before::keys::pay(id).release_as(&late));
        assert!(stage.run(after::keys::pay(id).acquire_as(&next)).is_some());
        let last = stage.run(before::keys::pay_fence(id).get());
        assert_eq!(last, number, "who is late counts as the present one");
        stage.run(after::keys::pay(id).release_as(&next));
        let next = stage.run(compatible::keys::pay(id).acquire_as(&next));
        assert!(next > number);
    }
    {
        use b402::two::{after, before, compatible};
        let (id, late) = (Uuid::new_v4(), Token::random());
        let number = stage.run(after::keys::pay(id).acquire_as(&next));
        stage.run(after::keys::pay(id).release_as(&next));
        assert!(stage.run(before::keys::pay(id).acquire_as(&late)).is_some());
        let last = stage.run(after::keys::pay_fence(id).get());
        assert_eq!(last, number, "an old program holds it without a number");
        let held = stage.run(compatible::keys::pay(id).acquire_as(&next));
        assert!(held.is_none(), "and others are kept out as ever");
    }
}

fn lock_ttl_no_shrink(stage: &mut Stage<'_>) {
    let token = Token::random();
    {
        use b403::one::{after, before, compatible};
        let (id, other) = (Uuid::new_v4(), Uuid::new_v4());
        stage.run(before::keys::pay(id).acquire_as(&token));
        assert!(stage.run(after::keys::pay(id).renew_as(&token)));
        assert!(left(stage, id) <= 5_000, "it was taken for 30 s");
        stage.run(before::keys::pay(other).acquire_as(&token));
        assert!(stage.run(compatible::keys::pay(other).renew_as(&token)));
        assert!(left(stage, other) > 30_000);
    }
    {
        use b403::two::{after, before, compatible};
        let (id, other) = (Uuid::new_v4(), Uuid::new_v4());
        stage.run(before::keys::pay(id).acquire_as(&token));
        assert!(stage.run(after::keys::pay(id).renew_as(&token)));
        assert!(
            left(stage, id) <= 10_000,
            "over when an old guard renews it"
        );
        stage.run(before::keys::pay(other).acquire_as(&token));
        assert!(stage.run(compatible::keys::pay(other).renew_as(&token)));
        assert!(left(stage, other) > 10_000, "renewed in time");
    }
}

fn left(stage: &mut Stage<'_>, id: Uuid) -> i64 {
    stage.raw(&["PTTL", &format!("lock:pay:{id}")])
}
