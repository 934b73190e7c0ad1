//! Declared types.

mod default;
mod enumeration;
mod expression;
mod limits;
mod nature;
mod one_of;
mod record;

pub(super) use nature::Nature;

use std::collections::HashSet;

use super::Lowering;
use super::declared::Declared;
use super::fields::{Present, text, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Type, TypeDef, TypeId, TypeKind};
use crate::node::Node;
use crate::source::Span;
use crate::text::{Text, TypeExpr, rust_path};

/// Types of a circle that one finding names.
const MOST_SHOWN: usize = 5;

/// A record that is a variant, and the tag beside its fields.
pub(super) struct Tagged {
    tag: String,
    record: TypeId,
    span: Span,
}

impl Lowering<'_> {
    pub(super) fn types(&mut self) {
        let declared = self.declared;
        let names = declared.types.list.iter();
        let present = Present {
            kind: "type",
            names: names.map(|d| (d.name.to_string(), d.span)).collect(),
        };
        let mut claimed = Vec::new();
        let was = |one: &Declared<'_>| self.was(one.node, &present, &mut claimed);
        self.earlier_names = declared.types.list.iter().map(was).collect();
        self.begun = vec![false; declared.types.list.len()];
        // Limits and defaults of fields ask what the types they use are at bottom.
        for kinds in [&["enum"][..], &["as", "type"], &["fields", "one_of"]] {
            for (at, one) in declared.types.list.iter().enumerate() {
                if kinds.iter().any(|kind| one.node.get(kind).is_some()) {
                    self.begin_behind(at);
                }
            }
            self.check_aliases();
        }
    }

    /// Lowers a declared type, and before it those that it is another name for.
    fn begin_behind(&mut self, at: usize) {
        let mut chain = vec![at];
        let mut seen = HashSet::from([at]);
        while let Some(next) = chain.last().and_then(|at| self.renamed(*at)) {
            if self.begun[next] || !seen.insert(next) {
                break;
            }
            chain.push(next);
        }
        for at in chain.into_iter().rev() {
            self.begin_type(at);
        }
    }

    /// The declared type that a declaration is only another name for.
    fn renamed(&self, at: usize) -> Option<usize> {
        let node = self.declared.types.list.get(at)?.node;
        let target = node.get("type").or_else(|| node.get("as"))?.text()?;
        self.declared.ty(target.trim()).map(TypeId::index)
    }

    /// Lowers a declared type unless that has begun.
    fn begin_type(&mut self, at: usize) {
        let (Some(declared), Some(false)) = (self.declared.types.list.get(at), self.begun.get(at))
        else {
            return;
        };
        self.begun[at] = true;
        let was = std::mem::take(&mut self.earlier_names[at]);
        let def = self.declared_type(declared, was);
        self.draft.types[at] = def;
    }

    fn declared_type(&mut self, declared: &Declared<'_>, was: Vec<String>) -> Option<TypeDef> {
        let node = declared.node;
        let mut range = None;
        let kind = if let Some(variants) = node.get("enum") {
            self.enumeration(variants, node)?
        } else if let Some(fields) = node.get("fields") {
            let rust = text(node, "rust").map(|text| self.accept(rust_path(&text)));
            let mut record = self.record(fields)?;
            record.strict = refuses_others(node);
            if let Some(rust) = rust {
                record.rust = Some(rust?);
            }
            TypeKind::Struct(record)
        } else if let Some(variants) = node.get("one_of") {
            self.one_of(declared.name.as_str(), variants, node)?
        } else if let Some(stored) = node.get("as") {
            self.own_type(declared, stored)?
        } else {
            let expr = self.accept(TypeExpr::of(node.get("type")?))?;
            let ty = self.required_type(&expr)?;
            let limited = self.limits(ty, node, &[]);
            range = limited.range;
            TypeKind::Alias(limited.ty)
        };
        Some(TypeDef {
            name: declared.name.clone(),
            about: words(node, "about"),
            kind,
            range,
            was,
            span: declared.span,
        })
    }

    /// A Rust type of the user's own, stored as another.
    fn own_type(&mut self, declared: &Declared<'_>, stored: &Node) -> Option<TypeKind> {
        let rust = match declared.node.get("rust") {
            Some(rust) => self.accept(rust_path(&Text::of(rust)?)),
            None => {
                let message = format!("`{}` does not say which Rust type it is", declared.name);
                self.report(
                    Diagnostic::error(Code::E0512, declared.span, message)
                        .label("`rust:` is missing")
                        .help(format!(
                            "add `rust: \"crate::{0}\"`; another name for a type is `{0}: {{ type: … }}`",
                            declared.name
                        )),
                );
                None
            }
        };
        let expr = self.accept(TypeExpr::of(stored));
        let repr = expr.and_then(|expr| self.required_type(&expr));
        Some(TypeKind::Rust {
            rust: rust?,
            repr: repr?,
        })
    }

    /// Names that must be records' are, and no tag is also a field.
    pub(super) fn check_records(&mut self) {
        for (id, span) in std::mem::take(&mut self.records) {
            let wrong = match self.draft.ty(id).map(|def| (&def.kind, &def.name)) {
                Some((TypeKind::Struct(_), _)) | None => None,
                Some((_, name)) => Some(name.to_string()),
            };
            if let Some(name) = wrong {
                self.report(one_of::not_a_record(&name, span));
            }
        }
        for Tagged { tag, record, span } in std::mem::take(&mut self.tagged) {
            let Some(TypeKind::Struct(record)) = self.draft.ty(record).map(|def| &def.kind) else {
                continue;
            };
            let Some(field) = record
                .fields
                .iter()
                .find(|field| field.name.as_str() == tag)
            else {
                continue;
            };
            let finding = Diagnostic::error(
                Code::E0513,
                span,
                format!("the field `{tag}` is also the tag"),
            )
            .label("this variant cannot be told apart")
            .related(field.span, "the field")
            .help(format!(
                "rename the field, or choose another tag: `tag: {tag}_of`"
            ));
            self.report(finding);
        }
    }

    /// Types that are only names for each other mean nothing.
    fn check_aliases(&mut self) {
        let mut done = vec![false; self.draft.types.len()];
        let mut circular: Vec<TypeId> = Vec::new();
        for at in 0..done.len() {
            let Ok(start) = u32::try_from(at).map(TypeId) else {
                break;
            };
            let mut way = Vec::new();
            let mut next = Some(start);
            while let Some(id) = next.filter(|id| !done[id.index()]) {
                done[id.index()] = true;
                way.push(id);
                next = self.renames(id);
            }
            // Back on this very way, not on one that was gone before.
            let from = next.and_then(|next| way.iter().position(|id| *id == next));
            if let Some(from) = from {
                self.report_circle(&way[from..]);
                circular.extend(&way[from..]);
            }
        }
        for id in circular {
            self.draft.types[id.index()] = None;
        }
    }

    /// The type that an alias or a stored form is directly.
    fn renames(&self, id: TypeId) -> Option<TypeId> {
        match &self.draft.ty(id)?.kind {
            TypeKind::Alias(Type::Named(to))
            | TypeKind::Rust {
                repr: Type::Named(to),
                ..
            } => Some(*to),
            _ => None,
        }
    }

    fn report_circle(&mut self, circle: &[TypeId]) {
        let defs: Vec<&TypeDef> = circle.iter().filter_map(|id| self.draft.ty(*id)).collect();
        let Some((first, rest)) = defs.split_first() else {
            return;
        };
        let message = format!("`{}` is only another name for itself", first.name);
        let mut finding = Diagnostic::error(Code::E0508, first.span, message)
            .label("what it is made of is never said")
            .help("give one of them a type of its own, such as `u64` or `string`");
        for def in rest.iter().take(MOST_SHOWN) {
            finding = finding.related(def.span, format!("by way of `{}`", def.name));
        }
        self.report(finding);
    }
}

/// Whether reading a record fails on fields that it does not declare.
pub(super) fn refuses_others(node: &Node) -> bool {
    words(node, "unknown_fields").as_deref() == Some("refuse")
}
