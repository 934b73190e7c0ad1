//! Types, declared and written in place.

use std::collections::BTreeMap;

use redis_schema_model::model;

use super::{Source, expiring, named};
use crate::facts::{Carried, Field, Kind, Range, Shape, Ty, TypeDef, Variant};

impl Source<'_> {
    pub(super) fn type_name(&self, id: model::TypeId) -> String {
        self.schema[id].name.to_string()
    }

    pub(super) fn types(&self) -> BTreeMap<String, TypeDef> {
        let each = model::TypeId::each(self.schema);
        each.map(|(id, def)| (def.name.to_string(), self.type_def(id, def)))
            .collect()
    }

    fn type_def(&self, id: model::TypeId, def: &model::TypeDef) -> TypeDef {
        TypeDef {
            kind: self.kind(id, def),
            in_place_of: self.owners.get(&def.span).map(|name| (*name).to_owned()),
            was: def.was.clone(),
        }
    }

    fn kind(&self, id: model::TypeId, def: &model::TypeDef) -> Kind {
        match &def.kind {
            model::TypeKind::Enum(list) => {
                enumeration(list, self.removed(model::Part::Variant(id)))
            }
            model::TypeKind::Struct(record) => Kind::Record {
                fields: named(
                    &record.fields,
                    |field| &field.name,
                    |field| self.field(field),
                ),
                order: self.order(id, record),
                strict: record.strict,
                rust: record.rust.as_ref().map(|rust| rust.path().to_owned()),
                removed: self.removed(model::Part::Field(id)),
            },
            model::TypeKind::OneOf(one_of) => Kind::OneOf {
                tag: one_of.tag.clone(),
                shapes: named(
                    &one_of.variants,
                    |(variant, _)| &variant.name,
                    |(variant, record)| Shape {
                        text: variant.text.clone(),
                        record: Carried(self.type_name(*record)),
                    },
                ),
                removed: self.removed(model::Part::Variant(id)),
            },
            model::TypeKind::Rust { rust, repr } => Kind::Rust {
                rust: rust.path().to_owned(),
                repr: self.ty(repr),
            },
            model::TypeKind::Alias(ty) => Kind::Alias {
                ty: self.ty(ty),
                range: def.range.map(range),
            },
        }
    }

    /// The order in which fields are written, where it is part of what the server compares.
    fn order(&self, id: model::TypeId, record: &model::StructType) -> Vec<String> {
        if !self.compared.contains(&id) || record.fields.len() < 2 {
            return Vec::new();
        }
        let names = record.fields.iter().map(|field| field.name.to_string());
        names.collect()
    }

    /// What is gone of something, with the version in which it went.
    pub(super) fn removed(&self, of: model::Part) -> BTreeMap<String, u32> {
        let removed = self.schema.removed.iter();
        let removed = removed.filter(|one| one.part == of);
        removed
            .map(|one| (one.gone.clone(), one.removed_in))
            .collect()
    }

    fn field(&self, field: &model::Field) -> Field {
        Field {
            ty: self.ty(&field.ty),
            default: field.default.as_ref().map(|default| self.default(default)),
            was: field.was.clone(),
            secret: field.secret,
            unit: field.unit.clone(),
            range: field.range.map(range),
            max_field: field.max_field.as_ref().map(ToString::to_string),
            touch: field.touch,
            ttl: field.ttl.as_ref().map(expiring),
        }
    }

    pub(super) fn default(&self, default: &model::DefaultValue) -> String {
        match default {
            model::DefaultValue::Bool(value) => value.to_string(),
            model::DefaultValue::Int(value) => value.to_string(),
            model::DefaultValue::Float(value) => value.to_string(),
            model::DefaultValue::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
            model::DefaultValue::Variant(id, index) => match &self.schema[*id].kind {
                model::TypeKind::Enum(list) => list
                    .variants
                    .get(*index)
                    .map(|variant| variant.name.to_string()),
                _ => None,
            }
            .unwrap_or_default(),
            model::DefaultValue::Empty => "empty".to_owned(),
        }
    }

    pub(super) fn ty(&self, ty: &model::Type) -> Ty {
        let boxed = |inner: &model::Type| Box::new(self.ty(inner));
        match ty {
            model::Type::Bool => Ty::Bool,
            model::Type::Unsigned(bits) => Ty::Unsigned(*bits),
            model::Type::Signed(bits) => Ty::Signed(*bits),
            model::Type::Float(bits) => Ty::Float(*bits),
            model::Type::Decimal => Ty::Decimal,
            model::Type::String { max } => Ty::String { max: *max },
            model::Type::Bytes => Ty::Bytes,
            model::Type::Uuid => Ty::Uuid,
            model::Type::Ulid => Ty::Ulid,
            model::Type::Ip => Ty::Ip,
            model::Type::TimestampS => Ty::TimestampS,
            model::Type::TimestampMs => Ty::TimestampMs,
            model::Type::Datetime => Ty::Datetime,
            model::Type::DurationS => Ty::DurationS,
            model::Type::DurationMs => Ty::DurationMs,
            model::Type::Any => Ty::Any,
            model::Type::Hex(len) => Ty::Hex(*len),
            model::Type::Slug { max } => Ty::Slug { max: *max },
            model::Type::Param(id) => Ty::Param(self.param_name(*id)),
            model::Type::Named(id) => Ty::Named(self.type_name(*id)),
            model::Type::Option(inner) => Ty::Option(boxed(inner)),
            model::Type::List(inner) => Ty::List(boxed(inner)),
            model::Type::Map(inner) => Ty::Map(boxed(inner)),
            model::Type::KeyName(id) => Ty::KeyName(self.schema[*id].name.to_string()),
        }
    }
}

const fn range((min, max): (i128, i128)) -> Range {
    Range { min, max }
}

fn enumeration(list: &model::EnumType, removed: BTreeMap<String, u32>) -> Kind {
    let name = |index: usize| {
        list.variants
            .get(index)
            .map(|variant| variant.name.to_string())
    };
    Kind::Enum {
        variants: named(
            &list.variants,
            |variant| &variant.name,
            |variant| Variant {
                text: variant.text.clone(),
            },
        ),
        other: list.other.as_ref().map(ToString::to_string),
        flow: list
            .flow
            .iter()
            .filter_map(|(from, to)| {
                Some((name(*from)?, to.iter().filter_map(|to| name(*to)).collect()))
            })
            .collect(),
        removed,
    }
}
