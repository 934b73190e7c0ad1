//! The numbers of all tables, whichever process each was made in: a file for each, and one that sums them up, which
//! `scripts/test` shows and goes by.

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::TABLES;

/// What is counted.
pub const COLUMNS: [&str; 9] = [
    "tried",
    "faults",
    "answered",
    "ambiguous",
    "refused",
    "doubled",
    "lost",
    "lost in fail-over",
    "longest stall, ms",
];

/// A number for each of [`COLUMNS`].
pub type Numbers = [u64; COLUMNS.len()];

/// The columns that must be zero: what ran more often than it may, and what was acknowledged and is gone.
const ZERO: [usize; 2] = [5, 6];
/// The column whose greatest number counts; the others are summed.
const LONGEST: usize = 8;

/// The last line where all is well; `scripts/test` looks for it.
const WELL: &str = "Every table is here, nothing was doubled, nothing acknowledged was lost.";

/// Where the numbers are kept.
const FOLDER: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/faults");

/// Tables of this process that are finished.
static FINISHED: AtomicUsize = AtomicUsize::new(0);

/// Writes the numbers of a table down, and all that there are; prints them behind the last of this process. A table
/// that is not listed would not be missed if it were gone.
#[track_caller]
pub fn add(table: &str, numbers: Numbers) {
    assert!(TABLES.contains(&table), "{table} is not among `TABLES`");
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder).unwrap();
    let lock = File::create(folder.with_extension("lock")).unwrap();
    lock.lock().unwrap();
    let line: Vec<String> = numbers.iter().map(u64::to_string).collect();
    fs::write(folder.join(table.replace(':', "-")), line.join(" ")).unwrap();
    let text = shown(&kept(folder));
    fs::write(folder.with_extension("txt"), &text).unwrap();
    drop(lock);
    if FINISHED.fetch_add(1, Ordering::Relaxed) + 1 == TABLES.len() {
        println!("\n{text}");
    }
}

/// The numbers of all tables, by name.
fn kept(folder: &Path) -> Vec<(String, Numbers)> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let name = path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .replace('-', ":");
        let text = fs::read_to_string(&path).unwrap();
        let numbers: Vec<u64> = text.split(' ').map(|it| it.parse().unwrap()).collect();
        (name, numbers.try_into().unwrap())
    };
    let mut kept: Vec<_> = files.map(read).collect();
    kept.sort_unstable();
    kept
}

/// The table of tables: single servers and clusters are told apart.
fn shown(tables: &[(String, Numbers)]) -> String {
    let mut out = row("", COLUMNS.map(str::to_owned));
    let mut sums = [[0; COLUMNS.len()]; 2];
    for (table, numbers) in tables {
        out += &row(table, numbers.map(|number| number.to_string()));
        let sums = &mut sums[usize::from(table.contains("cluster"))];
        for (column, number) in numbers.iter().enumerate() {
            sums[column] = match column {
                LONGEST => sums[column].max(*number),
                _ => sums[column] + number,
            };
        }
    }
    out += "\n";
    for (name, sums) in ["single servers", "clusters"].into_iter().zip(&sums) {
        out += &row(name, sums.map(|number| number.to_string()));
    }
    let bad: u64 = sums.iter().flat_map(|sums| ZERO.map(|at| sums[at])).sum();
    let here = |name: &&str| tables.iter().any(|(table, _)| table == name);
    let missing: Vec<_> = TABLES.into_iter().filter(|name| !here(name)).collect();
    out += &match (missing.as_slice(), bad) {
        ([], 0) => format!("\n{WELL}\n"),
        (missing, bad) => format!("\nMissing: {missing:?}; {bad} doubled or lost.\n"),
    };
    out
}

fn row(name: &str, cells: [String; COLUMNS.len()]) -> String {
    let cells = cells.iter().zip(COLUMNS);
    let cells =
        cells.map(|(cell, column)| format!("{cell:>width$}", width = column.len().max(7) + 2));
    format!("{name:<30}{}\n", cells.collect::<String>())
}

#[test]
fn what_is_doubled_lost_or_missing_is_not_well() {
    let table = |name: &str| {
        let mut numbers = [1; COLUMNS.len()];
        ZERO.into_iter().for_each(|column| numbers[column] = 0);
        (name.to_owned(), numbers)
    };
    let mut tables: Vec<_> = TABLES.into_iter().map(table).collect();
    assert!(shown(&tables).ends_with(&format!("\n{WELL}\n")));
    let clusters = TABLES.iter().filter(|name| name.contains("cluster"));
    let sum = format!("clusters{:>31}", clusters.count());
    assert!(shown(&tables).contains(&sum), "they are summed: {sum}");
    let without = shown(&tables[1..]);
    assert!(without.ends_with(&format!("Missing: [{:?}]; 0 doubled or lost.\n", TABLES[0])));
    for column in ZERO {
        tables[0].1[column] = 1;
        assert!(shown(&tables).ends_with("1 doubled or lost.\n"));
        tables[0].1[column] = 0;
    }
}
