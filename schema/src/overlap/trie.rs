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
    /// The last shape that ends here.
    end: u32,
}

const LEAF: Node = Node {
    first: NONE,
    last: NONE,
    parent: NONE,
    end: NONE,
};

#[derive(Debug, Clone, Copy)]
struct End {
    owner: u32,
    node: NodeId,
    before: u32,
}

/// Owners whose shapes are the same.
pub(super) struct Twins {
    pub(super) node: NodeId,
    pub(super) owners: Vec<u32>,
}

#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// By shape: its owner, its node, and the shape before it that ends there too.
    ends: Vec<End>,
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
        let end = id(self.ends.len());
        let before = std::mem::replace(&mut self.nodes[node as usize].end, end);
        self.ends.push(End {
            owner,
            node,
            before,
        });
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Those whose shapes end at a node, the last one first.
    pub(super) fn ends_at(&self, node: NodeId) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.nodes[node as usize].end;
        std::iter::from_fn(move || {
            let end = self.ends.get(next as usize)?;
            next = end.before;
            Some(end.owner)
        })
    }

    /// Nodes where several shapes end.
    pub(super) fn twins(&self) -> impl Iterator<Item = Twins> + '_ {
        let last = |(at, end): &(usize, &End)| self.nodes[end.node as usize].end as usize == *at;
        self.ends
            .iter()
            .enumerate()
            .filter(|(_, end)| end.before != NONE)
            .filter(last)
            .map(|(_, end)| Twins {
                node: end.node,
                owners: self.ends_at(end.node).collect(),
            })
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
}

fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NONE - 1)
}
