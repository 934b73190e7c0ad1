//! Records: named fields.

use super::super::Lowering;
use super::super::declared::unique_entries;
use super::super::fields::{Present, is_on, words};
use super::Nature;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Name, StructType, Type};
use crate::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::text::{Text, TypeExpr, field_name, nearest};

/// Fields of a field in its long form.
const LONG_FORM: [&str; 10] = [
    "type", "about", "default", "was", "secret", "unit", "range", "max", "touch", "ttl",
];

/// A field whose type is known and whose limits are not.
pub(super) struct Begun<'a> {
    pub(super) name: Name,
    pub(super) ty: Type,
    entry: &'a Entry,
}

impl Lowering<'_> {
    /// The fields of a record; `None` when one of them is wrong.
    pub(crate) fn record(&mut self, node: &Node) -> Option<StructType> {
        if !matches!(node.kind, NodeKind::Map(_)) {
            return None;
        }
        let entries: Vec<&Entry> = unique_entries(node).collect();
        let mut fine = true;
        let mut begun = Vec::new();
        for entry in &entries {
            match self.begin(entry) {
                Some(field) => begun.push(field),
                None => fine = false,
            }
        }
        fine &= self.distinct_fields(&begun);
        let present = Present {
            kind: "field",
            names: (entries.iter())
                .map(|entry| (entry.key.clone(), entry.key_span))
                .collect(),
        };
        let mut claimed = Vec::new();
        let mut fields = Vec::new();
        for one in &begun {
            let was = self.was(&one.entry.value, &present, &mut claimed);
            fields.push(self.field(one, was, &begun));
        }
        fine.then_some(StructType {
            fields,
            strict: false,
            rust: None,
        })
    }

    fn begin<'a>(&mut self, entry: &'a Entry) -> Option<Begun<'a>> {
        let name = self.accept(field_name(&Text::key(entry)));
        let expr = self.accept(TypeExpr::of(type_node(&entry.value)?));
        let ty = expr.and_then(|expr| self.ty(&expr));
        Some(Begun {
            name: name?,
            ty: ty?,
            entry,
        })
    }

    fn distinct_fields(&mut self, fields: &[Begun<'_>]) -> bool {
        let mut distinct = true;
        for (at, one) in fields.iter().enumerate() {
            let identifier = one.name.snake();
            let Some(first) = fields[..at].iter().find(|f| f.name.snake() == identifier) else {
                continue;
            };
            let message = format!(
                "`{}` and `{}` are both `{identifier}` in Rust",
                first.name, one.name
            );
            self.report(
                Diagnostic::error(Code::E0308, one.entry.key_span, message)
                    .label("the same identifier")
                    .related(first.entry.key_span, "here first")
                    .help("give one of them another name"),
            );
            distinct = false;
        }
        distinct
    }

    fn field(&mut self, begun: &Begun<'_>, was: Vec<String>, all: &[Begun<'_>]) -> Field {
        let node = match is_long_form(&begun.entry.value) {
            true => &begun.entry.value,
            // Nothing but a type is said.
            false => &NOTHING,
        };
        let others: Vec<&Begun<'_>> = all.iter().filter(|it| it.name != begun.name).collect();
        let limited = self.limits(begun.ty.clone(), node, &others);
        let range = limited.range.or_else(|| self.range_behind(&limited.ty));
        let default = node
            .get("default")
            .and_then(|written| self.default_value(&limited.ty, range, written));
        let touch = node.get("touch").and_then(Node::text) == Some("on_write");
        if touch {
            self.check_touched(begun, node);
        }
        // What is wrong with it has been reported.
        let ttl = self.field_lifetime(node.get("ttl")).flatten();
        if let Some(place) = node.get("ttl") {
            self.check_expiring(begun, node, place.span);
        }
        Field {
            name: begun.name.clone(),
            about: words(node, "about"),
            ty: limited.ty,
            default,
            was,
            secret: is_on(node, "secret"),
            unit: words(node, "unit"),
            range,
            max_field: limited.max_field,
            touch,
            ttl,
            span: begun.entry.key_span,
        }
    }

    /// A field that goes by itself must be one that may be absent, and nothing may set it all the time.
    fn check_expiring(&mut self, begun: &Begun<'_>, node: &Node, place: Span) {
        let name = &begun.name;
        if let Some(touch) = node.get("touch") {
            self.report(
                Diagnostic::error(
                    Code::E0615,
                    place,
                    format!("`{name}` is set by every write"),
                )
                .label("it would never expire")
                .related(touch.span, "set by every write")
                .help("remove `ttl:` or `touch:`"),
            );
            return;
        }
        let optional = matches!(self.nature(&begun.ty), None | Some(Nature::Option));
        if optional || node.get("default").is_some() {
            return;
        }
        let message = format!("`{name}` expires, but a record cannot be without it");
        self.report(
            Diagnostic::error(Code::E0615, place, message)
                .label("absent when its time is over")
                .help("write `?` behind its type, or add a `default:`"),
        );
    }

    fn check_touched(&mut self, begun: &Begun<'_>, node: &Node) {
        let nature = self.nature(&begun.ty);
        if matches!(
            nature,
            None | Some(Nature::TimestampS | Nature::TimestampMs)
        ) {
            return;
        }
        let place = node.get("touch").map_or(begun.entry.key_span, |n| n.span);
        let message = format!("`{}` cannot hold the server's time", begun.name);
        let help = match nature {
            Some(Nature::Option) => "remove the `?`: every write sets it, so it is always there",
            _ => "give it the type `timestamp_ms` or `timestamp_s`, or remove `touch:`",
        };
        self.report(
            Diagnostic::error(Code::E0509, place, message)
                .label("only timestamps are touched")
                .help(help),
        );
    }
}

static NOTHING: Node = Node {
    span: crate::source::Span {
        file: crate::source::FileId(0),
        start: 0,
        end: 0,
    },
    kind: NodeKind::Null,
    damaged: false,
};

/// The part of a field's declaration that is its type.
fn type_node(node: &Node) -> Option<&Node> {
    match &node.kind {
        NodeKind::Map(_) if is_long_form(node) => node.get("type"),
        _ => Some(node),
    }
}

/// Whether a mapping has fields of its own, known or mistyped, and is not a type.
fn is_long_form(node: &Node) -> bool {
    let is_field = |entry: &Entry| nearest(&entry.key, LONG_FORM).is_some();
    node.entries().iter().any(is_field)
}
