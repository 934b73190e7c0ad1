//! Text before templates.

use super::Lowering;
use super::fields::text;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Prefix;
use crate::node::{Node, NodeKind};
use crate::template::{PartKind, parse};
use crate::text::{Text, environment};

impl Lowering<'_> {
    /// The prefix of the schema, a key or a channel. One that only names a variable keeps the text that
    /// would stand there without it.
    pub(super) fn prefix_of(&mut self, node: &Node, inherited: &Prefix) -> Prefix {
        let Some(node) = node.get("prefix") else {
            return inherited.clone();
        };
        let written = match &node.kind {
            NodeKind::Map(_) => text(node, "default"),
            _ => Text::of(node),
        };
        let env = text(node, "env").and_then(|text| self.accept(environment(&text)));
        Prefix {
            text: match written {
                Some(text) => self.prefix_text(&text),
                None => inherited.text.clone(),
            },
            env,
        }
    }

    /// Braces are doubled here as in templates, so that a placeholder is a mistake and not a literal.
    fn prefix_text(&mut self, text: &Text<'_>) -> String {
        if text.text().is_empty() {
            return String::new();
        }
        let mut findings = Sink::new();
        let parts = parse(text, &mut findings).unwrap_or_default();
        let mut out = String::new();
        for part in &parts {
            let PartKind::Literal(literal) = &part.kind else {
                let message = "a prefix is plain text";
                self.report(
                    Diagnostic::error(Code::E0408, part.span, message)
                        .label("cannot vary from key to key")
                        .help("put the placeholder into the templates; for braces that stand in the key write `{{` and `}}`"),
                );
                continue;
            };
            out.push_str(literal);
        }
        findings
            .into_sorted()
            .into_iter()
            .for_each(|f| self.report(f));
        out
    }
}
