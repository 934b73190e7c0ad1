//! One of several records, told apart by a tag.

use super::super::Lowering;
use super::super::declared::unique_entries;
use super::super::fields::text;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Name, OneOfType, StructType, TypeDef, TypeId, TypeKind, Variant};
use crate::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::text::{Text, variant_name};

const DEFAULT_TAG: &str = "type";

impl Lowering<'_> {
    /// The variants of a type; those with fields in place become types named after both.
    pub(crate) fn one_of(&mut self, owner: &str, variants: &Node, node: &Node) -> Option<TypeKind> {
        let tag = match text(node, "tag") {
            Some(text) if text.text().is_empty() => {
                self.report(
                    text.mistake(Code::E0513, "a tag without a name")
                        .label("the property needs a name")
                        .help("write for instance `tag: type`"),
                );
                return None;
            }
            Some(text) => text.text().to_owned(),
            None => DEFAULT_TAG.to_owned(),
        };
        let mut read: Vec<(Variant, TypeId, Span)> = Vec::new();
        let mut fine = true;
        for entry in unique_entries(variants) {
            match self.variant_of(owner, &tag, entry, &read) {
                Some((variant, id)) => read.push((variant, id, entry.key_span)),
                None => fine = false,
            }
        }
        if fine && read.is_empty() {
            self.report(
                Diagnostic::error(Code::E0513, variants.span, "`one_of` without variants")
                    .label("no value is possible")
                    .help("name at least one: `one_of: { started: {}, finished: { status: JobStatus } }`"),
            );
            return None;
        }
        let variants = read
            .into_iter()
            .map(|(variant, id, _)| (variant, id))
            .collect();
        fine.then_some(TypeKind::OneOf(OneOfType { tag, variants }))
    }

    fn variant_of(
        &mut self,
        owner: &str,
        tag: &str,
        entry: &Entry,
        before: &[(Variant, TypeId, Span)],
    ) -> Option<(Variant, TypeId)> {
        let name = self.accept(variant_name(&Text::key(entry)))?;
        self.distinct(before, &name, entry.key_span)?;
        let id = match &entry.value.kind {
            NodeKind::Scalar { .. } => self.record_named(&Text::of(&entry.value)?)?,
            NodeKind::List(_) => return None,
            NodeKind::Map(_) | NodeKind::Null => {
                let record = match &entry.value.kind {
                    NodeKind::Map(_) => self.record(&entry.value)?,
                    _ => StructType {
                        fields: Vec::new(),
                        strict: false,
                        rust: None,
                    },
                };
                let def = TypeDef {
                    name: Name::new(format!("{owner}{}", name.camel())),
                    about: None,
                    kind: TypeKind::Struct(record),
                    range: None,
                    was: Vec::new(),
                    span: entry.key_span,
                };
                let made_from = format!("the variant `{name}` of `{owner}`");
                self.draft.add_type(def, made_from)
            }
        };
        self.tagged.push(super::Tagged {
            tag: tag.to_owned(),
            record: id,
            span: entry.key_span,
        });
        let variant = Variant {
            text: name.to_string(),
            name,
            about: None,
        };
        Some((variant, id))
    }

    fn distinct(
        &mut self,
        before: &[(Variant, TypeId, Span)],
        name: &Name,
        span: Span,
    ) -> Option<()> {
        let same = |(other, ..): &&(Variant, TypeId, Span)| other.name.camel() == name.camel();
        let Some((other, _, place)) = before.iter().find(same) else {
            return Some(());
        };
        let message = format!(
            "`{}` and `{name}` are both `{}` in Rust",
            other.name,
            name.camel()
        );
        self.report(
            Diagnostic::error(Code::E0308, span, message)
                .label("the same identifier")
                .related(*place, "here first")
                .help("give one of them another name"),
        );
        None
    }

    /// The record type of a name.
    pub(crate) fn record_named(&mut self, text: &Text<'_>) -> Option<TypeId> {
        let expr = self.accept(crate::text::TypeExpr::of_text(text))?;
        let ty = self.required_type(&expr)?;
        let id = match ty {
            crate::model::Type::Named(id) => Some(id),
            _ => None,
        };
        // Whether it is a record is seen when every type is known.
        match id {
            Some(id) => {
                self.records.push((id, text.span()));
                Some(id)
            }
            None => {
                self.report(not_a_record(text.text(), text.span()));
                None
            }
        }
    }
}

pub(super) fn not_a_record(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::E0606, span, format!("`{name}` is not a record"))
        .label("expected named fields")
        .help("name a type that is declared with `fields:`, or write the fields here: `{ status: JobStatus, at: timestamp_ms }`")
}
