//! The reference of all rules about one schema, in Markdown.

use std::fmt::Write;

use super::words::listed;
use super::{ALL, By, Fixable, Lint};
use crate::rule::{Set, Severity};

/// The page, with a line break at its end.
#[must_use]
pub fn reference() -> String {
    let mut out = String::from(INTRODUCTION);
    table(&mut out);
    out.push_str(LATER);
    out.push('\n');
    out.push_str(&crate::expr::reference());
    out.push_str("\n## The rules\n");
    for lint in ALL {
        let page = lint.page();
        let _ = write!(out, "\n##{page}");
    }
    out.push_str(&crate::reserved::section('L'));
    out
}

fn table(out: &mut String) {
    out.push_str("\n| rule | set | finds | |\n|---|---|---|---|\n");
    for lint in ALL {
        let _ = writeln!(
            out,
            "| [{} {}](#{}) | {} | {} | {} |",
            lint.meta.code,
            lint.meta.name,
            anchor(lint),
            set(lint.set()),
            lint.meta.title,
            remarks(lint)
        );
    }
}

fn anchor(lint: &Lint) -> String {
    format!("{}-{}", lint.meta.code, lint.meta.name).to_lowercase()
}

const fn set(set: Set) -> &'static str {
    match set {
        Set::Minimal => "minimal",
        Set::Standard => "standard",
        Set::Strict => "strict",
        Set::Docs => "docs",
        Set::Cluster => "cluster",
    }
}

fn remarks(lint: &Lint) -> String {
    let mut remarks = Vec::new();
    if let By::Codes(codes) = lint.by {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        remarks.push(format!("always held, as {}", listed(&codes)));
    }
    if lint.severity == Severity::Deny {
        remarks.push("denied".to_owned());
    }
    match lint.fix {
        Fixable::No => {}
        Fixable::Safe => remarks.push("`--fix`".to_owned()),
        Fixable::Unsafe => remarks.push("`--fix --unsafe-fixes`".to_owned()),
    }
    remarks.join("; ")
}

const INTRODUCTION: &str = "\
<!-- Generated from the rules; do not edit. -->
# Lint rules

`redis-schema check` refuses schemas with mistakes (codes `E…`). Lint rules (`L…`) find what loads well and is a bad idea all the
same. They are warnings and leave the exit code alone, unless a rule is denied or the run has `--deny-warnings`: then it is 1.
Rules are asked once the schema has no mistakes. `redis-schema explain L401` shows one of the pages below.

## Which rules are asked

The sets `minimal`, `standard` (the default) and `strict` include each other; `docs` and `cluster` come on top of them.

```yaml
policy:
  lint:
    set: [standard, docs]
    rules: { L401: deny, INDEX_DECLARED: allow }   # by code or name: allow, warn or deny
    allow:
      - { rule: L203, path: keys.legacy, reason: As the old service writes it }
    namespaces: [job, session]                          # for L202
    ttl: 1s..90d                                        # for L303
```

The command line goes before the schema: `check --lint strict --deny L401 --warn L803 --allow L412`. The edition of a schema
freezes the sets: rules that later editions bring are asked only if they are named.

Where a rule does not hold, the reason stands beside the thing, and covers all that stands in it:

```yaml
keys:
  services:
    key: services
    ttl: { none: read by every gateway }
    set: slug
    allow: { L401: one entry for each service }
```

Databases, parameters, types, fields, keys, channels, units, groups and packs take `allow:`. A `path` of the policy is the names
that lead to a place from the top of the file, `*` standing for any one. An exception that is not needed, or of a rule that does not exist, is a
finding itself (L107). Nothing is ever suppressed by the words of a finding.

## Mending

`check --fix` mends what needs no human, in the schema and the files that it imports; `--fix --dry-run` shows it as a diff.
Only the text concerned changes; comments, order and layout stay. What comes out is read and judged again, and what would make
another mistake is left out. Fixes that rename keys, and so leave stored data behind, take `--unsafe-fixes`.

## All rules
";

/// Rules of the plan that nothing could break today, each with the reason.
const LATER: &str = "
These are held otherwise, or come with what they speak of:

| rule | |
|---|---|
| L601 SCRIPT_KEYS_DECLARED | comes with scripts of one's own |
| L602 NO_KEYS_COMMAND | held by the generated code, which has no accessor that sends `KEYS` or `FLUSHDB` |
| L603 PATTERN_DELETE_SCOPED | held by groups, which remove only what the template of a member reads |
";
