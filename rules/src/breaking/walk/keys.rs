//! Keys and channels: presence, template, every fact of their own, then what lies under them.

use std::rc::Rc;

use super::lookalike::lookalikes;
use super::types::Types;
use super::{Comparison, Thread, channel_use, key_use, templates};
use crate::breaking::change::{Change, Class, Sides};
use crate::breaking::pair::Pair;
use crate::facts::{Facts, Key, Param, ParamTy, Show, Structure, Template};

impl<'a> Comparison<'a> {
    pub(super) fn all_keys(&self, types: &mut Types<'a, '_>, out: &mut Vec<Change<'a>>) {
        let alike = lookalikes(&self.keys, |key| self.key_shape(key));
        for pair in &self.keys {
            let sides = Sides::Key {
                old: pair.old.map(|(_, key)| key),
                new: pair.new.map(|(_, key)| key),
            };
            let mut thread = Thread::new(pair.name(), sides, vec![key_use(pair)]);
            thread.lookalike = alike.get(pair.name()).copied();
            let own = out.len();
            thread.compare(pair, |key| key.template.text.clone(), out);
            if pair
                .both()
                .is_some_and(|(old, new)| follows(old) && follows(new))
            {
                // Follows from the rules, or from the sessions, which say it themselves.
                let rest = out.split_off(own);
                let told = |change: &Change<'_>| !change.what.starts_with("key.lifetime.");
                out.extend(rest.into_iter().filter(told));
            }
            if let Some((old, new)) = pair.both() {
                let template =
                    templates::compare(self, &old.template, &new.template, "key.template");
                out.extend(template.map(|difference| thread.change(difference)));
                self.structures(&thread, old, new, types, out);
            }
        }
    }

    /// The old keys that are gone, each with the one new key of its shape.
    #[must_use]
    pub fn removed_keys(&self) -> Vec<(&'a str, Option<&'a str>)> {
        let alike = lookalikes(&self.keys, |key| self.key_shape(key));
        let gone = self.keys.iter().filter(|pair| pair.new.is_none());
        gone.map(|pair| (pair.name(), alike.get(pair.name()).copied()))
            .collect()
    }

    /// What keys have in common that may be the same under another name.
    fn key_shape(&self, key: &Key) -> String {
        format!(
            "{} {}",
            key.structure.word(),
            self.template_shape(&key.template)
        )
    }

    /// The types of a template's placeholders.
    fn template_shape(&self, template: &Template) -> String {
        let of = |facts: &Facts, name: &str| facts.params.get(name).map(|param| param.ty.show());
        let params = template.params();
        let types = params.iter().map(|name| {
            let ty = of(self.new, name).or_else(|| of(self.old, name));
            ty.unwrap_or_default()
        });
        types.collect::<Vec<_>>().join(",")
    }

    pub(super) fn all_channels(&self, types: &mut Types<'a, '_>, out: &mut Vec<Change<'a>>) {
        let alike = lookalikes(&self.channels, |channel| {
            self.template_shape(&channel.template)
        });
        for pair in &self.channels {
            let sides = Sides::Channel {
                old: pair.old.map(|(_, channel)| channel),
                new: pair.new.map(|(_, channel)| channel),
            };
            let mut thread = Thread::new(pair.name(), sides, vec![channel_use(pair)]);
            thread.lookalike = alike.get(pair.name()).copied();
            thread.compare(pair, |channel| channel.template.text.clone(), out);
            if let Some((old, new)) = pair.both() {
                let template =
                    templates::compare(self, &old.template, &new.template, "channel.template");
                out.extend(template.map(|difference| thread.change(difference)));
                self.value(
                    &thread,
                    Class::Message,
                    "value",
                    &old.message,
                    &new.message,
                    types,
                    out,
                );
            }
        }
    }

    /// Variants of an enum in a template are a part of key names.
    pub(super) fn param_enums(&self, types: &mut Types<'a, '_>) {
        let users = self.users_of_params();
        for pair in &self.params {
            if let Some((old, new)) = self.enums_of(pair) {
                let node = types.node(old, new);
                for one in users.get(pair.name()).into_iter().flatten() {
                    types.root(node, Class::Rest, *one);
                }
            }
        }
    }

    /// The two enums of a placeholder that had one and has one.
    pub(super) fn enums_of(&self, pair: &Pair<'a, Param>) -> Option<(&'a str, &'a str)> {
        match pair.both()? {
            (
                Param {
                    ty: ParamTy::Enum(old),
                    ..
                },
                Param {
                    ty: ParamTy::Enum(new),
                    ..
                },
            ) => Some((old, new)),
            _ => None,
        }
    }
}

impl<'a> Thread<'a> {
    /// A change that is one of types.
    pub(super) fn change_of(
        &self,
        difference: super::ty::TyDifference<'a>,
        what: String,
    ) -> Change<'a> {
        Change {
            what,
            path: self.path.clone(),
            old: difference.old_shown,
            new: difference.new_shown,
            sides: self.sides,
            types: Some((difference.old, difference.new)),
            uses: Rc::clone(&self.uses),
            lookalike: None,
            strict: (false, false),
        }
    }
}

/// Whether the lifetime of a key follows from something else: of a limiter, of an index of sessions.
const fn follows(key: &Key) -> bool {
    matches!(
        key.structure,
        Structure::RateLimit { .. } | Structure::SessionIndex { .. }
    )
}
