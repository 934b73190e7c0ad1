//! Declared types that meet in a place. Each pair is compared once; what holds it is gathered, so that a change of a
//! type in a hundred keys is one finding that names them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Comparison;
use super::lookalike::lookalikes;
use super::tombstones;
use super::ty::{Met, TyDifference};
use crate::breaking::change::{Change, Class, Sides, Use};
use crate::breaking::pair::{Pair, pairs};
use crate::facts::{At, Difference, Field, Kind, Show, Thing, Ty, TypeDef, Variant};

/// Every pair of declared types that meets.
pub(super) struct Types<'a, 'c> {
    comparison: &'c Comparison<'a>,
    index: HashMap<(&'a str, &'a str), usize>,
    nodes: Vec<Node<'a>>,
    roots: Vec<(usize, Class, Use<'a>)>,
}

/// Two declared types of one kind.
#[derive(Default)]
struct Node<'a> {
    found: Vec<Proto<'a>>,
    holds: Vec<usize>,
    /// Of records: whether they refuse fields that they do not declare, before and after.
    strict: (bool, bool),
    uses: BTreeMap<Class, Vec<Use<'a>>>,
}

/// A change without what holds it.
struct Proto<'a> {
    path: String,
    difference: Difference,
    sides: Sides<'a>,
    types: Option<(&'a Ty, &'a Ty)>,
    lookalike: Option<&'a str>,
}

impl<'a, 'c> Types<'a, 'c> {
    pub(super) fn new(comparison: &'c Comparison<'a>) -> Self {
        Self {
            comparison,
            index: HashMap::new(),
            nodes: Vec::new(),
            roots: Vec::new(),
        }
    }

    /// The pair of two declared types.
    pub(super) fn node(&mut self, old: &'a str, new: &'a str) -> usize {
        *self.index.entry((old, new)).or_insert_with(|| {
            self.nodes.push(Node::default());
            self.nodes.len() - 1
        })
    }

    /// Says that a key or channel holds the pair.
    pub(super) fn root(&mut self, node: usize, class: Class, holder: Use<'a>) {
        self.roots.push((node, class, holder));
    }

    /// Where two types differ, and the pairs that they hold.
    pub(super) fn differences(
        &mut self,
        old: &'a Ty,
        new: &'a Ty,
        ranged: bool,
    ) -> (Vec<TyDifference<'a>>, Vec<usize>) {
        let mut met = Met::default();
        self.comparison.compare_types(old, new, ranged, &mut met);
        let nodes = met
            .named
            .iter()
            .map(|(old, new)| self.node(old, new))
            .collect();
        (met.differences, nodes)
    }

    /// Every change of a declared type, once for each class of data that holds it.
    pub(super) fn finish(mut self, out: &mut Vec<Change<'a>>) {
        self.compare_all();
        self.spread();
        for node in self.nodes {
            for (class, uses) in node.uses {
                let uses: std::rc::Rc<[Use<'a>]> = uses.into();
                out.extend(node.found.iter().map(|proto| Change {
                    what: format!("{}{}", class.prefix(), proto.difference.what),
                    path: proto.path.clone(),
                    old: proto.difference.old.clone(),
                    new: proto.difference.new.clone(),
                    sides: proto.sides,
                    types: proto.types,
                    uses: std::rc::Rc::clone(&uses),
                    lookalike: proto.lookalike,
                    strict: node.strict,
                }));
            }
        }
    }

    /// Compares every pair; new ones come up on the way.
    fn compare_all(&mut self) {
        let mut names: Vec<(&'a str, &'a str)> = Vec::new();
        let mut at = 0;
        while at < self.nodes.len() {
            if names.len() < self.nodes.len() {
                names = vec![("", ""); self.nodes.len()];
                for (pair, index) in &self.index {
                    names[*index] = *pair;
                }
            }
            let (old, new) = names[at];
            let defs = (
                self.comparison.old.types.get(old),
                self.comparison.new.types.get(new),
            );
            if let (Some(old_def), Some(new_def)) = defs {
                let owner = new_def.in_place_of.as_deref().unwrap_or(new);
                let node = self.compare(owner, old_def, new_def);
                self.nodes[at].found = node.found;
                self.nodes[at].holds = node.holds;
                self.nodes[at].strict = node.strict;
            }
            at += 1;
        }
    }

    fn compare(&mut self, owner: &str, old: &'a TypeDef, new: &'a TypeDef) -> Node<'a> {
        let mut node = Node::default();
        match (&old.kind, &new.kind) {
            (
                Kind::Record {
                    fields: a,
                    order: o,
                    strict: p,
                    rust: r,
                    removed: f,
                },
                Kind::Record {
                    fields: b,
                    order: n,
                    strict: q,
                    rust: s,
                    removed: g,
                },
            ) => {
                let fields = pairs(a, b);
                let (was, is) = orders(&fields, o, n);
                node.differ(owner, "record.order", &was, &is);
                node.strict = (*p, *q);
                node.differ(owner, "record.strict", &word(*p), &word(*q));
                node.removed(owner, "field.tombstone", f, g, |name| b.contains_key(name));
                node.differ(owner, "record.rust", r, s);
                self.fields(owner, &fields, &mut node);
            }
            (
                Kind::Enum {
                    variants: a,
                    other: o,
                    flow: f,
                    removed: r,
                },
                Kind::Enum {
                    variants: b,
                    other: p,
                    flow: g,
                    removed: s,
                },
            ) => {
                node.removed(owner, "variant.tombstone", r, s, |text| {
                    b.values().any(|variant| variant.text == text)
                });
                node.differ(owner, "enum.other", o, p);
                if f != g {
                    node.differ(owner, "enum.flow", &flow(f), &flow(g));
                }
                variants(owner, a, b, &mut node);
            }
            (
                Kind::OneOf {
                    tag: t,
                    shapes: a,
                    removed: r,
                },
                Kind::OneOf {
                    tag: u,
                    shapes: b,
                    removed: s,
                },
            ) => {
                node.removed(owner, "variant.tombstone", r, s, |text| {
                    b.values().any(|shape| shape.text == text)
                });
                node.differ(owner, "one_of.tag", t, u);
                for pair in pairs(a, b) {
                    let path = format!("{owner}.{}", pair.name());
                    node.thing(&path, &pair, |shape| shape.text.clone(), Sides::Other, None);
                    if let Some((old, new)) = pair.both() {
                        let held = self.node(&old.record.0, &new.record.0);
                        node.holds.push(held);
                    }
                }
            }
            _ => {}
        }
        node
    }

    fn fields(&mut self, owner: &str, fields: &[Pair<'a, Field>], node: &mut Node<'a>) {
        let alike = lookalikes(fields, |field| field.ty.show());
        for pair in fields {
            let path = format!("{owner}.{}", pair.name());
            let sides = Sides::Field {
                old: pair.old.map(|(_, field)| field),
                new: pair.new.map(|(_, field)| field),
            };
            let lookalike = alike.get(pair.name()).copied();
            node.thing(&path, pair, |field| field.ty.show(), sides, lookalike);
            if let Some((old, new)) = pair.both() {
                let (differences, held) = self.differences(&old.ty, &new.ty, true);
                node.holds.extend(held);
                node.found.extend(differences.into_iter().map(|one| Proto {
                    path: path.clone(),
                    types: Some((one.old, one.new)),
                    sides,
                    lookalike: None,
                    difference: Difference {
                        what: one.what("field"),
                        old: one.old_shown,
                        new: one.new_shown,
                    },
                }));
            }
        }
    }

    /// Tells every pair what holds it. Pairs that lead to no change are not walked.
    fn spread(&mut self) {
        let leads = self.leading();
        let mut seen: HashSet<(usize, Class, &str, bool)> = HashSet::new();
        for (root, class, holder) in std::mem::take(&mut self.roots) {
            let mut open = vec![root];
            while let Some(at) = open.pop() {
                let is_key = matches!(holder, Use::Key { .. });
                if leads[at] && seen.insert((at, class, holder.name(), is_key)) {
                    self.nodes[at].uses.entry(class).or_default().push(holder);
                    open.extend(&self.nodes[at].holds);
                }
            }
        }
    }

    /// For each pair whether it or one that it holds has a change.
    fn leading(&self) -> Vec<bool> {
        let mut held_by: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            for held in &node.holds {
                held_by[*held].push(at);
            }
        }
        let changed = |at: &usize| !self.nodes[*at].found.is_empty();
        let mut open: Vec<usize> = (0..self.nodes.len()).filter(changed).collect();
        let mut leads = vec![false; self.nodes.len()];
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut leads[at], true) {
                open.extend(&held_by[at]);
            }
        }
        leads
    }
}

impl<'a> Node<'a> {
    fn differ<T: PartialEq + Show>(&mut self, path: &str, what: &str, old: &T, new: &T) {
        if old != new {
            self.say(
                path,
                Difference {
                    what: what.to_owned(),
                    old: old.show(),
                    new: new.show(),
                },
                Sides::Other,
                None,
            );
        }
    }

    /// What was said to be gone, or is.
    fn removed(
        &mut self,
        owner: &str,
        what: &str,
        old: &BTreeMap<String, u32>,
        new: &BTreeMap<String, u32>,
        is_there: impl Fn(&str) -> bool,
    ) {
        for (name, difference) in tombstones::differences(what, old, new, is_there) {
            self.say(&format!("{owner}.{name}"), difference, Sides::Other, None);
        }
    }

    fn say(
        &mut self,
        path: &str,
        difference: Difference,
        sides: Sides<'a>,
        lookalike: Option<&'a str>,
    ) {
        self.found.push(Proto {
            path: path.to_owned(),
            difference,
            sides,
            types: None,
            lookalike,
        });
    }

    /// Whether a thing came, went or was renamed, and every fact of it that differs.
    fn thing<T: Thing>(
        &mut self,
        path: &str,
        pair: &Pair<'a, T>,
        shown: impl Fn(&T) -> String,
        sides: Sides<'a>,
        lookalike: Option<&'a str>,
    ) {
        if let Some(difference) = super::presence(pair, shown) {
            self.say(path, difference, sides, lookalike);
        }
        if let Some((old, new)) = pair.both() {
            let mut differences = Vec::new();
            old.compare(new, &At::root(T::KIND), &mut differences);
            for difference in differences {
                self.say(path, difference, sides, None);
            }
        }
    }
}

/// Variants by name, then those of the same text under another name, which is the same at rest.
fn variants<'a>(
    owner: &str,
    old: &'a BTreeMap<String, Variant>,
    new: &'a BTreeMap<String, Variant>,
    node: &mut Node<'a>,
) {
    let mut all = pairs(old, new);
    let by_text: HashMap<&str, (&'a str, &'a Variant)> = all
        .iter()
        .filter(|pair| pair.old.is_none())
        .filter_map(|pair| {
            pair.new
                .map(|(name, variant)| (variant.text.as_str(), (name, variant)))
        })
        .collect();
    let mut taken = HashSet::new();
    for pair in all.iter_mut().filter(|pair| pair.new.is_none()) {
        let text = pair.old.map_or("", |(_, variant)| variant.text.as_str());
        pair.new = by_text.get(text).copied();
        taken.extend(pair.new.map(|(name, _)| name));
    }
    all.retain(|pair| pair.old.is_some() || !taken.contains(pair.name()));
    for pair in all {
        let sides = Sides::Variant {
            old: pair.old.map(|(_, variant)| variant),
            new: pair.new.map(|(_, variant)| variant),
        };
        node.thing(
            &format!("{owner}.{}", pair.name()),
            &pair,
            |variant| variant.text.clone(),
            sides,
            None,
        );
    }
}

fn flow(flow: &BTreeMap<String, Vec<String>>) -> String {
    let steps: Vec<String> = flow
        .iter()
        .map(|(from, to)| format!("{from} to {}", to.join(" or ")))
        .collect();
    steps.show()
}

/// What a record does with fields that it does not declare.
fn word(strict: bool) -> String {
    let word = if strict { "refuse" } else { "ignore" };
    word.to_owned()
}

/// The order of the fields that both versions have, by their names now; nothing where the order says nothing.
fn orders<'a>(
    fields: &[Pair<'a, Field>],
    old: &'a [String],
    new: &'a [String],
) -> (Vec<String>, Vec<String>) {
    if old.is_empty() || new.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let both = || {
        fields
            .iter()
            .filter_map(|pair| Some((pair.old?.0, pair.new?.0)))
    };
    let now: HashMap<&str, &str> = both().collect();
    let kept: HashSet<&str> = both().map(|(_, now)| now).collect();
    let was = old.iter().filter_map(|name| now.get(name.as_str()));
    let is = new.iter().filter(|name| kept.contains(name.as_str()));
    (
        was.map(|name| (*name).to_owned()).collect(),
        is.cloned().collect(),
    )
}
