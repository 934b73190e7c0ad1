//! `check` of many files: schemas of their own in a directory, and parts of one schema.

use std::path::Path;

use redis_schema_benches::large;

use crate::{Place, limits};

const FILES: usize = 10_000;
/// As many as a schema may import.
const PARTS: usize = 999;
const MILLIS: f64 = 2_500.0;

pub(crate) fn run(command: &Path) {
    let place = Place::new(command);
    for at in 0..FILES {
        let file = format!("service{}/keys{at}.redis.yaml", at % 100);
        place.write(&file, &large::small(at));
    }
    let spent = place.program.spent(5, &["check"], 0);
    limits(&format!("check of {FILES} schemas"), spent, MILLIS);

    let place = Place::new(command);
    place.write("large.redis.yaml", &large::importing(PARTS));
    for at in 0..PARTS {
        place.write(&format!("parts/part{at}.redis.yaml"), &large::part(at));
    }
    let spent = place.program.spent(5, &["check"], 0);
    limits(
        &format!("check of a schema of {PARTS} parts"),
        spent,
        MILLIS,
    );
}
