//! What conditions see of a schema.

mod rows;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use cel::Value;
use cel::objects::{Key as MapKey, Map};
use redis_schema_model::model::{Schema, TypeId};
use redis_schema_model::source::{FileId, Span};

use super::words::Word;
use crate::lint::Subject;
use rows::{CHANNELS, FIELDS, FieldAt, KEYS, PARAMS, Row, SCHEMA, TYPES, UNITS};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Keys,
    Channels,
    Params,
    Types,
    Fields,
    Units,
    Schema,
}

impl Kind {
    pub(super) const ALL: [Self; 7] = [
        Self::Keys,
        Self::Channels,
        Self::Params,
        Self::Types,
        Self::Fields,
        Self::Units,
        Self::Schema,
    ];

    /// As it is written after `for:`.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Channels => "channels",
            Self::Params => "params",
            Self::Types => "types",
            Self::Fields => "fields",
            Self::Units => "units",
            Self::Schema => "schema",
        }
    }
}

/// One thing of a schema.
pub(super) struct Thing {
    pub(super) name: String,
    pub(super) span: Span,
    /// The words that the condition uses.
    pub(super) words: Vec<(&'static str, Value)>,
}

/// The words of a kind.
pub(super) fn words(kind: Kind) -> Vec<Word> {
    fn of<T: ?Sized>(rows: &[Row<T>]) -> Vec<Word> {
        rows.iter().map(|row| row.word).collect()
    }
    match kind {
        Kind::Keys => of(KEYS),
        Kind::Channels => of(CHANNELS),
        Kind::Params => of(PARAMS),
        Kind::Types => of(TYPES),
        Kind::Fields => of(FIELDS),
        Kind::Units => of(UNITS),
        Kind::Schema => of(SCHEMA),
    }
}

/// Shows everything of a kind, each with those of its words that are used.
pub(super) fn each(
    kind: Kind,
    subject: &Subject<'_>,
    used: &HashSet<&str>,
    show: &mut dyn FnMut(Thing),
) {
    let schema = subject.schema;
    match kind {
        Kind::Keys => {
            for it in &schema.keys {
                show(thing(KEYS, schema, it, it.name.as_str(), it.span, used));
            }
        }
        Kind::Channels => {
            for it in &schema.channels {
                show(thing(CHANNELS, schema, it, it.name.as_str(), it.span, used));
            }
        }
        Kind::Params => {
            for it in &schema.params {
                show(thing(PARAMS, schema, it, it.name.as_str(), it.span, used));
            }
        }
        Kind::Types => {
            // A record that was written in place is no declared type.
            let declared = |name: &str| subject.declaration("types", name).is_some();
            for (id, it) in TypeId::each(schema).filter(|(_, it)| declared(it.name.as_str())) {
                show(thing(TYPES, schema, &id, it.name.as_str(), it.span, used));
            }
        }
        Kind::Fields => {
            for (id, def) in TypeId::each(schema) {
                for at in FieldAt::each(schema, id) {
                    if let Some(field) = at.of(schema) {
                        let name = format!("{}.{}", def.name, field.name);
                        show(thing(FIELDS, schema, &at, &name, field.span, used));
                    }
                }
            }
        }
        Kind::Units => {
            for it in &schema.units {
                show(thing(UNITS, schema, it, it.name.as_str(), it.span, used));
            }
        }
        Kind::Schema => {
            let name = subject
                .documents
                .first()
                .and_then(|root| root.node.get("schema"));
            let span = name.map_or(Span::new(FileId(0), 0, 0), |node| node.span);
            show(thing(
                SCHEMA,
                schema,
                schema,
                schema.name.as_str(),
                span,
                used,
            ));
        }
    }
}

fn thing<T: ?Sized>(
    rows: &[Row<T>],
    schema: &Schema,
    it: &T,
    name: &str,
    span: Span,
    used: &HashSet<&str>,
) -> Thing {
    let wanted = rows.iter().filter(|row| used.contains(row.word.0));
    Thing {
        name: name.to_owned(),
        span,
        words: wanted
            .map(|row| (row.word.0, (row.get)(schema, it)))
            .collect(),
    }
}

/// A record as a value.
fn record<T: ?Sized>(rows: &[Row<T>], schema: &Schema, it: &T) -> Value {
    let entries = rows.iter().map(|row| {
        let name = MapKey::String(Arc::new(row.word.0.to_owned()));
        (name, (row.get)(schema, it))
    });
    let map: HashMap<MapKey, Value> = entries.collect();
    Value::Map(Map { map: Arc::new(map) })
}

fn text(text: impl Into<String>) -> Value {
    Value::String(Arc::new(text.into()))
}

fn list(items: impl Iterator<Item = Value>) -> Value {
    Value::List(Arc::new(items.collect()))
}
