//! Findings for people: what and where, the step, whom it breaks, what to do.

use std::fmt::Write;

use redis_schema_rules::rule::Severity;

use super::Changes;
use super::groups::groups;
use crate::output::{BOLD, CYAN, DIM, RED, YELLOW};

pub(super) fn render(changes: &Changes, coloured: bool) -> String {
    let paint = |style: anstyle::Style, text: &str| {
        if coloured {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    };
    let groups = groups(changes);
    let most = changes.limit.unwrap_or(usize::MAX);
    let mut out = String::new();
    for group in groups.iter().take(most) {
        let one = group.first;
        let finding = one.finding();
        let severity = match one.judged.severity {
            Severity::Deny => paint(RED, "deny"),
            _ => paint(YELLOW, "warn"),
        };
        let rule = paint(BOLD, &format!("{} {}", finding.code, finding.name));
        let _ = writeln!(out, "{severity} {rule}  {}  {}", group.about(), one.step());
        let _ = writeln!(out, "     {}", paint(DIM, &one.terms()));
        if !one.against.is_empty() {
            let _ = writeln!(
                out,
                "     {}",
                paint(DIM, &format!("against {}", one.against.join(", ")))
            );
        }
        let _ = writeln!(out, "     {}: {}", paint(CYAN, "fix"), finding.fix);
    }
    let hidden = groups.len().saturating_sub(most);
    if hidden > 0 {
        let _ = writeln!(out, "... and {hidden} more; `--limit 0` shows them");
    }
    if !changes.shown.is_empty() {
        let _ = writeln!(out, "{}", changes.summary());
    }
    out
}
