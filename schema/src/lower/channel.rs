//! Channels.

use super::Lowering;
use super::declared::Declared;
use super::fields::{is_on, words};
use super::types::refuses_others;
use super::value::Role;
use crate::model::{Channel, Codec, Encoding, Name, Type, TypeDef, TypeId, Value};
use crate::node::{Node, NodeKind};

impl Lowering<'_> {
    pub(super) fn channels(&mut self) {
        for one in &self.declared.channels.list {
            let channel = self.channel(one);
            self.draft.channels.push(channel);
        }
    }

    fn channel(&mut self, declared: &Declared<'_>) -> Option<Channel> {
        let node = declared.node;
        let prefix = self.schema_prefix(node);
        let template = self.template(node, "channel", &prefix);
        let message = node
            .get("message")
            .and_then(|message| self.message(declared, message));
        Some(Channel {
            name: declared.name.clone(),
            about: words(node, "about"),
            template: template?,
            prefix,
            sharded: is_on(node, "sharded"),
            durable: words(node, "durability").as_deref() == Some("durable"),
            message: message?,
            span: declared.span,
        })
    }

    fn message(&mut self, declared: &Declared<'_>, node: &Node) -> Option<Value> {
        let name = format!("{}Message", declared.name.camel());
        let made_from = format!("the message of the channel `{}`", declared.name);
        let id = match (&node.kind, node.get("one_of"), node.get("fields")) {
            (NodeKind::Map(_), Some(variants), _) => {
                let def = TypeDef {
                    kind: self.one_of(&name, variants, node)?,
                    name: Name::new(name),
                    about: None,
                    range: None,
                    was: Vec::new(),
                    span: declared.span,
                };
                self.draft.add_type(def, made_from)
            }
            (NodeKind::Map(_), None, Some(fields)) => {
                let mut record = self.record(fields)?;
                record.strict = refuses_others(node);
                self.type_in_place(name, record, declared.span, made_from)
            }
            _ => return self.value(node, Role::Whole),
        };
        Some(json(id))
    }
}

fn json(id: TypeId) -> Value {
    Value {
        ty: Type::Named(id),
        encoding: Encoding {
            codec: Codec::Json,
            zstd_over: None,
        },
        refers: None,
    }
}
