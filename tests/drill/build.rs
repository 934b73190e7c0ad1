//! Writes the example programs and their tests once more, with every switch of `src/switches.rs` built in.

#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(unreachable_pub, dead_code)]
#[path = "src/switches.rs"]
mod switches;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use switches::{PROGRAMS, Program, switches};

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    for program in PROGRAMS {
        let folder = Path::new("../../examples").join(program.name);
        let mut text = String::new();
        for file in program.files {
            let path = folder.join("src").join(format!("{file}.rs"));
            let code = switched(program.name, file, &read(&path));
            module(&mut text, file, &inside(program, &code));
        }
        let tests = folder.join("tests").join(format!("{}.rs", program.tests));
        let (code, names) = as_functions(&read(&tests));
        module(&mut text, "tests", &inside(program, &code));
        text.push_str(&list(&names));
        fs::write(out.join(format!("{}.rs", program.name)), text).unwrap();
    }
}

fn read(path: &Path) -> String {
    println!("cargo::rerun-if-changed={}", path.display());
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn module(out: &mut String, name: &str, code: &str) {
    write!(
        out,
        "#[allow(warnings, clippy::all)]\npub mod {name} {{\n{code}}}\n"
    )
    .unwrap();
}

/// The code of a file as that of a module: its own attributes and introduction go, paths begin further out.
fn inside(program: &Program, code: &str) -> String {
    let kept = code
        .lines()
        .filter(|line| !line.starts_with("//!") && !line.starts_with("#!["));
    let here = format!("crate::{}::", program.name);
    kept.map(|line| {
        // Switches stay where they are.
        let line = line.replace("crate::", &here);
        let line = line.replace(&format!("{here}is_on("), "crate::is_on(");
        line.replace(&format!("example_{}::", program.name), &here) + "\n"
    })
    .collect()
}

/// A file with its switches. Each must find its place, and only one; what a switch says wrongly may be the place of one
/// before it in the list.
fn switched(program: &str, file: &str, code: &str) -> String {
    let mut code = code.to_owned();
    for (at, switch) in switches().enumerate() {
        if (switch.program, switch.file) != (program, file) {
            continue;
        }
        let places = code.matches(switch.from).count();
        assert_eq!(places, 1, "{program}/{file}: `{}`", switch.from);
        let both = format!(
            "{{ if crate::is_on({}) {{ {} }} else {{ {} }} }}",
            at + 1,
            switch.to,
            switch.from
        );
        code = code.replacen(switch.from, &both, 1);
    }
    code
}

/// Tests as plain functions, with their names and whether they are asynchronous.
fn as_functions(code: &str) -> (String, Vec<(String, bool)>) {
    let (mut out, mut names, mut is_test) = (String::new(), Vec::new(), false);
    for line in code.lines() {
        if line.starts_with("#[tokio::test") || line == "#[test]" {
            is_test = true;
            continue;
        }
        if std::mem::take(&mut is_test) {
            let (head, _) = line.split_once('(').unwrap();
            let name = head.rsplit(' ').next().unwrap();
            names.push((name.to_owned(), head.starts_with("async ")));
            out.push_str("pub ");
        }
        out.push_str(line);
        out.push('\n');
    }
    (out, names)
}

fn list(names: &[(String, bool)]) -> String {
    let mut out =
        "/// The tests of the program.\npub(crate) const TESTS: &[crate::Test] = &[\n".to_owned();
    for (name, is_async) in names {
        let run = if *is_async {
            format!("|| crate::run(tests::{name}())")
        } else {
            format!("tests::{name}")
        };
        writeln!(out, "    crate::Test {{ name: {name:?}, run: {run} }},").unwrap();
    }
    out + "];\n"
}
