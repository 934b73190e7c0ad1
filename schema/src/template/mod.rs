//! Templates: from their text to parts, what they can name, and how they are shown.

mod ambiguity;
mod flat;
mod hash_tag;
mod index;
mod length;
mod lookalike;
mod parse;
mod reading;
mod resolve;
mod sample;
mod show;

pub use index::{KeyIndex, KeyMatch};
pub use length::longest;
pub use reading::matches;
pub use sample::{example_key, example_value};
pub use show::{describe, glob_pattern};

pub(crate) use ambiguity::check as check_ambiguity;
pub(crate) use flat::{Piece, flatten, stop_of};
pub(crate) use lookalike::warn as warn_of_lookalikes;
pub(crate) use parse::{Part, PartKind, parse};
pub(crate) use reading::Matcher;
pub(crate) use resolve::{Context, Resolved, resolve};
pub(crate) use sample::sample;

use crate::alphabet::Alphabet;
use crate::model::{Param, ParamId, ParamType, Schema, TypeDef, TypeId, TypeKind};

/// Where a template's placeholders are looked up: a finished schema, or one in the making.
pub(crate) trait Params {
    fn find_param(&self, id: ParamId) -> Option<&Param>;
    fn find_type(&self, id: TypeId) -> Option<&TypeDef>;

    /// What a placeholder can stand for in front of a literal that starts with `stop`.
    fn alphabet(&self, id: ParamId, stop: Option<u8>) -> Option<Alphabet> {
        let ty = &self.find_param(id)?.ty;
        Some(Alphabet::of(ty, &self.words(ty), stop))
    }

    /// The texts of an enum's placeholder; none for other types.
    fn words(&self, ty: &ParamType) -> Vec<&str> {
        let ParamType::Enum(id) = ty else {
            return Vec::new();
        };
        match self.find_type(*id).map(|def| &def.kind) {
            Some(TypeKind::Enum(list)) => list.variants.iter().map(|v| v.text.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// A placeholder's name.
    fn name(&self, id: ParamId) -> &str {
        self.find_param(id).map_or("", |param| param.name.as_str())
    }
}

impl Params for Schema {
    fn find_param(&self, id: ParamId) -> Option<&Param> {
        self.params.get(id.index())
    }

    fn find_type(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.index())
    }
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests;
