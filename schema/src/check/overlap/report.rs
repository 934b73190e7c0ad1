//! Overlaps in words.

use std::collections::BTreeMap;

use super::finder::{Finder, Meetings};
use super::namer::{Namer, What};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::template::{Matcher, sample};

/// Others named by one finding before it counts the rest.
const MOST_SHOWN: usize = 3;
/// Findings of one database before the rest is counted: a mistake in a prefix can concern every key.
const MOST_FINDINGS: usize = 100;

impl Finder<'_> {
    pub(super) fn report(&self, meetings: &Meetings, complete: bool, sink: &mut Sink) {
        for (blamed, met) in meetings.iter().take(MOST_FINDINGS) {
            sink.push(self.finding(*blamed, met));
        }
        if let Some((next, met)) = meetings.iter().nth(MOST_FINDINGS) {
            let more = meetings.len() - MOST_FINDINGS;
            let mut finding = self.finding(*next, met);
            finding.message = format!("{more} more templates overlap with others");
            finding.help = Some("mend those above first, and check again".to_owned());
            sink.push(finding);
        }
        if !complete && let Some(first) = self.namers.first() {
            let message = "these templates are too much alike to be told apart";
            sink.push(
                Diagnostic::error(Code::E0701, first.span, message)
                    .label("the proof was given up")
                    .help("let every template start with a text of its own"),
            );
        }
    }

    fn finding(&self, blamed: usize, met: &BTreeMap<usize, Vec<u8>>) -> Diagnostic {
        let this = &self.namers[blamed];
        let mut shown = met
            .iter()
            .map(|(other, key)| (&self.namers[*other], self.readable(blamed, *other, key)));
        let Some((other, key)) = shown.next() else {
            return Diagnostic::error(Code::E0701, this.span, "two templates overlap");
        };
        let (code, message, about, help) = words(this, other);
        let mut finding = Diagnostic::error(code, this.span, message)
            .label(format!("`{key}` is one of both"))
            .related(other.span, about)
            .help(help);
        for (other, key) in shown.take(MOST_SHOWN - 1) {
            finding = finding.related(other.span, format!("`{}` too, by `{key}`", other.name));
        }
        if let Some(more) = met.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0)
            && let Some(last) = finding.related.last_mut()
        {
            last.1.push_str(&format!("; and {more} more"));
        }
        finding
    }

    /// A readable key that both name: an example of one of them if it will do.
    fn readable(&self, one: usize, other: usize, witness: &[u8]) -> String {
        for (from, to) in [(one, other), (other, one)] {
            let (Some((template, prefix)), Some((other, other_prefix))) =
                (self.namers[from].written, self.namers[to].written)
            else {
                continue;
            };
            let matcher = Matcher::new(self.draft, &other_prefix.text, &other.segments);
            let example = sample(self.draft, prefix, &template.segments, &[]);
            if let Some(example) = example.filter(|key| matcher.matches(key.as_bytes())) {
                return example;
            }
        }
        String::from_utf8_lossy(witness).escape_debug().to_string()
    }
}

/// Code, message, words about the other one, and help.
fn words(this: &Namer<'_>, other: &Namer<'_>) -> (Code, String, &'static str, String) {
    let (name, other_name) = (&this.name, &other.name);
    match (this.what, other.what) {
        (What::Channel, _) => (
            Code::E0704,
            format!("`{other_name}` and `{name}` can name the same channel"),
            "the other channel",
            format!(
                "put different text in the same place of the two, for instance let this one end with `:{name}`"
            ),
        ),
        (_, What::Pattern) => (
            Code::E0702,
            format!("`{name}` can name a key of `{other_name}`"),
            "the pattern of the pack",
            format!(
                "let its template start with a text that the pack does not claim, such as `{name}:`"
            ),
        ),
        (_, What::Tombstone) => (
            Code::E0703,
            format!("`{name}` can name a key that `{other_name}` has left behind"),
            "the tombstone",
            format!(
                "let its template start with another text, such as `{name}:`; remove the tombstone only when its data is gone"
            ),
        ),
        _ => (
            Code::E0701,
            format!("`{other_name}` and `{name}` can name the same key"),
            "the other template",
            format!(
                "put different text in the same place of the two, for instance let this one start with `{name}:`"
            ),
        ),
    }
}
