//! Which of several shapes a value was meant to have.

use crate::language::shape::{Object, Shape};
use crate::node::{Entry, Node, NodeKind};
use crate::text::nearest;

/// The alternative that a value is meant to be: by its kind, mappings also by their fields.
pub(super) fn alternative(alternatives: &[&'static Shape], node: &Node) -> Option<&'static Shape> {
    let fits = |shape: &&&'static Shape| {
        matches!(
            (**shape, &node.kind),
            (Shape::Any, _)
                | (
                    Shape::Text(_) | Shape::Words(_) | Shape::Number { .. } | Shape::Switch,
                    NodeKind::Scalar { .. }
                )
                | (Shape::List(_), NodeKind::List(_))
        )
    };
    match &node.kind {
        NodeKind::Map(entries) => mapping(alternatives, entries),
        _ => alternatives.iter().find(fits).copied(),
    }
}

/// The object with most of the fields, else a mapping of names, else an object with a field of about that name.
fn mapping(alternatives: &[&'static Shape], entries: &[Entry]) -> Option<&'static Shape> {
    let score = |shape: &&Shape| match shape {
        Shape::Object(object) => 4 * known(object, entries) + 2 * nearly_known(object, entries),
        Shape::Names { .. } | Shape::Any => 1,
        _ => 0,
    };
    // Of equals the first one wins.
    let best = alternatives
        .iter()
        .rev()
        .copied()
        .max_by_key(|shape| score(shape));
    let is_mapping =
        |shape: &&Shape| matches!(shape, Shape::Object(_) | Shape::Names { .. } | Shape::Any);
    best.filter(|shape| is_mapping(shape))
}

fn known(object: &Object, entries: &[Entry]) -> usize {
    let is_known = |entry: &&Entry| object.field(&entry.key).is_some();
    entries.iter().filter(is_known).count()
}

fn nearly_known(object: &Object, entries: &[Entry]) -> usize {
    let names = || object.fields.iter().map(|field| field.name);
    let is_near = |entry: &&Entry| nearest(&entry.key, names()).is_some();
    entries.iter().filter(is_near).count()
}

/// Entries among declared names that are fields of a declaration: they lack indentation.
pub(super) fn misplaced(shape: &'static Shape, entries: &[Entry]) -> Vec<usize> {
    let alternatives = shape.alternatives();
    let objects: Vec<&Object> = alternatives
        .iter()
        .filter_map(|shape| match shape {
            Shape::Object(object) => Some(*object),
            _ => None,
        })
        .collect();
    let is_misplaced = |entry: &Entry| {
        !entry.value.is_null()
            && objects
                .iter()
                .any(|object| object.field(&entry.key).is_some())
            && alternative(&alternatives, &entry.value).is_none()
    };
    (0..entries.len())
        .filter(|i| is_misplaced(&entries[*i]))
        .collect()
}
