//! Example keys for documents and command lines.

use super::Params;
use super::flat::{Piece, flatten, stop_of};
use crate::model::{Key, ParamId, Prefix, Schema, Segment};

/// A valid key of this kind, prefix and optional parts included; always the same.
#[must_use]
pub fn example_key(schema: &Schema, key: &Key) -> String {
    sample(schema, &key.prefix, &key.template.segments, &key.reserved).unwrap_or_default()
}

/// A valid text of one placeholder of a key, as it stands in the key; always the same.
#[must_use]
pub fn example_value(schema: &Schema, key: &Key, param: ParamId) -> String {
    let shapes = flatten(&key.prefix.text, &key.template.segments);
    value(schema, &shapes, param, &key.reserved).unwrap_or_default()
}

/// An example of a template's keys; `None` when a parameter is unusable.
pub(crate) fn sample(
    params: &dyn Params,
    prefix: &Prefix,
    segments: &[Segment],
    reserved: &[(ParamId, String)],
) -> Option<String> {
    let shapes = flatten(&prefix.text, segments);
    let mut key = String::new();
    for piece in shapes.first()? {
        match piece {
            Piece::Literal(text) => key.push_str(text),
            Piece::Param(id) => key.push_str(&value(params, &shapes, *id, reserved)?),
        }
    }
    Some(key)
}

fn value(
    params: &dyn Params,
    shapes: &[Vec<Piece>],
    id: ParamId,
    reserved: &[(ParamId, String)],
) -> Option<String> {
    let stop = stop_of(params, shapes, id);
    let alphabet = params.alphabet(id, stop)?;
    let taken = |text: &String| {
        reserved
            .iter()
            .any(|(param, word)| *param == id && word == text)
    };
    let samples = alphabet.samples();
    let free = samples.iter().find(|text| !taken(text));
    if let Some(text) = free {
        return Some(text.clone());
    }
    // Every usual example is reserved: number them on.
    let language = alphabet.language();
    let first = samples.first()?;
    let fits = |text: &String| language.contains(text.as_bytes()) && !taken(text);
    (0..=reserved.len())
        .flat_map(|n| [format!("{n}"), format!("{first}{n}")])
        .find(fits)
        .or_else(|| samples.first().cloned())
}
