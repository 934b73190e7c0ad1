//! Whether a name on a server is one of a template's, as the facts of a version tell it.

use crate::facts::{Facts, Kind, ParamTy, Prefix, Segment, Template};
use crate::names::Tree;

/// Several templates, for names that may be of any of them.
#[derive(Debug)]
pub struct Index<'a> {
    all: Vec<Names<'a>>,
    /// Tells of a name in one walk which templates are worth a closer look.
    tree: Tree<usize>,
}

impl<'a> Index<'a> {
    /// Of templates, each with the prefix that holds without its variable.
    #[must_use]
    pub fn of(templates: &[(&'a Template, &'a Prefix)], facts: &'a Facts) -> Self {
        let mut tree = Tree::default();
        for (at, (template, prefix)) in templates.iter().enumerate() {
            tree.add(facts, prefix, template, at);
        }
        let names =
            |(template, prefix): &(&'a Template, &'a Prefix)| Names::of(template, prefix, facts);
        Self {
            all: templates.iter().map(names).collect(),
            tree,
        }
    }

    /// Calls for the position of each template that a name is of.
    pub fn each(&self, name: &str, mut call: impl FnMut(usize)) {
        let mut likely = Vec::new();
        self.tree.spelling(name.as_bytes(), &mut likely);
        for at in likely {
            if self.all[at].holds(name) {
                call(at);
            }
        }
    }
}

/// The names of one template.
#[derive(Debug, Clone)]
pub struct Names<'a> {
    prefix: &'a str,
    segments: &'a [Segment],
    facts: &'a Facts,
}

impl<'a> Names<'a> {
    /// The names that a template has in a version, behind the prefix that holds without its variable.
    #[must_use]
    pub fn of(template: &'a Template, prefix: &'a Prefix, facts: &'a Facts) -> Self {
        Self {
            prefix: &prefix.text,
            segments: &template.segments,
            facts,
        }
    }

    /// Whether a name is one of them.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        let rest = name.strip_prefix(self.prefix);
        rest.is_some_and(|rest| self.fits(self.segments, &[], rest))
    }

    /// Whether segments, and behind them others, take a text up to its end.
    fn fits(&self, segments: &[Segment], behind: &[Segment], text: &str) -> bool {
        let Some((first, rest)) = segments.split_first() else {
            return if behind.is_empty() {
                text.is_empty()
            } else {
                self.fits(behind, &[], text)
            };
        };
        match first {
            Segment::Literal(literal) => text
                .strip_prefix(literal.as_str())
                .is_some_and(|text| self.fits(rest, behind, text)),
            Segment::Param(name) => {
                let ty = self.facts.params.get(name).map(|param| &param.ty);
                ends(text).any(|end| {
                    ty.is_some_and(|ty| self.takes(ty, &text[..end]))
                        && self.fits(rest, behind, &text[end..])
                })
            }
            // Optional parts hold no others, so there is never more than one row behind.
            Segment::Optional(inner) => {
                self.fits(inner, rest, text) || self.fits(rest, behind, text)
            }
        }
    }

    /// Whether a placeholder of a type may have a text as its value.
    fn takes(&self, ty: &ParamTy, text: &str) -> bool {
        let all = |fits: fn(u8) -> bool| !text.is_empty() && text.bytes().all(fits);
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let word = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        match ty {
            ParamTy::Uuid => text.len() == 36 && all(|b| b.is_ascii_hexdigit() || b == b'-'),
            ParamTy::Ulid => text.len() == 26 && all(|b| b.is_ascii_alphanumeric()),
            ParamTy::Unsigned(_) => digits(text),
            ParamTy::Signed(_) | ParamTy::TimestampS | ParamTy::TimestampMs => {
                digits(text.strip_prefix('-').unwrap_or(text))
            }
            ParamTy::Slug { .. } => !text.is_empty() && text.bytes().all(word),
            ParamTy::Hex(len) => text.len() == *len as usize && all(|b| b.is_ascii_hexdigit()),
            ParamTy::Enum(name) => match self.facts.types.get(name).map(|def| &def.kind) {
                Some(Kind::Enum { variants, .. }) => {
                    variants.values().any(|variant| variant.text == text)
                }
                _ => false,
            },
            ParamTy::Date(pattern) => {
                text.len() == pattern.len()
                    && all(|b| b.is_ascii_digit() || b.is_ascii_punctuation())
            }
            ParamTy::Ip => all(|b| b.is_ascii_hexdigit() || b == b':' || b == b'.'),
            ParamTy::String { encode, .. } if encode == "hash" => {
                text.len() == 64 && all(|b| b.is_ascii_hexdigit())
            }
            ParamTy::String { encode, .. } if encode == "percent" => {
                !text.is_empty()
                    && text
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b"._~-%".contains(&b))
            }
            ParamTy::String { .. } | ParamTy::Rest { .. } => !text.is_empty(),
        }
    }
}

/// Every place at which a value could end, the nearest first.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices()
        .skip(1)
        .map(|(at, _)| at)
        .chain((!text.is_empty()).then_some(text.len()))
}
