//! Which templates can name a key, as far as stored facts tell: placeholders by the bytes they may hold.
//!
//! `check` proves exactly that the templates of one schema do not meet. Between versions, and for names found on a
//! server, only templates and types are known, so this errs on the side of yes. Templates stand in one tree, so that
//! another template, or a name, is held against all of them in one walk along what they have in common.

mod rows;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use rows::rows;
pub(crate) use tree::Tree;

use crate::facts::{Facts, Prefix, Template};

/// Where a template's keys are, and what they are called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    pub(crate) database: u16,
    pub(crate) prefix: &'a Prefix,
    pub(crate) template: &'a Template,
}

/// Templates of one version by database.
#[derive(Debug, Default)]
pub(crate) struct Names<'a>(BTreeMap<u16, Tree<&'a str>>);

impl<'a> Names<'a> {
    pub(crate) fn of(facts: &Facts, all: impl Iterator<Item = (&'a str, Site<'a>)>) -> Self {
        let mut trees: BTreeMap<u16, Tree<&'a str>> = BTreeMap::new();
        for (name, site) in all {
            let tree = trees.entry(site.database).or_default();
            tree.add(facts, site.prefix, site.template, name);
        }
        Self(trees)
    }

    /// The names of the templates that may share a key with one of another version.
    pub(crate) fn meeting(&self, facts: &Facts, site: Site<'_>) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        if let Some(tree) = self.0.get(&site.database) {
            for row in rows(facts, site.prefix, site.template) {
                tree.meeting(&row, &mut found);
            }
        }
        found
    }
}

impl<T: Copy + Ord> Tree<T> {
    /// Adds a template under an owner.
    pub(crate) fn add(&mut self, facts: &Facts, prefix: &Prefix, template: &Template, owner: T) {
        for row in rows(facts, prefix, template) {
            self.insert(&row, owner);
        }
    }
}
