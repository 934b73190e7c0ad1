//! Pairs of positions that one and the same text leads to.

use std::collections::{BTreeMap, HashMap};

use super::Shapes;
use super::trie::{EdgeId, Label, NodeId};
use crate::alphabet::{Language, readable};

/// Pairs followed before the proof is given up: far beyond any keyspace that people can keep in mind.
const MOST_PAIRS: usize = 1_000_000;
const MOST_CLASHES: usize = 100_000;

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

/// Where a reader of a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Place {
    Node(NodeId),
    /// Inside the placeholder of an edge, in a state of its language.
    Inside(EdgeId, u32),
}

/// A place and how much of the placeholder's bound is used up there.
type Stand = (Place, u32);

/// Any of these bytes leads there.
#[derive(Debug, Clone, Copy)]
struct Move {
    low: u8,
    high: u8,
    to: Stand,
}

struct Pair {
    first: Stand,
    second: Stand,
    /// The pair before, or the seed when this is the first.
    before: Result<usize, Place>,
    byte: u8,
}

pub(super) struct Search<'a> {
    shapes: &'a Shapes,
    ends: Vec<(NodeId, u32)>,
    pairs: Vec<Pair>,
    /// The smallest uses of the two bounds with which a pair of places was reached.
    seen: HashMap<(Place, Place), Vec<(u32, u32)>>,
    found: BTreeMap<(u32, u32), Vec<u8>>,
    /// Look for a text with two readings instead of stopping where two ways meet.
    doubles: bool,
    doubled: Option<Vec<u8>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(shapes: &'a Shapes, doubles: bool) -> Self {
        Self {
            shapes,
            ends: shapes.trie.ends(),
            pairs: Vec::new(),
            seen: HashMap::new(),
            found: BTreeMap::new(),
            doubles,
            doubled: None,
        }
    }

    pub(super) fn run(mut self) -> Verdict {
        self.twins();
        let mut next = 0;
        for node in self.shapes.trie.choices() {
            self.seed(node);
            while next < self.pairs.len() && self.within_limits() {
                self.follow(next);
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
        self.pairs.len() < MOST_PAIRS && self.found.len() < MOST_CLASHES
    }

    /// Owners of one and the same shape.
    fn twins(&mut self) {
        let ends = std::mem::take(&mut self.ends);
        for same in ends.chunk_by(|one, other| one.0 == other.0) {
            for (node, other) in &same[1..] {
                let pair = (same[0].1, *other);
                let key = self.word_to(Place::Node(*node));
                self.found.entry(pair).or_insert(key);
            }
        }
        self.ends = ends;
    }

    /// Starts from every choice that the trie leaves at a node and inside the placeholders behind it.
    fn seed(&mut self, node: NodeId) {
        let here = Place::Node(node);
        self.settle((here, 0), (here, 0), None, here);
        let moves = self.moves((here, 0));
        for (at, one) in moves.iter().enumerate() {
            for other in &moves[at + 1..] {
                self.push(*one, *other, Err(here));
            }
            if !self.within_limits() {
                return;
            }
        }
        let shapes = self.shapes;
        for (id, edge) in shapes.trie.edges_of(node) {
            let Label::Any(language) = edge.label else {
                continue;
            };
            let registered = shapes.registered(language);
            if registered.open.is_empty() {
                continue;
            }
            let out = self.moves((Place::Node(edge.to), 0));
            for (state, used) in &registered.open {
                for one in self.inner_moves(id, &registered.language, *state, *used) {
                    for other in &out {
                        self.push(one, *other, Err(Place::Inside(id, *state)));
                    }
                }
            }
        }
    }

    fn follow(&mut self, at: usize) {
        let Some(Pair { first, second, .. }) = self.pairs.get(at) else {
            return;
        };
        let (first, second) = (*first, *second);
        self.settle(first, second, Some(at), first.0);
        let ones = self.moves(first);
        let others = self.moves(second);
        for one in &ones {
            for other in &others {
                self.push(*one, *other, Ok(at));
            }
        }
    }

    /// Notes every pair of owners whose shapes end at the two places.
    fn settle(&mut self, first: Stand, second: Stand, at: Option<usize>, seed: Place) {
        let (ones, others) = (self.owners(first.0), self.owners(second.0));
        // Of several owners that end together the first stands for all; the rest clash with it.
        let pairs = ones.iter().take(1).flat_map(|one| {
            let twins = others.iter().chain(&ones);
            twins.map(move |other| (*one.min(other), *one.max(other)))
        });
        let pairs: Vec<_> = pairs.filter(|(one, other)| one != other).collect();
        for pair in pairs {
            if !self.found.contains_key(&pair) {
                let key = self.spell(at, seed);
                self.found.insert(pair, key);
            }
        }
        let both_end = !ones.is_empty() && !others.is_empty();
        if self.doubles && both_end && at.is_some() && self.doubled.is_none() {
            self.doubled = Some(self.spell(at, seed));
        }
    }

    fn push(&mut self, one: Move, other: Move, before: Result<usize, Place>) {
        let (low, high) = (one.low.max(other.low), one.high.min(other.high));
        if low > high {
            return;
        }
        let (first, second) = if one.to.0 <= other.to.0 {
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
        if first.0 == second.0 {
            self.meet(pair);
            return;
        }
        let uses = (first.1, second.1);
        let known = self.seen.entry((first.0, second.0)).or_default();
        if known.iter().any(|(a, b)| *a <= uses.0 && *b <= uses.1) {
            return;
        }
        known.push(uses);
        self.pairs.push(pair);
    }

    /// Two ways of one template meet again: whatever follows is read twice.
    fn meet(&mut self, pair: Pair) {
        if !self.doubles || self.doubled.is_some() {
            return;
        }
        let place = pair.first.0;
        self.pairs.push(pair);
        let mut key = self.spell(Some(self.pairs.len() - 1), place);
        self.pairs.pop();
        key.extend(self.rest_from(place));
        self.doubled = Some(key);
    }

    /// Some text that leads from a place to an end.
    fn rest_from(&self, place: Place) -> Vec<u8> {
        let mut queue = std::collections::VecDeque::from([(place, Vec::new())]);
        let mut seen = std::collections::HashSet::from([place]);
        while let Some((place, word)) = queue.pop_front() {
            if !self.owners(place).is_empty() {
                return word;
            }
            for step in self.moves((place, 0)) {
                if seen.insert(step.to.0) {
                    let mut longer = word.clone();
                    longer.push(readable(step.low, step.high));
                    queue.push_back((step.to.0, longer));
                }
            }
        }
        Vec::new()
    }

    /// The key that leads to a pair.
    fn spell(&self, mut at: Option<usize>, mut seed: Place) -> Vec<u8> {
        let mut tail = Vec::new();
        while let Some(pair) = at.and_then(|at| self.pairs.get(at)) {
            tail.push(pair.byte);
            match pair.before {
                Ok(before) => at = Some(before),
                Err(place) => {
                    seed = place;
                    at = None;
                }
            }
        }
        tail.reverse();
        let mut key = self.word_to(seed);
        key.extend(tail);
        key
    }

    fn word_to(&self, place: Place) -> Vec<u8> {
        let (node, inside) = match place {
            Place::Node(node) => (node, None),
            Place::Inside(edge, state) => {
                let edge = self.shapes.trie.edge(edge);
                (edge.from, Some((edge.label, state)))
            }
        };
        let mut word = Vec::new();
        for label in self.shapes.trie.way_to(node) {
            match label {
                Label::Byte(byte) => word.push(byte),
                Label::Any(language) => word.extend(&self.shapes.registered(language).sample),
            }
        }
        if let Some((Label::Any(language), state)) = inside {
            let ways = &self.shapes.registered(language).ways;
            if let Some(Some((begun, _))) = ways.get(state as usize) {
                word.extend(begun);
            }
        }
        word
    }

    /// The nodes where a reader stands: none while a placeholder must go on.
    fn nodes_at(&self, place: Place) -> Vec<NodeId> {
        let mut nodes = match place {
            Place::Node(node) => vec![node],
            Place::Inside(id, state) => {
                let edge = self.shapes.trie.edge(id);
                match edge.label {
                    Label::Any(l) if self.shapes.language(l).accepts_at(state) => vec![edge.to],
                    _ => return Vec::new(),
                }
            }
        };
        let mut at = 0;
        while let Some(node) = nodes.get(at).copied() {
            at += 1;
            for (_, edge) in self.shapes.trie.edges_of(node) {
                let Label::Any(language) = edge.label else {
                    continue;
                };
                if self.shapes.language(language).accepts_at(Language::START) {
                    nodes.push(edge.to);
                }
            }
        }
        nodes
    }

    fn owners(&self, place: Place) -> Vec<u32> {
        let mut owners = Vec::new();
        for node in self.nodes_at(place) {
            let from = self.ends.partition_point(|(end, _)| *end < node);
            let ends = self.ends[from..].iter().take_while(|(end, _)| *end == node);
            owners.extend(ends.map(|(_, owner)| *owner));
        }
        owners
    }

    fn moves(&self, (place, used): Stand) -> Vec<Move> {
        let mut moves = Vec::new();
        if let Place::Inside(id, state) = place
            && let Label::Any(language) = self.shapes.trie.edge(id).label
        {
            let language = self.shapes.language(language);
            moves.extend(self.inner_moves(id, language, state, used));
        }
        for node in self.nodes_at(place) {
            for (id, edge) in self.shapes.trie.edges_of(node) {
                match edge.label {
                    Label::Byte(byte) => moves.push(Move {
                        low: byte,
                        high: byte,
                        to: (Place::Node(edge.to), 0),
                    }),
                    Label::Any(language) => {
                        let language = self.shapes.language(language);
                        moves.extend(self.inner_moves(id, language, Language::START, 0));
                    }
                }
            }
        }
        moves
    }

    /// The moves that stay inside a placeholder, or end it where it can only end.
    fn inner_moves(&self, id: EdgeId, language: &Language, state: u32, used: u32) -> Vec<Move> {
        let bounded = language.max() < u32::MAX;
        let within = |counted: bool| {
            let used = used + u32::from(bounded && counted);
            (used <= language.max()).then_some(used)
        };
        let edges = language.edges(state).iter();
        edges
            .filter_map(|edge| {
                let over = language.accepts_at(edge.to) && language.edges(edge.to).is_empty();
                let used = within(edge.counted)?;
                let to = if over {
                    (Place::Node(self.shapes.trie.edge(id).to), 0)
                } else {
                    (Place::Inside(id, edge.to), used)
                };
                Some(Move {
                    low: edge.low,
                    high: edge.high,
                    to,
                })
            })
            .collect()
    }
}
