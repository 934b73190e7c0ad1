//! What a version in git costs more than the same one in a file.

use std::path::Path;

use redis_schema_benches::large::{self, Layout};
use redis_schema_benches::{against, least, repository};

use crate::Place;

const FILES: usize = 20_000;
const COMMITS: usize = 400;
const ROUNDS: usize = 9;
/// Milliseconds that git may add.
const MORE: f64 = 100.0;

pub(crate) fn run(command: &Path) {
    for keys in [10, 1_000] {
        let place = Place::new(command);
        let old = large::laid_out(keys, Layout::Apart);
        let given = [("services/part1/large.redis.yaml", old.as_str())];
        repository::make(&place.program.folder, FILES, COMMITS, &given);
        place.write(".cache/old.redis.yaml", &old);
        let file = [
            "diff",
            ".cache/old.redis.yaml",
            "services/part1/large.redis.yaml",
        ];
        for git in [
            &[
                "diff",
                "--against",
                "git:main~10",
                "services/part1/large.redis.yaml",
            ][..],
            &["diff", "--against", "git:main~10", "services"],
        ] {
            let (mut files, mut gits) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                files.push(place.program.millis(&file, 0));
                gits.push(place.program.millis(git, 0));
            }
            let what = format!("{keys} keys, {} of {FILES} files, more than a file", git[3]);
            against(&what, least(&gits) - least(&files), MORE, "ms");
        }
    }
}
