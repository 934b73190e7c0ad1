//! How long keys can become.

use super::Params;
use super::flat::{Piece, flatten, stop_of};
use crate::model::{Prefix, Schema, Template};

/// The most bytes that a key of a template can have, its prefix included; `None` when a parameter sets no bound.
#[must_use]
pub fn longest(schema: &Schema, prefix: &Prefix, template: &Template) -> Option<u64> {
    let shapes = flatten(&prefix.text, &template.segments);
    let mut bytes = 0_u64;
    // The first shape has every optional part.
    for piece in shapes.first()? {
        bytes += match piece {
            Piece::Literal(text) => text.len() as u64,
            Piece::Param(id) => schema
                .alphabet(*id, stop_of(schema, &shapes, *id))?
                .longest()?,
        };
    }
    Some(bytes)
}
