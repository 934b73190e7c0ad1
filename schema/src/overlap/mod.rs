//! Which templates can name the same key: an exact decision over the automata of their alphabets.
//!
//! All templates of one keyspace stand in one trie of bytes and alphabets. Two of them can name the same
//! key only where the trie leaves a choice: between neighbouring edges, or between going on inside a
//! placeholder and leaving it. From those places alone pairs of positions are followed byte by byte, so
//! the work grows with the number of keys and not with the number of pairs.

mod place;
mod search;
mod steps;
mod trie;

#[cfg(test)]
pub(crate) use search::Clash;
pub(crate) use search::Verdict;

use std::collections::HashMap;

use crate::alphabet::{Alphabet, Language};
use crate::model::ParamId;
use crate::template::Params;
use trie::{LanguageId, Trie};

/// Templates of one keyspace.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    trie: Trie,
    ids: HashMap<Alphabet, LanguageId>,
    params: HashMap<(ParamId, Option<u8>), Option<LanguageId>>,
    languages: Vec<Registered>,
    /// Some alphabet holds the empty text.
    nullable: bool,
}

#[derive(Debug)]
struct Registered {
    language: Language,
    /// A readable member.
    sample: Vec<u8>,
    /// A shortest way to every state.
    ways: Vec<Option<(Vec<u8>, u32)>>,
    /// States where one member ends and another goes on, each with the smallest use of the bound.
    open: Vec<(u32, u32)>,
}

/// A part of a template's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Bytes that stand in every key.
    Bytes(&'a [u8]),
    /// A placeholder, by its registered alphabet.
    Any(LanguageId),
}

impl Shapes {
    /// Registers an alphabet; equal ones are the same.
    pub(crate) fn alphabet(&mut self, alphabet: Alphabet) -> LanguageId {
        if let Some(id) = self.ids.get(&alphabet) {
            return *id;
        }
        let id = LanguageId::new(self.languages.len());
        let language = alphabet.language();
        self.nullable |= language.accepts_at(Language::START);
        let ways = language.ways();
        let used = |state: u32| Some((state, ways.get(state as usize)?.as_ref()?.1));
        let open = language.open_ends().filter_map(used).collect();
        let sample = alphabet.samples().into_iter().next().unwrap_or_default();
        self.languages.push(Registered {
            language,
            sample: sample.into_bytes(),
            ways,
            open,
        });
        self.ids.insert(alphabet, id);
        id
    }

    /// Registers what a placeholder can stand for; asking again for the same one is cheap. `None` when it
    /// is not usable.
    pub(crate) fn param(
        &mut self,
        params: &dyn Params,
        id: ParamId,
        stop: Option<u8>,
    ) -> Option<LanguageId> {
        if let Some(known) = self.params.get(&(id, stop)) {
            return *known;
        }
        let alphabet = params.alphabet(id, stop);
        let found = alphabet.map(|alphabet| self.alphabet(alphabet));
        self.params.insert((id, stop), found);
        found
    }

    /// What a registered placeholder can stand for.
    pub(crate) fn language_of(&self, id: ParamId, stop: Option<u8>) -> Option<&Language> {
        let known = self.params.get(&(id, stop))?;
        Some(self.language((*known)?))
    }

    /// Adds one shape of an owner's template.
    pub(crate) fn add<'a>(&mut self, owner: u32, shape: impl IntoIterator<Item = Token<'a>>) {
        self.trie.insert(owner, shape);
    }

    /// Every pair of owners that can name the same key.
    pub(crate) fn clashes(&self) -> Verdict {
        search::Search::new(self, false).run()
    }

    /// A key that the shapes, all of one template, can read in two ways.
    pub(crate) fn double_reading(&self) -> Option<Vec<u8>> {
        search::Search::new(self, true).run().doubled
    }

    fn registered(&self, id: LanguageId) -> &Registered {
        &self.languages[id.index()]
    }

    fn language(&self, id: LanguageId) -> &Language {
        &self.registered(id).language
    }
}

#[cfg(test)]
mod tests;
