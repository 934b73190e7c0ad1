//! Names in facts lead somewhere. Those of a checked schema do; those of a file that somebody edited may not.

use super::{Facts, Kind, ParamTy, Structure, Template, Ty};

impl Facts {
    /// A name of a type, placeholder or key that is used and not declared.
    pub(super) fn dangling(&self) -> Option<&str> {
        let templates = self
            .keys
            .values()
            .map(|key| &key.template)
            .chain(self.channels.values().map(|channel| &channel.template));
        let params = templates
            .flat_map(Template::params)
            .find(|name| !self.params.contains_key(*name));
        let enums = self.params.values().find_map(|param| match &param.ty {
            ParamTy::Enum(name) => self.undeclared(name, |kind| matches!(kind, Kind::Enum { .. })),
            _ => None,
        });
        params
            .or(enums)
            .or_else(|| self.types.values().find_map(|def| self.kind(&def.kind)))
            .or_else(|| {
                self.keys
                    .values()
                    .find_map(|key| self.structure(&key.structure))
            })
            .or_else(|| {
                self.channels
                    .values()
                    .find_map(|channel| self.ty(&channel.message.ty))
            })
    }

    fn undeclared<'a>(&self, name: &'a str, fits: impl Fn(&Kind) -> bool) -> Option<&'a str> {
        let fits = self.types.get(name).is_some_and(|def| fits(&def.kind));
        (!fits).then_some(name)
    }

    fn record<'a>(&self, name: &'a str) -> Option<&'a str> {
        self.undeclared(name, |kind| matches!(kind, Kind::Record { .. }))
    }

    fn kind<'a>(&self, kind: &'a Kind) -> Option<&'a str> {
        match kind {
            Kind::Enum { .. } => None,
            Kind::Record { fields, .. } => fields.values().find_map(|field| self.ty(&field.ty)),
            Kind::OneOf { shapes, .. } => shapes
                .values()
                .find_map(|shape| self.record(&shape.record.0)),
            Kind::Rust { repr, .. } => self.ty(repr),
            Kind::Alias { ty, .. } => self.ty(ty),
        }
    }

    fn structure<'a>(&self, structure: &'a Structure) -> Option<&'a str> {
        match structure {
            Structure::String { value } | Structure::HyperLogLog { element: value } => {
                self.ty(&value.ty)
            }
            Structure::List {
                member, processing, ..
            } => self.ty(&member.ty).or_else(|| {
                let other = processing.as_deref();
                other.filter(|name| !self.keys.contains_key(*name))
            }),
            Structure::Set { member } | Structure::Geo { member } => self.ty(&member.ty),
            Structure::Zset { member, .. } => self.ty(&member.ty),
            Structure::HashMap { field, value } => {
                self.ty(&field.ty).or_else(|| self.ty(&value.ty))
            }
            Structure::Counter { ty } | Structure::JsonDocument { ty } => self.ty(ty),
            Structure::Hash { record } => self.record(record),
            Structure::Stream {
                entry, policies, ..
            } => self.record(entry).or_else(|| {
                let dead = policies.values().filter_map(|it| it.dead_letter.as_deref());
                let mut dead = dead.filter(|name| !self.keys.contains_key(*name));
                dead.next()
            }),
            Structure::Cache { value, tags, .. } => self.ty(&value.ty).or_else(|| {
                let mut unknown = tags.iter().filter(|name| !self.keys.contains_key(*name));
                unknown.next().map(String::as_str)
            }),
            Structure::Queue { payload, .. } => self.ty(&payload.ty),
            Structure::QueueTasks { queue } => (!self.keys.contains_key(queue)).then_some(queue),
            Structure::Session { data, index, .. } => self.ty(&data.ty).or_else(|| {
                let index = index.as_deref();
                index.filter(|name| !self.keys.contains_key(*name))
            }),
            Structure::SessionIndex { session } => {
                (!self.keys.contains_key(session)).then_some(session)
            }
            Structure::Progress { item, message, .. } => {
                let message = message.as_ref().and_then(|it| self.ty(&it.ty));
                self.ty(&item.ty).or(message)
            }
            Structure::Fence { lock: name } | Structure::ProgressEvents { progress: name } => {
                (!self.keys.contains_key(name)).then_some(name)
            }
            Structure::Bitmap
            | Structure::CacheTag
            | Structure::RateLimit { .. }
            | Structure::Lock { .. }
            | Structure::Semaphore { .. }
            | Structure::External { .. } => None,
        }
    }

    fn ty<'a>(&self, ty: &'a Ty) -> Option<&'a str> {
        match ty {
            Ty::Named(name) => self.undeclared(name, |_| true),
            Ty::Param(name) => (!self.params.contains_key(name)).then_some(name),
            Ty::KeyName(name) => (!self.keys.contains_key(name)).then_some(name),
            Ty::Option(inner) | Ty::List(inner) | Ty::Map(inner) => self.ty(inner),
            _ => None,
        }
    }
}
