//! Whether a tree has the shape of the field table. Everything wrong is found in one run.

mod fields;
mod help;
mod scalars;
mod select;

use super::document::{PART, ROOT};
use super::shape::{Field, Object, Shape};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::node::{Entry, Node, NodeKind};
use crate::source::Span;

/// Checks the tree of a file: the root of a schema, or a file that another one imports.
pub fn check(node: &Node, is_root: bool, sink: &mut Sink) {
    check_against(node, if is_root { &ROOT } else { &PART }, sink);
}

/// Checks a tree against any object of the table.
pub fn check_against(node: &Node, object: &'static Object, sink: &mut Sink) {
    let NodeKind::Map(entries) = &node.kind else {
        if !node.damaged {
            sink.push(no_mapping(node));
        }
        return;
    };
    let first = entries.first().map_or(node.span, |entry| entry.key_span);
    let place = Place {
        name: "",
        span: first,
        example: "",
    };
    Check { sink }.object(object, node, &place);
}

/// What a file says under one of its fields, also where the field's name is mistyped: one finding about the name
/// is enough, without one more for each use of what stands below it.
pub(crate) fn section_of<'a>(node: &'a Node, is_root: bool, field: &str) -> Option<&'a Node> {
    let object = if is_root { &ROOT } else { &PART };
    node.get(field).or_else(|| {
        let is_meant = |entry: &&Entry| {
            help::meant(object, &entry.key).is_some_and(|meant| meant.name == field)
        };
        node.entries()
            .iter()
            .find(is_meant)
            .map(|entry| &entry.value)
    })
}

fn no_mapping(node: &Node) -> Diagnostic {
    let message = format!(
        "a schema is a mapping of fields, this is {}",
        node.describe()
    );
    Diagnostic::error(Code::E0216, node.span, message)
        .label("no fields here")
        .help("a schema begins with `edition: 1`, `schema: my_name` and `version: 1`, each on a line of its own")
}

struct Check<'s> {
    sink: &'s mut Sink,
}

/// What a value belongs to.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The field or the declared name; empty for the file and for items of lists.
    name: &'a str,
    /// Where that name stands.
    span: Span,
    /// A right value; empty if there is none to show.
    example: &'a str,
}

impl Place<'_> {
    /// `write for instance …`, from the field's example or from what the expected mapping must hold.
    fn example_help(&self, expected: &[&Shape]) -> String {
        let example = match self.example {
            "" => help::example(expected),
            example => Some(example.to_owned()),
        };
        match (self.name, example) {
            (_, None) => format!("write {}", help::expected(expected)),
            ("", Some(example)) => format!("write for instance `{example}`"),
            (name, Some(example)) => format!("write for instance `{name}: {example}`"),
        }
    }

    fn subject(&self) -> String {
        match self.name {
            "" => "an item".to_owned(),
            name => format!("`{name}`"),
        }
    }
}

impl Check<'_> {
    fn value(&mut self, shape: &'static Shape, node: &Node, place: &Place<'_>) {
        let alternatives = shape.alternatives();
        if is_unclear(&alternatives, node) {
            return;
        }
        if node.is_null() {
            if !alternatives.iter().any(|shape| accepts_nothing(shape)) {
                self.sink.push(no_value(&alternatives, place));
            }
            return;
        }
        let Some(shape) = select::alternative(&alternatives, node) else {
            self.sink.push(wrong_kind(&alternatives, node, place));
            return;
        };
        match shape {
            Shape::Words(words) => self.word(words, node, place),
            Shape::Number { min, max } => self.number(*min, *max, node, place),
            Shape::Switch => self.switch(node, place),
            Shape::Object(object) => self.object(object, node, place),
            Shape::Names { value, .. } => self.names(value, node),
            Shape::List(item) => self.items(item, node.items()),
            _ => {}
        }
    }

    fn items(&mut self, shape: &'static Shape, items: &[Node]) {
        for item in items {
            let place = Place {
                name: "",
                span: item.span,
                example: "",
            };
            self.value(shape, item, &place);
        }
    }

    fn names(&mut self, shape: &'static Shape, node: &Node) {
        let entries = node.entries();
        let misplaced = match node.damaged {
            false => select::misplaced(shape, entries),
            true => Vec::new(),
        };
        for (i, entry) in entries.iter().enumerate() {
            let is_misplaced = |i: usize| misplaced.contains(&i);
            if is_misplaced(i) {
                if i == 0 || !is_misplaced(i - 1) {
                    let before = i.checked_sub(1).and_then(|i| entries.get(i));
                    self.sink.push(help::misplaced(entry, before));
                }
            } else if !(entry.value.is_null() && is_misplaced(i + 1)) {
                let place = Place {
                    name: &entry.key,
                    span: entry.key_span,
                    example: "",
                };
                self.value(shape, &entry.value, &place);
            }
        }
    }

    fn field(&mut self, field: &'static Field, entry: &Entry) {
        let place = Place {
            name: field.name,
            span: entry.key_span,
            example: field.example,
        };
        self.value(&field.shape, &entry.value, &place);
    }
}

/// Whether what is left of a damaged value does not tell what it was.
fn is_unclear(alternatives: &[&Shape], node: &Node) -> bool {
    let is_mapping = |shape: &&&Shape| matches!(shape, Shape::Object(_) | Shape::Names { .. });
    node.damaged
        && match &node.kind {
            NodeKind::Null | NodeKind::Scalar { .. } => true,
            NodeKind::Map(_) => alternatives.iter().filter(is_mapping).count() != 1,
            NodeKind::List(_) => false,
        }
}

fn accepts_nothing(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Nothing | Shape::Any | Shape::Names { .. } | Shape::List(_)
    )
}

fn no_value(expected: &[&Shape], place: &Place<'_>) -> Diagnostic {
    Diagnostic::error(
        Code::E0207,
        place.span,
        format!("{} has no value", place.subject()),
    )
    .label("nothing stands behind the colon, nor indented below")
    .help(place.example_help(expected))
}

fn wrong_kind(expected: &[&Shape], node: &Node, place: &Place<'_>) -> Diagnostic {
    if let Some(finding) = help::unquoted(expected, node) {
        return finding;
    }
    let (subject, found) = (place.subject(), node.describe());
    let message = format!("{subject} takes {}, not {found}", help::expected(expected));
    Diagnostic::error(Code::E0202, node.span, message)
        .label(format!("this is {found}"))
        .help(help::for_wrong_kind(expected, node, place))
}
