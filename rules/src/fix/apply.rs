//! Putting changes into texts.

use std::collections::{BTreeMap, BTreeSet};

use redis_schema_model::source::{FileId, Sources, Span};

use super::{Edit, Fix};

/// What came of changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Files that changed, in order of reading.
    pub files: Vec<Changed>,
    /// How many fixes are in them.
    pub fixes: usize,
    /// How many overlap with one of those, and may follow in another round.
    pub left: usize,
}

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The name its reader used for it.
    pub name: String,
    /// As it was read.
    pub old: String,
    /// As it is now.
    pub new: String,
}

/// Applies fixes in order of place; one that overlaps with an earlier one is left out as a whole.
#[must_use]
pub fn apply(sources: &Sources, fixes: &[Fix]) -> Applied {
    let mut fixes: Vec<&Fix> = fixes.iter().collect();
    fixes.sort();
    // Two rules may want the same, and a file that several things share is mended once.
    fixes.dedup();
    let mut taken = Taken::default();
    let mut applied = Applied::default();
    for fix in fixes {
        let fits = !fix.edits.is_empty() && fix.edits.iter().all(|edit| is_in(sources, edit));
        if fits && taken.take(fix) {
            applied.fixes += 1;
        } else {
            applied.left += 1;
        }
    }
    let by_file = taken.edits;
    for (file, edits) in by_file {
        if let Some(file) = sources.get(file) {
            applied.files.push(Changed {
                name: file.name().to_owned(),
                old: file.text().to_owned(),
                new: edited(file.text(), edits),
            });
        }
    }
    applied.files.retain(|file| file.old != file.new);
    applied
}

/// Whether a change is of a text that is there, and cuts no character in two.
fn is_in(sources: &Sources, edit: &Edit) -> bool {
    let text = sources.get(edit.span.file).map(|file| file.text());
    text.is_some_and(|text| text.get(edit.span.range()).is_some())
}

/// Changes that were accepted, none of which overlap.
#[derive(Default)]
struct Taken<'a> {
    edits: BTreeMap<FileId, Vec<&'a Edit>>,
    spans: BTreeSet<Span>,
}

impl<'a> Taken<'a> {
    /// Accepts a fix if no change of it overlaps with another.
    fn take(&mut self, fix: &'a Fix) -> bool {
        for (at, edit) in fix.edits.iter().enumerate() {
            if self.is_free(edit.span) {
                self.spans.insert(edit.span);
            } else {
                for earlier in &fix.edits[..at] {
                    self.spans.remove(&earlier.span);
                }
                return false;
            }
        }
        for edit in &fix.edits {
            self.edits.entry(edit.span.file).or_default().push(edit);
        }
        true
    }

    /// Since none overlap, only the neighbours of a place can reach into it.
    fn is_free(&self, span: Span) -> bool {
        let before = self.spans.range(..=span).next_back();
        let after = self.spans.range(span..).next();
        !before
            .into_iter()
            .chain(after)
            .any(|other| overlap(span, *other))
    }
}

/// Whether two changes are of the same place; two insertions at one place are, because their order would be a guess.
fn overlap(a: Span, b: Span) -> bool {
    a.file == b.file && (a == b || (a.start < b.end && b.start < a.end))
}

fn edited(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort();
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(text.get(done..range.start).unwrap_or_default());
        out.push_str(&edit.text);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn sources() -> (Sources, FileId) {
        let mut sources = Sources::new();
        let file = sources.add("a.yaml", "a: 1 # one\nä: 2\n");
        (sources, file)
    }

    fn replace(file: FileId, start: usize, end: usize, text: &str) -> Fix {
        Fix::replace(Span::new(file, start, end), text)
    }

    #[test]
    fn what_is_around_a_change_stays() {
        let (sources, file) = sources();
        let fixes = [replace(file, 15, 16, "22"), replace(file, 3, 4, "11")];
        let applied = apply(&sources, &fixes);
        assert_eq!(applied.files[0].new, "a: 11 # one\nä: 22\n");
        assert_eq!((applied.fixes, applied.left), (2, 0));
    }

    #[test]
    fn overlaps_wait_and_equals_are_one() {
        let (sources, file) = sources();
        let fixes = [
            replace(file, 0, 4, "b: 2"),
            replace(file, 3, 4, "3"),
            replace(file, 0, 4, "b: 2"),
        ];
        let applied = apply(&sources, &fixes);
        assert_eq!(applied.files[0].new, "b: 2 # one\nä: 2\n");
        assert_eq!((applied.fixes, applied.left), (1, 1));
    }

    #[test]
    fn a_fix_of_two_places_is_all_or_nothing() {
        let (sources, file) = sources();
        let mut both = replace(file, 15, 16, "9");
        both.edits.push(Edit {
            span: Span::new(file, 3, 4),
            text: "8".to_owned(),
        });
        let applied = apply(&sources, &[replace(file, 3, 4, "7"), both]);
        assert_eq!(applied.files[0].new, "a: 7 # one\nä: 2\n");
        assert_eq!(applied.left, 1);
    }

    #[test]
    fn places_outside_the_text_and_inside_characters_are_refused() {
        let (sources, file) = sources();
        let inside = replace(file, 12, 13, "x");
        let outside = replace(file, 90, 91, "x");
        let elsewhere = replace(FileId(7), 0, 1, "x");
        let applied = apply(&sources, &[inside, outside, elsewhere]);
        assert_eq!(
            applied,
            Applied {
                left: 3,
                ..Applied::default()
            }
        );
    }

    #[test]
    fn insertions_beside_changes_are_fine() {
        let (sources, file) = sources();
        let before = Fix::insert(Span::new(file, 0, 1), "z: 0\n");
        let applied = apply(&sources, &[before, replace(file, 0, 1, "b")]);
        assert_eq!(applied.files[0].new, "z: 0\nb: 1 # one\nä: 2\n");
    }
}
