use std::convert::Infallible;
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
    probe.check_async("get_or_load", async |store| {
        let key = redis_schema::Handle::with(Probed::<Structure, P>::new(1), store);
        let loaded = key.get_or_load(async || Ok::<_, Infallible>(Some("v".to_owned())));
        Ok(loaded.await?)
    });
    probe.check("set", key.set("v"));
    probe.check("get", key.get());
    probe.check("get_ex", key.get_ex());
    probe.check("strlen", key.strlen());
    probe.check("getrange", key.getrange(0, 1));
    probe.check("set_nx", key.set_nx("v"));
    probe.check("set_xx", key.set_xx("v"));
    probe.check("set_get", key.set_get("v"));
    probe.check("set_ex", key.set_ex("v", Duration::from_secs(9)));
    let options = SetOptions::new();
    probe.check("set_with", key.set_with("v", options));
    probe.check("set_with", key.set_with("v", options.xx()));
    probe.check_class("set_with", key.set_with("v", options.nx()));
    probe.check("set_get_with", key.set_get_with("v", options.xx()));
    probe.check("append", key.append("w"));
    probe.check("setrange", key.setrange(1, "x"));
    probe.check("compare_and_set", key.compare_and_set("a", "b"));
    probe.check("compare_and_del", key.compare_and_del("a"));
    probe.check_steps("update_with_on", |c| {
        key.update_with_on(c, 3, |value| value.map(|value| value + "!"))
    });
    probe.check_async("update_with", async |store| {
        let key = redis_schema::Handle::with(Probed::<Structure, P>::new(1), store);
        key.update_with(3, |value| value.map(|value| value + "!"))
            .await
    });
    probe.check("get_del", key.get_del());
    probe.check("mget", family.mget([one, two]));
    probe.check("mset", family.mset([(one, "v"), (two, "w")]));
    probe.finish();
}
