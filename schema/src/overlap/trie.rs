//! All shapes in one tree: every node is what the keys that reach it have in common.

use super::Token;

/// The place of a language in its registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LanguageId(u32);

impl LanguageId {
    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

pub(super) type NodeId = u32;
pub(super) type EdgeId = u32;
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Byte(u8),
    Any(LanguageId),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) label: Label,
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    next: EdgeId,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    first: EdgeId,
    last: EdgeId,
    /// The edge that leads here.
    parent: EdgeId,
}

const LEAF: Node = Node {
    first: NONE,
    last: NONE,
    parent: NONE,
};

#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// Node and owner of every shape.
    ends: Vec<(NodeId, u32)>,
    /// Nodes with a placeholder behind them.
    choices: Vec<NodeId>,
}

impl Default for Trie {
    fn default() -> Self {
        Self {
            nodes: vec![LEAF],
            edges: Vec::new(),
            ends: Vec::new(),
            choices: Vec::new(),
        }
    }
}

impl Trie {
    pub(super) fn insert<'a>(&mut self, owner: u32, shape: impl IntoIterator<Item = Token<'a>>) {
        let mut node = 0;
        for token in shape {
            match token {
                Token::Bytes(bytes) => {
                    for byte in bytes {
                        node = self.step(node, Label::Byte(*byte));
                    }
                }
                Token::Any(language) => node = self.step(node, Label::Any(language)),
            }
        }
        self.ends.push((node, owner));
    }

    fn step(&mut self, from: NodeId, label: Label) -> NodeId {
        if let Some((_, edge)) = self.edges_of(from).find(|(_, edge)| edge.label == label) {
            return edge.to;
        }
        if matches!(label, Label::Any(_)) && self.choices.last() != Some(&from) {
            self.choices.push(from);
        }
        let to = id(self.nodes.len());
        let fresh = id(self.edges.len());
        self.edges.push(Edge {
            label,
            from,
            to,
            next: NONE,
        });
        self.nodes.push(Node {
            parent: fresh,
            ..LEAF
        });
        let node = &mut self.nodes[from as usize];
        let last = std::mem::replace(&mut node.last, fresh);
        if last == NONE {
            node.first = fresh;
        } else {
            self.edges[last as usize].next = fresh;
        }
        to
    }

    /// The nodes with a placeholder behind them, those nearer to the root first.
    pub(super) fn choices(&self) -> Vec<NodeId> {
        let mut choices = self.choices.clone();
        choices.sort_unstable();
        choices.dedup();
        choices
    }

    pub(super) fn edge(&self, id: EdgeId) -> Edge {
        self.edges[id as usize]
    }

    pub(super) fn edges_of(&self, node: NodeId) -> impl Iterator<Item = (EdgeId, Edge)> + '_ {
        let mut next = self.nodes[node as usize].first;
        std::iter::from_fn(move || {
            let id = next;
            let edge = *self.edges.get(id as usize)?;
            next = edge.next;
            Some((id, edge))
        })
    }

    /// The labels from the root to a node.
    pub(super) fn way_to(&self, node: NodeId) -> Vec<Label> {
        let mut way = Vec::new();
        let mut parent = self.nodes[node as usize].parent;
        while let Some(edge) = self.edges.get(parent as usize) {
            way.push(edge.label);
            parent = self.nodes[edge.from as usize].parent;
        }
        way.reverse();
        way
    }

    /// Node and owner of every shape, by node.
    pub(super) fn ends(&self) -> Vec<(NodeId, u32)> {
        let mut ends = self.ends.clone();
        ends.sort_unstable();
        ends.dedup();
        ends
    }
}

fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NONE - 1)
}
