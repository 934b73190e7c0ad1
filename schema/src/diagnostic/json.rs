//! Findings for programs: one JSON object a line.
//!
//! The shape is stable; members may be added. Each finding:
//!
//! ```json
//! {"type":"finding","code":"E0203","title":"…","severity":"error","message":"…","label":"…","help":"…",
//!  "span":{"file":"a.redis.yaml","start":{"line":9,"column":25,"byte":180},"end":{"line":9,"column":31,"byte":186}},
//!  "related":[{"message":"…","span":{…}}]}
//! ```
//!
//! `severity` is `error`, `warning` or `note`; `help` is `null` when there is none; lines and columns count
//! from 1, columns in characters; `byte` counts from 0; `end` is the place behind the last character. The
//! last line is `{"type":"summary","errors":1,"warnings":0,"notes":0}`, also when there is no finding.

use serde_json::{Value, json};

use super::{Diagnostic, Tally};
use crate::source::{Place, Sources, Span};

/// Every finding, then the summary.
#[must_use]
pub fn json(findings: &[Diagnostic], sources: &Sources) -> String {
    let mut out: String = findings
        .iter()
        .map(|finding| format!("{}\n", object(finding, sources)))
        .collect();
    let tally = Tally::of(findings);
    let summary = json!({
        "type": "summary",
        "errors": tally.errors,
        "warnings": tally.warnings,
        "notes": tally.notes,
    });
    out.push_str(&format!("{summary}\n"));
    out
}

fn object(finding: &Diagnostic, sources: &Sources) -> Value {
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|(span, text)| json!({ "message": text, "span": span_object(*span, sources) }))
        .collect();
    json!({
        "type": "finding",
        "code": finding.code.as_str(),
        "title": finding.code.title(),
        "severity": finding.severity.as_str(),
        "message": finding.message,
        "label": finding.label,
        "help": finding.help,
        "span": span_object(finding.span, sources),
        "related": related,
    })
}

fn span_object(span: Span, sources: &Sources) -> Value {
    let place = |place: Place, byte: u32| json!({ "line": place.line, "column": place.column, "byte": byte });
    let (start, end) = sources.places(span);
    json!({
        "file": sources.name(span.file),
        "start": place(start, span.start),
        "end": place(end, span.end),
    })
}
