//! The schema's own limits: `policy:`.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::{Draft, Header};
use crate::model::ParamId;
use crate::template::{Params, Piece, flatten, stop_of};

pub(super) fn check(draft: &Draft, header: &Header, sink: &mut Sink) {
    for key in draft.keys.iter().flatten() {
        if let Some(most) = header.policy.max_key_bytes {
            let shapes = flatten(&key.prefix.text, &key.template.segments);
            let longest = longest(draft, &shapes);
            let finding = match longest {
                Some(Longest::Bytes(bytes)) if bytes > most => Some((
                    format!("keys of `{}` can have {bytes} bytes", key.name),
                    String::from(
                        "shorten the template or lower the `max:` of its parameters, or raise `max_key_bytes:`",
                    ),
                )),
                Some(Longest::Unbounded(id)) => Some((
                    format!("keys of `{}` can be of any length", key.name),
                    format!(
                        "give the parameter a longest length: `{}: {{ …, max: 64 }}`",
                        draft.name(id)
                    ),
                )),
                _ => None,
            };
            if let Some((message, help)) = finding {
                sink.push(
                    Diagnostic::error(Code::E0416, key.template.span, message)
                        .label(format!("the policy allows {most}"))
                        .help(help),
                );
            }
        }
        if let (Some(most), Some((bytes, _))) = (header.policy.max_value_bytes, key.size)
            && bytes > most
        {
            let message = format!("values of `{}` have {bytes} bytes", key.name);
            sink.push(
                Diagnostic::error(Code::E0614, key.span, message)
                    .label(format!("the policy allows {most}"))
                    .help("split the value over several keys, compress it by `zstd:`, or raise `max_value_bytes:`"),
            );
        }
    }
}

enum Longest {
    Bytes(u64),
    /// By way of this parameter.
    Unbounded(ParamId),
}

/// The longest key; `None` when a parameter failed.
fn longest(draft: &Draft, shapes: &[Vec<Piece>]) -> Option<Longest> {
    // The first shape has every optional part.
    let mut bytes = 0;
    for piece in shapes.first()? {
        match piece {
            Piece::Literal(text) => bytes += text.len() as u64,
            Piece::Param(id) => match draft.alphabet(*id, stop_of(draft, shapes, *id))?.longest() {
                Some(longest) => bytes += longest,
                None => return Some(Longest::Unbounded(*id)),
            },
        }
    }
    Some(Longest::Bytes(bytes))
}
