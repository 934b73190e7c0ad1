//! The change log of a schema, made from its released versions: what each broke, and what it asked of an operator.

use std::fmt::Write;
use std::path::Path;

use redis_schema_rules::breaking::{Comparison, Finding, Horizon, compare};
use redis_schema_rules::facts::{Accepted, Facts, Snapshot};
use redis_schema_rules::rule::Level;

use super::Released;
use crate::exit::Failure;

/// The page, when a version was released. `first` is the line that every page begins with.
pub(crate) fn history(schema: &Path, now: &Facts, first: &str) -> Result<Option<String>, Failure> {
    let released = Released::all(schema)?;
    if released.is_empty() {
        return Ok(None);
    }
    let mut out = format!("{first}\n# Changes of {}\n", now.schema.name);
    out.push_str("\nWhat each version of the schema broke, for whom and until when, and what it asked of whoever runs it.\n");
    let newest = released.last().map(|one| &one.snapshot);
    if let Some(newest) = newest.filter(|newest| newest.facts.schema.version != now.schema.version)
    {
        let heading = format!("Version {}, not released yet", now.schema.version);
        section(&heading, Some(&newest.facts), now, &mut out);
    }
    for (at, one) in released.iter().enumerate().rev() {
        let before = at.checked_sub(1).and_then(|at| released.get(at));
        section(
            &heading(&one.snapshot),
            before.map(|one| &one.snapshot.facts),
            &one.snapshot.facts,
            &mut out,
        );
    }
    Ok(Some(out))
}

fn heading(snapshot: &Snapshot) -> String {
    let version = snapshot.facts.schema.version;
    match snapshot.released {
        Some(day) => format!("Version {version}, {day}"),
        None => format!("Version {version}"),
    }
}

fn section(heading: &str, before: Option<&Facts>, now: &Facts, out: &mut String) {
    let _ = write!(out, "\n## {heading}\n\n");
    let Some(before) = before else {
        let _ = writeln!(
            out,
            "The first, with keys: {}, channels: {}.",
            now.keys.len(),
            now.channels.len()
        );
        return;
    };
    let changes = Comparison::new(before, now).changes();
    let named = |what: &str| -> Vec<String> {
        let of_it = changes.iter().filter(|change| change.what == what);
        of_it.map(|change| code(&change.path)).collect()
    };
    for (what, words) in [
        ("key.added", "New keys"),
        ("channel.added", "New channels"),
        ("key.removed", "Keys that are gone"),
        ("channel.removed", "Channels that are gone"),
    ] {
        let names = named(what);
        if !names.is_empty() {
            let _ = write!(out, "{words}: {}.\n\n", names.join(", "));
        }
    }
    let findings: Vec<Finding> = compare(before, now)
        .findings
        .into_iter()
        .filter(|finding| finding.level != Level::Source)
        .collect();
    if findings.is_empty() {
        out.push_str("Nothing broke.\n");
        return;
    }
    out.push_str(
        "| rule | what | change | broke | until | what it asked |\n|---|---|---|---|---|---|\n",
    );
    for finding in &findings {
        row(finding, &now.accept, out);
    }
}

fn row(finding: &Finding, accept: &[Accepted], out: &mut String) {
    let who: Vec<&str> = finding.who.iter().map(|who| who.words()).collect();
    let until = match finding.horizon {
        Horizon::Instant => "at once".to_owned(),
        Horizon::Ttl { refreshed, .. } => {
            let horizon = finding.horizon.to_string();
            let time = horizon.trim_start_matches("ttl:");
            format!("{time}{}", if refreshed { " after last use" } else { "" })
        }
        Horizon::Permanent => "somebody acts".to_owned(),
    };
    let named = |record: &&Accepted| {
        let rule = record.rule.trim();
        let is_rule =
            rule.eq_ignore_ascii_case(&finding.code) || rule.eq_ignore_ascii_case(&finding.name);
        is_rule && record.path == finding.path
    };
    let accepted = accept.iter().find(named).map(|record| {
        let migration = record
            .migration
            .as_ref()
            .map(|id| format!(", by the migration {}", code(id)));
        format!(
            " Accepted by {}: {}{}.",
            plain(&record.owner),
            plain(&record.reason),
            migration.unwrap_or_default()
        )
    });
    let _ = writeln!(
        out,
        "| {} {} | {} | {} to {} | {} | {until} | {}; {}.{} |",
        finding.code,
        code(&finding.name),
        code(&finding.path),
        code(&finding.old),
        code(&finding.new),
        who.join(", "),
        finding.deploy.words(),
        plain(&finding.fix),
        accepted.unwrap_or_default(),
    );
}

fn code(words: &str) -> String {
    format!(
        "`{}`",
        words
            .replace('`', "'")
            .replace('|', "\\|")
            .replace(['\n', '\r'], " ")
    )
}

/// Words as Markdown would show them; what stands between backticks stays code.
fn plain(words: &str) -> String {
    let mut out = String::new();
    for (at, part) in words.split('`').enumerate() {
        if at % 2 == 1 {
            out.push_str(&code(part));
            continue;
        }
        for c in part.chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                '|' | '*' | '_' | '[' | ']' | '\\' => out.extend(['\\', c]),
                '\n' | '\r' => out.push(' '),
                c => out.push(c),
            }
        }
    }
    out.trim_end_matches('.').to_owned()
}
