//! A schema in the making: what failed is missing, but keeps its id.

use std::collections::BTreeMap;

use super::declared::Declarations;
use super::header::Header;
use crate::model::{
    Channel, Database, DatabaseId, Group, Key, KeyId, Name, Pack, Param, ParamId, Prefix, Removed,
    Schema, Template, Tombstone, TypeDef, TypeId, Unit,
};
use crate::source::Span;
use crate::template::Params;

/// Where a key's or tombstone's names lie, known even when the rest of it is wrong.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) template: Template,
    pub(crate) prefix: Prefix,
    /// `None` when it is not known which.
    pub(crate) database: Option<DatabaseId>,
    /// Written by somebody else.
    pub(crate) external: bool,
}

/// Something that becomes a method of a store.
#[derive(Debug)]
pub(crate) struct Accessor {
    pub(crate) name: Name,
    pub(crate) span: Span,
    /// How messages call it.
    pub(crate) what: &'static str,
}

/// The lists of the schema, with holes.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) databases: Vec<Option<Database>>,
    pub(crate) params: Vec<Option<Param>>,
    /// Declared ones first, then those that stand in place.
    pub(crate) types: Vec<Option<TypeDef>>,
    pub(crate) keys: Vec<Option<Key>>,
    /// By key.
    pub(crate) sites: Vec<Option<Site>>,
    /// Names of the declared keys and where they stand.
    pub(crate) key_names: Vec<(String, Span)>,
    /// Everything declared that becomes a method of a store.
    pub(crate) accessors: Vec<Accessor>,
    pub(crate) channels: Vec<Option<Channel>>,
    pub(crate) units: Vec<Option<Unit>>,
    pub(crate) groups: Vec<Option<Group>>,
    pub(crate) packs: Vec<Option<Pack>>,
    /// Where each of a pack's patterns stands.
    pub(crate) pattern_spans: Vec<Vec<Span>>,
    pub(crate) tombstones: Vec<Option<Tombstone>>,
    pub(crate) removed: Vec<Option<Removed>>,
    /// For what stands in place: what it was made from, and where.
    pub(crate) made_from: BTreeMap<TypeId, String>,
}

impl Draft {
    pub(super) fn new(declared: &Declarations<'_>) -> Self {
        let name = |d: &super::declared::Declared<'_>| (d.name.to_string(), d.span);
        let kinds = [
            (&declared.keys, "a key"),
            (&declared.channels, "a channel"),
            (&declared.units, "a unit"),
            (&declared.groups, "a group"),
        ];
        let accessors = kinds.iter().flat_map(|(section, what)| {
            let valid = section.list.iter().filter(|d| d.valid);
            valid.map(|d| Accessor {
                name: d.name.clone(),
                span: d.span,
                what,
            })
        });
        Self {
            accessors: accessors.collect(),
            types: declared.types.list.iter().map(|_| None).collect(),
            params: declared.params.list.iter().map(|_| None).collect(),
            sites: declared.keys.list.iter().map(|_| None).collect(),
            key_names: declared.keys.list.iter().map(name).collect(),
            ..Self::default()
        }
    }

    /// Adds a type that stands in place.
    pub(super) fn add_type(&mut self, def: TypeDef, made_from: String) -> TypeId {
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        self.types.push(Some(def));
        self.made_from.insert(id, made_from);
        id
    }

    pub(crate) fn ty(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.index())?.as_ref()
    }

    pub(crate) fn param(&self, id: ParamId) -> Option<&Param> {
        self.params.get(id.index())?.as_ref()
    }

    pub(crate) fn key(&self, id: KeyId) -> Option<&Key> {
        self.keys.get(id.index())?.as_ref()
    }

    pub(crate) fn site(&self, id: KeyId) -> Option<&Site> {
        self.sites.get(id.index())?.as_ref()
    }

    pub(crate) fn database(&self, id: DatabaseId) -> Option<&Database> {
        self.databases.get(id.index())?.as_ref()
    }

    /// The finished schema; `None` while something is missing.
    pub(super) fn into_schema(self, header: Header) -> Option<Schema> {
        fn all<T>(list: Vec<Option<T>>) -> Option<Vec<T>> {
            list.into_iter().collect()
        }
        Some(Schema {
            edition: header.edition,
            name: header.name,
            version: header.version,
            about: header.about,
            owner: header.owner,
            server: header.server,
            topology: header.topology,
            prefix: header.prefix,
            databases: all(self.databases)?,
            params: all(self.params)?,
            types: all(self.types)?,
            keys: all(self.keys)?,
            channels: all(self.channels)?,
            units: all(self.units)?,
            groups: all(self.groups)?,
            packs: all(self.packs)?,
            tombstones: all(self.tombstones)?,
            removed: all(self.removed)?,
            policy: header.policy,
            accept: header.accept,
            files: Vec::new(),
        })
    }
}

impl Params for Draft {
    fn find_param(&self, id: ParamId) -> Option<&Param> {
        self.param(id)
    }

    fn find_type(&self, id: TypeId) -> Option<&TypeDef> {
        self.ty(id)
    }
}
