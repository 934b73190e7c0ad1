//! Work grows with a schema and not with its square: what checking and comparing ask of the allocator, at 1,000 keys and
//! at 10,000.
//!
//! One test in one thread, because the counts belong to the whole process.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use redis_schema_benches::large::{self, Layout};
use redis_schema_benches::memory::{Used, Watching, used};
use redis_schema_model::load::{Loaded, load_text};
use redis_schema_rules::breaking::compare;
use redis_schema_rules::facts::{Facts, Snapshot};
use redis_schema_rules::lint::{Chosen, Given, run};

#[global_allocator]
static ALLOCATOR: Watching = Watching;

const FEW: usize = 1_000;
const MANY: usize = 10_000;
/// Bytes that two versions of [`MANY`] keys and their comparison may hold: half of what the process may.
const MOST: usize = 250 << 20;

/// A step, what it asks for, and how many allocations it may make for each key at most.
type Step = (&'static str, Used, usize);

fn steps(keys: usize, layout: Layout) -> Vec<Step> {
    let (old, new) = (large::laid_out(keys, layout), large::changed(keys, layout));
    let (old, reading) = used(|| load_text(&old));
    let new = load_text(&new);
    let lint = |loaded: &Loaded, released: Option<&Facts>| {
        let given = Given {
            released,
            ..Given::default()
        };
        used(|| run(loaded, &Chosen::default(), given))
    };
    let (_, linting) = lint(&old, None);
    let (before, facts) = used(|| Facts::from(old.schema.as_ref().unwrap()));
    let after = Facts::from(new.schema.as_ref().unwrap());
    let (found, released) = lint(&new, Some(&before));
    assert!(found.reports.len() >= keys / 60, "keys that went are told");
    let (same, equal) = used(|| compare(&before, &before));
    assert!(same.findings.is_empty());
    let (changed, comparing) = used(|| compare(&before, &after));
    assert!(
        changed.findings.len() >= keys / 15,
        "every tenth key changed"
    );
    let json = before.to_json();
    let (_, stored) = used(|| Snapshot::from_json(&json).unwrap());
    vec![
        ("reading and checking", reading, 85),
        ("lint", linting, 15),
        ("lint with a released version", released, 25),
        ("facts", facts, 10),
        ("reading a released version", stored, 10),
        ("comparing what is the same", equal, 20),
        ("comparing what changed", comparing, 40),
    ]
}

/// What is wrong with a step at both sizes.
fn wrong((what, few, limit): &Step, (_, many, _): &Step) -> Vec<String> {
    let each = many.allocations / MANY;
    println!(
        "{what}: {each} allocations a key, {} KiB held",
        many.most >> 10
    );
    let mut wrong = Vec::new();
    if each > *limit {
        wrong.push(format!(
            "{what}: {each} allocations a key, allowed are {limit}"
        ));
    }
    // Growing tables are rounded up, so that a bit more than ten times as much is still as much for each.
    if many.allocations > few.allocations * 11 {
        let (few, many) = (few.allocations, many.allocations);
        wrong.push(format!(
            "{what}: {few} allocations at {FEW} keys, {many} at {MANY}"
        ));
    }
    if many.most > few.most * 14 {
        let (few, many) = (few.most, many.most);
        wrong.push(format!(
            "{what}: {few} bytes at {FEW} keys, {many} at {MANY}"
        ));
    }
    wrong
}

#[test]
fn work_and_memory_grow_with_the_schema() {
    let mut all = Vec::new();
    for layout in [Layout::Apart, Layout::Behind] {
        println!("{layout:?}");
        let few = steps(FEW, layout);
        let (many, whole) = used(|| steps(MANY, layout));
        all.extend(
            few.iter()
                .zip(&many)
                .flat_map(|(few, many)| wrong(few, many)),
        );
        if whole.most > MOST {
            all.push(format!("{} MiB held at once", whole.most >> 20));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}
