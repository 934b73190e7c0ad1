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
    let later = SystemTime::now() + minute;
    probe.prepare(&["SADD probed:1 a"]);
    probe.check("key", |_| key.key());
    probe.check("exists", |c| key.exists().query(c));
    probe.check("touch", |c| key.touch().query(c));
    probe.check("key_type", |c| key.key_type().query(c));
    probe.check("ttl", |c| key.ttl().query(c));
    probe.check("pttl", |c| key.pttl().query(c));
    probe.check("expire_time", |c| key.expire_time().query(c));
    probe.check("refresh_ttl", |c| key.refresh_ttl().query(c));
    probe.check("expire", |c| key.expire(minute).query(c));
    probe.check("expire", |c| key.expire(minute / 7).query(c));
    probe.check("expire_with", |c| {
        key.expire_with(minute, ExpireOption::IfLonger).query(c)
    });
    probe.check("pexpire", |c| key.pexpire(minute).query(c));
    probe.check("expire_at", |c| key.expire_at(later).query(c));
    probe.check("pexpire_at", |c| key.pexpire_at(later).query(c));
    probe.check("persist", |c| key.persist().query(c));
    probe.check("object_encoding", |c| key.object_encoding().query(c));
    probe.check("object_idletime", |c| key.object_idletime().query(c));
    probe.check("memory_usage", |c| key.memory_usage().query(c));
    probe.check("copy_to", |c| key.copy_to(&other).query(c));
    probe.check("copy_replacing", |c| key.copy_replacing(&other).query(c));
    probe.check("rename_nx", |c| key.rename_nx(&other).query(c));
    probe.check("rename_to", |c| key.rename_to(&other).query(c));
    let mut dump = None;
    probe.prepare(&["SADD probed:1 a"]);
    probe.check("dump", |c| {
        dump = key.dump().query(c)?;
        Ok(())
    });
    let dump = dump.unwrap();
    probe.check("restore_replacing", |c| {
        key.restore_replacing(&dump).query(c)
    });
    probe.check("unlink", |c| key.unlink().query(c));
    probe.check("restore", |c| key.restore(&dump).query(c));
    probe.check("del", |c| key.del().query(c));
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
    probe.check("parse", |_| family.parse("probed:1"));
    probe.check("pattern", |_| family.pattern());
    probe.check("exists_many", |c| family.exists_many(keys).query(c));
    probe.check("unlink_many", |c| family.unlink_many(keys).query(c));
    probe.check("del_many", |c| family.del_many(keys).query(c));
    probe.check("scan_on", |c| all(family.scan_on(c)));
    probe.check("scan_match_on", |c| all(family.scan_match_on(c, any_of(1))));
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
