//! What all files declare, by name, before any of it is understood.

use std::collections::{BTreeSet, HashMap};

use super::Document;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::language::section_of;
use crate::model::{DatabaseId, KeyId, Name, ParamId, TypeId};
use crate::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::text::{Parsed, Text, camel, snake};

/// One declaration.
#[derive(Debug, Clone)]
pub(super) struct Declared<'a> {
    pub(super) name: Name,
    /// Whether it is a name that can stand there.
    pub(super) valid: bool,
    pub(super) span: Span,
    pub(super) node: &'a Node,
}

/// The declarations of one kind, files that are imported first.
#[derive(Debug, Default)]
pub(super) struct Section<'a> {
    pub(super) list: Vec<Declared<'a>>,
    index: HashMap<&'a str, u32>,
}

impl Section<'_> {
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    /// Every name in order of declaration.
    pub(super) fn names(&self) -> Vec<&str> {
        self.list.iter().map(|d| d.name.as_str()).collect()
    }
}

/// Everything that is declared.
#[derive(Debug, Default)]
pub(super) struct Declarations<'a> {
    pub(super) databases: Section<'a>,
    pub(super) params: Section<'a>,
    pub(super) types: Section<'a>,
    pub(super) keys: Section<'a>,
    pub(super) channels: Section<'a>,
    pub(super) units: Section<'a>,
    pub(super) groups: Section<'a>,
    pub(super) packs: Section<'a>,
    pub(super) tombstones: Section<'a>,
}

impl<'a> Declarations<'a> {
    pub(super) fn collect(documents: &'a [Document], sink: &mut Sink) -> Self {
        let mut reader = Reader { documents, sink };
        Self {
            databases: reader.section("databases", "database", snake),
            params: reader.section("params", "parameter", snake),
            types: reader.section("types", "type", camel),
            keys: reader.section("keys", "key", snake),
            channels: reader.section("channels", "channel", snake),
            units: reader.section("units", "unit", snake),
            groups: reader.section("groups", "group", snake),
            packs: reader.section("packs", "pack", snake),
            tombstones: reader.section("tombstones", "tombstone", snake),
        }
    }

    pub(super) fn param(&self, name: &str) -> Option<ParamId> {
        self.params.find(name).map(ParamId)
    }

    pub(super) fn ty(&self, name: &str) -> Option<TypeId> {
        self.types.find(name).map(TypeId)
    }

    pub(super) fn key(&self, name: &str) -> Option<KeyId> {
        self.keys.find(name).map(KeyId)
    }

    pub(super) fn database(&self, name: &str) -> Option<DatabaseId> {
        self.databases.find(name).map(DatabaseId)
    }
}

struct Reader<'a, 's> {
    documents: &'a [Document],
    sink: &'s mut Sink,
}

impl<'a> Reader<'a, '_> {
    fn section(
        &mut self,
        field: &str,
        kind: &str,
        read: fn(&Text<'_>) -> Parsed<Name>,
    ) -> Section<'a> {
        let mut section = Section::default();
        let imports_first = [false, true];
        for document in imports_first
            .iter()
            .flat_map(|root| self.documents.iter().filter(move |d| d.root == *root))
        {
            let Some(node) = section_of(&document.node, document.root, field) else {
                continue;
            };
            for entry in unique_entries(node) {
                self.declare(&mut section, entry, kind, read);
            }
        }
        section
    }

    fn declare(
        &mut self,
        section: &mut Section<'a>,
        entry: &'a Entry,
        kind: &str,
        read: fn(&Text<'_>) -> Parsed<Name>,
    ) {
        if let Some(first) = section.find(&entry.key) {
            let first = section.list[first as usize].span;
            let message = format!("the {kind} `{}` is declared in two files", entry.key);
            self.sink.push(
                Diagnostic::error(Code::E0303, entry.key_span, message)
                    .label("declared again")
                    .related(first, "declared first")
                    .help(format!(
                        "keep one of the two, or give this {kind} another name"
                    )),
            );
            return;
        }
        let text = Text::key(entry);
        let (name, valid) = match read(&text) {
            Ok(name) => (name, true),
            Err(finding) => {
                self.sink.push(*finding);
                // Others may refer to it all the same.
                (Name::new(&entry.key), false)
            }
        };
        let id = u32::try_from(section.list.len()).unwrap_or(u32::MAX);
        section.index.insert(&entry.key, id);
        section.list.push(Declared {
            name,
            valid,
            span: entry.key_span,
            node: &entry.value,
        });
    }
}

/// The entries of a mapping, the first of each name: that a name stands twice has been told already.
pub(super) fn unique_entries(node: &Node) -> impl Iterator<Item = &Entry> {
    let mut seen = BTreeSet::new();
    let entries: &[Entry] = match &node.kind {
        NodeKind::Map(entries) => entries,
        _ => &[],
    };
    entries
        .iter()
        .filter(move |entry| seen.insert(entry.key.as_str()))
}
