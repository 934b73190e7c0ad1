//! `diff` of large schemas, with nothing and with a tenth changed, against `check` of one of them.

use std::path::Path;

use redis_schema_benches::large::{self, Layout};
use redis_schema_benches::process::Spent;
use redis_schema_benches::{against, least};

use crate::{Place, limits};

const KEYS: usize = 10_000;
const ROUNDS: usize = 7;

pub(crate) fn run(command: &Path) {
    for layout in [Layout::Apart, Layout::Behind] {
        let place = Place::new(command);
        place.write("old.redis.yaml", &large::laid_out(KEYS, layout));
        place.write("same.redis.yaml", &large::laid_out(KEYS, layout));
        place.write("new.redis.yaml", &large::changed(KEYS, layout));
        for (new, code, what) in [("same", 0, "nothing"), ("new", 1, "a tenth")] {
            let new = format!("{new}.redis.yaml");
            let both = ["diff", "old.redis.yaml", &new];
            let (mut checks, mut diffs) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                checks.push(place.program.millis(&["check", "old.redis.yaml"], 0));
                diffs.push(place.program.millis(&both, code));
            }
            let (check, diff) = (least(&checks), least(&diffs));
            let what = format!("diff of {KEYS} keys, {layout:?}, {what} changed");
            let spent = Spent {
                millis: diff,
                ..place.program.spent(1, &both, code)
            };
            limits(&what, spent, 2_000.0);
            against(&format!("{what}, to check"), diff / check, 2.0, "times");
        }
    }
}
