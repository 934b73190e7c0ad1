//! Where in a schema's text a finding belongs.

use std::collections::HashMap;

use redis_schema_model::model::{
    Field, Key, Name, Param, Schema, Structure, Type, TypeDef, TypeKind,
};
use redis_schema_model::source::Span;

use crate::breaking::Finding;

/// The places of a schema's things by their names.
#[derive(Debug)]
pub struct Places<'s> {
    schema: &'s Schema,
    keys: HashMap<&'s str, &'s Key>,
    params: HashMap<&'s str, &'s Param>,
    types: HashMap<&'s str, &'s TypeDef>,
    channels: HashMap<&'s str, (Span, &'s Type)>,
    /// `units.NAME` and others that stand in a list of their kind.
    listed: HashMap<(&'static str, &'s str), Span>,
}

fn by_name<T>(list: &[T], name: fn(&T) -> &Name) -> HashMap<&str, &T> {
    list.iter().map(|one| (name(one).as_str(), one)).collect()
}

impl<'s> Places<'s> {
    /// Those of a schema.
    #[must_use]
    pub fn of_schema(schema: &'s Schema) -> Self {
        let channels = schema.channels.iter();
        let channel = channels.map(|one| (one.name.as_str(), (one.span, &one.message.ty)));
        Self {
            schema,
            keys: by_name(&schema.keys, |one| &one.name),
            params: by_name(&schema.params, |one| &one.name),
            types: by_name(&schema.types, |one| &one.name),
            channels: channel.collect(),
            listed: listed(schema),
        }
    }

    /// The place of what a finding is about, in the newer schema; `None` for what is not there, and for the schema as a
    /// whole.
    #[must_use]
    pub fn of(&self, finding: &Finding) -> Option<Span> {
        if finding.what == "accept" {
            let mut records = self.schema.accept.iter();
            return records
                .find(|one| one.path == finding.path)
                .map(|one| one.span);
        }
        if let Some(param) = finding.path.strip_prefix('{') {
            let name = param.trim_end_matches('}');
            return self.params.get(name).map(|one| one.span);
        }
        match finding.path.split_once('.') {
            None => self.thing(&finding.path),
            Some((list @ ("units" | "groups" | "packs" | "tombstones" | "databases"), name)) => {
                self.listed.get(&(list, name)).copied()
            }
            Some((owner, part)) if part.starts_with("groups.") => {
                self.group(owner, part).or_else(|| self.thing(owner))
            }
            Some((owner, part)) => self.held(owner, part).or_else(|| self.thing(owner)),
        }
    }

    fn thing(&self, name: &str) -> Option<Span> {
        let key = self.keys.get(name).map(|one| one.span);
        key.or_else(|| self.channels.get(name).map(|(span, _)| *span))
            .or_else(|| self.types.get(name).map(|one| one.span))
    }

    /// A group of consumers of a stream.
    fn group(&self, owner: &str, part: &str) -> Option<Span> {
        let (_, name) = part.split_once('.')?;
        match &self.keys.get(owner)?.structure {
            Structure::Stream { groups, .. } => groups
                .iter()
                .find(|group| group.name.as_str() == name)
                .map(|group| group.span),
            _ => None,
        }
    }

    /// A field of a record: of a declared one, or of one that a key or channel holds in place.
    fn held(&self, owner: &str, part: &str) -> Option<Span> {
        let of_key = || match &self.keys.get(owner)?.structure {
            Structure::Hash(id) | Structure::Stream { entry: id, .. } => Some(&self.schema[*id]),
            Structure::String(value) | Structure::List(value) => self.named(&value.ty),
            _ => None,
        };
        let of_channel = || self.named(self.channels.get(owner)?.1);
        let declared = self.types.get(owner).copied();
        let def = declared.or_else(of_key).or_else(of_channel)?;
        field(def, part).map(|one| one.span)
    }

    fn named(&self, ty: &Type) -> Option<&'s TypeDef> {
        match ty {
            Type::Named(id) => Some(&self.schema[*id]),
            _ => None,
        }
    }
}

fn listed(schema: &Schema) -> HashMap<(&'static str, &str), Span> {
    let units = schema
        .units
        .iter()
        .map(|one| ("units", &one.name, one.span));
    let groups = schema
        .groups
        .iter()
        .map(|one| ("groups", &one.name, one.span));
    let packs = schema
        .packs
        .iter()
        .map(|one| ("packs", &one.name, one.span));
    let tombstones = schema.tombstones.iter();
    let tombstones = tombstones.map(|one| ("tombstones", &one.name, one.span));
    let databases = schema.databases.iter();
    let databases = databases.filter_map(|one| Some(("databases", &one.name, one.span?)));
    let all = units
        .chain(groups)
        .chain(packs)
        .chain(tombstones)
        .chain(databases);
    all.map(|(list, name, span)| ((list, name.as_str()), span))
        .collect()
}

fn field<'s>(def: &'s TypeDef, name: &str) -> Option<&'s Field> {
    match &def.kind {
        TypeKind::Struct(record) => record.fields.iter().find(|one| one.name.as_str() == name),
        _ => None,
    }
}
