//! Every word of every kind, with how it is told from the schema.

use cel::Value;
use redis_schema_model::model::{
    Channel, Codec, Field, Flavour, Key, Lifetime, OnWrite, Param, ParamId, ParamType, Schema,
    Structure, Template, Topology, TtlRule, Type, TypeId, TypeKind, Unit,
};

use super::super::words::{Ty, Word};
use super::{list, record, text};

/// A word and its value.
pub(super) struct Row<T: ?Sized> {
    pub(super) word: Word,
    pub(super) get: fn(&Schema, &T) -> Value,
}

/// `"name", Type, "meaning", |schema, it| value;` for each word.
macro_rules! rows {
    ($(#[$doc:meta])* $list:ident, $words:ident: $of:ty = $($name:literal, $ty:expr, $about:literal, $get:expr;)*) => {
        $(#[$doc])*
        pub(super) const $list: &[Row<$of>] = &[$(Row { word: ($name, $ty, $about), get: $get },)*];
        #[allow(dead_code)]
        const $words: &[Word] = &[$(($name, $ty, $about),)*];
    };
}

const TEXTS: Ty = Ty::List(&Ty::Text);
const PARAM_RECORDS: Ty = Ty::List(&Ty::Record("param", PARAM_WORDS));
const FIELD_RECORDS: Ty = Ty::List(&Ty::Record("field", FIELD_WORDS));

rows! {
    /// Of a key.
    KEYS, KEY_WORDS: Key =
    "name", Ty::Text, "Its name.", |_, key| text(key.name.as_str());
    "about", Ty::Text, "Its description.", |_, key| words(&key.about);
    "owner", Ty::Text, "Who answers for it: the key's own `owner:`, else the schema's.",
        |schema, key| words(if key.owner.is_some() { &key.owner } else { &schema.owner });
    "template", Ty::Text, "Its template as it was written.", |_, key| text(key.template.text.as_str());
    "prefix", Ty::Text, "What stands before it.", |_, key| text(key.prefix.text.as_str());
    "database", Ty::Text, "The database it lives in.", |schema, key| text(schema[key.database].name.as_str());
    "structure", Ty::Text, "`string`, `counter`, `hash`, `hash_map`, `list`, `set`, `zset`, `stream`, `bitmap`, `hyperloglog`, `geo`, `json_document` or `external`.",
        |_, key| text(key.structure.name());
    "codec", Ty::Text, "`text`, `json`, `msgpack` or `bytes`: how its values stand; empty where the structure decides.",
        |_, key| text(codec(&key.structure));
    "params", PARAM_RECORDS, "The parameters of its template.", |schema, key| params(schema, &key.template);
    "expires", Ty::Bool, "Whether it has a lifetime.", |_, key| Value::Bool(matches!(key.lifetime, Lifetime::Expires(_)));
    "ttl", Ty::Int, "Its lifetime in seconds; 0 if it never expires.", |_, key| Value::Int(seconds(&key.lifetime));
    "jitter", Ty::Int, "Its jitter in percent.", |_, key| Value::Int(jitter(&key.lifetime));
    "on_write", Ty::Text, "`refresh`, `keep` or `set_once`; empty if it never expires.", |_, key| text(on_write(&key.lifetime));
    "ttl_env", Ty::Text, "The variable that overrides its lifetime.", |_, key| match &key.lifetime {
        Lifetime::Expires(expiry) => words(&expiry.env),
        _ => text(""),
    };
    "durability", Ty::Text, "`cache` or `durable`, its own or its database's; empty if not said.",
        |_, key| text(key.durability.map_or("", |class| class.word()));
    "bytes", Ty::Int, "Typical bytes of a value; 0 if not said.", |_, key| number(key.size.map_or(0, |(bytes, _)| bytes));
    "count", Ty::Int, "Typical number of such keys; 0 if not said.", |_, key| number(key.size.map_or(0, |(_, keys)| keys));
    "deprecated", Ty::Text, "What is said about its end.", |_, key| words(&key.deprecated);
}

rows! {
    /// Of a channel.
    CHANNELS, CHANNEL_WORDS: Channel =
    "name", Ty::Text, "Its name.", |_, it| text(it.name.as_str());
    "about", Ty::Text, "Its description.", |_, it| words(&it.about);
    "template", Ty::Text, "Its template as it was written.", |_, it| text(it.template.text.as_str());
    "prefix", Ty::Text, "What stands before it.", |_, it| text(it.prefix.text.as_str());
    "params", PARAM_RECORDS, "The parameters of its template.", |schema, it| params(schema, &it.template);
    "sharded", Ty::Bool, "Whether it is sharded.", |_, it| Value::Bool(it.sharded);
    "durable", Ty::Bool, "Whether no message may be lost.", |_, it| Value::Bool(it.durable);
    "message", Ty::Text, "The type of its messages.", |schema, it| text(it.message.ty.text(schema));
}

rows! {
    /// Of a parameter.
    PARAMS, PARAM_WORDS: Param =
    "name", Ty::Text, "Its name.", |_, it| text(it.name.as_str());
    "about", Ty::Text, "Its description.", |_, it| words(&it.about);
    "type", Ty::Text, "Its type: `uuid`, `u64`, `slug`, `string`, the name of an enum …", |schema, it| text(param_type(schema, &it.ty));
    "max", Ty::Int, "Longest accepted length; 0 if there is no bound, or none is needed.", |_, it| number(match it.ty {
        ParamType::Slug { max } | ParamType::String { max, .. } | ParamType::Rest { max } => max.unwrap_or(0).into(),
        _ => 0,
    });
    "secret", Ty::Bool, "Whether its value is never printed.", |_, it| Value::Bool(it.secret);
}

rows! {
    /// Of a declared type.
    TYPES, TYPE_WORDS: TypeId =
    "name", Ty::Text, "Its name.", |schema, id| text(schema[*id].name.as_str());
    "about", Ty::Text, "Its description.", |schema, id| words(&schema[*id].about);
    "kind", Ty::Text, "`enum`, `record`, `one_of`, `rust` or `alias`.", |schema, id| text(match schema[*id].kind {
        TypeKind::Enum(_) => "enum",
        TypeKind::Struct(_) => "record",
        TypeKind::OneOf(_) => "one_of",
        TypeKind::Rust { .. } => "rust",
        TypeKind::Alias(_) => "alias",
    });
    "fields", FIELD_RECORDS, "The fields of a record.", |schema, id| {
        let places = FieldAt::each(schema, *id);
        list(places.map(|at| record(FIELDS, schema, &at)))
    };
    "variants", TEXTS, "The variants of an enum or of one of several records.", |schema, id| match &schema[*id].kind {
        TypeKind::Enum(own) => list(own.variants.iter().map(|one| text(one.name.as_str()))),
        TypeKind::OneOf(own) => list(own.variants.iter().map(|(one, _)| text(one.name.as_str()))),
        _ => list(std::iter::empty()),
    };
    "catch_all", Ty::Text, "The catch-all of an enum.", |schema, id| match &schema[*id].kind {
        TypeKind::Enum(own) => text(own.other.as_ref().map_or("", |name| name.as_str())),
        _ => text(""),
    };
}

/// A field by its place.
pub(super) struct FieldAt {
    record: TypeId,
    index: usize,
}

impl FieldAt {
    /// Every field of a type.
    pub(super) fn each(schema: &Schema, record: TypeId) -> impl Iterator<Item = Self> + use<> {
        let count = match &schema[record].kind {
            TypeKind::Struct(own) => own.fields.len(),
            _ => 0,
        };
        (0..count).map(move |index| Self { record, index })
    }

    /// The field, if it is there.
    pub(super) fn of<'s>(&self, schema: &'s Schema) -> Option<&'s Field> {
        match &schema[self.record].kind {
            TypeKind::Struct(own) => own.fields.get(self.index),
            _ => None,
        }
    }

    /// Whether something holds of the field.
    fn is(&self, schema: &Schema, holds: impl Fn(&Field) -> bool) -> Value {
        Value::Bool(self.of(schema).is_some_and(holds))
    }

    /// A text about the field.
    fn tell(&self, schema: &Schema, told: impl Fn(&Field) -> String) -> Value {
        text(self.of(schema).map(told).unwrap_or_default())
    }
}

rows! {
    /// Of a field.
    FIELDS, FIELD_WORDS: FieldAt =
    "name", Ty::Text, "Its name.", |schema, at| at.tell(schema, |it| it.name.to_string());
    "record", Ty::Text, "The record that it is a field of.", |schema, at| text(schema[at.record].name.as_str());
    "about", Ty::Text, "Its description.", |schema, at| at.tell(schema, |it| it.about.clone().unwrap_or_default());
    "type", Ty::Text, "Its type: `u32`, `string?`, `[Job]` …", |schema, at| at.tell(schema, |it| it.ty.text(schema));
    "unit", Ty::Text, "Its unit.", |schema, at| at.tell(schema, |it| it.unit.clone().unwrap_or_default());
    "optional", Ty::Bool, "Whether it may be absent.", |schema, at| at.is(schema, |it| matches!(it.ty, Type::Option(_)));
    "secret", Ty::Bool, "Whether its value is never printed.", |schema, at| at.is(schema, |it| it.secret);
    "has_default", Ty::Bool, "Whether it has a default.", |schema, at| at.is(schema, |it| it.default.is_some());
}

rows! {
    /// Of a unit.
    UNITS, UNIT_WORDS: Unit =
    "name", Ty::Text, "Its name.", |_, it| text(it.name.as_str());
    "about", Ty::Text, "Its description.", |_, it| words(&it.about);
    "writes", TEXTS, "The keys that it writes.", |schema, it| list(it.writes.iter().map(|id| text(schema[*id].name.as_str())));
}

rows! {
    /// Of the schema.
    SCHEMA, SCHEMA_WORDS: Schema =
    "name", Ty::Text, "Its name.", |_, it| text(it.name.as_str());
    "about", Ty::Text, "Its description.", |_, it| words(&it.about);
    "owner", Ty::Text, "Who answers for it.", |_, it| words(&it.owner);
    "version", Ty::Int, "Its version.", |_, it| Value::Int(it.version.into());
    "edition", Ty::Int, "Its edition.", |_, it| Value::Int(it.edition.into());
    "prefix", Ty::Text, "Its prefix.", |_, it| text(it.prefix.text.as_str());
    "topology", Ty::Text, "`standalone`, `sentinel` or `cluster`.", |_, it| text(match it.topology {
        Topology::Standalone => "standalone",
        Topology::Sentinel => "sentinel",
        Topology::Cluster => "cluster",
    });
    "flavour", Ty::Text, "`redis` or `valkey`.", |_, it| text(match it.server.flavour {
        Flavour::Redis => "redis",
        Flavour::Valkey => "valkey",
    });
    "databases", TEXTS, "Its databases.", |_, it| list(it.databases.iter().map(|one| text(one.name.as_str())));
    "keys", Ty::Int, "Number of its keys.", |_, it| number(it.keys.len() as u64);
    "channels", Ty::Int, "Number of its channels.", |_, it| number(it.channels.len() as u64);
    "units", Ty::Int, "Number of its units.", |_, it| number(it.units.len() as u64);
}

fn words(said: &Option<String>) -> Value {
    text(said.as_deref().unwrap_or_default().trim())
}

fn number(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn params(schema: &Schema, template: &Template) -> Value {
    let of = |id: ParamId| record(PARAMS, schema, &schema[id]);
    list(template.params().into_iter().map(of))
}

fn seconds(lifetime: &Lifetime) -> i64 {
    match lifetime {
        Lifetime::Expires(expiry) => match expiry.rule {
            TtlRule::After(time) => i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
            TtlRule::EndOfDay => 86_400,
        },
        _ => 0,
    }
}

fn jitter(lifetime: &Lifetime) -> i64 {
    match lifetime {
        Lifetime::Expires(expiry) => i64::from(expiry.jitter_permille / 10),
        _ => 0,
    }
}

fn on_write(lifetime: &Lifetime) -> &'static str {
    match lifetime {
        Lifetime::Expires(expiry) => match expiry.on_write {
            OnWrite::Refresh => "refresh",
            OnWrite::Keep => "keep",
            OnWrite::SetOnce => "set_once",
        },
        _ => "",
    }
}

fn codec(structure: &Structure) -> &'static str {
    let value = match structure {
        Structure::String(value)
        | Structure::List(value)
        | Structure::Set(value)
        | Structure::ZSet { member: value, .. }
        | Structure::HashMap { value, .. } => value,
        _ => return "",
    };
    match value.encoding.codec {
        Codec::Text => "text",
        Codec::Json => "json",
        Codec::MsgPack => "msgpack",
        Codec::Bytes => "bytes",
    }
}

fn param_type(schema: &Schema, ty: &ParamType) -> String {
    match ty {
        ParamType::Uuid => "uuid".to_owned(),
        ParamType::Ulid => "ulid".to_owned(),
        ParamType::Unsigned(bits) => format!("u{bits}"),
        ParamType::Signed(bits) => format!("i{bits}"),
        ParamType::Slug { .. } => "slug".to_owned(),
        ParamType::Hex(length) => format!("hex({length})"),
        ParamType::Enum(id) => schema[*id].name.to_string(),
        ParamType::Date(_) => "date".to_owned(),
        ParamType::TimestampS => "timestamp_s".to_owned(),
        ParamType::TimestampMs => "timestamp_ms".to_owned(),
        ParamType::Ip => "ip".to_owned(),
        ParamType::String { .. } => "string".to_owned(),
        ParamType::Rest { .. } => "rest".to_owned(),
    }
}
