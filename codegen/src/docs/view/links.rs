//! Where things are described: every type has exactly one home.

use std::collections::{BTreeMap, BTreeSet};

use redis_schema_model::model::{
    Channel, Key, KeyId, ParamType, Schema, Structure, Type, TypeId, TypeKind, Value,
};
use serde::Serialize;

use crate::docs::notation;

/// A text that may lead somewhere.
#[derive(Debug, Clone, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Link {
    /// What is shown.
    pub text: String,
    /// Where it leads, from the root of the pages; `null` for nowhere.
    pub href: Option<String>,
}

/// Who uses a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum User {
    /// A key's value.
    Key(usize),
    /// A channel's message.
    Channel(usize),
    /// Another type.
    Type(TypeId),
    /// A placeholder.
    Param(usize),
}

/// Addresses of everything that has a description.
pub(crate) struct Links<'s> {
    schema: &'s Schema,
    users: BTreeMap<TypeId, BTreeSet<User>>,
}

impl<'s> Links<'s> {
    /// Looks up who uses what.
    pub(crate) fn new(schema: &'s Schema) -> Self {
        let mut links = Self {
            schema,
            users: BTreeMap::new(),
        };
        for (index, key) in schema.keys.iter().enumerate() {
            for ty in key_types(key) {
                links.note(&ty, User::Key(index));
            }
        }
        for (index, channel) in schema.channels.iter().enumerate() {
            links.note(&channel.message.ty, User::Channel(index));
        }
        for (index, param) in schema.params.iter().enumerate() {
            if let ParamType::Enum(id) = param.ty {
                links.note(&Type::Named(id), User::Param(index));
            }
        }
        for (id, def) in TypeId::each(schema) {
            let user = User::Type(id);
            match &def.kind {
                TypeKind::Enum(_) => {}
                TypeKind::Struct(kind) => {
                    for field in &kind.fields {
                        links.note(&field.ty, user);
                    }
                }
                TypeKind::OneOf(kind) => {
                    for (_, id) in &kind.variants {
                        links.note(&Type::Named(*id), user);
                    }
                }
                TypeKind::Rust { repr: ty, .. } | TypeKind::Alias(ty) => links.note(ty, user),
            }
        }
        links
    }

    fn note(&mut self, ty: &Type, user: User) {
        if let Some(id) = notation::named(ty) {
            self.users.entry(id).or_default().insert(user);
        }
    }

    /// Who uses a type, in order.
    pub(crate) fn users(&self, id: TypeId) -> impl Iterator<Item = User> + '_ {
        self.users.get(&id).into_iter().flatten().copied()
    }

    /// The key, channel or type that alone uses a shape and shows it.
    pub(crate) fn home(&self, id: TypeId) -> Option<User> {
        if !matches!(
            self.schema[id].kind,
            TypeKind::Struct(_) | TypeKind::OneOf(_)
        ) {
            return None;
        }
        let mut users = self.users(id);
        let only = users.next().filter(|_| users.next().is_none())?;
        let shows = match only {
            User::Key(index) => shape(self.schema.keys.get(index)?) == Some(id),
            User::Channel(index) => self.schema.channels.get(index)?.message.ty == Type::Named(id),
            // A variant's fields stand in the table of the variants.
            User::Type(id) => matches!(self.schema[id].kind, TypeKind::OneOf(_)),
            User::Param(_) => false,
        };
        shows.then_some(only)
    }

    /// The address of a type's description.
    pub(crate) fn ty(&self, id: TypeId) -> String {
        match self.home(id) {
            Some(User::Key(index)) => self.key_at(index),
            Some(User::Channel(index)) => self.channel_at(index),
            Some(User::Type(user)) => self.ty(user),
            _ => format!("types.md#{}", anchor(self.schema[id].name.as_str())),
        }
    }

    /// A type as the schema writes it, leading to the declared type inside it.
    pub(crate) fn type_link(&self, ty: &Type) -> Link {
        let href = match ty {
            Type::KeyName(id) => Some(self.key(*id)),
            other => notation::named(other).map(|id| self.ty(id)),
        };
        Link {
            text: notation::ty(self.schema, ty),
            href,
        }
    }

    /// A value as the schema writes it, leading to the declared type inside it.
    pub(crate) fn value_link(&self, value: &Value) -> Link {
        Link {
            text: notation::value(self.schema, value),
            href: self.type_link(&value.ty).href,
        }
    }

    /// The address of a key's description.
    pub(crate) fn key(&self, id: KeyId) -> String {
        self.key_at(id.index())
    }

    fn key_at(&self, index: usize) -> String {
        self.schema.keys.get(index).map_or_else(String::new, |key| {
            format!(
                "{}#{}",
                database_page(self.schema[key.database].name.as_str()),
                anchor(key.name.as_str())
            )
        })
    }

    fn channel_at(&self, index: usize) -> String {
        self.schema
            .channels
            .get(index)
            .map_or_else(String::new, |channel| {
                format!("channels.md#{}", anchor(channel.name.as_str()))
            })
    }

    /// Who uses a type, as links.
    pub(crate) fn user_links(&self, id: TypeId) -> Vec<Link> {
        self.users(id).filter_map(|user| self.user(user)).collect()
    }

    fn user(&self, user: User) -> Option<Link> {
        let schema = self.schema;
        let (text, href) = match user {
            User::Key(index) => {
                let text = schema.keys.get(index)?.name.as_str();
                (text, Some(self.key_at(index)))
            }
            User::Channel(index) => {
                let text = schema.channels.get(index)?.name.as_str();
                (text, Some(self.channel_at(index)))
            }
            User::Type(id) => (schema[id].name.as_str(), Some(self.ty(id))),
            User::Param(index) => (schema.params.get(index)?.name.as_str(), None),
        };
        Some(Link {
            text: text.to_owned(),
            href,
        })
    }
}

/// The file of a database's page.
pub(super) fn database_page(name: &str) -> String {
    format!("databases/{name}.md")
}

/// The anchor that GitHub, GitLab and mdBook give a heading that is one name.
pub(super) fn anchor(name: &str) -> String {
    name.to_lowercase()
}

/// The struct or tagged union that is a key's whole value, entry or record.
pub(super) fn shape(key: &Key) -> Option<TypeId> {
    match &key.structure {
        Structure::Hash(id) | Structure::Stream { entry: id, .. } => Some(*id),
        Structure::JsonDocument(Type::Named(id)) => Some(*id),
        structure => match values(structure).last() {
            Some((
                _,
                Value {
                    ty: Type::Named(id),
                    ..
                },
            )) => Some(*id),
            _ => None,
        },
    }
}

/// The values of a structure, each with its part in it.
pub(crate) fn values(structure: &Structure) -> Vec<(&'static str, &Value)> {
    match structure {
        Structure::String(value) => vec![("Value", value)],
        Structure::HashMap { field, value } => vec![("Field", field), ("Value", value)],
        Structure::List(value) => vec![("Element", value)],
        Structure::Set(value) | Structure::Geo(value) => vec![("Member", value)],
        Structure::HyperLogLog(value) => vec![("Counted value", value)],
        Structure::ZSet { member, .. } => vec![("Member", member)],
        Structure::Cache(cache) => vec![("Value", &cache.value)],
        Structure::Progress(progress) => {
            let events = progress.events.as_ref();
            let message = events.and_then(|events| events.message.as_ref());
            let message = message.map(|message| ("Message", message));
            [("Item", &progress.item)]
                .into_iter()
                .chain(message)
                .collect()
        }
        Structure::Queue(queue) => vec![("Payload", &queue.payload)],
        Structure::Session(session) => vec![("Data", &session.data)],
        _ => Vec::new(),
    }
}

fn key_types(key: &Key) -> Vec<Type> {
    let mut types: Vec<Type> = values(&key.structure)
        .into_iter()
        .map(|(_, value)| value.ty.clone())
        .collect();
    match &key.structure {
        Structure::Hash(id) | Structure::Stream { entry: id, .. } => types.push(Type::Named(*id)),
        Structure::Counter(ty) | Structure::JsonDocument(ty) => types.push(ty.clone()),
        _ => {}
    }
    types
}

/// The channel's address.
pub(super) fn channel(channel: &Channel) -> String {
    format!("channels.md#{}", anchor(channel.name.as_str()))
}
