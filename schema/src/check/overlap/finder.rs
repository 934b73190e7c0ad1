//! Asks the automata which namers meet, and lets words settle what words can settle.

use std::collections::BTreeMap;

use super::namer::{Namer, What};
use super::reserved::words;
use crate::alphabet::Alphabet;
use crate::diagnostic::Sink;
use crate::lower::Draft;
use crate::model::{KeyId, ParamId};
use crate::overlap::{Shapes, Token, Verdict};
use crate::template::{Piece, stop_of};

/// By the namer that is blamed: those it meets, each with a key that both can name.
pub(super) type Meetings = BTreeMap<usize, BTreeMap<usize, Vec<u8>>>;

pub(super) struct Finder<'a> {
    pub(super) draft: &'a Draft,
    pub(super) namers: &'a [Namer<'a>],
    /// Words that placeholders of keys may not take.
    pub(super) words: Vec<(KeyId, ParamId, String)>,
    shapes: Shapes,
}

/// A namer and one of its shapes.
type Owner = (usize, usize);

impl<'a> Finder<'a> {
    pub(super) fn new(draft: &'a Draft, namers: &'a [Namer<'a>]) -> Self {
        Self {
            draft,
            namers,
            words: Vec::new(),
            shapes: Shapes::default(),
        }
    }

    pub(super) fn run(&mut self, sink: &mut Sink) {
        if self.namers.len() < 2 {
            return;
        }
        let (verdict, owners) = self.decide();
        let owner = |id: u32| owners.get(id as usize).copied();
        let mut left = Vec::new();
        for clash in verdict.clashes {
            let (Some(one), Some(other)) = (owner(clash.first), owner(clash.second)) else {
                continue;
            };
            if one.0 != other.0 && !self.settled_by_one_word(one, other) {
                left.push((one, other, clash.key));
            }
        }
        self.words.sort();
        self.words.dedup();
        let mut meetings = Meetings::new();
        for (one, other, key) in left {
            if self.settled_already(one, other) {
                continue;
            }
            if let Some((blamed, other)) = self.blamed(one.0.min(other.0), one.0.max(other.0)) {
                let met = meetings.entry(blamed).or_default();
                met.entry(other).or_insert(key);
            }
        }
        self.report(&meetings, verdict.complete, sink);
    }

    /// Lets the automata decide; also who every owner is.
    fn decide(&mut self) -> (Verdict, Vec<Owner>) {
        let mut all = std::mem::take(&mut self.shapes);
        let mut owners = Vec::new();
        for (at, namer) in self.namers.iter().enumerate() {
            for (nth, shape) in namer.shapes.iter().enumerate() {
                let owner = u32::try_from(owners.len()).unwrap_or(u32::MAX);
                owners.push((at, nth));
                if namer.what == What::Pattern {
                    add_pattern(&mut all, owner, shape);
                } else if let Some(tokens) = self.tokens(&mut all, namer, shape) {
                    all.add(owner, tokens);
                }
            }
        }
        let verdict = all.clashes();
        self.shapes = all;
        (verdict, owners)
    }

    fn tokens<'s>(
        &self,
        all: &mut Shapes,
        namer: &Namer<'_>,
        shape: &'s [Piece],
    ) -> Option<Vec<Token<'s>>> {
        let token = |piece: &'s Piece| match piece {
            Piece::Literal(text) => Some(Token::Bytes(text.as_bytes())),
            Piece::Param(id) => {
                let stop = stop_of(self.draft, &namer.shapes, *id);
                Some(Token::Any(all.param(self.draft, *id, stop)?))
            }
        };
        shape.iter().map(token).collect()
    }

    /// The words that one shape has in the place of the other's placeholders, and the key of those.
    fn words_between(
        &self,
        general: Owner,
        special: Owner,
    ) -> Option<(KeyId, Vec<(ParamId, String)>)> {
        let (namer, other) = (&self.namers[general.0], &self.namers[special.0]);
        let What::Key(key) = namer.what else {
            return None;
        };
        if other.has_star() {
            return None;
        }
        let holds = |id: ParamId, word: &[u8]| {
            let stop = stop_of(self.draft, &namer.shapes, id);
            let language = self.shapes.language_of(id, stop);
            language.is_some_and(|language| language.contains(word))
        };
        let (general, special) = (&namer.shapes[general.1], &other.shapes[special.1]);
        Some((key, words(general, special, &holds)))
    }

    /// Whether keeping a word from a placeholder tells the two shapes apart; the word is noted.
    fn settled_by_one_word(&mut self, one: Owner, other: Owner) -> bool {
        for (general, special) in [(one, other), (other, one)] {
            let Some((key, words)) = self.words_between(general, special) else {
                continue;
            };
            if let [(param, word)] = words.as_slice() {
                self.words.push((key, *param, word.clone()));
                return true;
            }
        }
        false
    }

    /// Whether a word that is kept from a placeholder anyway tells the two shapes apart.
    fn settled_already(&self, one: Owner, other: Owner) -> bool {
        [(one, other), (other, one)]
            .iter()
            .any(|(general, special)| {
                let Some((key, words)) = self.words_between(*general, *special) else {
                    return false;
                };
                let is_kept = |(param, word)| self.words.binary_search(&(key, param, word)).is_ok();
                words.into_iter().any(is_kept)
            })
    }

    /// Which of two is to be changed, if it matters at all: a key rather than what is not ours, and of two
    /// keys the later one.
    fn blamed(&self, one: usize, other: usize) -> Option<(usize, usize)> {
        let is_ours = |at: usize| matches!(self.namers[at].what, What::Key(_) | What::Channel);
        let is_key = |at: usize| is_ours(at) || self.namers[at].what == What::ExternalKey;
        match (is_ours(one), is_ours(other)) {
            (_, true) => Some((other, one)),
            (true, false) => Some((one, other)),
            (false, false) if is_key(one) && is_key(other) => Some((other, one)),
            (false, false) => None,
        }
    }
}

/// A pattern's text with `*` for any bytes; several in a row are one.
fn add_pattern(all: &mut Shapes, owner: u32, shape: &[Piece]) {
    let any = all.alphabet(Alphabet::Anything);
    let Some(Piece::Literal(pattern)) = shape.first() else {
        return;
    };
    let mut tokens = Vec::new();
    for (nth, text) in pattern.split('*').enumerate() {
        if nth > 0 && tokens.last() != Some(&Token::Any(any)) {
            tokens.push(Token::Any(any));
        }
        if !text.is_empty() {
            tokens.push(Token::Bytes(text.as_bytes()));
        }
    }
    all.add(owner, tokens);
}
