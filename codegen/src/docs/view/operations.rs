//! Channels, units, groups, foreign keys and keys that are gone.

use redis_schema_model::model::{
    Channel, Database, Durability, Group, Key, KeyId, Pack, Removed, Schema, Tombstone, TypeKind,
    Unit,
};
use serde::Serialize;

use super::fields::LayoutView;
use super::key::{SampleView, ValueView, pretty};
use super::links::{self, Link, Links, User, anchor, database_page};
use super::methods::{MethodView, SectionView, channel_title, sections};
use super::params::{self, ParamView};
use super::template::{PrefixView, whole};
use crate::catalog::{self, Facts};
use crate::docs::{example, inspect, notation, usage};
use crate::rust::slot::spread;

/// A logical database.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DatabaseView {
    /// Its name.
    pub name: String,
    /// Its number.
    pub index: u16,
    /// What lives there.
    pub about: Option<String>,
    /// Owner outside this schema.
    pub external: Option<String>,
    /// `cache` or `durable`, for keys that do not say so themselves.
    pub durability: Option<&'static str>,
    /// Its page; `null` when the schema describes nothing in it.
    pub href: Option<String>,
    /// Number of kinds of keys.
    pub keys: usize,
}

impl DatabaseView {
    pub(crate) fn new(schema: &Schema, database: &Database) -> Self {
        let lives_here = |key: &&Key| schema[key.database].name == database.name;
        let keys = schema.keys.iter().filter(lives_here).count();
        let name = database.name.as_str();
        Self {
            name: name.to_owned(),
            index: database.index,
            about: database.about.clone(),
            external: database.external.clone(),
            durability: database.durability.map(Durability::word),
            href: (keys > 0).then(|| database_page(name)),
            keys,
        }
    }
}

/// A channel.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChannelView {
    /// Its name.
    pub name: String,
    /// The anchor of its description.
    pub anchor: String,
    /// The address of its description.
    pub href: String,
    /// What is said on it.
    pub about: Option<String>,
    /// Prefix and template.
    pub template: String,
    /// Its prefix.
    pub prefix: Option<PrefixView>,
    /// Whether the prefix is its own.
    pub own_prefix: bool,
    /// A made-up channel.
    pub example: String,
    /// Whether it stays within one cluster slot.
    pub sharded: bool,
    /// Whether no message may be lost, which it cannot promise.
    pub durable: bool,
    /// Its placeholders.
    pub params: Vec<ParamView>,
    /// What a message is.
    pub message: ValueView,
    /// The shape of a message, when it is described here and nowhere else.
    pub layout: Option<LayoutView>,
    /// A made-up message.
    pub sample: Option<SampleView>,
    /// How to use it from Rust.
    pub usage: String,
    /// `redis-cli` lines to listen to it.
    pub inspect: String,
    /// Its methods by section.
    pub sections: Vec<SectionView>,
}

impl ChannelView {
    pub(crate) fn new(schema: &Schema, links: &Links<'_>, index: usize, channel: &Channel) -> Self {
        let shape = match &channel.message.ty {
            redis_schema_model::model::Type::Named(id) => Some(*id),
            _ => None,
        };
        let here =
            |id: &redis_schema_model::model::TypeId| links.home(*id) == Some(User::Channel(index));
        Self {
            name: channel.name.as_str().to_owned(),
            anchor: anchor(channel.name.as_str()),
            href: links::channel(channel),
            about: channel.about.clone(),
            template: whole(schema, &channel.prefix, &channel.template),
            prefix: PrefixView::new(&channel.prefix),
            own_prefix: channel.prefix != schema.prefix,
            example: example::channel(schema, &channel.prefix, &channel.template),
            sharded: channel.sharded,
            durable: channel.durable,
            params: params::of_template(schema, links, &channel.template),
            message: ValueView {
                role: "Message",
                ty: links.value_link(&channel.message),
                encoding: notation::encoding(&channel.message.encoding),
                compressed: notation::compressed(&channel.message.encoding),
                about: super::fields::inherited(schema, &channel.message.ty),
            },
            layout: shape
                .filter(here)
                .map(|id| LayoutView::new(schema, links, id)),
            sample: shape.map(|_| SampleView {
                language: "json",
                text: pretty(&example::json(schema, &channel.message.ty)),
            }),
            usage: usage::channel(schema, channel),
            inspect: inspect::channel(schema, channel),
            sections: {
                let facts = Facts::channel(channel.sharded);
                let methods = catalog::table_of("channel");
                let methods = methods.filter(|method| facts.has(method));
                sections(methods, &facts, channel_title)
            },
        }
    }
}

/// Keys written together or not at all.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct UnitView {
    /// Its name.
    pub name: String,
    /// The anchor of its description.
    pub anchor: String,
    /// What it does.
    pub about: Option<String>,
    /// Its database.
    pub database: Link,
    /// Its placeholders.
    pub params: Vec<ParamView>,
    /// The keys in the order they are written.
    pub writes: Vec<MemberView>,
    /// The commands it sends, in order.
    pub sends: Vec<String>,
    /// The same, one a line.
    pub commands: String,
    /// `idempotent` or `unsafe`.
    pub retry: &'static str,
    /// How to use it from Rust.
    pub usage: String,
}

/// A key that belongs to a unit or a group.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MemberView {
    /// The key.
    pub key: Link,
    /// Prefix and template.
    pub template: String,
    /// Its structure.
    pub structure: &'static str,
    /// Its database.
    pub database: String,
    /// What it holds.
    pub about: Option<String>,
    /// Whether the group's placeholder names the whole key.
    pub exact: bool,
}

impl MemberView {
    fn new(schema: &Schema, links: &Links<'_>, id: KeyId) -> Self {
        let key = &schema[id];
        Self {
            key: Link {
                text: key.name.as_str().to_owned(),
                href: Some(links.key(id)),
            },
            template: whole(schema, &key.prefix, &key.template),
            structure: key.structure.name(),
            database: schema[key.database].name.as_str().to_owned(),
            about: key.about.clone(),
            exact: key.template.params().len() <= 1,
        }
    }
}

impl UnitView {
    pub(crate) fn new(schema: &Schema, links: &Links<'_>, unit: &Unit) -> Self {
        let database = unit.writes.first().map(|id| &schema[schema[*id].database]);
        let name = database.map_or("", |database| database.name.as_str());
        let sends = catalog::unit(schema, unit, |key| {
            whole(schema, &key.prefix, &key.template)
        });
        Self {
            name: unit.name.as_str().to_owned(),
            anchor: anchor(unit.name.as_str()),
            about: unit.about.clone(),
            database: Link {
                text: name.to_owned(),
                href: Some(database_page(name)),
            },
            params: params::list(schema, links, &unit.params),
            writes: unit
                .writes
                .iter()
                .map(|id| MemberView::new(schema, links, *id))
                .collect(),
            commands: sends.join("\n"),
            sends,
            retry: catalog::unit_retry(schema, unit).label(),
            usage: usage::unit(schema, unit),
        }
    }
}

/// Keys that share a placeholder.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GroupView {
    /// Its name.
    pub name: String,
    /// The anchor of its description.
    pub anchor: String,
    /// What it gathers.
    pub about: Option<String>,
    /// The shared placeholder.
    pub by: ParamView,
    /// The keys.
    pub members: Vec<MemberView>,
    /// How to use it from Rust.
    pub usage: String,
    /// Its methods.
    pub methods: Vec<MethodView>,
}

impl GroupView {
    pub(crate) fn new(schema: &Schema, links: &Links<'_>, group: &Group) -> Self {
        Self {
            name: group.name.as_str().to_owned(),
            anchor: anchor(group.name.as_str()),
            about: match (group.about.clone(), spread(schema, group)) {
                (Some(about), Some(spread)) => Some(format!("{}\n\n{spread}", about.trim_end())),
                (about, spread) => about.or(spread.map(str::to_owned)),
            },
            by: ParamView::new(schema, links, &schema[group.by]),
            members: group
                .members
                .iter()
                .map(|id| MemberView::new(schema, links, *id))
                .collect(),
            usage: usage::group(schema, group),
            methods: {
                let exact = |id: &KeyId| schema[*id].template.params().len() <= 1;
                let facts = Facts::group(!group.members.iter().all(exact));
                catalog::table_of("group")
                    .map(|method| MethodView::new(method, &facts))
                    .collect()
            },
        }
    }
}

/// Keys of somebody else on the same server.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PackView {
    /// Its name.
    pub name: String,
    /// Whose they are.
    pub about: Option<String>,
    /// Database they live in; `null` for every one.
    pub database: Option<String>,
    /// Glob patterns.
    pub patterns: Vec<String>,
}

impl PackView {
    pub(crate) fn new(schema: &Schema, pack: &Pack) -> Self {
        Self {
            name: pack.name.as_str().to_owned(),
            about: pack.about.clone(),
            database: pack.database.map(|id| schema[id].name.as_str().to_owned()),
            patterns: pack.patterns.clone(),
        }
    }
}

/// A key that is gone.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TombstoneView {
    /// The name it had.
    pub name: String,
    /// What it was.
    pub about: Option<String>,
    /// The template it had, prefix included.
    pub template: String,
    /// A glob for `SCAN`.
    pub pattern: String,
    /// Where it lived.
    pub database: String,
    /// Schema version in which it was removed.
    pub removed_in: u32,
}

impl TombstoneView {
    pub(crate) fn new(schema: &Schema, tombstone: &Tombstone) -> Self {
        let (prefix, template) = (&tombstone.prefix, &tombstone.template);
        Self {
            name: tombstone.name.as_str().to_owned(),
            about: tombstone.about.clone(),
            template: whole(schema, prefix, template),
            pattern: inspect::pattern(schema, prefix, template),
            database: schema[tombstone.database].name.as_str().to_owned(),
            removed_in: tombstone.removed_in,
        }
    }
}

/// A field, variant or consumer group that is gone.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RemovedView {
    /// `field`, `variant` or `group`.
    pub kind: &'static str,
    /// What it was part of and its name.
    pub path: String,
    /// What it was.
    pub about: Option<String>,
    /// Schema version in which it was removed.
    pub removed_in: u32,
}

impl RemovedView {
    pub(crate) fn new(removed: &Removed) -> Self {
        Self {
            kind: removed.part.word(),
            path: removed.path.clone(),
            about: removed.about.clone(),
            removed_in: removed.removed_in,
        }
    }
}

/// A declared type.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TypeView {
    /// Its name.
    pub name: String,
    /// The anchor of its description.
    pub anchor: String,
    /// The address of its description.
    pub href: String,
    /// What it stands for.
    pub about: Option<String>,
    /// Earlier names.
    pub was: Vec<String>,
    /// Whether `types.md` describes it; else what alone uses it does.
    pub here: bool,
    /// Its shape.
    pub layout: LayoutView,
    /// A made-up value.
    pub sample: Option<String>,
    /// Who uses it.
    pub used_by: Vec<Link>,
}

impl TypeView {
    pub(crate) fn new(
        schema: &Schema,
        links: &Links<'_>,
        id: redis_schema_model::model::TypeId,
    ) -> Self {
        let def = &schema[id];
        let composite = matches!(def.kind, TypeKind::Struct(_) | TypeKind::OneOf(_));
        Self {
            name: def.name.as_str().to_owned(),
            anchor: anchor(def.name.as_str()),
            href: links.ty(id),
            about: def.about.clone(),
            was: def.was.clone(),
            here: links.home(id).is_none(),
            layout: LayoutView::new(schema, links, id),
            sample: composite.then(|| pretty(&example::record(schema, id))),
            used_by: links.user_links(id),
        }
    }
}
