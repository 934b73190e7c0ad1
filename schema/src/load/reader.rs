//! Reads files and follows their imports.

use std::collections::HashSet;

use super::Loader;
use super::path::{self, Unusable};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::language;
use crate::lower::Document;
use crate::node::Node;
use crate::source::{FileId, Sources, Span};
use crate::yaml;

/// Most files between the root and an import.
const DEEPEST: usize = 32;
/// Most files of one schema.
const MOST: usize = 1000;

/// What was read.
pub(super) struct Read {
    pub(super) sources: Sources,
    /// The trees of the files that are YAML, the root first, imports behind the file that first names them.
    pub(super) documents: Vec<Document>,
    /// Whether every file that is imported has a tree.
    pub(super) all: bool,
}

impl Read {
    /// Whether nothing is missing.
    pub(super) fn is_whole(&self) -> bool {
        self.all && self.documents.iter().all(|it| it.node.is_whole())
    }
}

pub(super) struct Reader<'a> {
    loader: &'a dyn Loader,
    sink: &'a mut Sink,
    read: Read,
    seen: HashSet<String>,
    /// The files that led to the one being read, each with the place that imports the next.
    trail: Vec<(String, Span)>,
}

impl<'a> Reader<'a> {
    /// Reads a file and everything it imports.
    pub(super) fn read(loader: &'a dyn Loader, root: &str, sink: &'a mut Sink) -> Read {
        let mut reader = Self {
            loader,
            sink,
            read: Read {
                sources: Sources::new(),
                documents: Vec::new(),
                all: true,
            },
            seen: HashSet::new(),
            trail: Vec::new(),
        };
        reader.file(&path::normal(root), root, None);
        reader.read
    }

    fn file(&mut self, path: &str, name: &str, from: Option<Span>) {
        self.seen.insert(path.to_owned());
        let Some((file, node)) = self.tree(name, from) else {
            self.read.all = false;
            return;
        };
        let root = from.is_none();
        language::check(&node, root, self.sink);
        let imports = imports(&node);
        self.read.documents.push(Document { file, node, root });
        for (import, span) in imports {
            self.trail.push((path.to_owned(), span));
            self.import(path, &import, span);
            self.trail.pop();
        }
    }

    fn tree(&mut self, name: &str, from: Option<Span>) -> Option<(FileId, Node)> {
        let bytes = match self.loader.read(name) {
            Ok(bytes) => bytes,
            Err(error) => {
                let empty = |sources: &mut Sources| sources.add(name, String::new());
                let place = from.unwrap_or_else(|| Span::new(empty(&mut self.read.sources), 0, 0));
                self.sink
                    .push(unreadable(place, name, from.is_none(), &error));
                return None;
            }
        };
        let (file, text) = self.text(name, bytes);
        let node = yaml::parse(file, &text?, self.sink)?;
        Some((file, node))
    }

    /// Keeps the text for the findings; a file that is not UTF-8 keeps what of it can be shown.
    fn text(&mut self, name: &str, bytes: Vec<u8>) -> (FileId, Option<String>) {
        match String::from_utf8(bytes) {
            Ok(text) => (self.read.sources.add(name, text.clone()), Some(text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let is_utf16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
                let file = self.read.sources.add(name, text);
                let shown = char::REPLACEMENT_CHARACTER.len_utf8();
                let place = Span::new(file, at, at + shown);
                self.sink.push(not_utf8(place, is_utf16));
                (file, None)
            }
        }
    }

    fn import(&mut self, importing: &str, import: &str, span: Span) {
        let path = match path::resolve(importing, import) {
            Ok(path) => path,
            Err(why) => {
                self.sink.push(unusable(span, import, why));
                self.read.all = false;
                return;
            }
        };
        if let Some(start) = self.trail.iter().position(|(open, _)| *open == path) {
            self.sink.push(cycle(span, &path, &self.trail[start..]));
        } else if self.seen.contains(&path) {
            // Named twice, read once.
        } else if self.trail.len() > DEEPEST || self.read.sources.files().len() >= MOST {
            self.sink.push(too_many(span));
            self.read.all = false;
        } else {
            self.file(&path, &path, Some(span));
        }
    }
}

fn imports(node: &Node) -> Vec<(String, Span)> {
    let items = node.get("imports").map_or(&[][..], Node::items);
    items
        .iter()
        .filter_map(|item| Some((item.text()?.to_owned(), item.span)))
        .collect()
}

fn unreadable(place: Span, name: &str, is_root: bool, error: &std::io::Error) -> Diagnostic {
    if error.kind() != std::io::ErrorKind::NotFound {
        let message = format!("`{name}` cannot be read: {error}");
        return Diagnostic::error(Code::E0211, place, message)
            .help("the path must name a file that may be read");
    }
    let help = if is_root {
        "check the path, or let `redis-schema init` write a first schema"
    } else {
        "the path of an import is relative to the file it stands in"
    };
    Diagnostic::error(Code::E0211, place, format!("there is no file `{name}`")).help(help)
}

fn not_utf8(place: Span, is_utf16: bool) -> Diagnostic {
    let help = if is_utf16 {
        "this looks like UTF-16: save the file as UTF-8"
    } else {
        "save the file as UTF-8"
    };
    Diagnostic::error(Code::E0108, place, "the file is not UTF-8 text")
        .label("the first byte that is not")
        .help(help)
}

fn unusable(span: Span, import: &str, why: Unusable) -> Diagnostic {
    let (label, help) = match why {
        Unusable::Blank => (
            "nothing, or blanks around it",
            "write the path of a file".to_owned(),
        ),
        Unusable::Absolute => (
            "not relative",
            "write the path from the directory of this file".to_owned(),
        ),
        Unusable::Backslash => (
            "`\\` in a path",
            format!("write `{}`", import.replace('\\', "/")),
        ),
    };
    Diagnostic::error(Code::E0214, span, format!("`{import}` cannot be imported"))
        .label(label)
        .help(help)
}

fn cycle(span: Span, path: &str, trail: &[(String, Span)]) -> Diagnostic {
    let message = format!("`{path}` imports itself");
    let finding = Diagnostic::error(Code::E0213, span, message)
        .label("this closes the circle")
        .help("move what both files need into a third one that imports neither");
    // The last step of the trail is this import itself.
    let steps = trail.len().saturating_sub(1);
    trail[..steps].iter().fold(finding, |finding, (_, step)| {
        finding.related(*step, "by way of this import")
    })
}

fn too_many(span: Span) -> Diagnostic {
    let message = format!("more than {DEEPEST} imports in each other, or {MOST} in all");
    Diagnostic::error(Code::E0215, span, message)
        .label("not followed any further")
        .help("list the files in the `imports:` of the root")
}
