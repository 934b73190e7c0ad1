use redis_schema::codec::Text;
use redis_schema::structure::Set;
use redis_schema::{Group, GroupHandle, Members};

use redis_schema_codegen::catalog::Facts;

use crate::probe::{Probe, Probed, Schema, any_of, once};

/// A key that the parameter names, and those found by walking.
struct Everything;

impl Group for Everything {
    type Schema = Schema;

    fn members(&self, out: &mut Members<'_>) {
        out.exact(&Probed::<Set<Text<String>>, 0>::new(1));
        out.matching(any_of::<Set<Text<String>>, 0>(1));
    }
}

#[test]
fn groups_send_what_the_catalog_says() {
    once!(run);
}

fn run() {
    let mut probe = Probe::new("group", 0);
    probe.facts = Facts::group(true);
    for method in ["list", "size", "invalidate"] {
        probe.prepare(&["SADD probed:1 a", "SADD probed:2 a"]);
        probe.check_async(method, async |store| {
            let group = GroupHandle::new(store, Everything);
            match method {
                "list" => group.list().await.map(drop),
                "size" => group.size().await.map(drop),
                _ => group.invalidate().await.map(drop),
            }
        });
    }
    probe.finish();
}
