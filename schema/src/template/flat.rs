//! A template as the list of its shapes: optional parts there or not.

use super::Params;
use crate::model::{ParamId, ParamType, Segment, StringEncoding};

/// A part of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Bytes; never two in a row.
    Literal(String),
    /// A placeholder.
    Param(ParamId),
}

/// Every shape, the one with all optional parts first.
pub(crate) fn flatten(prefix: &str, segments: &[Segment]) -> Vec<Vec<Piece>> {
    let mut shapes = vec![Vec::new()];
    push_literal(&mut shapes, prefix);
    for segment in segments {
        match segment {
            Segment::Optional(inner) => {
                let without = shapes.clone();
                inner.iter().for_each(|part| push(&mut shapes, part));
                shapes.extend(without);
            }
            part => push(&mut shapes, part),
        }
    }
    shapes
}

fn push(shapes: &mut [Vec<Piece>], segment: &Segment) {
    match segment {
        Segment::Literal(text) => push_literal(shapes, text),
        Segment::Param(id) => shapes
            .iter_mut()
            .for_each(|shape| shape.push(Piece::Param(*id))),
        // Optional parts are never nested.
        Segment::Optional(_) => {}
    }
}

fn push_literal(shapes: &mut [Vec<Piece>], text: &str) {
    if text.is_empty() {
        return;
    }
    for shape in shapes {
        if let Some(Piece::Literal(before)) = shape.last_mut() {
            before.push_str(text);
        } else {
            shape.push(Piece::Literal(text.to_owned()));
        }
    }
}

/// The first byte of the literal that follows a raw placeholder in any shape: what it may not hold.
/// `None` for every other type, and for a raw placeholder that is always last.
pub(crate) fn stop_of(params: &dyn Params, shapes: &[Vec<Piece>], id: ParamId) -> Option<u8> {
    match &params.find_param(id)?.ty {
        ParamType::String {
            encoding: StringEncoding::Raw { .. },
            ..
        } => stops(shapes, id).into_iter().next(),
        _ => None,
    }
}

/// The first bytes of all literals that follow a placeholder, in order.
pub(crate) fn stops(shapes: &[Vec<Piece>], id: ParamId) -> Vec<u8> {
    let mut found: Vec<u8> = shapes
        .iter()
        .flat_map(|shape| shape.windows(2))
        .filter_map(|pair| match pair {
            [Piece::Param(param), Piece::Literal(text)] if *param == id => {
                text.as_bytes().first().copied()
            }
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
