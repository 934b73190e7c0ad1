//! The analysis itself: a stand-in that looks at the length of lines and words.

use crate::keyspace::{CachedReport, Report};

/// Longer lines than this are reported.
const LONG: usize = 100;

/// Analyses a text.
#[must_use]
pub fn analyse(text: &str) -> CachedReport {
    let lines = text.lines().count();
    let long: Vec<usize> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.chars().count() > LONG)
        .map(|(at, _)| at + 1)
        .collect();
    let findings: Vec<String> = long
        .iter()
        .map(|line| format!("line {line} has more than {LONG} characters"))
        .collect();
    #[allow(clippy::cast_precision_loss)]
    let score = if lines == 0 {
        100.0
    } else {
        100.0 * (lines - long.len()) as f64 / lines as f64
    };
    let summary = format!("{lines} lines, {} of them too long", long.len());
    let markdown = findings
        .iter()
        .fold(format!("# Analysis\n\n{summary}\n"), |text, finding| {
            format!("{text}\n- {finding}")
        });
    let result = Report {
        score,
        summary,
        next_steps: findings
            .iter()
            .map(|_| "break the line".to_owned())
            .collect(),
        findings,
        charts: serde_json::json!({ "lines": lines, "long": long.len() }),
    };
    CachedReport { result, markdown }
}
