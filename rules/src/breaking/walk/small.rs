//! The schema as a whole and the things that hold little.

use std::collections::BTreeMap;

use super::{Comparison, Thread, templates};
use crate::breaking::change::{Change, Sides, Use};
use crate::breaking::pair::{Pair, pairs};
use crate::facts::{At, Difference, Fact, Facts, Show, Thing, TypeDef};

impl<'a> Comparison<'a> {
    pub(super) fn small_things(&self, out: &mut Vec<Change<'a>>) {
        let (old, new) = (self.old, self.new);
        let mut differences = Vec::new();
        old.schema
            .compare(&new.schema, &At::root("schema"), &mut differences);
        old.policy
            .compare(&new.policy, &At::root("policy"), &mut differences);
        if old.accept != new.accept {
            let shown = |facts: &Facts| format!("{} accepted", facts.accept.len());
            differences.push(Difference {
                what: "accept".to_owned(),
                old: shown(old),
                new: shown(new),
            });
        }
        for difference in differences {
            let path = difference.what.clone();
            out.push(Thread::new(path, Sides::Other, Vec::new()).change(difference));
        }
        self.each(
            "databases",
            &old.databases,
            &new.databases,
            |one| one.index.show(),
            out,
        );
        self.each(
            "groups",
            &old.groups,
            &new.groups,
            |one| one.by.clone(),
            out,
        );
        self.each(
            "packs",
            &old.packs,
            &new.packs,
            |one| one.patterns.show(),
            out,
        );
        self.units(out);
        self.tombstones(out);
    }

    fn each<T: Thing>(
        &self,
        list: &str,
        old: &'a BTreeMap<String, T>,
        new: &'a BTreeMap<String, T>,
        shown: impl Fn(&T) -> String + Copy,
        out: &mut Vec<Change<'a>>,
    ) {
        for pair in pairs(old, new) {
            let path = format!("{list}.{}", pair.name());
            Thread::new(path, Sides::Other, Vec::new()).compare(&pair, shown, out);
        }
    }

    fn units(&self, out: &mut Vec<Change<'a>>) {
        for pair in pairs(&self.old.units, &self.new.units) {
            let sides = Sides::Unit {
                old: pair.old.map(|(_, unit)| unit),
                new: pair.new.map(|(_, unit)| unit),
            };
            let written = pair
                .old
                .or(pair.new)
                .map(|(_, unit)| unit.writes.as_slice());
            let uses = written
                .unwrap_or_default()
                .iter()
                .filter_map(|name| self.key_of_either(name));
            Thread::new(format!("units.{}", pair.name()), sides, uses.collect()).compare(
                &pair,
                |unit| unit.writes.show(),
                out,
            );
        }
    }

    /// A key by its name in either version.
    fn key_of_either(&self, name: &str) -> Option<Use<'a>> {
        let before = self.old.keys.get_key_value(name);
        let now = self
            .key_now(name)
            .and_then(|now| self.new.keys.get_key_value(now));
        let (name, _) = now.or(before)?;
        Some(Use::Key {
            name,
            old: before.map(|(_, key)| key),
            new: now.map(|(_, key)| key),
        })
    }

    fn tombstones(&self, out: &mut Vec<Change<'a>>) {
        for pair in pairs(&self.old.tombstones, &self.new.tombstones) {
            let sides = Sides::Tombstone {
                old: pair.old.map(|(_, one)| one),
                new: pair.new.map(|(_, one)| one),
            };
            let thread = Thread::new(format!("tombstones.{}", pair.name()), sides, Vec::new());
            thread.compare(&pair, |one| one.template.text.clone(), out);
            let both = Pair::both(&pair);
            let difference = both.and_then(|(old, new)| {
                templates::compare(self, &old.template, &new.template, "tombstone.template")
            });
            out.extend(difference.map(|difference| thread.change(difference)));
        }
    }

    /// Placeholders: one change each, with every key and channel that carries it.
    pub(super) fn placeholders(&self, out: &mut Vec<Change<'a>>) {
        let users = self.users_of_params();
        for pair in &self.params {
            let sides = Sides::Param {
                old: pair.old.map(|(_, param)| param),
                new: pair.new.map(|(_, param)| param),
            };
            let uses = users.get(pair.name()).cloned().unwrap_or_default();
            let thread = Thread::new(format!("{{{}}}", pair.name()), sides, uses);
            let mut changes = Vec::new();
            thread.compare(pair, |param| param.ty.show(), &mut changes);
            // Of two enums the variants differ, and say so themselves.
            let enums = self.enums_of(pair).is_some();
            out.extend(
                changes
                    .into_iter()
                    .filter(|change| !(enums && change.what == "param.ty")),
            );
        }
    }

    /// The names of types of the schema itself, which only callers see.
    pub(super) fn type_names(&self, out: &mut Vec<Change<'a>>) {
        for pair in pairs(&self.old.types, &self.new.types) {
            let written = |side: Option<(&str, &TypeDef)>| {
                side.is_some_and(|(_, def)| def.in_place_of.is_none())
            };
            let (before, now) = (written(pair.old), written(pair.new));
            if pair.both().is_none() && !before && !now {
                continue;
            }
            Thread::new(pair.name(), Sides::Other, Vec::new()).compare(
                &pair,
                |def| def.kind.word().to_owned(),
                out,
            );
        }
    }
}
