//! The grammar of templates: literals, `{name}`, `[optional]`, and doubled brackets for themselves.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::text::{Text, snake_of};

/// Optional parts a template may have: each doubles the shapes of its keys.
const MOST_OPTIONAL: usize = 4;
/// The server takes 512 MB, but nobody reads that.
const LONGEST: usize = 1024;

/// A part of a template and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) span: Span,
    pub(crate) kind: PartKind,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PartKind {
    /// Text, unescaped.
    Literal(String),
    /// A placeholder's name.
    Param(String),
    /// A part that may be absent.
    Optional(Vec<Part>),
}

/// Reads a template; every mistake is reported and makes it `None`.
pub(crate) fn parse(text: &Text<'_>, sink: &mut Sink) -> Option<Vec<Part>> {
    let written = text.text();
    if written.is_empty() {
        sink.push(
            text.mistake(Code::E0409, "a template without text")
                .label("names nothing")
                .help("write the key's name, as in `\"job:{job_id}\"`"),
        );
        return None;
    }
    if written.len() > LONGEST {
        sink.push(
            text.mistake(
                Code::E0409,
                format!("a template of {} bytes", written.len()),
            )
            .label(format!("at most {LONGEST}"))
            .help("shorten the text between the placeholders"),
        );
        return None;
    }
    let mut reader = Reader {
        text,
        at: 0,
        sink,
        failed: false,
    };
    let parts = reader.parts(false);
    let failed = reader.failed;
    let optional = |part: &&Part| matches!(part.kind, PartKind::Optional(_));
    if let Some(extra) = parts.iter().filter(optional).nth(MOST_OPTIONAL) {
        sink.push(
            Diagnostic::error(Code::E0409, extra.span, "too many optional parts")
                .label(format!("at most {MOST_OPTIONAL}"))
                .help("declare one key for each shape that is really used"),
        );
        return None;
    }
    (!failed).then_some(parts)
}

struct Reader<'a, 't> {
    text: &'a Text<'t>,
    at: usize,
    sink: &'a mut Sink,
    failed: bool,
}

impl Reader<'_, '_> {
    /// Reads up to the end, or up to the `]` of an optional part.
    fn parts(&mut self, optional: bool) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut start = self.at;
        while let Some(c) = self.peek() {
            let from = self.at;
            if matches!(c, '{' | '}' | '[' | ']') && self.rest()[1..].starts_with(c) {
                literal.push(c);
                self.at += 2;
                continue;
            }
            if c == ']' && optional {
                break;
            }
            let special = match c {
                '{' => self.placeholder(),
                '[' => self.optional(optional),
                '}' | ']' => {
                    self.stray(c);
                    None
                }
                _ => {
                    literal.push(c);
                    self.at += c.len_utf8();
                    continue;
                }
            };
            self.flush(&mut parts, &mut literal, start..from);
            parts.extend(special);
            start = self.at;
        }
        self.flush(&mut parts, &mut literal, start..self.at);
        parts
    }

    fn flush(&self, parts: &mut Vec<Part>, literal: &mut String, at: std::ops::Range<usize>) {
        if !literal.is_empty() {
            parts.push(Part {
                span: self.text.sub(at),
                kind: PartKind::Literal(std::mem::take(literal)),
            });
        }
    }

    fn placeholder(&mut self) -> Option<Part> {
        let start = self.at;
        let Some(length) = self.rest().find('}') else {
            self.at = self.text.text().len();
            let name = self.text.text().get(start + 1..).unwrap_or_default();
            let mistake = self.mistake(start..self.at, "the placeholder is not closed");
            self.report(mistake.label("`}` is missing").help(format!(
                "write `{{{}}}`; for a brace that stands in the key write `{{{{`",
                name_in(name)
            )));
            return None;
        };
        self.at = start + length + 1;
        let name = self.text.text()[start + 1..self.at - 1].to_owned();
        if is_name(&name) {
            return Some(Part {
                span: self.text.sub(start..self.at),
                kind: PartKind::Param(name),
            });
        }
        let mistake = self.mistake(start..self.at, format!("`{{{name}}}` is not a placeholder"));
        let help = if name.trim().is_empty() {
            String::from(
                "write a parameter's name between the braces; for braces that stand in the key write `{{}}`",
            )
        } else if let Some((name, _)) = name.split_once(':') {
            format!(
                "write `{{{}}}` and give its type under `params:`",
                name_in(name)
            )
        } else {
            format!(
                "write `{{{}}}`; for braces that stand in the key write `{{{{` and `}}}}`",
                name_in(&name)
            )
        };
        self.report(mistake.label("expected a parameter's name").help(help));
        None
    }

    fn optional(&mut self, inside: bool) -> Option<Part> {
        let start = self.at;
        self.at += 1;
        let parts = self.parts(true);
        let closed = self.peek() == Some(']');
        if closed {
            self.at += 1;
        }
        let range = start..self.at;
        let names = parts
            .iter()
            .filter(|p| matches!(p.kind, PartKind::Param(_)));
        let wrong = if !closed {
            Some((
                "the optional part is not closed",
                "`]` is missing",
                "close it with `]`; for a bracket that stands in the key write `[[`",
            ))
        } else if inside {
            Some((
                "an optional part inside an optional part",
                "cannot be nested",
                "put the parts one after the other, as in `stat[:{year}][:{month}]`, or declare two keys",
            ))
        } else {
            match names.count() {
                1 => None,
                0 => Some((
                    "an optional part without a placeholder",
                    "nothing tells whether it is there",
                    "put the placeholder inside, as in `[:{date}]`; for brackets that stand in the key write `[[` and `]]`",
                )),
                _ => Some((
                    "an optional part with several placeholders",
                    "expected exactly one",
                    "write one optional part for each placeholder, or declare two keys",
                )),
            }
        };
        match wrong {
            None => Some(Part {
                span: self.text.sub(range),
                kind: PartKind::Optional(parts),
            }),
            // What is wrong inside has been told already.
            Some(_) if self.failed => None,
            Some((message, label, help)) => {
                let mut mistake = self.mistake(range, message).label(label).help(help);
                mistake.code = Code::E0402.into();
                self.report(mistake);
                None
            }
        }
    }

    fn stray(&mut self, bracket: char) {
        let start = self.at;
        self.at += 1;
        let mistake = self.mistake(start..self.at, format!("a `{bracket}` that closes nothing"));
        let open = if bracket == '}' { '{' } else { '[' };
        let doubled = [open, open].iter().collect::<String>();
        let before = self.text.text().get(..start).unwrap_or_default();
        let (label, help) = if before.contains(&doubled) {
            (
                format!("`{doubled}` opens nothing, it is a literal `{open}`"),
                format!(
                    "write `{open}` once to open, or `{bracket}{bracket}` here for a literal `{bracket}`"
                ),
            )
        } else {
            (
                String::from("nothing was opened"),
                format!("write `{bracket}{bracket}` for a `{bracket}` that stands in the key"),
            )
        };
        self.report(mistake.label(label).help(help));
    }

    fn mistake(&self, at: std::ops::Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(Code::E0401, self.text.sub(at), message)
    }

    fn report(&mut self, mistake: Diagnostic) {
        self.failed = true;
        self.sink.push(mistake);
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &str {
        self.text.text().get(self.at..).unwrap_or_default()
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The name that was probably meant.
fn name_in(text: &str) -> String {
    snake_of(text.split([':', '[', ']', '{']).next().unwrap_or_default())
        .unwrap_or_else(|| String::from("job_id"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::text::testing::plain;

    fn show(parts: &[Part]) -> String {
        let one = |part: &Part| match &part.kind {
            PartKind::Literal(text) => format!("'{text}'"),
            PartKind::Param(name) => format!("<{name}>"),
            PartKind::Optional(parts) => format!("({})", show(parts)),
        };
        parts.iter().map(one).collect()
    }

    fn read(text: &str) -> String {
        let mut sink = Sink::new();
        let parts = parse(&plain(text), &mut sink).unwrap();
        assert_eq!(sink.into_sorted(), []);
        show(&parts)
    }

    /// Code and place of every finding.
    fn wrong(text: &str) -> Vec<(Code, u32, u32)> {
        let mut sink = Sink::new();
        assert_eq!(parse(&plain(text), &mut sink), None);
        let found = sink.into_sorted();
        assert!(found.iter().all(|d| d.help.is_some()));
        found
            .iter()
            .map(|d| (d.code.code().unwrap(), d.span.start, d.span.end))
            .collect()
    }

    #[test]
    fn parts_and_escapes() {
        for (text, parts) in [
            ("job:{job_id}:files", "'job:'<job_id>':files'"),
            ("{a}", "<a>"),
            ("plain", "'plain'"),
            ("{{t:{tenant}}}:x", "'{t:'<tenant>'}:x'"),
            ("{{{id}}}", "'{'<id>'}'"),
            ("stat:{kind}[:{date}]", "'stat:'<kind>(':'<date>)"),
            ("a[[{b}]]", "'a['<b>']'"),
            ("a[[[{b}]]]", "'a['(<b>']')"),
            ("é{a}ü", "'é'<a>'ü'"),
            ("{{}}", "'{}'"),
        ] {
            assert_eq!(read(text), parts, "{text}");
        }
    }

    #[test]
    fn parts_know_their_places() {
        let mut sink = Sink::new();
        let parts = parse(&plain("q{{:{a}[-{b}]"), &mut sink).unwrap();
        let places: Vec<_> = parts.iter().map(|p| (p.span.start, p.span.end)).collect();
        assert_eq!(places, [(0, 4), (4, 7), (7, 13)]);
    }

    #[test]
    fn mistakes_of_braces() {
        assert_eq!(wrong("job:{job_id"), [(Code::E0401, 4, 11)]);
        assert_eq!(wrong("job:job_id}"), [(Code::E0401, 10, 11)]);
        assert_eq!(wrong("job:{}"), [(Code::E0401, 4, 6)]);
        assert_eq!(
            wrong("job:{jobId}:{b c}"),
            [(Code::E0401, 4, 11), (Code::E0401, 12, 17)]
        );
        assert_eq!(wrong("job:{id:uuid}"), [(Code::E0401, 4, 13)]);
        assert_eq!(wrong("a]"), [(Code::E0401, 1, 2)]);
    }

    #[test]
    fn mistakes_of_optional_parts() {
        assert_eq!(wrong("a[:{b}"), [(Code::E0402, 1, 6)]);
        assert_eq!(wrong("a[b]"), [(Code::E0402, 1, 4)]);
        assert_eq!(wrong("a[{b}{c}]"), [(Code::E0402, 1, 9)]);
        assert_eq!(wrong("a[{b}[{c}]:]"), [(Code::E0402, 5, 10)]);
        assert_eq!(wrong("[{b]"), [(Code::E0401, 1, 4)]);
        assert_eq!(wrong("[{a}][{b}][{c}][{d}][{e}]"), [(Code::E0409, 20, 25)]);
    }

    #[test]
    fn size_is_limited() {
        assert_eq!(wrong("")[0].0, Code::E0409);
        assert_eq!(wrong(&"x".repeat(2000))[0].0, Code::E0409);
    }

    #[test]
    fn the_help_names_what_to_type() {
        let mut sink = Sink::new();
        parse(&plain("job:{jobId}"), &mut sink);
        let found = sink.into_sorted();
        assert!(found[0].help.as_deref().unwrap().contains("`{job_id}`"));
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_failure_is_always_explained(text in "[\\[\\]{}a:é]{0,12}") {
            let mut sink = Sink::new();
            let parts = parse(&plain(&text), &mut sink);
            proptest::prop_assert_eq!(parts.is_none(), sink.has_errors());
        }
    }
}
