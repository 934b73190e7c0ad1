//! Where in a schema's text a finding belongs.

use redis_schema_model::model::{
    Channel, Field, Key, Schema, Structure, Type, TypeDef, TypeId, TypeKind,
};
use redis_schema_model::source::Span;

use crate::breaking::Finding;

/// The place of what a finding is about, in the newer schema; `None` for what is not there, and for the schema as a
/// whole.
#[must_use]
pub fn place(schema: &Schema, finding: &Finding) -> Option<Span> {
    if finding.what == "accept" {
        let records = schema.accept.iter();
        let record = records.filter(|one| one.path == finding.path);
        return record.map(|one| one.span).next();
    }
    if let Some(param) = finding.path.strip_prefix('{') {
        let name = param.trim_end_matches('}');
        return schema
            .params
            .iter()
            .find(|one| one.name.as_str() == name)
            .map(|one| one.span);
    }
    match finding.path.split_once('.') {
        None => thing(schema, &finding.path),
        Some((list @ ("units" | "groups" | "packs" | "tombstones" | "databases"), name)) => {
            of_list(schema, list, name)
        }
        Some((owner, part)) => held(schema, owner, part).or_else(|| thing(schema, owner)),
    }
}

fn key<'s>(schema: &'s Schema, name: &str) -> Option<&'s Key> {
    schema.keys.iter().find(|one| one.name.as_str() == name)
}

fn channel<'s>(schema: &'s Schema, name: &str) -> Option<&'s Channel> {
    schema.channels.iter().find(|one| one.name.as_str() == name)
}

fn declared<'s>(schema: &'s Schema, name: &str) -> Option<&'s TypeDef> {
    schema.types.iter().find(|one| one.name.as_str() == name)
}

fn thing(schema: &Schema, name: &str) -> Option<Span> {
    key(schema, name)
        .map(|one| one.span)
        .or_else(|| channel(schema, name).map(|one| one.span))
        .or_else(|| declared(schema, name).map(|one| one.span))
}

fn of_list(schema: &Schema, list: &str, name: &str) -> Option<Span> {
    match list {
        "units" => schema
            .units
            .iter()
            .find(|one| one.name.as_str() == name)
            .map(|one| one.span),
        "groups" => schema
            .groups
            .iter()
            .find(|one| one.name.as_str() == name)
            .map(|one| one.span),
        "packs" => schema
            .packs
            .iter()
            .find(|one| one.name.as_str() == name)
            .map(|one| one.span),
        "tombstones" => schema
            .tombstones
            .iter()
            .find(|one| one.name.as_str() == name)
            .map(|one| one.span),
        _ => schema
            .databases
            .iter()
            .find(|one| one.name.as_str() == name)
            .and_then(|one| one.span),
    }
}

/// A field of a record: of a declared one, or of one that a key or channel holds in place.
fn held(schema: &Schema, owner: &str, part: &str) -> Option<Span> {
    let of_key = key(schema, owner).and_then(|one| match &one.structure {
        Structure::Hash(id) | Structure::Stream { entry: id, .. } => Some(&schema[*id]),
        Structure::String(value) | Structure::List(value) => named(schema, &value.ty),
        _ => None,
    });
    let of_channel = || channel(schema, owner).and_then(|one| named(schema, &one.message.ty));
    let def = declared(schema, owner).or(of_key).or_else(of_channel)?;
    field(def, part).map(|one| one.span)
}

fn named<'s>(schema: &'s Schema, ty: &Type) -> Option<&'s TypeDef> {
    let id: TypeId = match ty {
        Type::Named(id) => *id,
        _ => return None,
    };
    Some(&schema[id])
}

fn field<'s>(def: &'s TypeDef, name: &str) -> Option<&'s Field> {
    match &def.kind {
        TypeKind::Struct(record) => record.fields.iter().find(|one| one.name.as_str() == name),
        _ => None,
    }
}
