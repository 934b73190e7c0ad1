//! `range:` and `max:`.

use super::super::Lowering;
use super::super::fields::text;
use super::Nature;
use super::record::Begun;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Name, Type};
use crate::node::Node;
use crate::text::{Text, did_you_mean, number_range, whole};

/// A type with its limits.
pub(super) struct Limited {
    pub(super) ty: Type,
    pub(super) range: Option<(i128, i128)>,
    pub(super) max_field: Option<Name>,
}

impl Lowering<'_> {
    pub(super) fn limits(&mut self, ty: Type, node: &Node, siblings: &[&Begun<'_>]) -> Limited {
        let range = text(node, "range").and_then(|text| self.range(&ty, &text));
        let mut limited = Limited {
            ty,
            range,
            max_field: None,
        };
        if let Some(max) = text(node, "max") {
            self.max(&mut limited, &max, siblings);
        }
        limited
    }

    fn range(&mut self, ty: &Type, text: &Text<'_>) -> Option<(i128, i128)> {
        let range = self.accept(number_range(text))?;
        let bare = without_option(ty);
        match self.nature(bare)? {
            Nature::Float => {}
            Nature::Integer(low, high) if low <= range.0 && range.1 <= high => {}
            Nature::Integer(low, high) => {
                self.report(
                    text.mistake(
                        Code::E0506,
                        "the range holds numbers that the type does not",
                    )
                    .label(format!("the type goes from {low} to {high}"))
                    .help("narrow the range, or choose a wider type"),
                );
                return None;
            }
            other => {
                let message = format!("{} has no range", other.called());
                self.report(
                    text.mistake(Code::E0506, message)
                        .label("only numbers have one")
                        .help("remove it; the longest length of a text is `max:`"),
                );
                return None;
            }
        }
        if let Some((low, high)) = self.range_behind(bare)
            && (range.0 < low || range.1 > high)
        {
            self.report(
                text.mistake(Code::E0506, "the range is wider than that of the type")
                    .label(format!("the type goes from {low} to {high}"))
                    .help("narrow the range, or widen that of the type"),
            );
            return None;
        }
        Some(range)
    }

    /// The range of the alias that a type is, if it is one.
    pub(super) fn range_behind(&self, ty: &Type) -> Option<(i128, i128)> {
        let mut ty = without_option(ty);
        for _ in 0..=self.draft.types.len() {
            let Type::Named(id) = ty else { return None };
            let def = self.draft.ty(*id)?;
            if def.range.is_some() {
                return def.range;
            }
            match &def.kind {
                crate::model::TypeKind::Alias(inner) => ty = inner,
                _ => return None,
            }
        }
        None
    }

    fn max(&mut self, limited: &mut Limited, text: &Text<'_>, siblings: &[&Begun<'_>]) {
        let Some(nature) = self.nature(without_option(&limited.ty)) else {
            return;
        };
        match (whole(text.text()), nature) {
            (Some(number), Nature::Text) => self.longest(limited, number, text),
            (Some(number), Nature::Integer(low, high)) => {
                if limited.range.is_some() {
                    self.both(text);
                } else if (low..=high).contains(&number) {
                    limited.range = Some((low, number));
                } else {
                    self.report(
                        text.mistake(Code::E0507, format!("the type cannot hold {number}"))
                            .label(format!("it goes from {low} to {high}"))
                            .help("choose a smaller number or a wider type"),
                    );
                }
            }
            (None, nature) if nature.is_number() && !siblings.is_empty() => {
                limited.max_field = self.sibling(text, siblings);
            }
            (number, nature) => {
                let help = match (number, nature) {
                    (None, Nature::Text) => "write a number: the longest length in bytes",
                    (_, Nature::Float) => "write `range:` with both ends, or the name of a field",
                    (None, Nature::Integer(..)) => "write a number",
                    _ => "remove it: only texts and numbers have one",
                };
                let message = format!(
                    "`max: {}` means nothing for {}",
                    text.text(),
                    nature.called()
                );
                self.report(
                    text.mistake(Code::E0507, message)
                        .label("has no effect")
                        .help(help),
                );
            }
        }
    }

    fn longest(&mut self, limited: &mut Limited, number: i128, text: &Text<'_>) {
        let Some(longest) = u32::try_from(number).ok().filter(|n| *n > 0) else {
            self.report(
                text.mistake(Code::E0507, format!("{number} is no length of a text"))
                    .label("expected a number of bytes from 1 on")
                    .help("write for instance `max: 255`"),
            );
            return;
        };
        let bare = match &mut limited.ty {
            Type::Option(inner) => inner,
            other => other,
        };
        match bare {
            Type::String { max } | Type::Slug { max } => *max = Some(longest),
            _ => self.report(
                text.mistake(
                    Code::E0507,
                    "the length of this type is set where it is declared",
                )
                .label("cannot be changed here")
                .help("put `max:` there, or use `string` or `slug` here"),
            ),
        }
    }

    fn sibling(&mut self, text: &Text<'_>, siblings: &[&Begun<'_>]) -> Option<Name> {
        let Some(found) = siblings.iter().find(|s| s.name.as_str() == text.text()) else {
            let names = siblings.iter().map(|s| s.name.as_str());
            let help = did_you_mean(text.text(), names, || {
                String::from("write a number, or the name of a field beside this one")
            });
            let message = format!("no field beside this one is called `{}`", text.text());
            self.report(
                text.mistake(Code::E0314, message)
                    .label("unknown")
                    .help(help),
            );
            return None;
        };
        let nature = self.nature(without_option(&found.ty))?;
        if !nature.is_number() {
            let message = format!(
                "`{}` is {}, and bounds nothing",
                found.name,
                nature.called()
            );
            self.report(
                text.mistake(Code::E0507, message)
                    .label("not a number")
                    .help("name a field that holds a number"),
            );
            return None;
        }
        Some(found.name.clone())
    }

    fn both(&mut self, text: &Text<'_>) {
        let finding: Diagnostic = text
            .mistake(Code::E0507, "`max:` beside `range:`")
            .label("the range says it already")
            .help("keep one of the two");
        self.report(finding);
    }
}

pub(super) fn without_option(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) => inner,
        other => other,
    }
}
