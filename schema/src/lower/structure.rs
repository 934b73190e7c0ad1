//! Structures: what lies under a key.

use super::Lowering;
use super::declared::{Declared, unique_entries};
use super::value::Role;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    ExternalKind, Name, Score, ScoreUnit, StructType, Structure, Type, TypeDef, TypeId, TypeKind,
};
use crate::node::{Node, NodeKind};
use crate::source::Span;
use crate::text::{Text, TypeExpr};

impl Lowering<'_> {
    /// The structure of a key. That there is exactly one has been checked.
    pub(super) fn structure(&mut self, declared: &Declared<'_>) -> Option<Structure> {
        let node = declared.node;
        let entry = unique_entries(node).find(|entry| STRUCTURES.contains(&entry.key.as_str()))?;
        let value = &entry.value;
        match entry.key.as_str() {
            "string" => Some(Structure::String(self.value(value, Role::Whole)?)),
            "counter" => counter(value.text()?).map(Structure::Counter),
            "hash" => self.hash(declared, value, entry.key_span),
            "hash_map" => self.hash_map(value),
            "list" => {
                let held = value.get("of").unwrap_or(value);
                Some(Structure::List(self.value(held, Role::Whole)?))
            }
            "set" => Some(Structure::Set(self.value(value, Role::Member)?)),
            "zset" => self.zset(value),
            "stream" => self.stream(declared, value),
            "bitmap" => Some(Structure::Bitmap),
            "hyperloglog" => Some(Structure::HyperLogLog(self.value(value, Role::Member)?)),
            "geo" => Some(Structure::Geo(self.value(value, Role::Member)?)),
            "json_document" => {
                let expr = self.accept(TypeExpr::of(value))?;
                Some(Structure::JsonDocument(self.required_type(&expr)?))
            }
            "rate_limit" => self.rate_limit(value).map(Structure::RateLimit),
            "lock" => self.lock(value),
            "semaphore" => self.semaphore(value),
            "cache" => self.cache(value),
            "cache_tag" => Some(Structure::CacheTag),
            "queue" => self.work(declared, value),
            "session" => self.session(value),
            "session_index" => self.session_index(declared),
            "progress" => self.progress(value),
            "external" => external(value.text()?).map(Structure::External),
            _ => None,
        }
    }

    fn hash(&mut self, declared: &Declared<'_>, node: &Node, span: Span) -> Option<Structure> {
        let id = match &node.kind {
            NodeKind::Scalar { .. } => self.record_named(&Text::of(node)?)?,
            NodeKind::Map(_) => {
                let made_from = format!("the fields of the key `{}`", declared.name);
                self.record_in_place(declared.name.camel(), node, declared.span, made_from)?
            }
            _ => return None,
        };
        self.written_fields.push(Written {
            record: id,
            span,
            log: false,
        });
        Some(Structure::Hash(id))
    }

    /// A record whose fields stand where it is used; it becomes a type of its own.
    pub(super) fn record_in_place(
        &mut self,
        name: String,
        node: &Node,
        span: Span,
        made_from: String,
    ) -> Option<TypeId> {
        let record = self.record(node)?;
        Some(self.type_in_place(name, record, span, made_from))
    }

    /// A type of a record that stands where it is used.
    pub(super) fn type_in_place(
        &mut self,
        name: String,
        record: StructType,
        span: Span,
        made_from: String,
    ) -> TypeId {
        let def = TypeDef {
            name: Name::new(name),
            about: None,
            kind: TypeKind::Struct(record),
            range: None,
            was: Vec::new(),
            span,
        };
        self.draft.add_type(def, made_from)
    }

    fn hash_map(&mut self, node: &Node) -> Option<Structure> {
        if !matches!(node.kind, NodeKind::Map(_)) {
            return None;
        }
        let [entry] = node.entries() else {
            self.report(
                Diagnostic::error(Code::E0501, node.span, "a hash map has one type of field and one of value")
                    .label("expected one entry")
                    .help("write for instance `hash_map: { string: u64 }`; named fields of their own types are a `hash:`"),
            );
            return None;
        };
        let field = self.value_text(&Text::key(entry), Role::FieldName);
        let value = self.value(&entry.value, Role::Whole);
        Some(Structure::HashMap {
            field: field?,
            value: value?,
        })
    }

    fn zset(&mut self, node: &Node) -> Option<Structure> {
        let member = self.value(node.get("member")?, Role::Member);
        let unit = match node.get("score")?.text()? {
            "timestamp_s" => ScoreUnit::TimestampS,
            "timestamp_ms" => ScoreUnit::TimestampMs,
            "rank" => ScoreUnit::Rank,
            "float" => ScoreUnit::Float,
            _ => return None,
        };
        Some(Structure::ZSet {
            member: member?,
            score: Score { unit },
        })
    }

    /// Records that the server stores field by field must have something to store.
    pub(super) fn check_written_fields(&mut self) {
        for Written { record, span, log } in std::mem::take(&mut self.written_fields) {
            let Some(TypeKind::Struct(StructType { fields, .. })) =
                self.draft.ty(record).map(|def| &def.kind)
            else {
                continue;
            };
            let (message, help) = if fields.is_empty() {
                (
                    "a record without fields",
                    "declare at least one field: the server stores nothing without one",
                )
            } else if log
                && fields
                    .iter()
                    .all(|field| matches!(field.ty, Type::Option(_)))
            {
                (
                    "an entry whose fields may all be absent",
                    "make one of them required: the server takes no entry without a field",
                )
            } else {
                continue;
            };
            self.report(
                Diagnostic::error(Code::E0606, span, message)
                    .label("nothing to store")
                    .help(help),
            );
        }
    }
}

/// A record that is stored field by field.
pub(super) struct Written {
    pub(super) record: TypeId,
    pub(super) span: Span,
    /// Each entry of a stream needs a field.
    pub(super) log: bool,
}

const STRUCTURES: &[&str] = &[
    "string",
    "counter",
    "hash",
    "hash_map",
    "list",
    "set",
    "zset",
    "stream",
    "bitmap",
    "hyperloglog",
    "geo",
    "json_document",
    "rate_limit",
    "lock",
    "semaphore",
    "cache",
    "cache_tag",
    "queue",
    "session",
    "session_index",
    "progress",
    "external",
];

fn counter(word: &str) -> Option<Type> {
    Some(match word {
        "u8" => Type::Unsigned(8),
        "u16" => Type::Unsigned(16),
        "u32" => Type::Unsigned(32),
        "u64" => Type::Unsigned(64),
        "i8" => Type::Signed(8),
        "i16" => Type::Signed(16),
        "i32" => Type::Signed(32),
        "i64" => Type::Signed(64),
        "f64" => Type::Float(64),
        _ => return None,
    })
}

fn external(word: &str) -> Option<ExternalKind> {
    Some(match word {
        "any" => ExternalKind::Any,
        "string" => ExternalKind::String,
        "hash" => ExternalKind::Hash,
        "list" => ExternalKind::List,
        "set" => ExternalKind::Set,
        "zset" => ExternalKind::ZSet,
        "stream" => ExternalKind::Stream,
        _ => return None,
    })
}
