//! Pairs of places that one and the same text leads to.

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::Shapes;
use super::place::{Move, Place, QuickMap, Stand};
use super::trie::{Label, NodeId};
use crate::alphabet::readable;

/// Pairs followed before the proof is given up, and some more for every node of the trie: far beyond any
/// keyspace that people can keep in mind.
const MOST_PAIRS: usize = 1_000_000;
const MOST_PAIRS_PER_NODE: usize = 32;
const MOST_CLASHES: usize = 200_000;

/// What the search found.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// Owners that share a key, each pair once, in order.
    pub(crate) clashes: Vec<Clash>,
    /// A text that one template reads in two ways.
    pub(crate) doubled: Option<Vec<u8>>,
    /// False when the search was given up.
    pub(crate) complete: bool,
}

/// Two owners and a key both can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    pub(crate) first: u32,
    pub(crate) second: u32,
    pub(crate) key: Vec<u8>,
}

struct Pair {
    first: Stand,
    second: Stand,
    before: Before,
    byte: u8,
}

/// What led to a pair.
#[derive(Clone, Copy)]
enum Before {
    Pair(u32),
    /// One place, from which the two ways part.
    Seed(Place),
}

pub(super) struct Search<'a> {
    shapes: &'a Shapes,
    pairs: Vec<Pair>,
    most_pairs: usize,
    /// The smallest uses of the two bounds with which a pair of places was reached.
    seen: QuickMap<(Place, Place), Uses>,
    found: BTreeMap<(u32, u32), Vec<u8>>,
    /// Look for a text with two readings instead of stopping where two ways meet.
    doubles: bool,
    doubled: Option<Vec<u8>>,
}

/// Uses of two bounds, none of them as small as another in both: nearly always just one.
#[derive(Default)]
struct Uses {
    first: Option<(u32, u32)>,
    more: Vec<(u32, u32)>,
}

impl Uses {
    /// Notes new uses unless known ones are as small.
    fn add(&mut self, uses: (u32, u32)) -> bool {
        let as_small = |known: &(u32, u32)| known.0 <= uses.0 && known.1 <= uses.1;
        if self.first.iter().chain(&self.more).any(as_small) {
            return false;
        }
        match &mut self.first {
            None => self.first = Some(uses),
            Some(_) => self.more.push(uses),
        }
        true
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(shapes: &'a Shapes, doubles: bool) -> Self {
        Self {
            shapes,
            pairs: Vec::new(),
            most_pairs: MOST_PAIRS + MOST_PAIRS_PER_NODE * shapes.trie.len(),
            seen: QuickMap::default(),
            found: BTreeMap::new(),
            doubles,
            doubled: None,
        }
    }

    pub(super) fn run(mut self) -> Verdict {
        self.twins();
        let mut next = 0;
        let mut buffers = Default::default();
        for node in self.shapes.trie.choices() {
            self.seed(node);
            while next < self.pairs.len() && self.within_limits() {
                self.follow(next, &mut buffers);
                next += 1;
            }
            if !self.within_limits() || self.doubled.is_some() {
                break;
            }
        }
        let complete = self.within_limits();
        let clash = |((first, second), key)| Clash { first, second, key };
        Verdict {
            clashes: self.found.into_iter().map(clash).collect(),
            doubled: self.doubled,
            complete,
        }
    }

    fn within_limits(&self) -> bool {
        self.pairs.len() < self.most_pairs && self.found.len() < MOST_CLASHES
    }

    /// Owners of one and the same shape.
    fn twins(&mut self) {
        for same in self.shapes.trie.twins() {
            let mut owners = same.owners;
            owners.sort_unstable();
            for other in &owners[1..] {
                let key = self.shapes.word_to(Place::node(same.node));
                self.found.entry((owners[0], *other)).or_insert(key);
            }
        }
    }

    /// Starts from every choice that the trie leaves at a node and inside the placeholders behind it.
    fn seed(&mut self, node: NodeId) {
        let shapes = self.shapes;
        let stand = Stand::at_node(node);
        self.settle(stand, stand, None);
        let mut moves = Vec::new();
        shapes.moves(stand, &mut moves);
        for (at, one) in moves.iter().enumerate() {
            for other in &moves[at + 1..] {
                self.push(*one, *other, Before::Seed(stand.place));
            }
            if !self.within_limits() {
                return;
            }
        }
        let (mut on, mut out) = (Vec::new(), Vec::new());
        for (id, edge) in shapes.trie.edges_of(node) {
            let Label::Any(language) = edge.label else {
                continue;
            };
            let registered = shapes.registered(language);
            if registered.open.is_empty() {
                continue;
            }
            out.clear();
            shapes.moves(Stand::at_node(edge.to), &mut out);
            for (state, used) in &registered.open {
                on.clear();
                shapes.moves_inside(id, &registered.language, *state, *used, &mut on);
                for one in &on {
                    for other in &out {
                        self.push(*one, *other, Before::Seed(Place::inside(id, *state)));
                    }
                }
            }
        }
    }

    fn follow(&mut self, at: usize, (ones, others): &mut (Vec<Move>, Vec<Move>)) {
        let Some(Pair { first, second, .. }) = self.pairs.get(at) else {
            return;
        };
        let (first, second) = (*first, *second);
        let id = u32::try_from(at).unwrap_or(u32::MAX);
        self.settle(first, second, Some(id));
        ones.clear();
        others.clear();
        self.shapes.moves(first, ones);
        self.shapes.moves(second, others);
        for one in &*ones {
            for other in &*others {
                self.push(*one, *other, Before::Pair(id));
            }
        }
    }

    /// Notes every pair of owners whose shapes end at the two places.
    fn settle(&mut self, first: Stand, second: Stand, at: Option<u32>) {
        let (mut ones, mut others) = (Vec::new(), Vec::new());
        self.shapes.owners(first.place, &mut ones);
        if ones.is_empty() {
            return;
        }
        self.shapes.owners(second.place, &mut others);
        if others.is_empty() {
            return;
        }
        let key = |search: &Self| match at {
            Some(at) => search.spell(at),
            None => search.shapes.word_to(first.place),
        };
        if self.doubles && at.is_some() && self.doubled.is_none() {
            self.doubled = Some(key(self));
        }
        // Of several owners that end together the first stands for all; the rest clash with it anyway.
        for other in others {
            let pair = (ones[0].min(other), ones[0].max(other));
            if pair.0 != pair.1 && !self.found.contains_key(&pair) {
                let key = key(self);
                self.found.insert(pair, key);
            }
        }
    }

    fn push(&mut self, one: Move, other: Move, before: Before) {
        let (low, high) = (one.low.max(other.low), one.high.min(other.high));
        if low > high {
            return;
        }
        let (first, second) = if one.to.place <= other.to.place {
            (one.to, other.to)
        } else {
            (other.to, one.to)
        };
        let pair = Pair {
            first,
            second,
            before,
            byte: readable(low, high),
        };
        if first.place == second.place {
            self.meet(pair);
            return;
        }
        let known = self.seen.entry((first.place, second.place)).or_default();
        if known.add((first.used, second.used)) {
            self.pairs.push(pair);
        }
    }

    /// Two ways of one template meet again: whatever follows is read twice.
    fn meet(&mut self, pair: Pair) {
        if !self.doubles || self.doubled.is_some() {
            return;
        }
        let place = pair.first.place;
        let mut key = match pair.before {
            Before::Pair(at) => self.spell(at),
            Before::Seed(place) => self.shapes.word_to(place),
        };
        key.push(pair.byte);
        key.extend(self.rest_from(place));
        self.doubled = Some(key);
    }

    /// Some text that leads from a place to an end.
    fn rest_from(&self, place: Place) -> Vec<u8> {
        let mut queue = VecDeque::from([(place, Vec::new())]);
        let mut seen = HashSet::from([place]);
        let (mut owners, mut moves) = (Vec::new(), Vec::new());
        while let Some((place, word)) = queue.pop_front() {
            self.shapes.owners(place, &mut owners);
            if !owners.is_empty() {
                return word;
            }
            moves.clear();
            self.shapes.moves(Stand { place, used: 0 }, &mut moves);
            for step in &moves {
                if seen.insert(step.to.place) {
                    let mut longer = word.clone();
                    longer.push(readable(step.low, step.high));
                    queue.push_back((step.to.place, longer));
                }
            }
        }
        Vec::new()
    }

    /// The key that leads to a pair.
    fn spell(&self, at: u32) -> Vec<u8> {
        let mut tail = Vec::new();
        let mut next = self.pairs.get(at as usize);
        let mut key = Vec::new();
        while let Some(pair) = next {
            tail.push(pair.byte);
            next = match pair.before {
                Before::Pair(before) => self.pairs.get(before as usize),
                Before::Seed(place) => {
                    key = self.shapes.word_to(place);
                    None
                }
            };
        }
        key.extend(tail.iter().rev());
        key
    }
}
