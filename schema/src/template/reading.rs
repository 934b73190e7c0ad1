//! A plain reader of keys: every way in which a template reads a key. Slow and simple; the proofs are
//! tested against it.

use super::Params;
use super::flat::{Piece, flatten, stop_of};
use crate::alphabet::Language;
use crate::model::{ParamId, Schema, Segment, Template};

/// Whether a template, without prefix, can name a key.
#[must_use]
pub fn matches(schema: &Schema, template: &Template, key: &[u8]) -> bool {
    Matcher::new(schema, "", &template.segments).matches(key)
}

/// What each placeholder stands for in one reading of a key.
pub(crate) type Reading = Vec<(ParamId, Vec<u8>)>;

/// A template made ready for reading keys.
pub(crate) struct Matcher {
    shapes: Vec<Vec<Part>>,
}

enum Part {
    Literal(String),
    /// `None` for a parameter that is not usable: it stands for nothing.
    Param(ParamId, Option<Language>),
}

impl Matcher {
    pub(crate) fn new(params: &dyn Params, prefix: &str, segments: &[Segment]) -> Self {
        let shapes = flatten(prefix, segments);
        let part = |piece: &Piece| match piece {
            Piece::Literal(text) => Part::Literal(text.clone()),
            Piece::Param(id) => {
                let alphabet = params.alphabet(*id, stop_of(params, &shapes, *id));
                Part::Param(*id, alphabet.map(|alphabet| alphabet.language()))
            }
        };
        Self {
            shapes: shapes
                .iter()
                .map(|shape| shape.iter().map(part).collect())
                .collect(),
        }
    }

    pub(crate) fn matches(&self, key: &[u8]) -> bool {
        !self.readings(key, 1).is_empty()
    }

    /// Up to `most` different ways to read a key.
    pub(crate) fn readings(&self, key: &[u8], most: usize) -> Vec<Reading> {
        let mut found = Vec::new();
        for shape in &self.shapes {
            read(shape, key, most, &mut Vec::new(), &mut found);
        }
        found
    }
}

fn read(shape: &[Part], key: &[u8], most: usize, so_far: &mut Reading, found: &mut Vec<Reading>) {
    if found.len() >= most {
        return;
    }
    match shape.split_first() {
        None if key.is_empty() => found.push(so_far.clone()),
        None | Some((Part::Param(_, None), _)) => {}
        Some((Part::Literal(text), rest)) => {
            if let Some(key) = key.strip_prefix(text.as_bytes()) {
                read(rest, key, most, so_far, found);
            }
        }
        Some((Part::Param(id, Some(language)), rest)) => {
            for length in (0..=key.len()).rev() {
                let (value, tail) = key.split_at(length);
                if language.contains(value) {
                    so_far.push((*id, value.to_vec()));
                    read(rest, tail, most, so_far, found);
                    so_far.pop();
                }
            }
        }
    }
}
