//! Where a reader of a key stands, in eight bytes: searches hold millions of them.

use super::trie::{EdgeId, NodeId};

/// A node of the trie, or a state inside the placeholder of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place(u64);

/// What a [`Place`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Node(NodeId),
    Inside(EdgeId, u32),
}

const NODE: u32 = u32::MAX;

impl Place {
    pub(super) fn node(node: NodeId) -> Self {
        Self::pack(NODE, node)
    }

    pub(super) fn inside(edge: EdgeId, state: u32) -> Self {
        Self::pack(edge, state)
    }

    fn pack(high: u32, low: u32) -> Self {
        Self(u64::from(high) << 32 | u64::from(low))
    }

    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn at(self) -> At {
        let low = self.0 as u32;
        match (self.0 >> 32) as u32 {
            NODE => At::Node(low),
            edge => At::Inside(edge, low),
        }
    }
}

/// Where one stands, and how much of the placeholder's bound is used up there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stand {
    pub(super) place: Place,
    pub(super) used: u32,
}

impl Stand {
    pub(super) fn at_node(node: NodeId) -> Self {
        Self {
            place: Place::node(node),
            used: 0,
        }
    }
}

/// Any of these bytes leads there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    pub(super) low: u8,
    pub(super) high: u8,
    pub(super) to: Stand,
}

/// A quick hash for places: they are small numbers, and nobody gains by making them collide.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quick(u64);

impl std::hash::Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(26) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

pub(super) type QuickMap<K, V> =
    std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Quick>>;
