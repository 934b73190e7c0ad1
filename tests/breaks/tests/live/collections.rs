//! Members, scores, counts and indexes: B301, B302, B312 and B313.

use redis_schema::__generated_0_1::value::{TimestampMs, TimestampS};
use redis_schema::ErrorKind::Corrupt;
use redis_schema_test_breaks::{b301, b302, b312, b313, b314};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B301", Live(member_same_encoding)),
    ("B302", Live(score_same_meaning)),
    ("B312", Live(hll_same_input)),
    ("B313", Live(index_same_source)),
    ("B314", Live(bitfield_same_layout)),
];

fn member_same_encoding(stage: &mut Stage<'_>) {
    use b301::one::{after, after_2, before, compatible};
    let (id, pen) = (Uuid::new_v4(), "pen".to_owned());
    stage.run(before::keys::cart(id).sadd("pen"));
    assert_eq!(stage.fails(after::keys::cart(id).smembers()), Corrupt);
    assert!(!stage.run(after_2::keys::cart(id).srem(&pen)), "missed");
    assert!(stage.run(after_2::keys::cart(id).sadd(&pen)));
    let twice = stage.run(before::keys::cart(id).smembers());
    assert_eq!(twice.len(), 2, "the same member, twice");
    stage.run(before::keys::cart(id).del());
    stage.run(before::keys::cart(id).sadd("pen"));
    assert!(!stage.run(compatible::keys::cart(id).sadd("pen")));
    assert_eq!(stage.run(before::keys::cart(id).smembers()), ["pen"]);
    assert!(stage.run(compatible::keys::cart(id).srem("pen")));
    numbers_are_their_own_json(stage);
    fields_of_maps(stage);
    items_of_progress(stage);
    records_are_their_text(stage);
}

fn numbers_are_their_own_json(stage: &mut Stage<'_>) {
    use b301::two::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).sadd(&7));
    assert_eq!(stage.fails(after::keys::cart(id).smembers()), Corrupt);
    assert!(!stage.run(compatible::keys::cart(id).sadd(&7)), "the same");
    assert!(stage.run(compatible::keys::cart(id).sadd(&8)));
    assert_eq!(stage.run(before::keys::cart(id).scard()), 2);
    assert!(stage.run(before::keys::cart(id).srem(&8)));
    assert_eq!(stage.run(compatible::keys::cart(id).smembers()), [7]);
}

fn fields_of_maps(stage: &mut Stage<'_>) {
    use b301::three::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).hset("pen", &7));
    assert_eq!(stage.fails(after::keys::cart(id).hgetall()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).hgetall());
    assert_eq!(seen, [("pen".to_owned(), 7)]);
    stage.run(compatible::keys::cart(id).hset("ink", &8));
    assert_eq!(stage.run(before::keys::cart(id).hget("ink")), Some(8));
}

fn items_of_progress(stage: &mut Stage<'_>) {
    use b301::four::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).begin(["pen"]));
    assert_eq!(stage.fails(after::keys::cart(id).snapshot()), Corrupt);
    assert!(
        stage
            .run(compatible::keys::cart(id).report("pen", 100))
            .completes()
    );
    assert_eq!(stage.run(before::keys::cart(id).value("pen")), Some(100));
}

fn records_are_their_text(stage: &mut Stage<'_>) {
    use b301::five::{after, after_2, after_3, before, compatible};
    let id = Uuid::new_v4();
    let mut item = before::Item::new("pen");
    item.note = Some("blue".to_owned());
    stage.run(before::keys::cart(id).sadd(&item));
    let seen = stage.run(after::keys::cart(id).smembers());
    assert!(!stage.run(after::keys::cart(id).srem(&seen[0])), "missed");
    assert!(stage.run(after::keys::cart(id).sadd(&seen[0])), "twice");
    stage.run(before::keys::cart(id).del());
    stage.run(before::keys::cart(id).sadd(&item));
    let seen = stage.run(after_2::keys::cart(id).smembers());
    assert!(!stage.run(after_2::keys::cart(id).srem(&seen[0])), "missed");
    let seen = stage.run(after_3::keys::cart(id).smembers());
    assert_eq!(seen[0].name, "pen", "read all the same");
    assert!(!stage.run(after_3::keys::cart(id).srem(&seen[0])), "missed");
    assert!(stage.run(after_3::keys::cart(id).sadd(&seen[0])), "twice");
    stage.run(before::keys::cart(id).del());
    stage.run(before::keys::cart(id).sadd(&item));
    let seen = stage.run(compatible::keys::cart(id).smembers());
    assert!(!stage.run(compatible::keys::cart(id).sadd(&seen[0])));
    assert_eq!(stage.run(before::keys::cart(id).smembers()), [item]);
    assert!(stage.run(compatible::keys::cart(id).srem(&seen[0])));
}

fn score_same_meaning(stage: &mut Stage<'_>) {
    use b302::one::{after, before, compatible};
    let (id, late, early) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
    let (an_hour, noon) = (3600, 1_800_000_000);
    stage.run(before::keys::cart(id).zadd(&late, TimestampS::new(noon)));
    let before_noon = TimestampMs::new((noon - an_hour) * 1000);
    stage.run(after::keys::cart(id).zadd(&early, before_noon));
    let order = stage.run(after::keys::cart(id).zrange(0, -1));
    assert_eq!(order, [late, early], "not in the order of time");
    let since = stage.run(after::keys::cart(id).zrangebyscore(before_noon..));
    assert_eq!(since, [early], "the later one is not found");
    let early = stage.run(before::keys::cart(id).zscore(&early)).unwrap();
    assert!(early.get() > noon * 100, "for old code far in the future");
    let twin = Uuid::new_v4();
    stage.run(before::keys::cart(twin).zadd(&late, TimestampS::new(noon)));
    let early = Uuid::new_v4();
    let before_noon = TimestampS::new(noon - an_hour);
    stage.run(compatible::keys::cart(twin).zadd(&early, before_noon));
    let order = stage.run(compatible::keys::cart(twin).zrange(0, -1));
    assert_eq!(order, [early, late]);
}

fn hll_same_input(stage: &mut Stage<'_>) {
    use b312::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let visitors = 1..=100_u64;
    let numbers: Vec<u64> = visitors.clone().collect();
    let ids: Vec<Uuid> = visitors.map(|n| Uuid::from_u128(n.into())).collect();
    stage.run(before::keys::cart(id).pfadd_many(&numbers));
    let once = stage.run(compatible::keys::cart(id).pfcount());
    stage.run(compatible::keys::cart(id).pfadd_many(&numbers));
    let again = stage.run(before::keys::cart(id).pfcount());
    assert_eq!(once, again, "nobody new came");
    stage.run(after::keys::cart(id).pfadd_many(&ids));
    let twice = stage.run(after::keys::cart(id).pfcount());
    assert!(twice > once * 3 / 2, "{once} visitors count as {twice}");
}

fn index_same_source(stage: &mut Stage<'_>) {
    use b313::one::{after, before, compatible};
    let (user, cart) = (Uuid::new_v4(), Uuid::new_v4());
    stage.run(before::keys::cart(cart).set(b"pen"));
    stage.run(before::keys::of_user(user).sadd(&cart));
    let found = stage.run(after::keys::of_user(user).smembers());
    let leads_to = stage.run(after::keys::note(found[0]).get());
    assert_eq!(leads_to, None, "nowhere");
    let note = Uuid::new_v4();
    stage.run(after::keys::of_user(user).sadd(&note));
    let found = stage.run(before::keys::of_user(user).smembers());
    assert_eq!(found.len(), 2, "of which one is no cart");
    stage.run(after::keys::of_user(user).srem(&note));
    let found = stage.run(compatible::keys::of_user(user).smembers());
    let leads_to = stage.run(compatible::keys::cart(found[0]).get());
    assert_eq!(leads_to.unwrap(), b"pen");
}

fn bitfield_same_layout(stage: &mut Stage<'_>) {
    use b314::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    let dark = before::keys::WantsBit::Dark;
    stage.run(before::keys::wants(id).setbit(dark, true));
    let wants = after::keys::wants(id);
    assert!(!stage.run(wants.getbit(after::keys::WantsBit::Dark)));
    let news = stage.run(wants.getbit(after::keys::WantsBit::News));
    assert!(news, "which nobody asked for");
    let beta = after_2::keys::wants(id).getbit(after_2::keys::WantsBit::Beta);
    assert!(stage.run(beta), "nor for this");
    let twin = compatible::keys::wants(id);
    assert!(stage.run(twin.getbit(compatible::keys::WantsBit::Dark)));
    assert!(!stage.run(twin.getbit(compatible::keys::WantsBit::Beta)));
    assert!(stage.run(twin.getbit(1)), "by its offset as before");
    stage.run(twin.setbit(compatible::keys::WantsBit::Beta, true));
    assert!(stage.run(before::keys::wants(id).getbit(dark)));
}
