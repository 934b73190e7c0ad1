//! `on_unavailable:` of a key. Whether its structure allows that is checked later.

use super::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Codec, Encoding, Fallback, OnUnavailable, Structure};
use crate::node::{Node, NodeKind};

impl Lowering<'_> {
    pub(super) fn on_unavailable(
        &mut self,
        node: &Node,
        structure: Option<&Structure>,
    ) -> Option<OnUnavailable> {
        let Some(declared) = node.get("on_unavailable") else {
            return Some(OnUnavailable::default());
        };
        let ways: Vec<&Node> = match &declared.kind {
            NodeKind::List(ways) => ways.iter().collect(),
            _ => vec![declared],
        };
        let mut found = OnUnavailable {
            span: Some(declared.span),
            ..OnUnavailable::default()
        };
        let (mut read, mut write, mut fails) = (None, None, None);
        for way in ways {
            let seen = match way.text()? {
                "error" => &mut fails,
                "skip_write" => &mut write,
                _ => &mut read,
            };
            if let Some(first) = seen.replace(way) {
                self.report(twice(way, first));
                return None;
            }
        }
        if let (Some(fails), Some(other)) = (fails, read.or(write)) {
            self.report(twice(other, fails));
            return None;
        }
        found.skip_writes = write.is_some();
        found.read = match read.and_then(Node::text) {
            Some("absent") => Fallback::Absent,
            Some("default") => Fallback::Value(self.fallback(node, declared, structure?)?),
            Some("load") => Fallback::Load,
            Some("allow") => Fallback::Allow,
            Some("deny") => Fallback::Deny,
            _ => Fallback::Error,
        };
        if let Some(unread) = node.get("default")
            && !matches!(found.read, Fallback::Value(_))
        {
            self.report(
                Diagnostic::error(Code::E1102, unread.span, "a default that nothing answers")
                    .label("for `on_unavailable: default`")
                    .related(declared.span, "reads do something else")
                    .help("write `on_unavailable: default`, or remove `default:`"),
            );
            return None;
        }
        Some(found)
    }

    /// The value that reads answer.
    fn fallback(
        &mut self,
        node: &Node,
        declared: &Node,
        structure: &Structure,
    ) -> Option<crate::model::DefaultValue> {
        let Some(default) = node.get("default") else {
            self.report(
                Diagnostic::error(Code::E1102, declared.span, "which value should reads answer?")
                    .label("needs a `default:`")
                    .help("add for instance `default: 0`; or write `on_unavailable: absent`, and reads answer `None`"),
            );
            return None;
        };
        let ty = match structure {
            Structure::String(value) if is_plain(&value.encoding) => &value.ty,
            Structure::JsonDocument(ty) => ty,
            _ => {
                self.report(
                    Diagnostic::error(Code::E1102, default.span, "a default cannot stand for this value")
                        .label("stored in a form that a schema cannot write")
                        .help("write `on_unavailable: absent`: reads answer `None`, and the caller decides"),
                );
                return None;
            }
        };
        self.default_value(ty, None, default)
    }
}

/// Whether a schema can write a value as it stands on the server.
fn is_plain(encoding: &Encoding) -> bool {
    matches!(encoding.codec, Codec::Text | Codec::Json) && encoding.zstd_over.is_none()
}

fn twice(way: &Node, first: &Node) -> Diagnostic {
    Diagnostic::error(Code::E1102, way.span, "two answers to the same question")
        .label("which of them?")
        .related(first.span, "the other one")
        .help("write one word for reads (`absent`, `default` or `load`) and at most `skip_write` beside it")
}
