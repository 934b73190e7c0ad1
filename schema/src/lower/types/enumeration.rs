//! Enums: lists of texts.

use super::super::Lowering;
use super::super::declared::unique_entries;
use super::super::fields::{text, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EnumType, Name, TypeKind, Variant};
use crate::node::{Node, NodeKind};
use crate::source::Span;
use crate::text::{Text, camel, did_you_mean, variant_name};

/// A variant and where it was written.
struct Written {
    variant: Variant,
    span: Span,
}

impl Lowering<'_> {
    pub(super) fn enumeration(&mut self, variants: &Node, node: &Node) -> Option<TypeKind> {
        let written = match &variants.kind {
            NodeKind::List(items) => self.listed(items)?,
            NodeKind::Map(_) => self.mapped(variants)?,
            _ => return None,
        };
        if written.is_empty() {
            self.report(
                Diagnostic::error(Code::E0502, variants.span, "an enum without variants")
                    .label("no value is possible")
                    .help("name at least one: `enum: [queued, running]`"),
            );
            return None;
        }
        let distinct = self.check_distinct(&written);
        let other = text(node, "other").map(|text| self.catch_all(&text, &written));
        let flow = self.flow(node, &written);
        let variants = written.into_iter().map(|w| w.variant).collect();
        distinct.then_some(TypeKind::Enum(EnumType {
            variants,
            other: match other {
                None => None,
                Some(name) => Some(name?),
            },
            flow: flow?,
        }))
    }

    fn listed(&mut self, items: &[Node]) -> Option<Vec<Written>> {
        let read: Vec<Option<Written>> = items
            .iter()
            .map(|item| {
                let text = Text::of(item)?;
                let name = self.accept(variant_name(&text).map_err(suggest_text))?;
                Some(Written {
                    variant: Variant {
                        text: name.to_string(),
                        name,
                        about: None,
                    },
                    span: item.span,
                })
            })
            .collect();
        read.into_iter().collect()
    }

    fn mapped(&mut self, node: &Node) -> Option<Vec<Written>> {
        let read: Vec<Option<Written>> = unique_entries(node)
            .map(|entry| {
                let name = self.accept(variant_name(&Text::key(entry)))?;
                let written = words(&entry.value, "text");
                if written.as_deref() == Some("") {
                    let place = entry.value.get("text").map_or(entry.key_span, |n| n.span);
                    self.report(
                        Diagnostic::error(
                            Code::E0502,
                            place,
                            format!("the text of `{name}` is empty"),
                        )
                        .label("cannot be told from nothing")
                        .help("write the text that stands on the server"),
                    );
                    return None;
                }
                Some(Written {
                    variant: Variant {
                        text: written.unwrap_or_else(|| name.to_string()),
                        name,
                        about: words(&entry.value, "about"),
                    },
                    span: entry.key_span,
                })
            })
            .collect();
        read.into_iter().collect()
    }

    /// Whether every variant has a text and an identifier of its own.
    fn check_distinct(&mut self, written: &[Written]) -> bool {
        let mut distinct = true;
        for (at, one) in written.iter().enumerate() {
            let before = &written[..at];
            let same_text = before.iter().find(|b| b.variant.text == one.variant.text);
            let same_name = before
                .iter()
                .find(|b| b.variant.name.camel() == one.variant.name.camel());
            let finding = if let Some(first) = same_text {
                let message = format!("the text `{}` stands twice", one.variant.text);
                Diagnostic::error(Code::E0502, one.span, message)
                    .label("the second time")
                    .related(first.span, "the first time")
                    .help("remove one of the two, or give it a text of its own")
            } else if let Some(first) = same_name {
                let message = format!(
                    "`{}` and `{}` are both `{}` in Rust",
                    first.variant.name,
                    one.variant.name,
                    one.variant.name.camel()
                );
                Diagnostic::error(Code::E0308, one.span, message)
                    .label("the same identifier")
                    .related(first.span, "here first")
                    .help(format!(
                        "give one of them another name and keep its text: `other_name: {{ text: {} }}`",
                        one.variant.text
                    ))
            } else {
                continue;
            };
            distinct = false;
            self.report(finding);
        }
        distinct
    }

    fn catch_all(&mut self, text: &Text<'_>, written: &[Written]) -> Option<Name> {
        let name = self.accept(camel(text))?;
        let same = written
            .iter()
            .find(|w| w.variant.name.camel() == name.as_str());
        if let Some(same) = same {
            let message = format!("`{name}` is a variant already");
            self.report(
                text.mistake(Code::E0504, message)
                    .label("cannot also hold unknown texts")
                    .related(same.span, "the variant")
                    .help("name the catch-all otherwise: `other: Unknown`"),
            );
            return None;
        }
        Some(name)
    }

    fn flow(&mut self, node: &Node, written: &[Written]) -> Option<Vec<(usize, Vec<usize>)>> {
        let Some(flow) = node.get("flow") else {
            return Some(Vec::new());
        };
        let mut fine = true;
        let mut rules = Vec::new();
        for entry in unique_entries(flow) {
            let from = self.variant(&Text::key(entry), written);
            let mut targets: Vec<usize> = Vec::new();
            for item in entry.value.items() {
                let to = Text::of(item).and_then(|text| self.variant(&text, written));
                match to {
                    Some(to) if !targets.contains(&to) => targets.push(to),
                    Some(_) => {}
                    None => fine = false,
                }
            }
            match from {
                Some(from) => rules.push((from, targets)),
                None => fine = false,
            }
        }
        fine.then_some(rules)
    }

    fn variant(&mut self, text: &Text<'_>, written: &[Written]) -> Option<usize> {
        let at = written
            .iter()
            .position(|w| w.variant.name.as_str() == text.text());
        if at.is_none() {
            let names = written.iter().map(|w| w.variant.name.as_str());
            let first = written.first().map_or("", |w| w.variant.name.as_str());
            let help = did_you_mean(text.text(), names, || {
                format!("write the name of a variant, such as `{first}`")
            });
            self.report(
                text.mistake(
                    Code::E0503,
                    format!("no variant is called `{}`", text.text()),
                )
                .label("not one of the enum's")
                .help(help),
            );
        }
        at
    }
}

/// A text that is no name can still be the text of one.
fn suggest_text(mut finding: Box<Diagnostic>) -> Box<Diagnostic> {
    if let Some(help) = &mut finding.help {
        help.push_str(
            "; a text that is no name goes under one: `enum: { some_name: { text: \"…\" } }`",
        );
    }
    finding
}
