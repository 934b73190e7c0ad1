//! What the newest released version had and is gone.

use std::collections::{BTreeMap, BTreeSet};

use redis_schema_model::model::{self, ConsumerGroup, Part, Schema, TypeKind};
use redis_schema_model::source::{FileId, Span};

use super::Subject;
use crate::breaking::{Change, Class, Comparison};
use crate::facts::{Facts, Key, Kind, Shape, Structure, Variant};

/// A field, variant or consumer group of the newest released version that is there no more.
#[derive(Debug)]
pub struct GonePart {
    /// `field`, `variant` or `group`.
    pub kind: &'static str,
    /// Where it was, as a tombstone names it.
    pub path: String,
}

impl Subject<'_> {
    /// Parts of what is still there that are gone, and that no tombstone speaks of; none where no version is known.
    #[must_use]
    pub fn gone_parts(&self) -> Vec<GonePart> {
        let Some(released) = self.given.released else {
            return Vec::new();
        };
        // Comparing everything is dear, and as a rule every released name is still there.
        if !lacks_parts(self.schema, released) {
            return Vec::new();
        }
        let buried = buried(self.schema);
        let changes = Comparison::new(released, self.now()).changes();
        let gone = changes.iter().flat_map(gone);
        gone.filter(|part| !buried.contains(&(part.kind, part.path.clone())))
            .collect()
    }

    /// The section where a tombstone belongs, or the one that what it buries is gone from.
    #[must_use]
    pub fn tombstone_place(&self) -> Span {
        let root = self.documents.first();
        let section = |name: &str| {
            let mut entries = root?.node.entries().iter();
            entries
                .find(|entry| entry.key == name)
                .map(|entry| entry.key_span)
        };
        section("tombstones")
            .or_else(|| section("keys"))
            .or_else(|| section("version"))
            .unwrap_or(Span::new(FileId(0), 0, 0))
    }
}

/// Whether a released part has a name that its owner does not have any more, or the owner itself has another one.
fn lacks_parts(schema: &Schema, released: &Facts) -> bool {
    let types: BTreeMap<&str, &TypeKind> = schema
        .types
        .iter()
        .map(|one| (one.name.as_str(), &one.kind))
        .collect();
    // A name that is gone may be another one's now.
    let renamed = schema.types.iter().any(|one| !one.was.is_empty())
        || schema.keys.iter().any(|one| !one.was.is_empty());
    let lacking = released.types.iter().any(|(name, old)| {
        let now = types.get(name.as_str());
        match (&old.kind, now) {
            (Kind::Record { fields, .. }, Some(TypeKind::Struct(now))) => {
                let held = |name: &String| now.fields.iter().any(|it| it.name.as_str() == name);
                !fields.keys().all(held)
            }
            (Kind::Enum { variants, .. }, Some(TypeKind::Enum(now))) => {
                let held = |old: &Variant| now.variants.iter().any(|it| it.text == old.text);
                !variants.values().all(held)
            }
            (Kind::OneOf { shapes, .. }, Some(TypeKind::OneOf(now))) => {
                let held = |old: &Shape| now.variants.iter().any(|(it, _)| it.text == old.text);
                !shapes.values().all(held)
            }
            (Kind::Record { .. } | Kind::Enum { .. } | Kind::OneOf { .. }, Some(_)) => true,
            (_, None) => renamed,
            _ => false,
        }
    });
    lacking || lacks_groups(schema, released, renamed)
}

fn lacks_groups(schema: &Schema, released: &Facts, renamed: bool) -> bool {
    let now: BTreeMap<&str, &[ConsumerGroup]> = schema
        .keys
        .iter()
        .filter_map(|key| match &key.structure {
            model::Structure::Stream { groups, .. } => Some((key.name.as_str(), &groups[..])),
            _ => None,
        })
        .collect();
    released.keys.iter().any(|(name, old)| {
        let mut released = groups(old).iter();
        match now.get(name.as_str()) {
            Some(now) => released.any(|old| !now.iter().any(|it| it.name.as_str() == old)),
            None => renamed && released.len() > 0,
        }
    })
}

/// What tombstones of parts speak of, by every name that its owner has.
fn buried(schema: &Schema) -> BTreeSet<(&'static str, String)> {
    let mut out = BTreeSet::new();
    for one in &schema.removed {
        let owner = match one.part {
            Part::Field(id) | Part::Variant(id) => schema[id].name.as_str(),
            Part::Group(id) => schema[id].name.as_str(),
        };
        out.insert((one.part.word(), format!("{owner}.{}", one.gone)));
        out.insert((one.part.word(), one.path.clone()));
    }
    out
}

fn gone(change: &Change<'_>) -> Vec<GonePart> {
    let part = |kind, path| GonePart { kind, path };
    if change.class() == Class::Message {
        return Vec::new();
    }
    match change.bare() {
        // What looks renamed is another rule's.
        "field.removed" if change.lookalike.is_none() => {
            vec![part("field", change.path.clone())]
        }
        "variant.removed" | "shape.removed" => {
            let owner = change.path.split_once('.').map_or("", |(owner, _)| owner);
            vec![part("variant", format!("{owner}.{}", change.old))]
        }
        "key.structure.groups" => {
            let Some((old, new)) = change.key() else {
                return Vec::new();
            };
            let now = groups(new);
            let gone = groups(old).iter().filter(|group| !now.contains(group));
            gone.map(|group| part("group", format!("{}.{group}", change.path)))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn groups(key: &Key) -> &[String] {
    match &key.structure {
        Structure::Stream { groups, .. } => groups,
        _ => &[],
    }
}
