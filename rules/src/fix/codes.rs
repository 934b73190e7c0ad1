//! Mistakes that the checker finds by itself and that need no human: a missing edition (L109), a duration without its
//! unit (L302).

use redis_schema_model::diagnostic::{Code, Diagnostic};
use redis_schema_model::load::Loaded;
use redis_schema_model::lower::Document;
use redis_schema_model::source::{Sources, Span};

use super::Fix;
use crate::facts::duration;

/// A century of seconds: what is longer is a mistake of another kind.
const LONGEST: u64 = 36_500 * 24 * 60 * 60;

/// Fixes for what the checker said of a schema.
#[must_use]
pub fn of_codes(loaded: &Loaded) -> Vec<Fix> {
    let editions = loaded
        .documents
        .iter()
        .filter_map(edition_of(&loaded.sources));
    let durations = loaded
        .diagnostics
        .iter()
        .filter(|finding| finding.code == Code::E0601)
        .filter_map(|finding| unit(finding, &loaded.sources));
    editions.chain(durations).collect()
}

/// `edition: 1` in front of the first field of a file that lacks it.
fn edition_of(sources: &Sources) -> impl Fn(&Document) -> Option<Fix> + '_ {
    |document| {
        let has_it = document.node.get("edition").is_some();
        let missing = !has_it && !document.node.damaged && !document.node.entries().is_empty();
        missing
            .then(|| Fix::field(sources, &document.node, "edition: 1"))
            .flatten()
    }
}

/// A bare number of seconds with its unit.
fn unit(finding: &Diagnostic, sources: &Sources) -> Option<Fix> {
    let written = sources.slice(finding.span);
    let bare = written.trim_matches(['"', '\'']);
    let digits = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
    let seconds: u64 = bare
        .parse()
        .ok()
        .filter(|seconds| digits && (1..=LONGEST).contains(seconds))?;
    let (before, after) = written.split_once(bare)?;
    let start = finding.span.range().start + before.len();
    let end = finding.span.range().end.checked_sub(after.len())?;
    let span = Span::new(finding.span.file, start, end);
    Some(Fix::replace(span, duration(seconds * 1000)))
}
