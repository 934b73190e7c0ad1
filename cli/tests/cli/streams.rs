//! Colours, closed pipes, and what goes to which stream.

use std::io::Read;
use std::process::Stdio;

use crate::check::wrong;
use crate::sandbox::{Outcome, Sandbox};

const ESCAPE: char = '\u{1b}';

fn check(args: &[&str], env: &[(&str, &str)]) -> Outcome {
    let sandbox = Sandbox::new();
    sandbox.write("shop.redis.yaml", wrong());
    let mut command = sandbox.command(&[&["check"], args].concat());
    command.envs(env.iter().copied());
    Outcome::of(&command.output().unwrap()).exits(2)
}

#[test]
fn output_that_is_no_terminal_is_plain() {
    let outcome = check(&[], &[]);
    assert!(!outcome.stdout.contains(ESCAPE));
    assert!(!outcome.stderr.contains(ESCAPE));
}

#[test]
fn colours_can_be_forced_and_forbidden() {
    assert!(check(&["--color", "always"], &[]).stdout.contains(ESCAPE));
    assert!(
        check(&["--color=always"], &[("NO_COLOR", "1")])
            .stdout
            .contains(ESCAPE)
    );
    assert!(
        check(&[], &[("CLICOLOR_FORCE", "1")])
            .stdout
            .contains(ESCAPE)
    );
    assert!(
        !check(&["--color", "never"], &[("CLICOLOR_FORCE", "1")])
            .stdout
            .contains(ESCAPE)
    );
    let both = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
    assert!(!check(&["--color", "auto"], &both).stdout.contains(ESCAPE));
}

#[test]
fn errors_and_help_follow_the_choice_of_colours() {
    let sandbox = Sandbox::new();
    let outcome = sandbox
        .run(&["explain", "E9", "--color", "always"])
        .exits(2);
    assert!(outcome.stderr.contains(ESCAPE));
    let outcome = sandbox.run(&["--color", "always", "--help"]).exits(0);
    assert!(outcome.stdout.contains(ESCAPE));
    let outcome = sandbox.run(&["--color=never", "--nonsense"]).exits(2);
    assert!(!outcome.stderr.contains(ESCAPE));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let sandbox = Sandbox::new();
    for args in [
        &["reference"][..],
        &["explain"],
        &["json-schema"],
        &["--help"],
    ] {
        let mut command = sandbox.command(args);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        assert_eq!(stderr, "", "{args:?}");
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}");
    }
}

#[test]
fn results_that_cannot_be_written_are_the_environments_fault() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let sandbox = Sandbox::new();
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = sandbox
        .command(&["reference"])
        .stdout(full)
        .output()
        .unwrap();
    let outcome = Outcome::of(&output).exits(3);
    assert_eq!(
        outcome.stderr,
        "error: cannot write to standard output: no space left on device\n"
    );
}
