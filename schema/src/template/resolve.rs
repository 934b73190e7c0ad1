//! From the parts of a template to the model's: names become ids, `slot:` becomes braces.

use super::hash_tag::hash_tag;
use super::{Part, PartKind};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{HashTag, ParamId, Segment, Template};
use crate::source::Span;
use crate::text::{Text, did_you_mean};

/// A template and where each of its placeholders was written.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    pub(crate) template: Template,
    pub(crate) places: Vec<(ParamId, Span)>,
}

/// What a template is resolved with.
pub(crate) struct Context<'a> {
    /// The text before it, when no variable overrides that.
    pub(crate) prefix: &'a str,
    /// The placeholder that `slot:` names.
    pub(crate) slot: Option<Text<'a>>,
    /// Declared parameters by name.
    pub(crate) params: &'a dyn Fn(&str) -> Option<ParamId>,
    /// Their names in order.
    pub(crate) known: &'a [&'a str],
}

/// Resolves the parts of a template; every mistake is reported and makes it `None`.
pub(crate) fn resolve(
    text: &Text<'_>,
    parts: &[Part],
    context: &Context<'_>,
    sink: &mut Sink,
) -> Option<Resolved> {
    let mut resolver = Resolver {
        context,
        sink,
        places: Vec::new(),
        failed: false,
    };
    let mut segments = resolver.parts(parts);
    let (places, failed) = (resolver.places, resolver.failed);
    if failed {
        return None;
    }
    if let Some(slot) = &context.slot {
        segments = put_slot(slot, segments, context, sink)?;
    }
    let hash_tag = tag_of(text, &segments, context, sink)?;
    let template = Template {
        text: text.text().to_owned(),
        segments,
        hash_tag,
        span: text.span(),
    };
    Some(Resolved { template, places })
}

struct Resolver<'a> {
    context: &'a Context<'a>,
    sink: &'a mut Sink,
    places: Vec<(ParamId, Span)>,
    failed: bool,
}

impl Resolver<'_> {
    fn parts(&mut self, parts: &[Part]) -> Vec<Segment> {
        parts.iter().filter_map(|part| self.part(part)).collect()
    }

    fn part(&mut self, part: &Part) -> Option<Segment> {
        match &part.kind {
            PartKind::Literal(text) => Some(Segment::Literal(text.clone())),
            PartKind::Optional(inner) => Some(Segment::Optional(self.parts(inner))),
            PartKind::Param(name) => {
                let Some(id) = (self.context.params)(name) else {
                    self.report(unknown(name, part.span, self.context.known));
                    return None;
                };
                if let Some((_, before)) = self.places.iter().find(|(other, _)| *other == id) {
                    let mistake = Diagnostic::error(
                        Code::E0403,
                        part.span,
                        format!("`{{{name}}}` stands twice in one template"),
                    )
                    .label("the second time")
                    .related(*before, "the first time")
                    .help("one of them is enough; two different values need two parameters");
                    self.report(mistake);
                    return None;
                }
                self.places.push((id, part.span));
                Some(Segment::Param(id))
            }
        }
    }

    fn report(&mut self, mistake: Diagnostic) {
        self.failed = true;
        self.sink.push(mistake);
    }
}

fn unknown(name: &str, span: Span, known: &[&str]) -> Diagnostic {
    let declare = || format!("declare it: `params: {{ {name}: {{ type: uuid, about: … }} }}`");
    Diagnostic::error(
        Code::E0304,
        span,
        format!("no parameter is called `{name}`"),
    )
    .label("not declared under `params:`")
    .help(did_you_mean(name, known.iter().copied(), declare))
}

/// Puts literal braces around the placeholder of `slot:`.
fn put_slot(
    slot: &Text<'_>,
    segments: Vec<Segment>,
    context: &Context<'_>,
    sink: &mut Sink,
) -> Option<Vec<Segment>> {
    let mistake = |message: String, label: &str, help: String| {
        Diagnostic::error(Code::E0406, slot.span(), message)
            .label(label)
            .help(help)
    };
    let name = slot.text();
    let Some(id) = (context.params)(name) else {
        sink.push(unknown(name, slot.span(), context.known));
        return None;
    };
    let braces = |part: &Segment| matches!(part, Segment::Literal(text) if text.contains('{'));
    if context.prefix.contains('{') || segments.iter().any(braces) {
        sink.push(mistake(
            String::from("`slot:` beside braces that stand in the key"),
            "the first braces decide the slot",
            String::from("keep one of them: drop `slot:`, or the braces of template and prefix"),
        ));
        return None;
    }
    let Some(at) = segments.iter().position(|part| *part == Segment::Param(id)) else {
        let optional = segments.iter().any(
            |part| matches!(part, Segment::Optional(inner) if inner.contains(&Segment::Param(id))),
        );
        sink.push(if optional {
            mistake(
                format!("`{{{name}}}` is optional"),
                "a key without it would have no slot of its own",
                String::from("name a placeholder that stands in every key"),
            )
        } else {
            mistake(
                format!("`{{{name}}}` does not stand in the template"),
                "not a placeholder of this key",
                String::from("name one of the template's placeholders"),
            )
        });
        return None;
    };
    let mut out: Vec<Segment> = Vec::with_capacity(segments.len() + 2);
    for (place, part) in segments.into_iter().enumerate() {
        if place == at {
            push_literal(&mut out, "{");
            out.push(part);
            push_literal(&mut out, "}");
        } else if let Segment::Literal(text) = &part {
            push_literal(&mut out, text);
        } else {
            out.push(part);
        }
    }
    Some(out)
}

fn push_literal(out: &mut Vec<Segment>, text: &str) {
    if let Some(Segment::Literal(before)) = out.last_mut() {
        before.push_str(text);
    } else {
        out.push(Segment::Literal(text.to_owned()));
    }
}

fn tag_of(
    text: &Text<'_>,
    segments: &[Segment],
    context: &Context<'_>,
    sink: &mut Sink,
) -> Option<HashTag> {
    hash_tag(context.prefix, segments)
        .map_err(|_| {
            let message = "the cluster slot depends on an optional part";
            sink.push(
                text.mistake(Code::E0407, message)
                    .label("braces decide the slot, and these may be absent or empty")
                    .help("put the braces around what stands in every key"),
            );
        })
        .ok()
}
