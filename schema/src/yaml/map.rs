//! Mappings: keys, values, repeated keys and merge keys (`<<`).

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::node::{Entry, Node, NodeKind};
use crate::source::Span;

/// A mapping whose end has not been seen.
#[derive(Default)]
pub(super) struct OpenMap {
    entries: Vec<Entry>,
    key: Option<Key>,
    /// What `<<` brings in, with the number of entries that stood before it.
    merges: Vec<(usize, Vec<Entry>)>,
    end: Option<usize>,
    /// Something in it is not known.
    damaged: bool,
}

struct Key {
    /// `None`: not usable, already reported.
    text: Option<String>,
    span: Span,
    merge: bool,
}

impl OpenMap {
    /// The next node: a key, or the value of the key before it.
    pub(super) fn add(&mut self, node: Node, text: &str, found: &mut Vec<Diagnostic>) {
        let Some(key) = self.key.take() else {
            self.damaged |= node.damaged;
            self.end = Some(node.span.range().end);
            self.key = Some(Key::new(&node, text, found));
            return;
        };
        let value = settle_empty(node, &key, text);
        self.end = self.end.max(Some(value.span.range().end));
        if key.merge {
            self.merge(key.span, value, found);
        } else if let Some(name) = key.text {
            self.entries.push(Entry {
                key: name,
                key_span: key.span,
                value,
            });
        }
    }

    /// Byte after the last child.
    pub(super) fn end(&self) -> Option<usize> {
        self.end
    }

    /// Whether entries may be missing that could not be read.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged
    }

    fn merge(&mut self, span: Span, value: Node, found: &mut Vec<Diagnostic>) {
        let at = self.entries.len();
        self.damaged |= value.damaged;
        match value.kind {
            NodeKind::Map(entries) => self.merges.push((at, entries)),
            NodeKind::List(items) => {
                for item in items {
                    self.merge(span, item, found);
                }
            }
            _ if value.damaged => {}
            _ => found.push(merge_of_no_mapping(span, &value)),
        }
    }

    /// The entries in order, merged ones where their `<<` stood. Own entries win over merged ones, and
    /// earlier merges over later ones.
    pub(super) fn close(self, found: &mut Vec<Diagnostic>) -> Vec<Entry> {
        report_repeated(&self.entries, found);
        if self.merges.is_empty() {
            return self.entries;
        }
        let mut known: HashSet<String> = self.entries.iter().map(|e| e.key.clone()).collect();
        let mut merges = self.merges.into_iter().peekable();
        let mut out = Vec::new();
        let mut bring_in = |before: usize, out: &mut Vec<Entry>| {
            while let Some((_, merged)) = merges.next_if(|(at, _)| *at <= before) {
                out.extend(merged.into_iter().filter(|e| known.insert(e.key.clone())));
            }
        };
        for (i, entry) in self.entries.into_iter().enumerate() {
            bring_in(i, &mut out);
            out.push(entry);
        }
        bring_in(usize::MAX, &mut out);
        out
    }
}

impl Key {
    fn new(node: &Node, text: &str, found: &mut Vec<Diagnostic>) -> Self {
        let written = match &node.kind {
            NodeKind::Scalar { text, .. } => Some(text.clone()),
            NodeKind::Null => text
                .get(node.span.range())
                .filter(|written| !written.is_empty())
                .map(str::to_owned),
            _ => None,
        };
        if written.is_none() && !node.damaged {
            found.push(key_of_no_text(node));
        }
        Self {
            merge: written.as_deref() == Some("<<") && !node.is_quoted(),
            text: written,
            span: node.span,
        }
    }
}

/// An absent value has its place right behind the colon, not where the parser noticed.
fn settle_empty(mut node: Node, key: &Key, text: &str) -> Node {
    if node.is_null() && node.span.range().is_empty() {
        let after = key.span.range().end;
        let rest = text.get(after..).unwrap_or_default();
        let colon = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let end = after + colon + usize::from(rest[colon..].starts_with(':'));
        node.span = Span::new(key.span.file, end, end);
    }
    node
}

fn report_repeated(entries: &[Entry], found: &mut Vec<Diagnostic>) {
    const FEW: usize = 12;
    if entries.len() <= FEW {
        for (i, entry) in entries.iter().enumerate() {
            if let Some(first) = entries[..i].iter().find(|e| e.key == entry.key) {
                found.push(repeated(first.key_span, entry));
            }
        }
        return;
    }
    let mut seen: HashMap<&str, Span> = HashMap::with_capacity(entries.len());
    for entry in entries {
        match seen.get(entry.key.as_str()) {
            Some(first) => found.push(repeated(*first, entry)),
            None => {
                seen.insert(&entry.key, entry.key_span);
            }
        }
    }
}

fn repeated(first: Span, again: &Entry) -> Diagnostic {
    let message = format!("`{}` is there twice", again.key);
    Diagnostic::error(Code::E0105, again.key_span, message)
        .label("here again")
        .related(first, "first here")
        .help("give one of them another name, or remove it")
}

fn key_of_no_text(node: &Node) -> Diagnostic {
    let message = format!("{} stands where a name is meant", node.describe());
    Diagnostic::error(Code::E0116, node.span, message)
        .label("a name before the `:`")
        .help(
            "write `name: value`; put text that begins with `{`, `[`, `?` or `*` in double quotes",
        )
}

fn merge_of_no_mapping(span: Span, value: &Node) -> Diagnostic {
    let message = format!("`<<` merges mappings, this is {}", value.describe());
    Diagnostic::error(Code::E0117, value.span, message)
        .label("not a mapping")
        .related(span, "merged by this")
        .help("write `<<: *name` where `&name` marks a mapping, or `<<: [*a, *b]`")
}
