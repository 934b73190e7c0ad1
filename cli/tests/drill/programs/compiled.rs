//! Mistakes that the compiler must refuse.

use redis_schema_tests_drill::{PROGRAMS, Program};

use super::diagnostics::refused;
use super::mistakes::{MISTAKES, UNSENT};
use super::moved::MOVED;
use super::package::{Package, Workspace, read};
use crate::tally::{Class, Tally};

/// Places of one mistake in one file; more of them tell nothing new.
const MOST: usize = 2;

/// A damaged module, counted from 1 by its place in the list.
struct Damaged {
    kind: &'static str,
    place: String,
    package: Package,
    text: Text,
}

enum Text {
    /// Of one file.
    File(String),
    /// Of the schema below the whole program.
    Schema(String),
}

pub(crate) fn compiled(tally: &mut Tally) {
    let all: Vec<Damaged> = PROGRAMS.iter().flat_map(files).chain(schemas()).collect();
    for mistake in MISTAKES {
        let is_made = all.iter().any(|one| one.place.ends_with(mistake.to));
        assert!(is_made, "no program says `{}`", mistake.from);
    }
    let workspace = Workspace::new();
    for package in Package::all() {
        let is_in = |one: &Damaged| {
            (one.package.program.name, one.package.warned) == (package.program.name, package.warned)
        };
        let numbers = (1..).zip(&all).filter(|(_, one)| is_in(one));
        workspace.program(package, numbers.map(|(number, _)| number));
    }
    for (number, one) in (1..).zip(&all) {
        match &one.text {
            Text::File(text) => workspace.file(one.package, number, text),
            Text::Schema(text) => workspace.over(one.package, number, text),
        }
    }
    let refused = refused(&workspace.check());
    tally.alarms(&refused.alarms);
    for (number, one) in (1..).zip(&all) {
        let by = refused.modules.contains(&number);
        let by = by.then(|| "the compiler".to_owned());
        let place = format!("{}: {}", one.package.program.name, one.place);
        tally.add(Class::Program, one.kind, &place, by);
    }
}

/// The files of a program, each with one mistake.
fn files(program: &'static Program) -> Vec<Damaged> {
    let mut out = Vec::new();
    for file in program.files {
        let text = read(program, &format!("src/{file}.rs"));
        for mistake in MISTAKES {
            let warned = mistake.kind == UNSENT;
            for (at, _) in text.match_indices(mistake.from).take(MOST) {
                let (before, rest) = text.split_at(at);
                let behind = &rest[mistake.from.len()..];
                out.push(Damaged {
                    kind: mistake.kind,
                    place: format!("{file}.rs:{}: {}", before.lines().count(), mistake.to),
                    package: Package { program, warned },
                    text: Text::File(format!("{before}{}{behind}", mistake.to)),
                });
            }
        }
    }
    out
}

fn schemas() -> impl Iterator<Item = Damaged> {
    MOVED.iter().map(|moved| {
        let program = PROGRAMS.iter().find(|one| one.name == moved.program);
        let package = Package {
            program: program.unwrap(),
            warned: false,
        };
        let schema = read(package.program, &format!("{}.redis.yaml", moved.program));
        assert_eq!(schema.matches(moved.from).count(), 1, "{}", moved.from);
        Damaged {
            kind: moved.kind,
            place: moved.to.trim().to_owned(),
            package,
            text: Text::Schema(schema.replacen(moved.from, moved.to, 1)),
        }
    })
}
