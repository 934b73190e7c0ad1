//! Caches. Whether lifetimes and tags fit is checked later.

use super::Lowering;
use super::fields::text;
use super::value::Role;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Cache, Structure, Tag};
use crate::node::Node;
use crate::text::{Text, duration};

/// For so long a load is left to who began it, where nothing is said.
const LOAD_LEASE_MS: u64 = 10_000;

impl Lowering<'_> {
    pub(super) fn cache(&mut self, node: &Node) -> Option<Structure> {
        let value = self.value(node.get("value")?, Role::Whole);
        let stale = self.millis(node, "stale", 0);
        let negative = self.millis(node, "negative", 0);
        let lease = self.millis(node, "load_lease", LOAD_LEASE_MS);
        let tags = self.tags(node);
        Some(Structure::Cache(Cache {
            value: value?,
            stale_ms: stale?,
            negative_ms: negative?,
            load_lease_ms: lease?,
            tags: tags?,
        }))
    }

    /// A duration in milliseconds, or what holds where nothing is said.
    fn millis(&mut self, node: &Node, field: &str, otherwise: u64) -> Option<u64> {
        let Some(text) = text(node, field) else {
            return Some(otherwise);
        };
        let time = self.accept(duration(&text))?;
        u64::try_from(time.as_millis()).ok()
    }

    fn tags(&mut self, node: &Node) -> Option<Vec<Tag>> {
        let mut tags: Vec<Tag> = Vec::new();
        let mut fine = true;
        for item in node.get("tags").map(Node::items).unwrap_or_default() {
            let Some(key) = Text::of(item).and_then(|text| self.key_named(&text)) else {
                fine = false;
                continue;
            };
            if let Some(first) = tags.iter().find(|tag| tag.key == key) {
                let message = format!("the tag `{}` stands twice", item.text().unwrap_or_default());
                self.report(
                    Diagnostic::error(Code::E0303, item.span, message)
                        .label("the second time")
                        .related(first.span, "the first time")
                        .help("remove one of the two"),
                );
                fine = false;
                continue;
            }
            tags.push(Tag {
                key,
                span: item.span,
            });
        }
        fine.then_some(tags)
    }
}
