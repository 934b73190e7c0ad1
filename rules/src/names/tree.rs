//! Rows that begin alike share a way from the root.

use std::collections::{BTreeSet, HashSet};

use super::rows::{Set, Sign};

/// Rows and who owns them.
#[derive(Debug)]
pub(crate) struct Tree<T> {
    nodes: Vec<Node<T>>,
    edges: Vec<Edge>,
}

#[derive(Debug)]
struct Node<T> {
    /// What may come next.
    next: Vec<usize>,
    /// The owners of the rows that end here.
    ends: Vec<T>,
}

#[derive(Debug)]
struct Edge {
    set: Set,
    /// More bytes of the set may follow before the next node.
    many: bool,
    to: usize,
}

impl<T> Node<T> {
    const fn new() -> Self {
        Self {
            next: Vec::new(),
            ends: Vec::new(),
        }
    }
}

impl<T> Default for Tree<T> {
    fn default() -> Self {
        Self {
            nodes: vec![Node::new()],
            edges: Vec::new(),
        }
    }
}

impl<T: Copy + Ord> Tree<T> {
    pub(super) fn insert(&mut self, row: &[Sign], owner: T) {
        let mut at = 0;
        for sign in row {
            let (set, many) = (sign.set(), sign.is_many());
            let is_it = |edge: &&usize| {
                let edge = &self.edges[**edge];
                edge.many == many && edge.set == set
            };
            at = match self.nodes[at].next.iter().find(is_it) {
                Some(edge) => self.edges[*edge].to,
                None => {
                    let to = self.nodes.len();
                    self.nodes[at].next.push(self.edges.len());
                    self.edges.push(Edge { set, many, to });
                    self.nodes.push(Node::new());
                    to
                }
            };
        }
        self.nodes[at].ends.push(owner);
    }

    /// The owners of rows that spell a text.
    pub(crate) fn spelling(&self, text: &[u8], found: &mut Vec<T>) {
        found.clear();
        let Some((last, before)) = text.split_last() else {
            found.extend(&self.nodes[0].ends);
            return;
        };
        let mut here = self.nodes[0].next.clone();
        let mut next: Vec<usize> = Vec::new();
        for byte in before {
            next.clear();
            for at in &here {
                let edge = &self.edges[*at];
                if !edge.set.has(*byte) {
                    continue;
                }
                let on = self.nodes[edge.to]
                    .next
                    .iter()
                    .chain(edge.many.then_some(at));
                for step in on {
                    if !next.contains(step) {
                        next.push(*step);
                    }
                }
            }
            std::mem::swap(&mut here, &mut next);
        }
        let taken = here.iter().map(|at| &self.edges[*at]);
        let ends = taken.filter(|edge| edge.set.has(*last));
        found.extend(ends.flat_map(|edge| &self.nodes[edge.to].ends));
        found.sort_unstable();
        found.dedup();
    }

    /// The owners with a row of which some text is also one of the given row: a walk over pairs of places.
    pub(super) fn meeting(&self, row: &[Sign], found: &mut BTreeSet<T>) {
        if row.is_empty() {
            found.extend(&self.nodes[0].ends);
            return;
        }
        // Each step takes an edge and the sign in a place of the row; one byte of the text is taken by both.
        let mut seen: HashSet<(usize, usize)> = HashSet::new();
        let mut open: Vec<(usize, usize)> = Vec::new();
        open.extend(self.nodes[0].next.iter().map(|edge| (*edge, 0)));
        while let Some((at, place)) = open.pop() {
            let (edge, sign) = (&self.edges[at], row[place]);
            if !edge.set.meets(sign.set()) || !seen.insert((at, place)) {
                continue;
            }
            let node = &self.nodes[edge.to];
            // What takes many may go on or be done with.
            if place + 1 == row.len() {
                found.extend(&node.ends);
            } else {
                open.extend(node.next.iter().map(|edge| (*edge, place + 1)));
                open.extend(edge.many.then_some((at, place + 1)));
            }
            if sign.is_many() {
                open.extend(node.next.iter().map(|edge| (*edge, place)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<Sign> {
        text.bytes()
            .map(|byte| match byte {
                b'*' => Sign::Many(Set::of(|byte| byte != b':')),
                b'#' => Sign::Many(Set::of(|byte| byte.is_ascii_digit())),
                other => Sign::One(Set::exactly(other)),
            })
            .collect()
    }

    fn tree<'a>(rows: &[&'a str]) -> Tree<&'a str> {
        let mut tree = Tree::default();
        for name in rows {
            tree.insert(&row(name), *name);
        }
        tree
    }

    fn meeting<'a>(rows: &[&'a str], other: &str) -> Vec<&'a str> {
        let mut found = BTreeSet::new();
        tree(rows).meeting(&row(other), &mut found);
        found.into_iter().collect()
    }

    #[test]
    fn rows_meet_where_a_text_fits_both() {
        for (a, b, expected) in [
            ("job:*", "job:*", true),
            ("job:*", "jobs:*", false),
            ("job:*", "job:abc", true),
            ("job:#", "job:abc", false),
            ("job:#", "job:12", true),
            ("job:*", "job:a:b", false),
            ("*:log", "job:*", true),
            ("job:", "job:*", false),
            ("a*b*c", "ab*bc", true),
            ("", "", true),
            ("", "a", false),
            ("*", "aaa", true),
        ] {
            assert_eq!(!meeting(&[a], b).is_empty(), expected, "{a} {b}");
            assert_eq!(!meeting(&[b], a).is_empty(), expected, "{b} {a}");
        }
    }

    #[test]
    fn every_row_that_meets_is_found() {
        let rows = ["doc:*:a", "doc:*:ab", "doc:#:a", "doc:1:*", "job:*"];
        assert_eq!(meeting(&rows, "doc:12:a"), ["doc:#:a", "doc:*:a"]);
        assert_eq!(meeting(&rows, "doc:1:ab"), ["doc:*:ab", "doc:1:*"]);
        assert_eq!(meeting(&rows, "doc:*:*").len(), 4);
    }

    #[test]
    fn every_row_that_spells_a_text_is_found() {
        let tree = tree(&["doc:*:a", "doc:*:ab", "doc:#:a", "doc:1:*", "**", ""]);
        let mut found = Vec::new();
        for (text, expected) in [
            ("doc:12:a", &["doc:#:a", "doc:*:a"][..]),
            ("doc:1:ab", &["doc:*:ab", "doc:1:*"]),
            ("doc:1:", &[]),
            ("doc", &["**"]),
            ("d", &[]),
            ("", &[""]),
        ] {
            tree.spelling(text.as_bytes(), &mut found);
            assert_eq!(found, expected, "{text}");
        }
    }
}
