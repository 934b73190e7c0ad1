//! Two versions and what breaks between them, from every source and in every form.

use std::path::Path;
use std::process::Command;

use snapbox::str;

use crate::sandbox::Sandbox;

const OLD: &str = "\
edition: 1
schema: shop
version: 1
params: { id: uuid }
keys:
  job: { key: 'job:{id}', ttl: 24h, hash: { at: timestamp_s } }
  hit: { key: 'hit:{id}', ttl: 1h, string: bytes }
";

/// One break of each severity.
fn newer() -> String {
    OLD.replace("version: 1", "version: 2")
        .replace("timestamp_s", "timestamp_ms")
        .replace("ttl: 1h", "ttl: { none: wanted }")
}

fn two_files() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("old.redis.yaml", OLD);
    sandbox.write("new.redis.yaml", newer());
    sandbox
}

const BOTH: [&str; 3] = ["diff", "old.redis.yaml", "new.redis.yaml"];

fn with<'a>(first: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    first.iter().chain(more).copied().collect()
}

#[test]
fn findings_tell_what_breaks_for_whom_until_when_and_what_to_do() {
    two_files().run(&BOTH).exits(1).prints(str![[r#"
deny B215 UNIT_SAME  job.at  timestamp_s -> timestamp_ms
     storage · breaks new readers, old processes · horizon ttl:24h after last use · roll out: write both, read either
     fix: add `at_ms` beside it, write both, and drop `at` when no data has it alone
warn B502 TTL_NO_REMOVE  hit  1h -> none
     ops · breaks operations · horizon permanent · roll out: any order
     fix: keep a lifetime, if a long one, or say what bounds the number of keys and remove them on purpose
2 findings: 1 storage, 1 ops

"#]]).says(str![[r#"
`redis-schema explain B215` tells more about a rule.

"#]]);
}

#[test]
fn findings_fit_a_terminal() {
    let sandbox = two_files();
    let mut command = sandbox.command(&BOTH);
    let output = command.env("COLUMNS", "60").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().count() > 3, "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 60),
        "{text}"
    );
}

#[test]
fn nothing_breaks_between_a_schema_and_itself() {
    let outcome = two_files().run(&["diff", "old.redis.yaml", "old.redis.yaml"]);
    outcome.exits(0).prints(str![""]).says(str![[r#"
Nothing breaks.

"#]]);
}

#[test]
fn severities_and_selections_decide_the_exit_code() {
    let sandbox = two_files();
    let run = |more: &[&str]| sandbox.run(&with(&BOTH, more));
    let codes = |text: &str| {
        text.lines()
            .filter(|line| line.starts_with("deny") || line.starts_with("warn"))
            .count()
    };
    assert_eq!(codes(&run(&["--path", "hit"]).exits(0).stdout), 1);
    assert_eq!(codes(&run(&["--rule", "unit_same"]).exits(1).stdout), 1);
    assert_eq!(codes(&run(&["--level", "ops"]).exits(0).stdout), 1);
    assert_eq!(
        codes(&run(&["--level", "ops", "--deny", "ops"]).exits(1).stdout),
        1
    );
    assert_eq!(codes(&run(&["--warn", "B215"]).exits(0).stdout), 2);
    assert_eq!(
        codes(&run(&["--allow", "B215", "--allow", "ops"]).exits(0).stdout),
        0
    );
    for wrong in [
        ["--allow", "storage"],
        ["--deny", "B9999"],
        ["--rule", "x"],
        ["--level", "x"],
        ["--format", "xml"],
    ] {
        run(&wrong).exits(2);
    }
}

#[test]
fn what_is_not_two_versions_is_refused() {
    let sandbox = two_files();
    for wrong in [
        &["diff"][..],
        &["diff", "old.redis.yaml"],
        &["diff", "old.redis.yaml", "released"],
    ] {
        sandbox.run(wrong).exits(2).prints(str![""]);
    }
    sandbox
        .run(&["diff", "missing.yaml", "new.redis.yaml"])
        .exits(3);
    sandbox.write("broken.redis.yaml", "edition: 1\n");
    sandbox
        .run(&["diff", "broken.redis.yaml", "new.redis.yaml"])
        .exits(2)
        .prints(str![""]);
}

#[test]
fn several_forms_come_of_one_run() {
    let sandbox = two_files();
    let more = [
        "--format",
        "json",
        "--format",
        "sarif=out.sarif",
        "--format",
        "junit=out.xml",
        "--format",
        "markdown=out.md",
        "--format",
        "github=out.txt",
    ];
    let outcome = sandbox.run(&with(&BOTH, &more)).exits(1).says(str![""]);
    let lines: Vec<serde_json::Value> = outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (lines.len(), &lines[0]["code"], &lines[2]["denied"]),
        (3, &"B215".into(), &1.into())
    );
    assert_eq!(lines[0]["span"]["start"]["line"], 6);
    assert_eq!(lines[0]["horizon"]["ttl"]["ms"], 86_400_000);
    let sarif: serde_json::Value = serde_json::from_str(&sandbox.read("out.sarif")).unwrap();
    let results = &sarif["runs"][0]["results"];
    assert_eq!(
        (&results[0]["ruleId"], &results[0]["level"]),
        (&"B215".into(), &"error".into())
    );
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "new.redis.yaml");
    snapbox::assert_data_eq!(
        sandbox.read("out.xml"),
        str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="redis-schema diff" tests="2" failures="1" errors="0">
  <testsuite name="shop" tests="2" failures="1" errors="0">
    <testcase classname="shop" name="B215 UNIT_SAME job.at"><failure type="storage" message="timestamp_s -&gt; timestamp_ms">storage · breaks [..]
fix: add [..]</failure></testcase>
    <testcase classname="shop" name="B502 TTL_NO_REMOVE hit"><system-out>1h -&gt; none
ops · [..]
fix: keep [..]</system-out></testcase>
  </testsuite>
</testsuites>

"#]]
    );
    snapbox::assert_data_eq!(
        sandbox.read("out.md"),
        str![[r#"
### Redis schema: 2 findings: 1 storage, 1 ops

| | Rule | What | Change | Breaks | Horizon | Roll out | What to do |
|---|---|---|---|---|---|---|---|
| ❌ | B215 `UNIT_SAME` | `job.at` | `timestamp_s` → `timestamp_ms` | new readers, old processes | ttl:24h after last use | write both, read either | add `at_ms` beside it, [..] |
| ⚠️ | B502 `TTL_NO_REMOVE` | `hit` | `1h` → `none` | operations | permanent | any order | keep a lifetime, [..] |

"#]]
    );
    let annotations = sandbox.read("out.txt");
    assert!(
        annotations.starts_with("::error file=new.redis.yaml,line=6,"),
        "{annotations}"
    );
    assert!(
        annotations.contains("\n::warning file=new.redis.yaml,line=7,"),
        "{annotations}"
    );
}

#[test]
fn many_alike_are_one_line_and_long_lists_are_capped() {
    let many = |text: &str| {
        let keys: String = (0..60)
            .map(|n| format!("  k{n}: {{ key: '{text}{n}:{{id}}', ttl: 1h, string: bytes }}\n"))
            .collect();
        format!("edition: 1\nschema: shop\nversion: 1\nparams: {{ id: uuid }}\nkeys:\n{keys}")
    };
    let sandbox = Sandbox::new();
    sandbox.write("old.redis.yaml", many("a"));
    sandbox.write("new.redis.yaml", many("b"));
    let capped = sandbox.run(&BOTH).exits(1).stdout;
    assert!(
        capped.contains("... and 10 more; `--limit 0` shows them"),
        "{capped}"
    );
    let all = sandbox.run(&with(&BOTH, &["--limit", "0"])).exits(1).stdout;
    assert_eq!(all.matches("deny B102").count(), 60);
    sandbox.write(
        "new.redis.yaml",
        many("a").replace("ttl: 1h", "ttl: { none: wanted }"),
    );
    sandbox.write("old.redis.yaml", many("a"));
    let grouped = sandbox.run(&BOTH).exits(0).stdout;
    assert!(
        grouped.contains("k0, k1, k10, k11 and 56 more"),
        "{grouped}"
    );
}

/// A repository whose branch `main` has `OLD` as `keys/shop.redis.yaml`, importing its parameters.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new();
    let old = OLD.replace(
        "params: { id: uuid }\n",
        "imports: [../parts/params.yaml]\n",
    );
    sandbox.write("keys/shop.redis.yaml", old);
    sandbox.write("parts/params.yaml", "edition: 1\nparams: { id: uuid }\n");
    git(sandbox.root(), &["init", "-q", "-b", "main"]);
    git(sandbox.root(), &["add", "."]);
    git(
        sandbox.root(),
        &[
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b.example",
            "commit",
            "-q",
            "-m",
            "first",
        ],
    );
    // What is in the working tree is not what is compared with.
    sandbox.write(
        "parts/params.yaml",
        "edition: 1\nparams: { id: { type: uuid, about: Words } }\n",
    );
    let new = newer().replace(
        "params: { id: uuid }\n",
        "imports: [../parts/params.yaml]\n",
    );
    sandbox.write("keys/shop.redis.yaml", new);
    sandbox
}

fn git(folder: &Path, args: &[&str]) {
    let status = Command::new("git")
        .args(args)
        .current_dir(folder)
        .status()
        .unwrap();
    assert!(status.success(), "git {args:?}");
}

#[test]
fn a_commit_is_compared_without_checking_it_out() {
    let sandbox = repository();
    let all = [
        &["diff", "--against", "git:main"][..],
        &["diff", "--against", "git:main", "keys"],
        &["diff", "--against", "git:main~0", "keys/shop.redis.yaml"],
        &[
            "diff",
            "git:HEAD:keys/shop.redis.yaml",
            "keys/shop.redis.yaml",
        ],
        &["diff", "git:HEAD:keys", "keys"],
    ];
    for args in all {
        let outcome = sandbox.run(args).exits(1);
        assert!(
            outcome.stdout.contains("B215 UNIT_SAME  job.at"),
            "{args:?}: {}",
            outcome.stdout
        );
    }
    let outcome = sandbox.run(&["diff", "keys", "git:main"]).exits(1);
    assert!(
        outcome.stdout.contains("timestamp_ms -> timestamp_s"),
        "{}",
        outcome.stdout
    );
    // From a folder inside, paths are those of that folder.
    let mut command = sandbox.command(&["diff", "--against", "git:main"]);
    let inside = command.current_dir(sandbox.path("keys")).output().unwrap();
    assert_eq!(inside.status.code(), Some(1));
}

#[test]
fn references_that_git_could_take_for_something_else_are_refused() {
    let sandbox = repository();
    for hostile in [
        "git:--upload-pack=x",
        "git:-x",
        "git:a b",
        "git:main..HEAD",
        "git:",
        "git:$(touch x)",
        "git:main\nx",
    ] {
        sandbox
            .run(&["diff", "--against", hostile])
            .exits(2)
            .prints(str![""]);
    }
    for path in ["git:main:../x", "git:main:/etc/passwd"] {
        sandbox
            .run(&["diff", path, "keys"])
            .exits(2)
            .prints(str![""]);
    }
    assert!(!sandbox.path("x").exists());
    sandbox
        .run(&["diff", "--against", "git:nothing"])
        .exits(2)
        .says(str![[r#"
error: git knows no commit `nothing`
  help: [..]

"#]]);
    two_files()
        .run(&["diff", "--against", "git:main", "new.redis.yaml"])
        .exits(3)
        .says(str![[r#"
error: there is no git repository here
  help: [..]

"#]]);
}

#[test]
fn a_schema_that_is_gone_took_its_keys_along() {
    let sandbox = Sandbox::new();
    sandbox.write("old/shop.redis.yaml", OLD);
    sandbox.write(
        "old/other.redis.yaml",
        OLD.replace("schema: shop", "schema: other"),
    );
    sandbox.write("new/shop.redis.yaml", OLD);
    let outcome = sandbox.run(&["diff", "old", "new"]).exits(1);
    assert!(
        outcome.stdout.contains("B101 KEY_NO_DELETE  other: hit"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn what_the_base_breaks_as_well_is_left_out() {
    let sandbox = two_files();
    sandbox.write("base.redis.yaml", newer().replace("{ none: wanted }", "1h"));
    let outcome = sandbox
        .run(&with(&BOTH, &["--new-only", "base.redis.yaml"]))
        .exits(0);
    assert!(
        outcome.stdout.contains("B502") && !outcome.stdout.contains("B215"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn accepted_breaks_are_counted_and_records_that_accept_nothing_are_told() {
    let sandbox = two_files();
    let accept = "accept:\n  - { rule: UNIT_SAME, path: job.at, owner: jobs, reason: known, expires: 2030-01-31 }\n  - { rule: B102, path: job, owner: jobs, reason: known, expires: 2030-01-31 }\n";
    sandbox.write("new.redis.yaml", newer() + accept);
    let outcome = sandbox
        .run(&with(&BOTH, &["--today", "2030-01-31"]))
        .exits(0);
    assert!(
        outcome.stdout.contains("warn B902 ACCEPT_USED  job "),
        "{}",
        outcome.stdout
    );
    assert!(outcome.stdout.contains("1 accepted"), "{}", outcome.stdout);
    let outcome = sandbox
        .run(&with(&BOTH, &["--today", "2030-02-01"]))
        .exits(1);
    assert!(
        outcome.stdout.contains("deny B903 ACCEPT_CURRENT  job.at"),
        "{}",
        outcome.stdout
    );
}
