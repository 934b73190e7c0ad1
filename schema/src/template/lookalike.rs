//! Text that looks like a placeholder of another language: `<id>`, `$id`, `${id}`, `%s`, `{{id}}`.
//!
//! It stands in every key as it is, so that all of them would be one key.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::text::{Text, snake_of};

/// Warns of what looks like a placeholder and is none. `known` are the declared parameters.
pub(crate) fn warn(text: &Text<'_>, known: &[&str], sink: &mut Sink) {
    let written = text.text();
    let mut at = 0;
    while let Some(c) = written[at..].chars().next() {
        match find(&written[at..], known) {
            // A brace that stands in the key; a placeholder may follow it.
            None if written[at..].starts_with("{{") => at += 2,
            None => at += c.len_utf8(),
            Some((length, name)) => {
                report(text, at..at + length, name, sink);
                at += length;
            }
        }
    }
}

fn report(text: &Text<'_>, place: Range<usize>, name: Option<&str>, sink: &mut Sink) {
    let written = &text.text()[place.clone()];
    let wanted = name.and_then(snake_of).unwrap_or_else(|| "name".to_owned());
    let message = if written.starts_with("${") {
        "the `$` stands in the key as it is".to_owned()
    } else {
        format!("`{written}` stands in the key as it is")
    };
    sink.push(
        Diagnostic::warning(Code::E0417, text.sub(place), message)
            .label("no placeholder")
            .help(format!("write `{{{wanted}}}` for the value of a parameter")),
    );
}

/// What begins here: its length, and the name that it holds.
fn find<'t>(text: &'t str, known: &[&str]) -> Option<(usize, Option<&'t str>)> {
    if let Some(inner) = text.strip_prefix("{{") {
        let name = name(inner)?;
        // Literal braces are for the slot of a cluster, seldom around the name of a parameter.
        let closed = inner[name.len()..].starts_with("}}") && known.contains(&name);
        return closed.then_some((name.len() + 4, Some(name)));
    }
    if let Some(inner) = text.strip_prefix('<') {
        let name = name(inner)?;
        let closed = inner[name.len()..].starts_with('>');
        return closed.then_some((name.len() + 2, Some(name)));
    }
    if let Some(inner) = text.strip_prefix("${") {
        let name = name(inner)?;
        let closed = inner[name.len()..].starts_with('}');
        return closed.then_some((name.len() + 3, Some(name)));
    }
    if let Some(inner) = text.strip_prefix('$') {
        let name = name(inner)?;
        return Some((name.len() + 1, Some(name)));
    }
    format_directive(text.strip_prefix('%')?)
}

/// `%s`, `%d`, `%(name)s`, the percent sign taken off.
fn format_directive(inner: &str) -> Option<(usize, Option<&str>)> {
    if let Some(named) = inner.strip_prefix('(') {
        let name = name(named)?;
        let closed = named[name.len()..].starts_with(")s");
        return closed.then_some((name.len() + 4, Some(name)));
    }
    let mut chars = inner.chars();
    let directive = matches!(chars.next()?, 's' | 'd' | 'i' | 'u' | 'v');
    let ends = chars.next().is_none_or(|c| !c.is_ascii_alphanumeric());
    (directive && ends).then_some((2, None))
}

/// The name at the beginning.
fn name(text: &str) -> Option<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let length = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts.then(|| &text[..length])
}
