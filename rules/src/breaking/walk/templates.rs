//! Templates part by part, placeholders by what they are now called.

use super::Comparison;
use crate::facts::{Difference, Key, Segment, Template};

/// A template as a row of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
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

impl Comparison<'_> {
    /// Whether a tombstone of the new version speaks of the keys that an old one left, whatever it is called itself.
    #[must_use]
    pub fn is_buried(&self, old: &Key) -> bool {
        self.new.tombstones.values().any(|tombstone| {
            tombstone.database == old.database
                && tombstone.prefix.text == old.prefix.text
                && self.name_the_same(&old.template, &tombstone.template)
        })
    }

    /// Whether a template of the new version names the keys of one of the old; the braces of a slot aside.
    fn name_the_same(&self, old: &Template, new: &Template) -> bool {
        let now = |name: &str| self.param_now(name).unwrap_or(name).to_owned();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        flatten(&old.segments, &now, &mut before);
        flatten(&new.segments, &str::to_owned, &mut after);
        without_braces(&before) == without_braces(&after)
    }
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
