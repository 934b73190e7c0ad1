//! Fields that many declarations have.

use super::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Durability;
use crate::node::{Node, NodeKind};
use crate::source::Span;
use crate::text::Text;

/// The text of a field.
pub(super) fn text<'a>(node: &'a Node, field: &str) -> Option<Text<'a>> {
    Text::of(node.get(field)?)
}

/// The text of a field as it is.
pub(super) fn words(node: &Node, field: &str) -> Option<String> {
    Some(text(node, field)?.text().to_owned())
}

/// Whether a switch is on.
pub(super) fn is_on(node: &Node, field: &str) -> bool {
    node.get(field).and_then(Node::text) == Some("true")
}

/// `durability:` of a key or database.
pub(super) fn durability(node: &Node) -> Option<Durability> {
    match node.get("durability")?.text()? {
        "cache" => Some(Durability::Cache),
        "durable" => Some(Durability::Durable),
        _ => None,
    }
}

/// `was:`, one name or a list of them.
pub(super) fn was(node: &Node) -> Vec<(String, Span)> {
    let one = |node: &Node| Some((node.text()?.to_owned(), node.span));
    match node.get("was") {
        Some(list) if matches!(list.kind, NodeKind::List(_)) => {
            list.items().iter().filter_map(one).collect()
        }
        Some(node) => one(node).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Names of the things of one kind, to tell earlier names from present ones.
pub(super) struct Present<'a> {
    /// What the things are called.
    pub(super) kind: &'a str,
    /// The present names and where they stand.
    pub(super) names: Vec<(String, Span)>,
}

impl Lowering<'_> {
    /// `was:` of one of several things; each earlier name must be free now, and claimed once.
    pub(super) fn was(
        &mut self,
        node: &Node,
        present: &Present<'_>,
        claimed: &mut Vec<(String, Span)>,
    ) -> Vec<String> {
        let kind = present.kind;
        let mut kept = Vec::new();
        for (name, span) in was(node) {
            let taken = |(other, _): &&(String, Span)| *other == name;
            if let Some((_, place)) = present.names.iter().find(taken) {
                let message = format!("the earlier name `{name}` is in use");
                self.report(
                    Diagnostic::error(Code::E0310, span, message)
                        .label("still the name of something")
                        .related(*place, format!("this {kind} is called so now"))
                        .help("remove it from `was:`, or rename what is called so now"),
                );
            } else if let Some((_, place)) = claimed.iter().find(taken) {
                let message = format!("two claim the earlier name `{name}`");
                self.report(
                    Diagnostic::error(Code::E0310, span, message)
                        .label("claimed again")
                        .related(*place, "claimed first")
                        .help(format!("say it of the {kind} that took over the data")),
                );
            } else {
                claimed.push((name.clone(), span));
                kept.push(name);
            }
        }
        kept
    }
}
