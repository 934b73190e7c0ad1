//! Deterministic automata over bytes, with an optional bound on how often counted edges are taken.

use std::collections::HashMap;
use std::collections::VecDeque;
use std::hash::Hash;

/// The place of a state in its automaton.
pub(crate) type StateId = u32;

/// A set of byte strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Language {
    states: Vec<State>,
    /// Most counted edges a member may take.
    max: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct State {
    edges: Vec<Edge>,
    accept: bool,
}

/// The bytes `low..=high` lead to the state `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) low: u8,
    pub(crate) high: u8,
    pub(crate) to: StateId,
    /// Taking it counts towards the language's bound.
    pub(crate) counted: bool,
}

impl Language {
    pub(crate) const START: StateId = 0;

    /// Explores an automaton that is given as a step function over states of any kind. A step tells the
    /// next state and whether it counts towards `max`.
    pub(super) fn explore<S: Clone + Eq + Hash>(
        start: S,
        max: Option<u32>,
        accepts: impl Fn(&S) -> bool,
        step: impl Fn(&S, u8) -> Option<(S, bool)>,
    ) -> Self {
        let mut ids = HashMap::from([(start.clone(), Self::START)]);
        let mut queue = VecDeque::from([start]);
        let mut states = Vec::new();
        while let Some(state) = queue.pop_front() {
            let mut edges: Vec<Edge> = Vec::new();
            // Neighbouring bytes mostly lead to the same state.
            let mut before: Option<(S, StateId)> = None;
            for byte in 0..=u8::MAX {
                let Some((next, counted)) = step(&state, byte) else {
                    continue;
                };
                let to = match &before {
                    Some((same, to)) if *same == next => *to,
                    _ => {
                        let fresh = StateId::try_from(ids.len()).unwrap_or(StateId::MAX);
                        let to = *ids.entry(next.clone()).or_insert_with_key(|next| {
                            queue.push_back(next.clone());
                            fresh
                        });
                        before = Some((next, to));
                        to
                    }
                };
                match edges.last_mut() {
                    Some(last)
                        if last.to == to && last.counted == counted && last.high + 1 == byte =>
                    {
                        last.high = byte;
                    }
                    _ => edges.push(Edge {
                        low: byte,
                        high: byte,
                        to,
                        counted,
                    }),
                }
            }
            // Whoever walks the automaton meets the more readable texts first.
            edges.sort_by_key(|edge| rank(readable(edge.low, edge.high)));
            states.push(State {
                edges,
                accept: accepts(&state),
            });
        }
        Self { states, max }
    }

    pub(crate) fn max(&self) -> u32 {
        self.max.unwrap_or(u32::MAX)
    }

    pub(crate) fn edges(&self, state: StateId) -> &[Edge] {
        self.states
            .get(state as usize)
            .map_or(&[], |state| &state.edges)
    }

    /// Every edge of every state.
    pub(crate) fn all_edges(&self) -> impl Iterator<Item = &Edge> {
        self.states.iter().flat_map(|state| &state.edges)
    }

    pub(crate) fn accepts_at(&self, state: StateId) -> bool {
        self.states
            .get(state as usize)
            .is_some_and(|state| state.accept)
    }

    /// States where a member may end and another may go on.
    pub(crate) fn open_ends(&self) -> impl Iterator<Item = StateId> + '_ {
        (0..self.states.len())
            .filter_map(|id| StateId::try_from(id).ok())
            .filter(|id| self.accepts_at(*id) && !self.edges(*id).is_empty())
    }

    /// Whether a byte string is a member.
    pub(crate) fn contains(&self, word: &[u8]) -> bool {
        let mut state = Self::START;
        let mut count = 0;
        for byte in word {
            let taken = self
                .edges(state)
                .iter()
                .find(|edge| (edge.low..=edge.high).contains(byte));
            let Some(edge) = taken else { return false };
            count += u32::from(edge.counted);
            if count > self.max() {
                return false;
            }
            state = edge.to;
        }
        self.accepts_at(state)
    }

    /// The lengths of all members that `text` begins with, the shortest first.
    pub(crate) fn ends(&self, text: &[u8]) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut state = Self::START;
        let mut count = 0;
        for (at, byte) in text.iter().enumerate() {
            if self.accepts_at(state) {
                ends.push(at);
            }
            let mut edges = self.edges(state).iter();
            let Some(edge) = edges.find(|edge| (edge.low..=edge.high).contains(byte)) else {
                return ends;
            };
            count += u32::from(edge.counted);
            if count > self.max() {
                return ends;
            }
            state = edge.to;
        }
        if self.accepts_at(state) {
            ends.push(text.len());
        }
        ends
    }

    /// A shortest way to every state: the bytes and their count. `None` for what the bound cuts off.
    pub(crate) fn ways(&self) -> Vec<Option<(Vec<u8>, u32)>> {
        let mut ways: Vec<Option<(Vec<u8>, u32)>> = vec![None; self.states.len()];
        let mut queue = VecDeque::from([Self::START]);
        if let Some(first) = ways.first_mut() {
            *first = Some((Vec::new(), 0));
        }
        while let Some(state) = queue.pop_front() {
            let Some((word, count)) = ways[state as usize].clone() else {
                continue;
            };
            for edge in self.edges(state) {
                let count = count + u32::from(edge.counted);
                if count > self.max() || ways[edge.to as usize].is_some() {
                    continue;
                }
                let mut longer = word.clone();
                longer.push(readable(edge.low, edge.high));
                ways[edge.to as usize] = Some((longer, count));
                queue.push_back(edge.to);
            }
        }
        ways
    }

    /// A shortest member.
    pub(crate) fn shortest(&self) -> Vec<u8> {
        self.ways()
            .into_iter()
            .enumerate()
            .filter(|(id, _)| self.states[*id].accept)
            .filter_map(|(_, way)| way.map(|(word, _)| word))
            .min_by_key(Vec::len)
            .unwrap_or_default()
    }
}

const PREFERRED: [std::ops::RangeInclusive<u8>; 4] =
    [b'a'..=b'z', b'1'..=b'9', b'A'..=b'Z', b'!'..=b'~'];

/// How late a byte comes in order of readability.
fn rank(byte: u8) -> usize {
    let found = PREFERRED.iter().position(|range| range.contains(&byte));
    found.unwrap_or(PREFERRED.len())
}

/// The most readable byte of a range.
pub(crate) fn readable(low: u8, high: u8) -> u8 {
    for preferred in PREFERRED {
        let from = low.max(*preferred.start());
        if from <= high.min(*preferred.end()) {
            return from;
        }
    }
    low
}
