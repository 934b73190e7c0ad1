use std::time::Duration;

use redis_schema::codec::Text;
use redis_schema::structure::Str;
use redis_schema::{SetOptions, family};

use crate::probe::{Probe, Probed, every_policy};

type Structure = Str<Text<String>>;

#[test]
fn strings_send_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("string", P);
    let key = probe.key::<Structure, P>();
    let family = family::<Probed<Structure, P>>();
    let (one, two) = (Probed::new(1), Probed::new(1));
    probe.check("set", |c| key.set("v").query(c));
    probe.check("get", |c| key.get().query(c));
    probe.check("get_ex", |c| key.get_ex().query(c));
    probe.check("strlen", |c| key.strlen().query(c));
    probe.check("getrange", |c| key.getrange(0, 1).query(c));
    probe.check("set_nx", |c| key.set_nx("v").query(c));
    probe.check("set_xx", |c| key.set_xx("v").query(c));
    probe.check("set_get", |c| key.set_get("v").query(c));
    probe.check("set_ex", |c| {
        key.set_ex("v", Duration::from_secs(9)).query(c)
    });
    let options = SetOptions::new();
    probe.check("set_with", |c| key.set_with("v", options).query(c));
    probe.check("set_with", |c| key.set_with("v", options.xx()).query(c));
    probe.check("set_get_with", |c| {
        key.set_get_with("v", options.xx()).query(c)
    });
    probe.check("append", |c| key.append("w").query(c));
    probe.check("setrange", |c| key.setrange(1, "x").query(c));
    probe.check("compare_and_set", |c| {
        key.compare_and_set("a", "b").query(c)
    });
    probe.check("compare_and_del", |c| key.compare_and_del("a").query(c));
    probe.check("update_with_on", |c| {
        key.update_with_on(c, 3, |value| value.map(|value| value + "!"))
    });
    probe.check_async("update_with", async |store| {
        let key = redis_schema::Handle::with(Probed::<Structure, P>::new(1), store);
        key.update_with(3, |value| value.map(|value| value + "!"))
            .await
    });
    probe.check("get_del", |c| key.get_del().query(c));
    probe.check("mget", |c| family.mget([one, two]).query(c));
    probe.check("mset", |c| family.mset([(one, "v"), (two, "w")]).query(c));
    probe.finish();
}
