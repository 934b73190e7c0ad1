//! What templates see: a schema as plain data, texts unescaped.
//!
//! This is the public interface of templates. Fields may be added; a change of meaning raises
//! [`FORMAT`].

mod cache;
mod fields;
mod held;
mod key;
mod limits;
mod links;
mod methods;
mod operations;
mod params;
mod progress;
mod session;
mod shared;
mod template;
mod unavailable;
mod work;

use redis_schema_model::model::{Flavour, KeyId, Schema, Topology, TypeId};
use serde::Serialize;

pub(super) use fields::inherited;
pub(super) use key::KeyView;
pub(super) use links::{Links, values};
pub(super) use methods::{MethodView, when_words};
pub(super) use operations::DatabaseView;
pub(super) use template::whole;

use self::methods::SectionView;
use self::operations::{
    ChannelView, GroupView, PackView, RemovedView, TombstoneView, TypeView, UnitView,
};
use self::params::ParamView;
pub(super) use self::shared::MethodsView;
use self::shared::Shared;
use super::diagram;
use crate::parallel;

/// Version of the context's meaning.
pub const FORMAT: u32 = 1;

/// Everything there is to say about a schema.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Site {
    /// Version of this structure.
    pub format: u32,
    /// From the page that is rendered to the root of the pages: `""` or `"../"`.
    pub root: &'static str,
    /// The schema as a whole.
    pub schema: SchemaView,
    /// Logical databases.
    pub databases: Vec<DatabaseView>,
    /// Placeholders.
    pub params: Vec<ParamView>,
    /// Kinds of keys; most of what there is, so whoever makes it JSON puts them in last, on all processors.
    #[serde(serialize_with = "later")]
    pub keys: Vec<KeyView>,
    /// Declared types.
    pub types: Vec<TypeView>,
    /// Methods that keys of one database share.
    pub methods: Vec<MethodsView>,
    /// Methods of every key and every kind of key.
    pub accessors: Vec<SectionView>,
    /// Channels.
    pub channels: Vec<ChannelView>,
    /// Units.
    pub units: Vec<UnitView>,
    /// Groups.
    pub groups: Vec<GroupView>,
    /// Foreign keys.
    pub packs: Vec<PackView>,
    /// Keys that are gone.
    pub tombstones: Vec<TombstoneView>,
    /// Fields, variants and consumer groups that are gone.
    pub removed: Vec<RemovedView>,
    /// Breaks of compatibility that somebody answers for.
    pub accept: Vec<AcceptedView>,
    /// Mermaid diagrams.
    pub diagrams: Diagrams,
}

/// The schema as a whole.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SchemaView {
    /// Its name.
    pub name: String,
    /// Version of the data at rest.
    pub version: u32,
    /// Rule set.
    pub edition: u32,
    /// What it is for.
    pub about: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// `Redis 7.0 or newer`.
    pub server: String,
    /// `one server`, `Sentinel` or `Cluster`.
    pub topology: &'static str,
    /// Prefix of every key that has none of its own.
    pub prefix: Option<template::PrefixView>,
    /// Limits every key must keep, in words.
    pub limits: Vec<String>,
    /// Name of the file it was read from.
    pub file: String,
    /// Bytes of all keys whose size is declared, in words.
    pub size: Option<String>,
}

/// Mermaid diagrams, without fences.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Diagrams {
    /// Databases and their keys, or their number where there are many.
    pub keyspace: String,
    /// Units, groups and references between keys; `null` without any.
    pub relations: Option<String>,
}

/// A break of compatibility that somebody answers for.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AcceptedView {
    /// The rule that would speak up.
    pub rule: String,
    /// What it speaks of.
    pub path: String,
    /// Who answers for it.
    pub owner: String,
    /// Why it is accepted.
    pub reason: String,
    /// Last day it is accepted.
    pub expires: String,
}

impl Site {
    /// Everything there is to say about a schema.
    #[must_use]
    pub(super) fn new(schema: &Schema) -> Self {
        let links = Links::new(schema);
        let mut shared = Shared::default();
        let ids: Vec<KeyId> = KeyId::each(schema).map(|(id, _)| id).collect();
        let mut keys = parallel::map(&ids, |id| KeyView::new(schema, &links, *id));
        for (id, key) in ids.iter().zip(&mut keys) {
            key.methods = shared.of(schema, &schema[*id], key);
        }
        let diagrams = Diagrams {
            keyspace: diagram::keyspace(schema),
            relations: diagram::relations(schema),
        };
        Self {
            format: FORMAT,
            root: "",
            schema: SchemaView::new(schema, &keys),
            databases: each(&schema.databases, |it| DatabaseView::new(schema, it)),
            params: each(&schema.params, |it| ParamView::new(schema, &links, it)),
            keys,
            types: TypeId::each(schema)
                .map(|(id, _)| TypeView::new(schema, &links, id))
                .collect(),
            methods: shared.into_views(),
            accessors: methods::of_every_key(),
            channels: schema
                .channels
                .iter()
                .enumerate()
                .map(|(index, it)| ChannelView::new(schema, &links, index, it))
                .collect(),
            units: each(&schema.units, |it| UnitView::new(schema, &links, it)),
            groups: each(&schema.groups, |it| GroupView::new(schema, &links, it)),
            packs: each(&schema.packs, |it| PackView::new(schema, it)),
            tombstones: each(&schema.tombstones, |it| TombstoneView::new(schema, it)),
            removed: each(&schema.removed, RemovedView::new),
            accept: each(&schema.accept, |it| AcceptedView {
                rule: it.rule.clone(),
                path: it.path.clone(),
                owner: it.owner.clone(),
                reason: it.reason.clone(),
                expires: it.expires.clone(),
            }),
            diagrams,
        }
    }
}

fn later<T, S: serde::Serializer>(_: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_unit()
}

fn each<T, V>(list: &[T], view: impl FnMut(&T) -> V) -> Vec<V> {
    list.iter().map(view).collect()
}

impl SchemaView {
    fn new(schema: &Schema, keys: &[KeyView]) -> Self {
        let flavour = match schema.server.flavour {
            Flavour::Redis => "Redis",
            Flavour::Valkey => "Valkey",
        };
        Self {
            name: schema.name.as_str().to_owned(),
            version: schema.version,
            edition: schema.edition,
            about: schema.about.clone(),
            owner: schema.owner.clone(),
            server: format!("{flavour} {} or newer", schema.server.min),
            topology: match schema.topology {
                Topology::Standalone => "one server",
                Topology::Sentinel => "a primary watched by Sentinel",
                Topology::Cluster => "Redis Cluster",
            },
            prefix: template::PrefixView::new(&schema.prefix),
            limits: limits(schema),
            file: file_name(schema),
            size: total(keys),
        }
    }
}

/// The name alone: where the caller keeps the file is nobody else's business.
fn file_name(schema: &Schema) -> String {
    let path = schema.files.first().map_or("", String::as_str);
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

fn limits(schema: &Schema) -> Vec<String> {
    let words = |bytes: u64| super::words::bytes(u128::from(bytes));
    let key = schema
        .policy
        .max_key_bytes
        .map(|bytes| format!("a key is at most {} long", words(bytes)));
    let value = schema
        .policy
        .max_value_bytes
        .map(|bytes| format!("a value is typically at most {}", words(bytes)));
    key.into_iter().chain(value).collect()
}

fn total(keys: &[KeyView]) -> Option<String> {
    let sized: Vec<u128> = keys
        .iter()
        .filter_map(|key| key.size.as_ref())
        .map(|size| u128::from(size.total))
        .collect();
    (!sized.is_empty()).then(|| {
        let total = super::words::bytes(sized.iter().sum());
        match keys.len() - sized.len() {
            0 => format!("about {total}"),
            1 => format!("about {total}, and one kind of key that does not state its size"),
            others => {
                format!("about {total}, and {others} kinds of keys that do not state their size")
            }
        }
    })
}
