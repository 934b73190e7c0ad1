//! The action and the hooks of the repository, run as their hosts run them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sandbox::{Outcome, SHOP, Sandbox};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=a", "-c", "user.email=a@b.example"])
        .args(args);
    assert!(
        command.current_dir(folder).status().unwrap().success(),
        "git {args:?}"
    );
}

/// A clone whose base branch `main` has the shop, and whose working tree renamed a key.
fn clone() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("base/shop.redis.yaml", SHOP);
    let base = sandbox.path("base");
    git(&base, &["init", "-q", "-b", "main"]);
    git(&base, &["add", "."]);
    git(&base, &["commit", "-q", "-m", "first"]);
    git(sandbox.root(), &["clone", "-q", "base", "work"]);
    sandbox.write(
        "work/shop.redis.yaml",
        SHOP.replace("order:{order_id}", "orders:{order_id}"),
    );
    sandbox
}

/// The command under its name on the path, in front of everything else.
fn path_with_the_command() -> std::ffi::OsString {
    let folder = Path::new(env!("CARGO_BIN_EXE_redis-schema"))
        .parent()
        .unwrap()
        .to_owned();
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&rest))).unwrap()
}

fn run(sandbox: &Sandbox, program: &Path, args: &[&str], env: &[(&str, &str)]) -> Outcome {
    let mut command = Command::new(program);
    command
        .args(args)
        .current_dir(sandbox.path("work"))
        .env("PATH", path_with_the_command())
        .env("RUNNER_TEMP", sandbox.root())
        .env("GITHUB_OUTPUT", sandbox.path("outputs"))
        .env("GITHUB_STEP_SUMMARY", sandbox.path("summary"));
    for name in ["AGAINST", "PATHS", "ARGS", "VERSION", "BASE_REF"] {
        command.env_remove(name);
    }
    command.envs(env.iter().copied());
    Outcome::of(&command.output().unwrap())
}

#[test]
fn the_action_annotates_a_pull_request_and_leaves_files() {
    let sandbox = clone();
    let script = root().join("scripts/ci/action");
    let outcome = run(&sandbox, &script, &[], &[("BASE_REF", "main")]).exits(1);
    assert!(
        outcome
            .stdout
            .starts_with("::error file=shop.redis.yaml,line="),
        "{}",
        outcome.stdout
    );
    assert!(sandbox.read("summary").contains("`KEY_SAME_TEMPLATE`"));
    let outputs = sandbox.read("outputs");
    let sarif = outputs
        .lines()
        .find_map(|line| line.strip_prefix("sarif="))
        .unwrap();
    assert!(std::fs::read_to_string(sarif).unwrap().contains("\"B102\""));
    let accepted = [
        ("BASE_REF", "main"),
        ("ARGS", "--warn\nB102\n"),
        ("PATHS", "shop.redis.yaml"),
    ];
    run(&sandbox, &script, &[], &accepted).exits(0);
}

#[test]
fn inputs_of_the_action_are_never_run() {
    let sandbox = clone();
    let script = root().join("scripts/ci/action");
    for hostile in [
        "git:$(touch hit)",
        "git:`touch hit`",
        "git:main;touch hit",
        "git:--output=hit",
    ] {
        run(&sandbox, &script, &[], &[("AGAINST", hostile)]).exits(2);
        run(
            &sandbox,
            &script,
            &[],
            &[("BASE_REF", "main"), ("PATHS", hostile)],
        );
    }
    assert!(!sandbox.path("work/hit").exists());
}

#[test]
fn the_action_runs_its_script_and_hands_over_every_input() {
    let action = std::fs::read_to_string(root().join("action.yml")).unwrap();
    let script = std::fs::read_to_string(root().join("scripts/ci/action")).unwrap();
    assert!(action.contains("scripts/ci/action"));
    for name in ["AGAINST", "PATHS", "ARGS", "VERSION", "BASE_REF"] {
        assert!(action.contains(&format!("        {name}: ${{{{")), "{name}");
        assert!(script.contains(name), "{name}");
    }
    // An expression inside a script would be replaced by text that is then run.
    assert!(!script.contains("${{"));
}

#[test]
fn every_hook_runs() {
    let sandbox = clone();
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let entries: Vec<&str> = hooks
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: "))
        .collect();
    let codes: Vec<i32> = entries
        .iter()
        .map(|entry| {
            let mut words: Vec<&str> = entry.split(' ').collect();
            let program = PathBuf::from(words.remove(0));
            if !entry.contains("--against") {
                words.push("shop.redis.yaml");
            }
            run(&sandbox, &program, &words, &[]).code
        })
        .collect();
    // The rename is no mistake, is well formatted, and breaks the key.
    assert_eq!(codes, [0, 0, 1], "{entries:?}");
}
