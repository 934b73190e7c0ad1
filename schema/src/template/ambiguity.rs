//! Whether every key of a template can be read back in one way only.
//!
//! The rule is stricter than the proof it spares: a placeholder of variable length is last, or in front
//! of a literal whose first byte it cannot hold. So a reader never has to look back.

use super::flat::{Piece, flatten, stop_of, stops};
use super::reading::{Matcher, Reading};
use super::{Params, Resolved};
use crate::alphabet::{Alphabet, Language};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{ParamId, ParamType, Segment};
use crate::overlap::{Shapes, Token};
use crate::source::Span;

/// Reports every place where a reader of the template's keys would have to guess.
///
/// Templates with unusable parameters pass: what is wrong with those has been told.
pub(crate) fn check(resolved: &Resolved, params: &dyn Params, sink: &mut Sink) -> bool {
    let segments = &resolved.template.segments;
    let shapes = flatten("", segments);
    let checker = Checker {
        resolved,
        params,
        shapes: &shapes,
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    for (id, span) in &resolved.places {
        found.extend(checker.placeholder(*id, *span));
    }
    if found.is_empty() {
        found.extend(checker.optional_parts());
    }
    let fine = found.is_empty();
    found.into_iter().for_each(|mistake| sink.push(mistake));
    fine
}

struct Checker<'a> {
    resolved: &'a Resolved,
    params: &'a dyn Params,
    shapes: &'a [Vec<Piece>],
}

impl Checker<'_> {
    fn placeholder(&self, id: ParamId, span: Span) -> Option<Diagnostic> {
        let alphabet = self.alphabet(id)?;
        let name = self.params.name(id);
        let followed = self.shapes.iter().any(|shape| {
            let last = shape.last() == Some(&Piece::Param(id));
            shape.contains(&Piece::Param(id)) && !last
        });
        let rest = matches!(self.params.find_param(id)?.ty, ParamType::Rest { .. });
        if rest && followed {
            return Some(
                Diagnostic::error(
                    Code::E0405,
                    span,
                    format!("`{{{name}}}` takes the whole rest of the key"),
                )
                .label("something follows it")
                .help("move it to the end, or give the parameter another type"),
            );
        }
        let stops = stops(self.shapes, id);
        if matches!(alphabet, Alphabet::Raw { .. }) && stops.len() > 1 {
            return Some(self.unclear(id, span, "it is raw, and different texts follow it"));
        }
        self.shapes
            .iter()
            .flat_map(|shape| shape.windows(2))
            .filter(|pair| pair[0] == Piece::Param(id))
            .find_map(|pair| self.follow(id, &alphabet, span, &pair[1]))
    }

    fn follow(
        &self,
        id: ParamId,
        before: &Alphabet,
        span: Span,
        next: &Piece,
    ) -> Option<Diagnostic> {
        match next {
            Piece::Literal(text) => {
                let first = *text.as_bytes().first()?;
                before.continues(first).then(|| {
                    let shown = text.chars().next().unwrap_or_default();
                    let name = self.params.name(id);
                    self.unclear(
                        id,
                        span,
                        &format!("`{shown}` may stand in `{{{name}}}` too"),
                    )
                })
            }
            Piece::Param(after) => {
                let next = self.params.name(*after);
                let first = self.first_of(*after);
                let clear = match before {
                    Alphabet::Words(_) => !first.iter().any(|byte| before.continues(*byte)),
                    _ => before.ends_by_itself(),
                };
                (!clear).then(|| {
                    self.unclear(
                        id,
                        span,
                        &format!("nothing stands between it and `{{{next}}}`"),
                    )
                })
            }
        }
    }

    /// An optional part must start with what cannot stand in its place when it is absent.
    fn optional_parts(&self) -> Option<Diagnostic> {
        let segments = &self.resolved.template.segments;
        for (at, segment) in segments.iter().enumerate() {
            let Segment::Optional(inner) = segment else {
                continue;
            };
            let mut first = Vec::new();
            self.firsts(inner, &mut first);
            let mut behind = Vec::new();
            self.firsts(&segments[at + 1..], &mut behind);
            let Some(shared) = first.iter().find(|byte| behind.contains(byte)) else {
                continue;
            };
            let id = inner.iter().find_map(|part| match part {
                Segment::Param(id) => Some(*id),
                _ => None,
            })?;
            let span = self.place(id)?;
            let shown = String::from_utf8_lossy(std::slice::from_ref(shared)).into_owned();
            let why = format!("what follows its optional part may start with `{shown}` too");
            return Some(self.unclear(id, span, &why));
        }
        None
    }

    /// The bytes that a run of parts can start with.
    fn firsts(&self, segments: &[Segment], out: &mut Vec<u8>) {
        for segment in segments {
            match segment {
                Segment::Literal(text) => {
                    out.extend(text.as_bytes().first());
                    return;
                }
                Segment::Param(id) => {
                    out.extend(self.first_of(*id));
                    return;
                }
                Segment::Optional(inner) => self.firsts(inner, out),
            }
        }
    }

    fn first_of(&self, id: ParamId) -> Vec<u8> {
        let Some(alphabet) = self.alphabet(id) else {
            return Vec::new();
        };
        let language = alphabet.language();
        let edges = language.edges(Language::START).iter();
        edges.flat_map(|edge| edge.low..=edge.high).collect()
    }

    fn unclear(&self, id: ParamId, span: Span, why: &str) -> Diagnostic {
        let name = self.params.name(id);
        let mistake = Diagnostic::error(
            Code::E0404,
            span,
            format!("a reader cannot tell where `{{{name}}}` ends"),
        )
        .label(why);
        let advice = self.advice(id);
        match self.two_readings() {
            Some(readings) => mistake.help(format!("{readings}; {advice}")),
            None => mistake.help(advice),
        }
    }

    fn advice(&self, id: ParamId) -> String {
        let alphabet = self.alphabet(id);
        let stops = |byte: &&u8| alphabet.as_ref().is_some_and(|a| !a.continues(**byte));
        let fixed = "give it a type of one length such as `uuid` or `hex(64)`";
        match b":/|#@ ".iter().find(stops) {
            Some(byte) => format!(
                "put text behind it that starts with a character it cannot hold, such as `{}`, or {fixed}",
                char::from(*byte)
            ),
            None => format!("put it at the end, write `encode: percent`, or {fixed}"),
        }
    }

    /// `a key in two readings`, if the rule is not just stricter than need be.
    fn two_readings(&self) -> Option<String> {
        let mut all = Shapes::default();
        for shape in self.shapes {
            let mut tokens = Vec::new();
            for piece in shape {
                tokens.push(match piece {
                    Piece::Literal(text) => Token::Bytes(text.as_bytes()),
                    Piece::Param(id) => Token::Any(all.alphabet(self.alphabet(*id)?)),
                });
            }
            all.add(0, tokens);
        }
        let key = all.double_reading()?;
        let segments = &self.resolved.template.segments;
        let ways = Matcher::new(self.params, "", segments).readings(&key, 2);
        let [one, other] = ways.as_slice() else {
            return None;
        };
        Some(format!(
            "`{}` would be {}, or {}",
            String::from_utf8_lossy(&key),
            self.show(one),
            self.show(other)
        ))
    }

    fn show(&self, reading: &Reading) -> String {
        let part = |(id, value): &(ParamId, Vec<u8>)| {
            let name = self.params.name(*id);
            format!("{name} = `{}`", String::from_utf8_lossy(value))
        };
        reading.iter().map(part).collect::<Vec<_>>().join(", ")
    }

    fn alphabet(&self, id: ParamId) -> Option<Alphabet> {
        let stop = stop_of(self.params, self.shapes, id);
        self.params.alphabet(id, stop)
    }

    fn place(&self, id: ParamId) -> Option<Span> {
        let found = self.resolved.places.iter().find(|(other, _)| *other == id);
        found.map(|(_, span)| *span)
    }
}
