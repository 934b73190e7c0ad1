//! The rules about change as a page for people, made from the rules themselves.

use std::fmt::Write;

use super::ALL;
use crate::page::page;
use crate::rule::{Class, Level};

const HEAD: &str = "\
<!-- Generated from the rules; do not edit. -->
# Rules about change

`redis-schema diff` compares two versions of a schema and says what breaks, for whom, and until when.
`redis-schema explain B215` shows one of the pages below.

| level | what it guarantees | severity |
|---|---|---|
| storage | every byte at rest stays reachable and keeps its meaning | deny, and cannot be lowered as a whole |
| rolling | old and new programs may run side by side, and going back is safe | deny |
| ops | memory, rights, server versions, slots and lifetimes stay in their class | warn |
| source | callers of the generated code compile unchanged | allow: in one repository the compiler says so |

`--deny`, `--warn` and `--allow` take a rule or a level. Who breaks: **R** new readers of old data, **W** old processes beside the new
ones, **D** data at rest, **O** operations, **S** callers' source. The horizon of a finding follows from the lifetimes of the old
data: what expires heals by itself, what never does needs a migration.

A break that somebody answers for stands in the schema, by rule and path, until a day:

```yaml
accept:
  - { rule: B107, path: cart, owner: team-shop, reason: Copied while both were written, expires: 2027-01-31, migration: move-carts }
```

";

/// The page in Markdown: a table, then every rule.
#[must_use]
pub fn reference() -> String {
    let mut out = HEAD.to_owned();
    out.push_str("| rule | finds | breaks | level |\n|---|---|---|---|\n");
    for rule in ALL {
        let meta = &rule.meta;
        let (level, who) = match meta.class {
            Class::Breaking { level, breaks } => (level, breaks),
            Class::Lint { .. } => (Level::Storage, &[][..]),
        };
        let who: Vec<String> = who.iter().map(|who| who.letter().to_string()).collect();
        let _ = writeln!(
            out,
            "| [{}](#{}) {} | {} | {} | {level} |",
            meta.code,
            anchor(meta.code, meta.name),
            meta.name,
            meta.title,
            who.join(" ")
        );
    }
    for rule in ALL {
        let _ = write!(out, "\n#{}", deeper(&page(rule.meta.source)));
    }
    out.push_str(&crate::reserved::section('B'));
    out
}

/// What a heading `B215 UNIT_SAME` is linked as.
fn anchor(code: &str, name: &str) -> String {
    format!("{code}-{name}").to_lowercase()
}

/// A page whose examples say by a word what they are.
fn deeper(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    for line in page.lines() {
        match line.strip_prefix("```yaml ") {
            Some(kind) => {
                let mut letters = kind.chars();
                let first = letters.next().map(|c| c.to_ascii_uppercase());
                let kind: String = first.into_iter().chain(letters).collect();
                let _ = writeln!(out, "{kind}:\n\n```yaml");
            }
            None => {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    out
}
