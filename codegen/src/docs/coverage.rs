//! How much of a schema is described.

use redis_schema_model::model::{Field, Param, ParamType, Schema, TypeId, TypeKind};
use redis_schema_model::source::Span;

use super::view::{Links, inherited};

/// How much of a schema is described.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// Things with a description of their own, or with a type that has one.
    pub described: usize,
    /// Things that should have one.
    pub total: usize,
    /// Those without, in order of declaration.
    pub missing: Vec<Undescribed>,
}

/// Something without `about:`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Undescribed {
    /// Where in the schema: `keys.job`, `types.Job.fields.status`.
    pub path: String,
    /// Where it was declared; `None` for the schema itself.
    pub span: Option<Span>,
}

impl Coverage {
    /// Described share in percent, rounded down; 100 for nothing to describe.
    #[must_use]
    pub fn percent(&self) -> usize {
        (self.described * 100)
            .checked_div(self.total)
            .unwrap_or(100)
    }

    fn note(&mut self, path: String, span: Option<Span>, about: Option<&str>) {
        self.total += 1;
        if about.is_some_and(|about| !about.trim().is_empty()) {
            self.described += 1;
        } else {
            self.missing.push(Undescribed { path, span });
        }
    }
}

/// Counts what is described: the schema, its databases, placeholders, types, fields, keys, channels, units,
/// groups, packs and tombstones. Variants of enums are left out.
#[must_use]
pub fn coverage(schema: &Schema) -> Coverage {
    let mut out = Coverage {
        described: 0,
        total: 0,
        missing: Vec::new(),
    };
    out.note("about".to_owned(), None, schema.about.as_deref());
    for it in schema.databases.iter().filter(|it| it.span.is_some()) {
        out.note(
            format!("databases.{}", it.name),
            it.span,
            it.about.as_deref(),
        );
    }
    for it in &schema.params {
        out.note(
            format!("params.{}", it.name),
            Some(it.span),
            param_about(schema, it),
        );
    }
    types(schema, &mut out);
    for it in &schema.keys {
        out.note(
            format!("keys.{}", it.name),
            Some(it.span),
            it.about.as_deref(),
        );
    }
    for it in &schema.channels {
        out.note(
            format!("channels.{}", it.name),
            Some(it.span),
            it.about.as_deref(),
        );
    }
    for it in &schema.units {
        out.note(
            format!("units.{}", it.name),
            Some(it.span),
            it.about.as_deref(),
        );
    }
    for it in &schema.groups {
        out.note(
            format!("groups.{}", it.name),
            Some(it.span),
            it.about.as_deref(),
        );
    }
    for it in &schema.packs {
        out.note(
            format!("packs.{}", it.name),
            Some(it.span),
            it.about.as_deref(),
        );
    }
    for it in &schema.tombstones {
        out.note(
            format!("tombstones.{}", it.name),
            Some(it.span),
            it.about.as_deref(),
        );
    }
    for it in &schema.removed {
        out.note(
            format!("tombstones.{}", it.name),
            Some(it.span),
            it.about.as_deref(),
        );
    }
    out
}

fn types(schema: &Schema, out: &mut Coverage) {
    let links = Links::new(schema);
    for (id, def) in TypeId::each(schema) {
        // What only one key or channel is made of is described there.
        let inline = def.about.is_none() && links.home(id).is_some();
        if !inline {
            out.note(
                format!("types.{}", def.name),
                Some(def.span),
                def.about.as_deref(),
            );
        }
        if let TypeKind::Struct(kind) = &def.kind {
            for field in &kind.fields {
                let path = format!("types.{}.fields.{}", def.name, field.name);
                out.note(path, Some(field.span), about(schema, field).as_deref());
            }
        }
    }
}

/// A placeholder's own description, or that of its type.
fn param_about<'s>(schema: &'s Schema, param: &'s Param) -> Option<&'s str> {
    let of_type = match param.ty {
        ParamType::Enum(id) => schema[id].about.as_deref(),
        _ => None,
    };
    param.about.as_deref().or(of_type)
}

/// A field's own description, or that of its type.
fn about(schema: &Schema, field: &Field) -> Option<String> {
    field.about.clone().or_else(|| inherited(schema, &field.ty))
}
