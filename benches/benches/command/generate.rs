//! `generate` and `docs` of a large schema, and again when nothing changed.

use std::path::Path;

use redis_schema_benches::{against, large, least};

use crate::Place;

const KEYS: usize = 1_000;
const ROUNDS: usize = 15;

pub(crate) fn run(command: &Path) {
    let place = Place::new(command);
    place.write("large.redis.yaml", &large::schema(KEYS));
    let code = ["generate", "large.redis.yaml", "--out", "large.rs"];
    let pages = ["docs", "large.redis.yaml", "--out", "pages"];
    let least_of = |args: &[&str]| {
        let seen: Vec<f64> = (0..ROUNDS).map(|_| place.program.millis(args, 0)).collect();
        least(&seen)
    };
    let fresh = |args: &[&str]| least_of(&[args, &["--no-cache"]].concat());
    let (one, other) = (fresh(&code), fresh(&pages));
    against(
        &format!("generate of {KEYS} keys, the process"),
        one,
        100.0,
        "ms",
    );
    against(
        &format!("docs of {KEYS} keys, the process"),
        other,
        100.0,
        "ms",
    );
    let _ = (
        place.program.millis(&code, 0),
        place.program.millis(&pages, 0),
    );
    let before = place
        .path("large.rs")
        .metadata()
        .unwrap()
        .modified()
        .unwrap();
    against("generate, nothing changed", least_of(&code), 5.0, "ms");
    against("docs, nothing changed", least_of(&pages), 5.0, "ms");
    let after = place
        .path("large.rs")
        .metadata()
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(before, after, "a file that is up to date is not written");
}
