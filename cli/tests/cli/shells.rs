//! Completions and manual pages.

use std::process::{Command, Stdio};

use snapbox::str;

use crate::sandbox::Sandbox;

/// Every command, as the help lists them.
fn commands() -> Vec<String> {
    let help = Sandbox::new().run(&["--help"]).exits(0).stdout;
    let list = help
        .split_once("Commands:\n")
        .unwrap()
        .1
        .split_once("\n\n")
        .unwrap()
        .0;
    let names: Vec<String> = list
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect();
    assert!(names.len() >= 7, "{names:?}");
    names
}

#[test]
fn every_shell_gets_completions_of_every_command() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = sandbox
            .run(&["completions", shell])
            .exits(0)
            .says(str![""])
            .stdout;
        for command in commands() {
            assert!(script.contains(&command), "{shell}: {command}");
        }
    }
}

#[test]
fn bash_completes_commands_and_options() {
    let sandbox = Sandbox::new();
    let script = sandbox.run(&["completions", "bash"]).exits(0).stdout;
    sandbox.write("completions.bash", &script);
    let syntax = Command::new("bash")
        .arg("-n")
        .arg(sandbox.path("completions.bash"))
        .status();
    assert!(syntax.unwrap().success());
    assert_eq!(
        completed(&sandbox, &["redis-schema", "check", "--form"]),
        "--format"
    );
    assert_eq!(
        completed(&sandbox, &["redis-schema", "check", "--format", "sa"]),
        "sarif"
    );
    assert_eq!(
        completed(&sandbox, &["redis-schema", "json-s"]),
        "json-schema"
    );
    assert!(completed(&sandbox, &["redis-schema", "json-schema", "--"]).contains("--help"));
}

/// What bash offers for the last of the words.
fn completed(sandbox: &Sandbox, words: &[&str]) -> String {
    let last = words.len() - 1;
    let complete = format!(
        "source completions.bash; COMP_WORDS=({}); COMP_CWORD={last}; \
         $(complete -p redis-schema | grep -o '_redis[^ ]*') {} {} {}; echo \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words[0],
        words[last],
        words[last - 1],
    );
    let output = Command::new("bash")
        .args(["--norc", "-c", &complete])
        .current_dir(sandbox.root())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

#[test]
fn an_unknown_shell_is_wrong_usage() {
    let outcome = Sandbox::new().run(&["completions", "csh"]).exits(2);
    assert!(outcome.stderr.contains("bash"), "{}", outcome.stderr);
}

#[test]
fn the_manual_page_is_a_manual_page() {
    let page = Sandbox::new().run(&["man"]).exits(0).says(str![""]).stdout;
    assert!(page.contains(".TH redis-schema 1"), "{page}");
    assert!(page.contains("Exit codes"));
    for command in commands() {
        assert!(page.contains(&command.replace('-', "\\-")), "{command}");
    }
}

#[test]
fn a_page_for_each_command_is_written() {
    let sandbox = Sandbox::new();
    sandbox
        .run(&["man", "--out", "man1"])
        .exits(0)
        .prints(str![""]);
    let files = sandbox.files();
    assert!(files.contains(&"man1/redis-schema.1".to_owned()));
    for command in commands() {
        let name = format!("redis-schema-{command}");
        let page = sandbox.read(&format!("man1/{name}.1"));
        assert!(page.contains(&format!(".TH {name} 1")), "{page}");
    }
}
