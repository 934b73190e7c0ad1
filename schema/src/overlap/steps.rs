//! The automaton that all shapes are together: which bytes lead from where to where, and who ends there.

use super::Shapes;
use super::place::{At, Move, Place, Stand};
use super::trie::{EdgeId, Label, NodeId};
use crate::alphabet::Language;

impl Shapes {
    /// Appends every move from a place.
    pub(super) fn moves(&self, stand: Stand, out: &mut Vec<Move>) {
        if let At::Inside(id, state) = stand.place.at()
            && let Label::Any(language) = self.trie.edge(id).label
        {
            self.moves_inside(id, self.language(language), state, stand.used, out);
        }
        self.each_node(stand.place, &mut |node| self.moves_at(node, out));
    }

    fn moves_at(&self, node: NodeId, out: &mut Vec<Move>) {
        for (id, edge) in self.trie.edges_of(node) {
            match edge.label {
                Label::Byte(byte) => out.push(Move {
                    low: byte,
                    high: byte,
                    to: Stand::at_node(edge.to),
                }),
                Label::Any(language) => {
                    self.moves_inside(id, self.language(language), Language::START, 0, out);
                }
            }
        }
    }

    /// The moves that stay inside a placeholder, or end it where it can only end.
    pub(super) fn moves_inside(
        &self,
        id: EdgeId,
        language: &Language,
        state: u32,
        used: u32,
        out: &mut Vec<Move>,
    ) {
        let bounded = language.max() < u32::MAX;
        for edge in language.edges(state) {
            let used = used + u32::from(bounded && edge.counted);
            if used > language.max() {
                continue;
            }
            let over = language.accepts_at(edge.to) && language.edges(edge.to).is_empty();
            let to = if over {
                Stand::at_node(self.trie.edge(id).to)
            } else {
                Stand {
                    place: Place::inside(id, edge.to),
                    used,
                }
            };
            out.push(Move {
                low: edge.low,
                high: edge.high,
                to,
            });
        }
    }

    /// The nodes where a reader stands: none while a placeholder must go on, several where one may be empty.
    fn each_node(&self, place: Place, visit: &mut dyn FnMut(NodeId)) {
        match place.at() {
            At::Node(node) => self.node_and_beyond(node, visit),
            At::Inside(id, state) => {
                let edge = self.trie.edge(id);
                if let Label::Any(language) = edge.label
                    && self.language(language).accepts_at(state)
                {
                    self.node_and_beyond(edge.to, visit);
                }
            }
        }
    }

    fn node_and_beyond(&self, node: NodeId, visit: &mut dyn FnMut(NodeId)) {
        visit(node);
        if !self.nullable {
            return;
        }
        for (_, edge) in self.trie.edges_of(node) {
            if let Label::Any(language) = edge.label
                && self.language(language).accepts_at(Language::START)
            {
                self.node_and_beyond(edge.to, visit);
            }
        }
    }

    /// Appends those whose shapes end at a place.
    pub(super) fn owners(&self, place: Place, out: &mut Vec<u32>) {
        self.each_node(place, &mut |node| out.extend(self.trie.ends_at(node)));
    }

    /// Some text that leads to a place.
    pub(super) fn word_to(&self, place: Place) -> Vec<u8> {
        let (node, inside) = match place.at() {
            At::Node(node) => (node, None),
            At::Inside(edge, state) => {
                let edge = self.trie.edge(edge);
                (edge.from, Some((edge.label, state)))
            }
        };
        let mut word = Vec::new();
        for label in self.trie.way_to(node) {
            match label {
                Label::Byte(byte) => word.push(byte),
                Label::Any(language) => word.extend(&self.registered(language).sample),
            }
        }
        if let Some((Label::Any(language), state)) = inside {
            let ways = &self.registered(language).ways;
            if let Some(Some((begun, _))) = ways.get(state as usize) {
                word.extend(begun);
            }
        }
        word
    }
}
