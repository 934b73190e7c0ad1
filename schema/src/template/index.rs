//! Which key of a schema a name on the server is: the way back from names to templates.

use super::Params;
use super::flat::{Piece, flatten, stop_of};
use crate::alphabet::Language;
use crate::model::{KeyId, ParamId, Prefix, Schema, Segment};

/// The templates of a schema, made ready for reading names.
///
/// Templates of one database are proven disjoint, so a name has at most one owner there; where one template
/// has as text what another would take as a value, the text wins. Without a database there may be an owner in
/// each.
#[derive(Debug)]
pub struct KeyIndex {
    keys: Vec<Shaped<(KeyId, u16)>>,
    channels: Vec<Shaped<usize>>,
}

/// A key that a name belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyMatch<'n> {
    /// The key.
    pub key: KeyId,
    /// What its placeholders stand for, as it is written in the name, in order of appearance.
    pub captures: Vec<(ParamId, &'n [u8])>,
}

/// A template with its owner, each of its shapes apart.
#[derive(Debug)]
struct Shaped<O> {
    owner: O,
    shapes: Vec<Vec<Part>>,
    /// Values that belong to another template.
    reserved: Vec<(ParamId, String)>,
}

#[derive(Debug)]
enum Part {
    Literal(String),
    Param(ParamId, Language),
}

impl KeyIndex {
    /// The index over a schema with its prefixes as declared.
    #[must_use]
    pub fn new(schema: &Schema) -> Self {
        Self::with_prefixes(schema, |prefix| prefix.text.clone())
    }

    /// As [`new`](Self::new), with the prefixes that a deployment uses.
    #[must_use]
    pub fn with_prefixes(schema: &Schema, text: impl Fn(&Prefix) -> String) -> Self {
        let shaped =
            |prefix: &Prefix, segments: &[Segment]| shapes(schema, &text(prefix), segments);
        let keys = KeyId::each(schema).map(|(id, key)| Shaped {
            owner: (id, schema[key.database].index),
            shapes: shaped(&key.prefix, &key.template.segments),
            reserved: key.reserved.clone(),
        });
        let channels = schema.channels.iter().enumerate();
        let channels = channels.map(|(at, channel)| Shaped {
            owner: at,
            shapes: shaped(&channel.prefix, &channel.template.segments),
            reserved: Vec::new(),
        });
        Self {
            keys: keys.collect(),
            channels: channels.collect(),
        }
    }

    /// The key that a name belongs to in the logical database of this number.
    #[must_use]
    pub fn find<'n>(&self, name: &'n [u8], database: u16) -> Option<KeyMatch<'n>> {
        let here = self.keys.iter().filter(|key| key.owner.1 == database);
        here.filter_map(|key| key.read(name)).next()
    }

    /// Every key that a name can belong to when its database is not known, in order of declaration.
    pub fn find_anywhere<'n>(&self, name: &'n [u8]) -> impl Iterator<Item = KeyMatch<'n>> {
        self.keys.iter().filter_map(move |key| key.read(name))
    }

    /// The position of the channel that a name belongs to.
    #[must_use]
    pub fn find_channel(&self, name: &[u8]) -> Option<usize> {
        let found = self
            .channels
            .iter()
            .find(|channel| channel.captures(name).is_some());
        found.map(|channel| channel.owner)
    }
}

impl Shaped<(KeyId, u16)> {
    fn read<'n>(&self, name: &'n [u8]) -> Option<KeyMatch<'n>> {
        self.captures(name).map(|captures| KeyMatch {
            key: self.owner.0,
            captures,
        })
    }
}

impl<O> Shaped<O> {
    fn captures<'n>(&self, name: &'n [u8]) -> Option<Vec<(ParamId, &'n [u8])>> {
        let mut captures = Vec::new();
        self.shapes.iter().find_map(|shape| {
            captures.clear();
            self.walk(shape, name, &mut captures)
                .then(|| std::mem::take(&mut captures))
        })
    }

    /// Reads a name part by part. A template never leaves a choice of where a placeholder ends, but the longest
    /// text that a placeholder accepts may reach beyond that end, so shorter ones are tried too.
    fn walk<'n>(
        &self,
        shape: &[Part],
        name: &'n [u8],
        captures: &mut Vec<(ParamId, &'n [u8])>,
    ) -> bool {
        match shape.split_first() {
            None => name.is_empty(),
            Some((Part::Literal(text), rest)) => name
                .strip_prefix(text.as_bytes())
                .is_some_and(|name| self.walk(rest, name, captures)),
            Some((Part::Param(id, language), rest)) => {
                let ends = language.ends(name);
                ends.into_iter().rev().any(|end| {
                    let (value, behind) = name.split_at(end);
                    if self.is_reserved(*id, value) {
                        return false;
                    }
                    captures.push((*id, value));
                    let fits = self.walk(rest, behind, captures);
                    if !fits {
                        captures.pop();
                    }
                    fits
                })
            }
        }
    }

    fn is_reserved(&self, id: ParamId, value: &[u8]) -> bool {
        self.reserved
            .iter()
            .any(|(param, word)| *param == id && word.as_bytes() == value)
    }
}

/// The shapes of a template; a placeholder of a checked schema is always usable.
fn shapes(schema: &Schema, prefix: &str, segments: &[Segment]) -> Vec<Vec<Part>> {
    let shapes = flatten(prefix, segments);
    let part = |piece: &Piece| match piece {
        Piece::Literal(text) => Some(Part::Literal(text.clone())),
        Piece::Param(id) => {
            let alphabet = schema.alphabet(*id, stop_of(schema, &shapes, *id))?;
            Some(Part::Param(*id, alphabet.language()))
        }
    };
    shapes
        .iter()
        .filter_map(|shape| shape.iter().map(part).collect())
        .collect()
}

#[cfg(test)]
mod tests;
