//! Findings as workflow commands, which GitHub shows beside the lines of a pull request.

use super::{Diagnostic, Severity};
use crate::source::Sources;

/// One `::error …::` command a finding.
#[must_use]
pub fn github(findings: &[Diagnostic], sources: &Sources) -> String {
    findings
        .iter()
        .map(|finding| command(finding, sources) + "\n")
        .collect()
}

fn command(finding: &Diagnostic, sources: &Sources) -> String {
    let (start, end) = sources.places(finding.span);
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let title = format!("{} {}", finding.code, finding.code.title());
    // A column range over several lines would be read as one on the first.
    let end_column = if start.line == end.line {
        format!(",endColumn={}", end.column)
    } else {
        String::new()
    };
    format!(
        "::{name} file={},line={},endLine={},col={}{end_column},title={}::{}",
        property(sources.name(finding.span.file)),
        start.line,
        end.line,
        start.column,
        property(&title),
        data(&finding.in_full()),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
