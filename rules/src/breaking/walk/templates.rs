//! Templates part by part, placeholders by what they are now called.

use std::collections::HashSet;

use super::Comparison;
use crate::facts::{Difference, Key, Prefix, Segment, Template};

/// A template as a row of parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Literal(String),
    Param(String),
    Open,
    Close,
}

/// The one difference between two templates: of their slot, of the set of their placeholders, or of the rest.
pub(super) fn compare(
    comparison: &Comparison<'_>,
    old: &Template,
    new: &Template,
    at: &str,
) -> Option<Difference> {
    let now = |name: &str| comparison.param_now(name).unwrap_or(name).to_owned();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    flatten(&old.segments, &now, &mut before);
    flatten(&new.segments, &str::to_owned, &mut after);
    if before == after {
        return None;
    }
    let params = |parts: &[Part]| {
        let mut names: Vec<String> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Param(name) => Some(name.clone()),
                _ => None,
            })
            .collect();
        names.sort();
        names
    };
    let what = if without_braces(&before) == without_braces(&after) {
        "slot"
    } else if params(&before) != params(&after) {
        "params"
    } else {
        "literals"
    };
    Some(Difference {
        what: format!("{at}.{what}"),
        old: shown(old),
        new: shown(new),
    })
}

/// What tombstones speak of: databases, prefixes and templates, the braces of a slot aside.
pub(super) type Graves = HashSet<(u16, String, Vec<Part>)>;

impl Comparison<'_> {
    /// Whether a tombstone of the new version speaks of the keys that an old one left, whatever it is called itself.
    #[must_use]
    pub fn is_buried(&self, old: &Key) -> bool {
        let graves = self.graves.get_or_init(|| {
            let all = self.new.tombstones.values();
            all.map(|one| grave(one.database, &one.prefix, &one.template, &str::to_owned))
                .collect()
        });
        let now = |name: &str| self.param_now(name).unwrap_or(name).to_owned();
        !graves.is_empty()
            && graves.contains(&grave(old.database, &old.prefix, &old.template, &now))
    }
}

fn grave(
    database: u16,
    prefix: &Prefix,
    template: &Template,
    now: &impl Fn(&str) -> String,
) -> (u16, String, Vec<Part>) {
    let mut parts = Vec::new();
    flatten(&template.segments, now, &mut parts);
    (database, prefix.text.clone(), without_braces(&parts))
}

/// The template with the braces that `slot:` adds.
fn shown(template: &Template) -> String {
    if template.slot.is_empty() || template.text.contains("{{") {
        return template.text.clone();
    }
    format!("{} (slot {})", template.text, template.slot)
}

fn flatten(segments: &[Segment], now: &impl Fn(&str) -> String, out: &mut Vec<Part>) {
    for segment in segments {
        match segment {
            Segment::Literal(text) => out.push(Part::Literal(text.clone())),
            Segment::Param(name) => out.push(Part::Param(now(name))),
            Segment::Optional(inner) => {
                out.push(Part::Open);
                flatten(inner, now, out);
                out.push(Part::Close);
            }
        }
    }
}

fn without_braces(parts: &[Part]) -> Vec<Part> {
    let bare = parts.iter().map(|part| match part {
        Part::Literal(text) => Part::Literal(text.replace(['{', '}'], "")),
        other => other.clone(),
    });
    bare.filter(|part| *part != Part::Literal(String::new()))
        .collect()
}
