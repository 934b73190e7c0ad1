use std::time::{Duration, SystemTime};

use redis_schema::codec::Text;
use redis_schema::structure::Set;
use redis_schema::{ExpireOption, Result, family};

use crate::probe::{Probe, Probed, any_of, every_policy};

type Structure = Set<Text<String>>;

#[test]
fn every_key_sends_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("any", P);
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    let minute = Duration::from_secs(60);
    let now = SystemTime::now();
    let later = now + 2 * minute;
    probe.prepare(&["SADD probed:1 a"]);
    probe.check_steps("key", |_| key.key());
    probe.check("exists", key.exists());
    probe.check("touch", key.touch());
    probe.check("key_type", key.key_type());
    probe.check("ttl", key.ttl());
    probe.check("pttl", key.pttl());
    probe.check("expire_time", key.expire_time());
    probe.check("refresh_ttl", key.refresh_ttl());
    probe.check("expire", key.expire(minute));
    probe.check("expire", key.expire(minute / 7));
    probe.check(
        "expire_with",
        key.expire_with(minute, ExpireOption::IfLonger),
    );
    probe.check("expire_with", key.expire_with(minute, ExpireOption::IfAny));
    probe.check("pexpire", key.pexpire(minute));
    probe.check("expire_at", key.expire_at(later));
    probe.check("pexpire_at", key.pexpire_at(later));
    probe.check_class("expire", key.expire(Duration::ZERO));
    probe.check_class("pexpire", key.pexpire(Duration::ZERO));
    probe.check_class("expire_at", key.expire_at(now));
    probe.check_class("pexpire_at", key.pexpire_at(now));
    probe.check("persist", key.persist());
    probe.check("object_encoding", key.object_encoding());
    probe.check("object_idletime", key.object_idletime());
    probe.check("memory_usage", key.memory_usage());
    probe.check("copy_to", key.copy_to(&other));
    probe.check("copy_replacing", key.copy_replacing(&other));
    probe.check("rename_nx", key.rename_nx(&other));
    probe.check("rename_to", key.rename_to(&other));
    let mut dump = None;
    probe.prepare(&["SADD probed:1 a"]);
    probe.check_steps("dump", |c| {
        dump = key.dump().query(c)?;
        Ok(())
    });
    let dump = dump.unwrap();
    probe.check("restore_replacing", key.restore_replacing(&dump));
    probe.check("unlink", key.unlink());
    probe.check("restore", key.restore(&dump));
    probe.check("del", key.del());
    probe.finish();
}

#[test]
fn families_send_what_the_catalog_says() {
    every_policy!(run_family);
}

fn run_family<const P: usize>() {
    let mut probe = Probe::new("family", P);
    let family = family::<Probed<Structure, P>>();
    let keys = [Probed::new(1), Probed::new(1)];
    probe.prepare(&["SADD probed:1 a"]);
    probe.check_steps("parse", |_| family.parse("probed:1"));
    probe.check_steps("pattern", |_| family.pattern());
    probe.check("exists_many", family.exists_many(keys));
    probe.check("unlink_many", family.unlink_many(keys));
    probe.check("del_many", family.del_many(keys));
    probe.check_steps("scan_on", |c| all(family.scan_on(c)));
    probe.check_steps("scan_match_on", |c| all(family.scan_match_on(c, any_of(1))));
    probe.check_async("scan", async |store| {
        store
            .family::<Probed<Structure, P>>()
            .scan()
            .collect()
            .await
    });
    probe.check_async("scan_match", async |store| {
        let family = store.family::<Probed<Structure, P>>();
        family.scan_match(any_of(1)).collect().await
    });
    probe.check_async("count_approx", async |store| {
        store.family::<Probed<Structure, P>>().count_approx().await
    });
    probe.finish();
}

fn all<T>(items: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    items.collect()
}
