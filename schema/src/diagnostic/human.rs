//! Findings for people: the line of the file, what is wrong under it, what to type instead.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
};

use super::{Diagnostic, Severity, Tally, clean};
use crate::source::{SourceFile, Sources, Span};

/// Most findings shown in full; the rest are counted.
pub const MOST_SHOWN: usize = 50;
/// Lines kept around a place. Rendering takes time by the length of its source, so files are never passed whole.
const AROUND: usize = 3;
/// Bytes of a line shown behind the last place on it.
const BEHIND: usize = 500;
/// Places at most this many lines apart share a snippet.
const NEAR: usize = 12;

/// Whether colours are written (as ANSI escapes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Off,
    /// With colours.
    On,
}

/// Every finding, then a line with their number.
#[must_use]
pub fn human(findings: &[Diagnostic], sources: &Sources, colour: Colour) -> String {
    let mut out = String::new();
    for finding in findings.iter().take(MOST_SHOWN) {
        out.push_str(&human_one(finding, sources, colour));
        out.push_str("\n\n");
    }
    let hidden = findings.len().saturating_sub(MOST_SHOWN);
    if hidden > 0 {
        out.push_str(&format!("... and {hidden} more\n"));
    }
    if !findings.is_empty() {
        out.push_str(&format!("{}\n", Tally::of(findings)));
    }
    out
}

/// One finding, without a line break at its end.
#[must_use]
pub fn human_one(finding: &Diagnostic, sources: &Sources, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Off => Renderer::plain(),
        Colour::On => Renderer::styled(),
    };
    let title = format!("[{}] {}", finding.code, clean(&finding.message));
    let help = finding.help.as_deref().map(clean);
    let elements = windows(finding, sources).into_iter().map(Window::element);
    let mut group: Group<'_> = level(finding.severity)
        .primary_title(title)
        .elements(elements);
    if let Some(help) = help {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// Places of one file near each other, shown as one snippet.
struct Window<'a> {
    file: &'a SourceFile,
    marks: Vec<Mark<'a>>,
}

struct Mark<'a> {
    span: Span,
    line: usize,
    label: &'a str,
    kind: AnnotationKind,
}

/// The finding's own place first; related places join it or a window of their own.
fn windows<'a>(finding: &'a Diagnostic, sources: &'a Sources) -> Vec<Window<'a>> {
    let own = (finding.span, &finding.label, AnnotationKind::Primary);
    let related = finding
        .related
        .iter()
        .map(|(span, label)| (*span, label, AnnotationKind::Context));
    let mut windows: Vec<Window<'a>> = Vec::new();
    for (span, label, kind) in std::iter::once(own).chain(related) {
        let Some(file) = sources.get(span.file) else {
            continue;
        };
        let line = file.line_index(span.start);
        let mark = Mark {
            span,
            line,
            label,
            kind,
        };
        match windows.iter_mut().find(|window| window.is_near(span, line)) {
            Some(window) => window.marks.push(mark),
            None => windows.push(Window {
                file,
                marks: vec![mark],
            }),
        }
    }
    windows
}

impl<'a> Window<'a> {
    fn is_near(&self, span: Span, line: usize) -> bool {
        self.marks
            .iter()
            .any(|mark| mark.span.file == span.file && mark.line.abs_diff(line) <= NEAR)
    }

    fn element(self) -> Element<'a> {
        if self.file.text().is_empty() {
            return Origin::path(self.file.name()).into();
        }
        let excerpt = Excerpt::new(self.file, &self.marks);
        let annotations: Vec<Annotation<'_>> = self
            .marks
            .iter()
            .map(|mark| {
                let label = (!mark.label.is_empty()).then(|| clean(mark.label));
                mark.kind.span(excerpt.range(mark)).label(label)
            })
            .collect();
        Snippet::source(excerpt.text)
            .path(self.file.name())
            .line_start(excerpt.first + 1)
            .annotations(annotations)
            .into()
    }
}

/// A few lines of a file, without byte order mark and with plain line breaks.
struct Excerpt<'a> {
    file: &'a SourceFile,
    /// Index of its first line.
    first: usize,
    text: String,
    /// Where each line begins in `text`.
    starts: Vec<usize>,
}

impl<'a> Excerpt<'a> {
    fn new(file: &'a SourceFile, marks: &[Mark<'_>]) -> Self {
        let lines = marks.iter().map(|mark| mark.line);
        let first = lines.clone().min().unwrap_or(0).saturating_sub(AROUND);
        let last = (lines.max().unwrap_or(0) + AROUND).min(file.line_count() - 1);
        let mut excerpt = Self {
            file,
            first,
            text: String::new(),
            starts: Vec::with_capacity(last - first + 1),
        };
        for line in first..=last {
            let start = file.line_range(line).start;
            let ends = marks.iter().filter(|mark| mark.line == line);
            let furthest = ends
                .map(|mark| mark.span.range().end.saturating_sub(start))
                .max();
            let shown = cut(file.line(line), furthest.unwrap_or(0) + BEHIND);
            excerpt.starts.push(excerpt.text.len());
            excerpt.text.push_str(without_mark(shown));
            excerpt.text.push('\n');
        }
        excerpt
    }

    /// The marked bytes inside the excerpt; of a place over several lines, its first line.
    fn range(&self, mark: &Mark<'_>) -> Range<usize> {
        let line = self.file.line(mark.line);
        let shown = without_mark(line);
        let hidden = self.file.line_range(mark.line).start + line.len() - shown.len();
        let inside = |offset: usize| cut(shown, offset.saturating_sub(hidden)).len();
        let base = self
            .starts
            .get(mark.line - self.first)
            .copied()
            .unwrap_or(0);
        let range = mark.span.range();
        base + inside(range.start)..base + inside(range.end)
    }
}

/// At most so many bytes of a text, in whole characters.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn without_mark(line: &str) -> &str {
    line.strip_prefix('\u{feff}').unwrap_or(line)
}
