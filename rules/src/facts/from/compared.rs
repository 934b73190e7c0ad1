//! Types whose values the server tells apart by their bytes: members, and what members hold.

use std::collections::HashSet;

use redis_schema_model::model::{Schema, Structure, Type, TypeId, TypeKind};

/// Types of members of sets, sorted sets, geo indexes and sketches, and all that they hold.
pub(super) fn types(schema: &Schema) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    let mut open: Vec<&Type> = Vec::new();
    for key in &schema.keys {
        match &key.structure {
            Structure::Set(member)
            | Structure::Geo(member)
            | Structure::HyperLogLog(member)
            | Structure::ZSet { member, .. } => open.push(&member.ty),
            _ => {}
        }
    }
    while let Some(ty) = open.pop() {
        match ty {
            Type::Option(inner) | Type::List(inner) | Type::Map(inner) => open.push(inner),
            Type::Named(id) => hold(schema, *id, &mut found, &mut open),
            _ => {}
        }
    }
    found
}

/// Notes a type, and what it holds for a later look.
fn hold<'a>(schema: &'a Schema, id: TypeId, found: &mut HashSet<TypeId>, open: &mut Vec<&'a Type>) {
    if !found.insert(id) {
        return;
    }
    match &schema[id].kind {
        TypeKind::Struct(record) => open.extend(record.fields.iter().map(|field| &field.ty)),
        TypeKind::OneOf(one_of) => {
            for (_, record) in &one_of.variants {
                hold(schema, *record, found, open);
            }
        }
        TypeKind::Alias(ty) | TypeKind::Rust { repr: ty, .. } => open.push(ty),
        TypeKind::Enum(_) => {}
    }
}
