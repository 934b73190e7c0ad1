//! Places where a rule does not hold: `allow:` beside a thing, or by path in the policy.

use std::cell::Cell;

use redis_schema_model::lower::Document;
use redis_schema_model::node::{Entry, Node, NodeKind};
use redis_schema_model::source::Span;

use super::settings::{Known, Problem};
use super::{Settings, by_name};
use crate::rule::Severity;

/// Sections whose entries take `allow:`.
const SECTIONS: [&str; 8] = [
    "databases",
    "params",
    "types",
    "keys",
    "channels",
    "units",
    "groups",
    "packs",
];

/// Every exception of a schema.
#[derive(Debug, Default)]
pub(super) struct Exceptions<'a> {
    list: Vec<Exception>,
    documents: &'a [Document],
}

#[derive(Debug)]
struct Exception {
    code: String,
    scope: Scope,
    /// Where the rule is named.
    span: Span,
    used: Cell<bool>,
}

#[derive(Debug)]
enum Scope {
    /// All that stands here.
    Inside(Span),
    /// All that stands under these names; `*` is any one.
    Path(Vec<String>),
}

impl<'a> Exceptions<'a> {
    pub(super) fn collect(
        documents: &'a [Document],
        settings: &Settings,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut found = Self {
            list: Vec::new(),
            documents,
        };
        for document in documents {
            for section in document.node.entries() {
                if SECTIONS.contains(&section.key.as_str()) {
                    for entry in section.value.entries() {
                        found.of_thing(entry, settings, problems);
                        found.of_fields(&entry.value, &entry.key, settings, problems);
                    }
                }
            }
            if let Some(lint) = document
                .node
                .get("policy")
                .and_then(|node| node.get("lint"))
            {
                for item in lint.get("allow").map(Node::items).unwrap_or_default() {
                    found.by_path(item, settings, problems);
                }
            }
        }
        found
    }

    /// Whether an exception covers a finding.
    pub(super) fn cover(&self, code: &str, span: Span) -> bool {
        let mut covered = false;
        let mut path = None;
        for exception in self.list.iter().filter(|one| one.code == code) {
            let fits = match &exception.scope {
                Scope::Inside(scope) => holds(*scope, span),
                Scope::Path(pattern) => {
                    let path = path.get_or_insert_with(|| path_of(self.documents, span));
                    is_under(pattern, path)
                }
            };
            if fits {
                exception.used.set(true);
                covered = true;
            }
        }
        covered
    }

    /// Exceptions of rules that were asked and found nothing there.
    pub(super) fn unused(&self, settings: &Settings, problems: &mut Vec<Problem>) {
        for one in self.list.iter().filter(|one| !one.used.get()) {
            if settings.severity(&one.code) == Severity::Allow {
                continue;
            }
            let name = by_name(&one.code).map_or_else(
                || one.code.clone(),
                |lint| format!("{} {}", lint.meta.code, lint.meta.name),
            );
            problems.push(Problem {
                code: "L107",
                span: one.span,
                message: format!("{name} finds nothing here that is to be allowed"),
                label: "not needed".to_owned(),
                help: "remove the exception".to_owned(),
            });
        }
    }

    /// `allow: { L401: reason }` of one entry.
    fn of_thing(&mut self, thing: &Entry, settings: &Settings, problems: &mut Vec<Problem>) {
        let Some(allow) = thing.value.get("allow") else {
            return;
        };
        let scope = join(thing.key_span, thing.value.span);
        for entry in allow.entries() {
            let said = entry
                .value
                .text()
                .is_some_and(|text| !text.trim().is_empty());
            if let Some(code) = code(&entry.key, entry.key_span, said, settings, problems) {
                self.list.push(Exception {
                    code,
                    scope: Scope::Inside(scope),
                    span: entry.key_span,
                    used: Cell::new(false),
                });
            }
        }
    }

    /// Those of the fields that stand in a node, wherever records are declared.
    fn of_fields(
        &mut self,
        node: &Node,
        name: &str,
        settings: &Settings,
        problems: &mut Vec<Problem>,
    ) {
        for entry in node.entries() {
            let is_record = matches!(name, "fields" | "hash" | "entry" | "one_of");
            if is_record && entry.value.get("type").is_some() {
                self.of_thing(entry, settings, problems);
            }
            // The fields of a variant stand right under its name.
            let name = if name == "one_of" {
                "fields"
            } else {
                &entry.key
            };
            if matches!(entry.value.kind, NodeKind::Map(_)) {
                self.of_fields(&entry.value, name, settings, problems);
            }
        }
    }

    fn by_path(&mut self, item: &Node, settings: &Settings, problems: &mut Vec<Problem>) {
        let (Some(rule), Some(path)) = (item.get("rule"), item.get("path").and_then(Node::text))
        else {
            return;
        };
        let reason = item.get("reason").and_then(Node::text);
        let said = reason.is_some_and(|text| !text.trim().is_empty());
        let text = rule.text().unwrap_or_default();
        if let Some(code) = code(text, rule.span, said, settings, problems) {
            self.list.push(Exception {
                code,
                scope: Scope::Path(path.split('.').map(str::to_owned).collect()),
                span: rule.span,
                used: Cell::new(false),
            });
        }
    }
}

/// The code of a rule that may be excepted, or what is wrong with the exception.
fn code(
    text: &str,
    span: Span,
    said: bool,
    settings: &Settings,
    problems: &mut Vec<Problem>,
) -> Option<String> {
    let problem = |message: String, label: &str, help: &str| Problem {
        code: "L107",
        span,
        message,
        label: label.to_owned(),
        help: help.to_owned(),
    };
    let known = match settings.known(text) {
        Ok(known) => known,
        Err(unknown) => {
            problems.push(unknown.problem(span));
            return None;
        }
    };
    if let Some(codes) = known.enforced() {
        let message = format!("`{text}` is always held, as {codes}");
        problems.push(problem(
            message,
            "no exception changes that",
            "remove the exception",
        ));
        return None;
    }
    if !said {
        let message = format!("it is not said why `{text}` does not hold here");
        let help = format!("write `allow: {{ {text}: the reason }}`");
        problems.push(problem(message, "no reason", &help));
        return None;
    }
    match known {
        Known::Lint(lint) => Some(lint.meta.code.to_owned()),
        Known::Own(code) => Some(code),
    }
}

fn join(a: Span, b: Span) -> Span {
    if a.file == b.file {
        Span {
            file: a.file,
            start: a.start.min(b.start),
            end: a.end.max(b.end),
        }
    } else {
        a
    }
}

fn holds(scope: Span, span: Span) -> bool {
    scope.file == span.file && scope.start <= span.start && span.start <= scope.end
}

fn is_under(pattern: &[String], path: &[&str]) -> bool {
    pattern.len() <= path.len()
        && pattern
            .iter()
            .zip(path)
            .all(|(pattern, name)| pattern == "*" || pattern == name)
}

/// The names that lead to a place, from the top of its file.
fn path_of(documents: &[Document], span: Span) -> Vec<&str> {
    let document = documents.iter().find(|document| document.file == span.file);
    let mut node = document.map(|document| &document.node);
    let mut path = Vec::new();
    while let Some(entry) = node.and_then(|node| entry_at(node.entries(), span)) {
        path.push(entry.key.as_str());
        node = Some(&entry.value);
    }
    path
}

/// The entry that a place lies in. Entries stand in order unless merge keys moved some.
fn entry_at(entries: &[Entry], span: Span) -> Option<&Entry> {
    let is_at = |entry: &&Entry| holds(join(entry.key_span, entry.value.span), span);
    let after = entries.partition_point(|entry| entry.key_span.start <= span.start);
    let likely = after.checked_sub(1).and_then(|at| entries.get(at));
    likely.filter(is_at).or_else(|| entries.iter().find(is_at))
}
