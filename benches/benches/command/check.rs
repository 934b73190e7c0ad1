//! `check` of large schemas: alone, and beside released versions.

use std::path::Path;

use redis_schema_benches::against;
use redis_schema_benches::large::{self, Layout};

use crate::{Place, limits};

pub(crate) fn run(command: &Path) {
    for layout in [Layout::Apart, Layout::Behind] {
        let place = Place::new(command);
        let mut took = Vec::new();
        for (keys, millis, rounds) in [(1_000, 50.0, 15), (10_000, 1_000.0, 7)] {
            let file = format!("large{keys}.redis.yaml");
            place.write(&file, &large::laid_out(keys, layout));
            let what = format!("check of {keys} keys, {layout:?}");
            let spent = place.program.spent(rounds, &["check", &file], 0);
            limits(&what, spent, millis);
            took.push(spent.millis);
            let args = ["release", &file, "--today", "2026-01-01"];
            let _ = place.program.millis(&args, 0);
            let spent = place.program.spent(rounds, &["check", &file], 0);
            limits(&format!("{what}, released"), spent, millis);
            place.write(&file, &large::changed(keys, layout));
            let spent = place.program.spent(rounds, &["check", &file], 1);
            limits(&format!("{what}, changed since"), spent, millis);
        }
        against("10,000 keys to 1,000", took[1] / took[0], 10.0, "times");
    }
}
