//! Places where a rule does not hold: `allow:` beside a thing, or by path in the policy.

use std::cell::Cell;
use std::collections::HashMap;

use redis_schema_model::lower::{Document, SECTIONS};
use redis_schema_model::node::{Entry, Node, NodeKind};
use redis_schema_model::source::Span;

use super::settings::{Known, Problem};
use super::{Settings, by_name};
use crate::rule::Severity;

/// Every exception of a schema.
#[derive(Debug, Default)]
pub(super) struct Exceptions<'a> {
    list: Vec<Exception>,
    /// By the place of a thing's name: what is allowed inside of it.
    inside: HashMap<Span, Vec<usize>>,
    /// All that stands under these names; `*` is any one.
    under: Vec<(Vec<String>, usize)>,
    documents: &'a [Document],
}

#[derive(Debug)]
struct Exception {
    code: String,
    /// Where the rule is named.
    span: Span,
    used: Cell<bool>,
}

impl<'a> Exceptions<'a> {
    pub(super) fn collect(
        documents: &'a [Document],
        settings: &Settings,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut found = Self {
            list: Vec::new(),
            inside: HashMap::new(),
            under: Vec::new(),
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
        if self.list.is_empty() {
            return false;
        }
        let way = way_to(self.documents, span);
        let inside = way
            .iter()
            .filter_map(|entry| self.inside.get(&entry.key_span));
        let under = self
            .under
            .iter()
            .filter(|(pattern, _)| is_under(pattern, &way));
        let all = inside.flatten().chain(under.map(|(_, at)| at));
        let mut covered = false;
        for exception in all.map(|at| &self.list[*at]).filter(|one| one.code == code) {
            exception.used.set(true);
            covered = true;
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
        for entry in allow.entries() {
            let said = entry
                .value
                .text()
                .is_some_and(|text| !text.trim().is_empty());
            if let Some(code) = code(&entry.key, entry.key_span, said, settings, problems) {
                let at = self.add(code, entry.key_span);
                self.inside.entry(thing.key_span).or_default().push(at);
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
            let at = self.add(code, rule.span);
            let names = path.split('.').map(str::to_owned).collect();
            self.under.push((names, at));
        }
    }

    fn add(&mut self, code: String, span: Span) -> usize {
        let used = Cell::new(false);
        self.list.push(Exception { code, span, used });
        self.list.len() - 1
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

fn is_under(pattern: &[String], way: &[&Entry]) -> bool {
    pattern.len() <= way.len()
        && pattern
            .iter()
            .zip(way)
            .all(|(pattern, entry)| pattern == "*" || *pattern == entry.key)
}

/// The entries that lead to a place, from the top of its file.
fn way_to(documents: &[Document], span: Span) -> Vec<&Entry> {
    let document = documents.iter().find(|document| document.file == span.file);
    let mut node = document.map(|document| &document.node);
    let mut way = Vec::new();
    while let Some(entry) = node.and_then(|node| entry_at(node.entries(), span)) {
        way.push(entry);
        node = Some(&entry.value);
    }
    way
}

/// The entry that a place lies in. Entries stand in order unless merge keys moved some.
fn entry_at(entries: &[Entry], span: Span) -> Option<&Entry> {
    let is_at = |entry: &&Entry| holds(join(entry.key_span, entry.value.span), span);
    let after = entries.partition_point(|entry| entry.key_span.start <= span.start);
    let likely = after.checked_sub(1).and_then(|at| entries.get(at));
    likely.filter(is_at).or_else(|| entries.iter().find(is_at))
}
