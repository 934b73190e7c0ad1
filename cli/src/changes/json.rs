//! Findings for programs: one JSON object a line, then a summary. Members may be added.

use serde_json::json;

use super::{Changes, Shown};

pub(super) fn render(changes: &Changes) -> String {
    let mut out: String = changes
        .shown
        .iter()
        .map(|one| format!("{}\n", object(changes, one)))
        .collect();
    let denied = changes.shown.iter().filter(|one| one.is_denied()).count();
    let summary = json!({
        "type": "summary",
        "denied": denied,
        "warned": changes.shown.len() - denied,
        "accepted": changes.accepted,
        "hidden": changes.hidden,
    });
    out.push_str(&format!("{summary}\n"));
    out
}

fn object(changes: &Changes, one: &Shown) -> serde_json::Value {
    let finding = one.finding();
    let span = one.span.map(|span| {
        let (start, end) = changes.sources.places(span);
        let place = |place: redis_schema_model::source::Place| json!({ "line": place.line, "column": place.column });
        json!({ "file": changes.sources.name(span.file), "start": place(start), "end": place(end) })
    });
    let live = one
        .live
        .map(|live| json!({ "keys": live.keys, "complete": live.complete }));
    json!({
        "type": "finding",
        "code": finding.code,
        "name": finding.name,
        "title": one.title(),
        "severity": one.judged.severity.as_str(),
        "level": finding.level,
        "schema": one.schema,
        "path": finding.path,
        "what": finding.what,
        "old": finding.old,
        "new": finding.new,
        "breaks": finding.who,
        "horizon": finding.horizon,
        "deploy": finding.deploy,
        "fix": finding.fix,
        "users": finding.users,
        "against": one.against,
        "live": live,
        "span": span,
    })
}
