use redis_schema::codec::Json;
use redis_schema::structure::JsonDocument;

use crate::probe::{Probe, every_policy};

type Structure = JsonDocument<Json<Vec<u32>>>;

#[test]
fn documents_send_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("json_document", P);
    let key = probe.key::<Structure, P>();
    let document = vec![1, 2];
    probe.check_unsent("json_get", key.json_get());
    probe.check_unsent("json_set", key.json_set(&document));
    probe.check_unsent("json_set_nx", key.json_set_nx(&document));
    probe.check_unsent("json_set_xx", key.json_set_xx(&document));
    // A test of loads runs the method itself against a proxy that knows the commands.
    probe.check_unsent_parts("json_get_or_load", |link| {
        drop(key.json_get().query(link));
        drop(key.json_set_nx(&document).query(link));
    });
    probe.finish();
}
