//! Structures and values.

use redis_schema_model::model;

use super::Source;
use crate::facts::{Structure, Trim, Value};

impl Source<'_> {
    pub(super) fn structure(&self, structure: &model::Structure) -> Structure {
        match structure {
            model::Structure::String(value) => Structure::String {
                value: self.value(value),
            },
            model::Structure::Counter(ty) => Structure::Counter { ty: self.ty(ty) },
            model::Structure::Hash(id) => Structure::Hash {
                record: self.type_name(*id),
            },
            model::Structure::HashMap { field, value } => Structure::HashMap {
                field: self.value(field),
                value: self.value(value),
            },
            model::Structure::List(member) => Structure::List {
                member: self.value(member),
            },
            model::Structure::Set(member) => Structure::Set {
                member: self.value(member),
            },
            model::Structure::ZSet { member, score } => Structure::Zset {
                member: self.value(member),
                score: score_word(score.unit).to_owned(),
            },
            model::Structure::Stream {
                entry,
                trim,
                groups,
            } => Structure::Stream {
                entry: self.type_name(*entry),
                trim: trim.map(trim_of),
                groups: groups.iter().map(ToString::to_string).collect(),
            },
            model::Structure::Bitmap => Structure::Bitmap,
            model::Structure::HyperLogLog(element) => Structure::HyperLogLog {
                element: self.value(element),
            },
            model::Structure::Geo(member) => Structure::Geo {
                member: self.value(member),
            },
            model::Structure::JsonDocument(ty) => Structure::JsonDocument { ty: self.ty(ty) },
            model::Structure::External(kind) => Structure::External {
                kind: external_word(*kind).to_owned(),
            },
        }
    }

    pub(super) fn value(&self, value: &model::Value) -> Value {
        let codec = match value.encoding.codec {
            model::Codec::Text => "text",
            model::Codec::Json => "json",
            model::Codec::MsgPack => "msgpack",
            model::Codec::Bytes => "bytes",
        };
        Value {
            ty: self.ty(&value.ty),
            codec: codec.to_owned(),
            zstd_over: value.encoding.zstd_over,
            refers: value.refers.map(|(key, param)| {
                let key = &self.schema[key].name;
                param.map_or_else(
                    || key.to_string(),
                    |param| format!("{key}.{}", self.param_name(param)),
                )
            }),
        }
    }
}

const fn score_word(unit: model::ScoreUnit) -> &'static str {
    match unit {
        model::ScoreUnit::TimestampS => "timestamp_s",
        model::ScoreUnit::TimestampMs => "timestamp_ms",
        model::ScoreUnit::Rank => "rank",
        model::ScoreUnit::Float => "float",
    }
}

const fn trim_of(trim: model::StreamTrim) -> Trim {
    match trim {
        model::StreamTrim::MaxLen { count, approx } => Trim::MaxLen { count, approx },
        model::StreamTrim::MinAge { ms, approx } => Trim::MinAge { ms, approx },
    }
}

const fn external_word(kind: model::ExternalKind) -> &'static str {
    match kind {
        model::ExternalKind::Any => "any",
        model::ExternalKind::String => "string",
        model::ExternalKind::Hash => "hash",
        model::ExternalKind::List => "list",
        model::ExternalKind::Set => "set",
        model::ExternalKind::ZSet => "zset",
        model::ExternalKind::Stream => "stream",
    }
}
