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

/// The object with most of the fields, else one with a field of about that name, else a mapping of names.
fn mapping(alternatives: &[&'static Shape], entries: &[Entry]) -> Option<&'static Shape> {
    let is_mapping =
        |shape: &&Shape| matches!(shape, Shape::Object(_) | Shape::Names { .. } | Shape::Any);
    let mut mappings = alternatives.iter().copied().filter(is_mapping);
    let first = mappings.next()?;
    if mappings.next().is_none() {
        return Some(first);
    }
    let best = |test: fn(&Object, &str) -> bool| {
        let score = |shape: &Shape| match shape {
            Shape::Object(object) => entries.iter().filter(|e| test(object, &e.key)).count(),
            _ => 0,
        };
        // Of equals the first one wins.
        let scored = alternatives
            .iter()
            .rev()
            .map(|shape| (score(shape), *shape));
        scored
            .max_by_key(|(score, _)| *score)
            .filter(|(score, _)| *score > 0)
    };
    let meant = best(|object, name| object.field(name).is_some()).or_else(|| best(has_near));
    let names = || {
        alternatives
            .iter()
            .copied()
            .find(|shape| matches!(shape, Shape::Names { .. }))
    };
    meant.map(|(_, shape)| shape).or_else(names).or(Some(first))
}

fn has_near(object: &Object, name: &str) -> bool {
    nearest(name, object.fields.iter().map(|field| field.name)).is_some()
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
            && !entry.value.damaged
            && objects
                .iter()
                .any(|object| object.field(&entry.key).is_some())
            && alternative(&alternatives, &entry.value).is_none()
    };
    (0..entries.len())
        .filter(|i| is_misplaced(&entries[*i]))
        .collect()
}
