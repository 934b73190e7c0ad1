//! One line a finding, for editors and `grep`.

use super::{Diagnostic, clean};
use crate::source::Sources;

/// Every finding on a line of its own.
#[must_use]
pub fn line(findings: &[Diagnostic], sources: &Sources) -> String {
    findings
        .iter()
        .map(|finding| one_line(finding, sources) + "\n")
        .collect()
}

/// `file:line:column: error: [E0203] message; what to type instead`, without a line break.
#[must_use]
pub fn one_line(finding: &Diagnostic, sources: &Sources) -> String {
    let (place, _) = sources.places(finding.span);
    let mut out = format!(
        "{}:{}:{}: {}: [{}] {}",
        sources.name(finding.span.file),
        place.line,
        place.column,
        finding.severity,
        finding.code,
        clean(&finding.message),
    );
    if let Some(help) = &finding.help {
        out.push_str("; ");
        out.push_str(&clean(help));
    }
    out
}
