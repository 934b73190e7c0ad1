//! Tombstones: keys, and parts of what is there, that are gone while their data may still lie on the server.

use super::Lowering;
use super::declared::Declared;
use super::fields::{text, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Part, Removed, Structure, Tombstone, TypeKind, Variant};
use crate::source::Span;
use crate::text::{Text, whole};

impl Lowering<'_> {
    pub(super) fn tombstones(&mut self) {
        for one in &self.declared.tombstones.list {
            let part = ["field", "variant", "group"]
                .into_iter()
                .find_map(|kind| Some((kind, text(one.node, kind)?)));
            match part {
                None => {
                    let tombstone = self.tombstone(one);
                    self.draft.tombstones.push(tombstone);
                }
                Some((kind, path)) => {
                    let removed = self.removed(one, kind, &path);
                    self.draft.removed.push(removed);
                }
            }
        }
    }

    fn tombstone(&mut self, declared: &Declared<'_>) -> Option<Tombstone> {
        let node = declared.node;
        if let Some(key) = self.declared.key(declared.name.as_str()) {
            let place = self.declared.keys.list[key.index()].span;
            let message = format!("`{}` is a key and a tombstone", declared.name);
            self.report(
                Diagnostic::error(Code::E0303, declared.span, message)
                    .label("said to be gone")
                    .related(place, "still declared")
                    .help("give the new key another name, so that nobody takes old data for new"),
            );
        }
        let prefix = self.prefix.clone();
        let database = self.database_of(declared);
        let template = self.template(node, "key", &prefix);
        let removed_in = text(node, "removed_in")?;
        let removed_in = u32::try_from(whole(removed_in.text())?).ok()?;
        Some(Tombstone {
            name: declared.name.clone(),
            about: words(node, "about"),
            template: template?,
            prefix,
            database: database?,
            removed_in,
            span: declared.span,
        })
    }

    fn removed(&mut self, declared: &Declared<'_>, kind: &str, path: &Text<'_>) -> Option<Removed> {
        let removed_in = text(declared.node, "removed_in")?;
        let removed_in = u32::try_from(whole(removed_in.text())?).ok()?;
        let found = path
            .text()
            .split_once('.')
            .and_then(|(owner, gone)| Some((self.part(kind, owner)?, gone)));
        let Some((part, gone)) = found else {
            let message = format!("`{}` is no {kind} of anything that is there", path.text());
            self.report(
                path.mistake(Code::E0620, message)
                    .label("nothing of that kind has parts of that name")
                    .help(match kind {
                        "field" => "name a record and its field: `Job.progress`; if the record is gone too, remove the tombstone",
                        "variant" => "name an enum or a `one_of` and its variant: `JobStatus.lost`; if it is gone too, remove the tombstone",
                        _ => "name a stream and its group: `orders.mailer`; if the stream is gone, bury the key itself",
                    }),
            );
            return None;
        };
        if let Some(place) = self.still_there(part, gone) {
            let message = format!("`{}` is a {kind} and a tombstone", path.text());
            self.report(
                path.mistake(Code::E0303, message)
                    .label("said to be gone")
                    .related(place, "still declared")
                    .help("give the new one another name, so that nobody takes old data for new"),
            );
        }
        Some(Removed {
            name: declared.name.clone(),
            about: words(declared.node, "about"),
            part,
            path: path.text().to_owned(),
            gone: gone.to_owned(),
            removed_in,
            span: declared.span,
        })
    }

    /// What a part belongs to: a declared type, or what lies under a key.
    fn part(&self, kind: &str, owner: &str) -> Option<Part> {
        let key = self.declared.key(owner);
        let structure = key.and_then(|id| Some(&self.draft.key(id)?.structure));
        if kind == "group" {
            return match structure? {
                Structure::Stream { .. } => key.map(Part::Group),
                _ => None,
            };
        }
        let id = match structure {
            Some(Structure::Hash(id) | Structure::Stream { entry: id, .. }) => *id,
            Some(_) => return None,
            None => self.declared.ty(owner)?,
        };
        match (&self.draft.ty(id)?.kind, kind) {
            (TypeKind::Struct(_), "field") => Some(Part::Field(id)),
            (TypeKind::Enum(_) | TypeKind::OneOf(_), "variant") => Some(Part::Variant(id)),
            _ => None,
        }
    }

    /// Where what is said to be gone is declared, be it as an earlier name.
    fn still_there(&self, part: Part, gone: &str) -> Option<Span> {
        match part {
            Part::Field(id) => match &self.draft.ty(id)?.kind {
                TypeKind::Struct(record) => {
                    let named = |field: &&Field| {
                        field.name.as_str() == gone || field.was.iter().any(|was| was == gone)
                    };
                    record.fields.iter().find(named).map(|field| field.span)
                }
                _ => None,
            },
            Part::Variant(id) => {
                let def = self.draft.ty(id)?;
                let is_gone = |one: &Variant| one.text == gone;
                let there = match &def.kind {
                    TypeKind::Enum(list) => list.variants.iter().any(is_gone),
                    TypeKind::OneOf(list) => list.variants.iter().any(|(one, _)| is_gone(one)),
                    _ => false,
                };
                there.then_some(def.span)
            }
            Part::Group(id) => match &self.draft.key(id)?.structure {
                Structure::Stream { groups, .. } => groups
                    .iter()
                    .find(|group| group.name.as_str() == gone)
                    .map(|group| group.span),
                _ => None,
            },
        }
    }
}
