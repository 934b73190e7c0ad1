//! Help, version and wrong usage.

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let sandbox = Sandbox::new();
    let help = sandbox.run(&["--help"]).exits(0).stdout;
    assert!(help.contains("Exit codes:\n  0  clean\n"));
    sandbox.run(&["-h"]).exits(0).prints(help.clone());
    for line in help
        .split_once("Commands:\n")
        .unwrap()
        .1
        .split_once("\n\n")
        .unwrap()
        .0
        .lines()
    {
        let command = line.split_whitespace().next().unwrap();
        if line.starts_with("   ") {
            continue;
        }
        let help = sandbox.run(&[command, "--help"]).exits(0).stdout;
        assert!(
            help.contains("Examples:\n  redis-schema ") || help.contains("Examples:\n  source "),
            "{help}"
        );
    }
}

#[test]
fn nothing_at_all_shows_the_help() {
    let outcome = Sandbox::new().run(&[]).exits(2);
    assert!(outcome.stderr.contains("Start here:"), "{}", outcome.stderr);
}

#[test]
fn the_version_is_the_packages() {
    let expected = concat!("redis-schema ", env!("CARGO_PKG_VERSION"), "\n");
    Sandbox::new()
        .run(&["--version"])
        .exits(0)
        .prints(expected)
        .says(str![""]);
}

#[test]
fn a_mistyped_command_or_option_is_suggested() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run(&["chek"]).exits(2);
    assert!(outcome.stderr.contains("check"), "{}", outcome.stderr);
    let outcome = sandbox.run(&["check", "--formt", "json"]).exits(2);
    assert!(outcome.stderr.contains("--format"), "{}", outcome.stderr);
}

#[test]
fn quiet_and_verbose_exclude_each_other() {
    let outcome = Sandbox::new()
        .run(&["explain", "--quiet", "--verbose"])
        .exits(2);
    assert!(
        outcome.stderr.contains("cannot be used with"),
        "{}",
        outcome.stderr
    );
}
