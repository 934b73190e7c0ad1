//! Words, numbers and switches.

use super::{Check, Place};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::shape::{Shape, Word};
use crate::node::Node;
use crate::text::{nearest, whole};

impl Check<'_> {
    pub(super) fn word(&mut self, words: &[Word], node: &Node, place: &Place<'_>) {
        let text = node.text().unwrap_or_default();
        if words.iter().any(|word| word.text == text) {
            return;
        }
        let names = words.iter().map(|word| word.text);
        let help = match nearest(text, names.clone()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("write {}", list(names, "or")),
        };
        let message = format!("{} cannot be `{text}`", place.subject());
        self.sink.push(
            Diagnostic::error(Code::E0205, node.span, message)
                .label("not one of the words for this")
                .help(help),
        );
    }

    pub(super) fn number(&mut self, min: i64, max: i64, node: &Node, place: &Place<'_>) {
        let text = node.text().unwrap_or_default();
        let number = whole(text);
        if number.is_some_and(|n| i128::from(min) <= n && n <= i128::from(max)) {
            return;
        }
        let range = match (min, max) {
            (min, max) if min == max => format!("only {min} is known here"),
            (min, max) if max >= i64::from(u32::MAX) => format!("from {min} on"),
            (min, max) => format!("from {min} to {max}"),
        };
        let label = match number {
            Some(_) => range,
            None => format!("expected a whole number, {range}"),
        };
        let message = format!("{} cannot be `{text}`", place.subject());
        self.sink.push(
            Diagnostic::error(Code::E0206, node.span, message)
                .label(label)
                .help(place.example_help(&[&Shape::Number { min, max }])),
        );
    }

    pub(super) fn switch(&mut self, node: &Node, place: &Place<'_>) {
        let text = node.text().unwrap_or_default();
        if matches!(text, "true" | "false") {
            return;
        }
        let meant = match text.to_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "1" => "write `true`",
            "false" | "no" | "off" | "n" | "0" => "write `false`",
            _ => "write `true` or `false`",
        };
        let message = format!("{} cannot be `{text}`", place.subject());
        self.sink.push(
            Diagnostic::error(Code::E0205, node.span, message)
                .label("expected `true` or `false`")
                .help(meant),
        );
    }
}

/// `` `a`, `b` or `c` ``
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>, conjunction: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.pop() {
        None => String::new(),
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} {conjunction} {last}", names.join(", ")),
    }
}
