//! Ways through a schema that several rules take.

use std::collections::HashSet;

use redis_schema_model::model::{
    Field, ParamId, Schema, Segment, Structure, Type, TypeDef, TypeId, TypeKind, Value,
};

/// Every literal of a template, those of optional parts included.
pub(super) fn literals(segments: &[Segment]) -> Vec<&str> {
    let mut out = Vec::new();
    for segment in segments {
        match segment {
            Segment::Literal(text) => out.push(text.as_str()),
            Segment::Param(_) => {}
            Segment::Optional(inner) => out.extend(literals(inner)),
        }
    }
    out
}

/// Every field of every record, with the record it belongs to.
pub(super) fn fields(schema: &Schema) -> impl Iterator<Item = (&TypeDef, &Field)> {
    schema.types.iter().flat_map(|def| {
        let fields = match &def.kind {
            TypeKind::Struct(record) => record.fields.as_slice(),
            _ => &[],
        };
        fields.iter().map(move |field| (def, field))
    })
}

/// What a type is when nothing may be absent and no alias is in the way.
pub(super) fn bare<'a>(schema: &'a Schema, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Option(inner) => bare(schema, inner),
        Type::Named(id) => match &schema[*id].kind {
            TypeKind::Alias(inner) => bare(schema, inner),
            _ => ty,
        },
        other => other,
    }
}

/// The values of a structure.
pub(super) fn values(structure: &Structure) -> Vec<&Value> {
    match structure {
        Structure::String(value)
        | Structure::List(value)
        | Structure::Set(value)
        | Structure::ZSet { member: value, .. }
        | Structure::HyperLogLog(value)
        | Structure::Geo(value) => vec![value],
        Structure::HashMap { field, value } => vec![field, value],
        Structure::Cache(cache) => vec![&cache.value],
        Structure::Queue(queue) => vec![&queue.payload],
        Structure::Session(session) => vec![&session.data],
        _ => Vec::new(),
    }
}

/// The types that a structure is made of.
pub(super) fn types(structure: &Structure) -> Vec<Type> {
    match structure {
        Structure::Hash(id) | Structure::Stream { entry: id, .. } => vec![Type::Named(*id)],
        Structure::JsonDocument(ty) | Structure::Counter(ty) => vec![ty.clone()],
        other => values(other)
            .into_iter()
            .map(|value| value.ty.clone())
            .collect(),
    }
}

/// Looks at a type and everything it is made of until one satisfies `wanted`.
pub(super) fn reaches(
    schema: &Schema,
    ty: &Type,
    wanted: &mut dyn FnMut(Reached<'_>) -> bool,
) -> bool {
    let mut seen = HashSet::new();
    reach(schema, ty, wanted, &mut seen)
}

/// Something that a type is made of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reached<'a> {
    /// A placeholder's type.
    Param(ParamId),
    /// A field of a record.
    Field(&'a Field),
}

fn reach(
    schema: &Schema,
    ty: &Type,
    wanted: &mut dyn FnMut(Reached<'_>) -> bool,
    seen: &mut HashSet<TypeId>,
) -> bool {
    match ty {
        Type::Param(id) => wanted(Reached::Param(*id)),
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => {
            reach(schema, inner, wanted, seen)
        }
        Type::Named(id) => reach_named(schema, *id, wanted, seen),
        _ => false,
    }
}

fn reach_named(
    schema: &Schema,
    id: TypeId,
    wanted: &mut dyn FnMut(Reached<'_>) -> bool,
    seen: &mut HashSet<TypeId>,
) -> bool {
    if !seen.insert(id) {
        return false;
    }
    match &schema[id].kind {
        TypeKind::Struct(record) => record
            .fields
            .iter()
            .any(|field| wanted(Reached::Field(field)) || reach(schema, &field.ty, wanted, seen)),
        TypeKind::OneOf(one_of) => one_of
            .variants
            .iter()
            .any(|(_, id)| reach_named(schema, *id, wanted, seen)),
        TypeKind::Alias(ty) | TypeKind::Rust { repr: ty, .. } => reach(schema, ty, wanted, seen),
        TypeKind::Enum(_) => false,
    }
}
