//! Made-up but valid values, derived from types: the same input always gives the same example.

use redis_schema_model::model::{
    DefaultValue, Field, Key, Param, ParamId, ParamType, Prefix, Schema, Segment, StringEncoding,
    Template, Type, TypeId, TypeKind,
};
use serde_json::{Map, Value as Json, json};

const UUID: &str = "6b1f1d1e-5c1a-4f0e-9a57-2f8a3c1d9e40";
const ULID: &str = "01HZX4T9M7QK3V8R2N6B5C0DWE";
const HEX: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const SECONDS: u64 = 1_767_225_600;
const IP: &str = "192.0.2.7";

/// Fields written before an example breaks off: types that multiply at every level stay readable.
const BUDGET: usize = 120;

/// A whole key.
#[must_use]
pub(super) fn key(schema: &Schema, key: &Key) -> String {
    name(schema, &key.prefix, &key.template, &|id, text| {
        let taken = |text: &str| {
            key.reserved
                .iter()
                .any(|(param, value)| *param == id && value == text)
        };
        if taken(&text) {
            format!("{text}1")
        } else {
            text
        }
    })
}

/// A whole key or channel.
#[must_use]
pub(super) fn channel(schema: &Schema, prefix: &Prefix, template: &Template) -> String {
    name(schema, prefix, template, &|_, text| text)
}

fn name(
    schema: &Schema,
    prefix: &Prefix,
    template: &Template,
    adjust: &dyn Fn(ParamId, String) -> String,
) -> String {
    fn walk(
        schema: &Schema,
        segments: &[Segment],
        adjust: &dyn Fn(ParamId, String) -> String,
        out: &mut String,
    ) {
        for segment in segments {
            match segment {
                Segment::Literal(text) => out.push_str(text),
                Segment::Param(id) => out.push_str(&adjust(*id, param(schema, &schema[*id]))),
                Segment::Optional(inner) => walk(schema, inner, adjust, out),
            }
        }
    }
    let mut out = prefix.text.clone();
    walk(schema, &template.segments, adjust, &mut out);
    out
}

/// A placeholder's text.
#[must_use]
pub(super) fn param(schema: &Schema, param: &Param) -> String {
    match &param.ty {
        ParamType::Uuid => UUID.to_owned(),
        ParamType::Ulid => ULID.to_owned(),
        ParamType::Unsigned(_) | ParamType::Signed(_) => "42".to_owned(),
        ParamType::Slug { max } => shortened(&slug(param.name.as_str()), *max),
        ParamType::Hex(length) => hex(*length),
        ParamType::Enum(id) => variant(schema, *id),
        ParamType::Date(format) => format
            .pattern()
            .replace("YYYY", "2026")
            .replace("MM", "01")
            .replace("DD", "31"),
        ParamType::TimestampS => SECONDS.to_string(),
        ParamType::TimestampMs => format!("{SECONDS}000"),
        ParamType::Ip => IP.to_owned(),
        ParamType::String { max, encoding } => match encoding {
            StringEncoding::Percent => shortened("some%20text", *max),
            StringEncoding::Hash => hex(64),
            StringEncoding::Raw { .. } => shortened("text", *max),
        },
        ParamType::Rest { max } => shortened("any:tail", *max),
    }
}

fn slug(name: &str) -> String {
    let word = name.split('_').next().unwrap_or(name);
    format!("{word}-1")
}

/// The first characters, as many as are allowed; a cut through an escape goes too.
fn shortened(text: &str, max: Option<u32>) -> String {
    let max = max.map_or(usize::MAX, |max| max as usize);
    let short: String = text.chars().take(max).collect();
    match short.rfind('%') {
        Some(at) if short.len() - at < 3 => short[..at].to_owned(),
        _ => short,
    }
}

fn hex(length: u32) -> String {
    // Longer than any digest in use is cut: it would only fill the page.
    HEX.chars().cycle().take(length.min(512) as usize).collect()
}

/// Text of the first variant.
fn variant(schema: &Schema, id: TypeId) -> String {
    match &schema[id].kind {
        TypeKind::Enum(kind) => kind
            .variants
            .first()
            .map_or_else(String::new, |variant| variant.text.clone()),
        _ => String::new(),
    }
}

/// One line of JSON.
#[must_use]
pub(super) fn compact(json: &Json) -> String {
    json.to_string()
}

/// A value as JSON.
#[must_use]
pub(super) fn json(schema: &Schema, ty: &Type) -> Json {
    Examples {
        schema,
        left: BUDGET,
    }
    .of(ty, None)
}

/// The fields of a struct as JSON, each on its own.
#[must_use]
pub(super) fn record(schema: &Schema, id: TypeId) -> Json {
    Examples {
        schema,
        left: BUDGET,
    }
    .named(id, None)
}

struct Examples<'s> {
    schema: &'s Schema,
    left: usize,
}

impl Examples<'_> {
    fn of(&mut self, ty: &Type, range: Option<(i128, i128)>) -> Json {
        if self.left == 0 {
            return json!("…");
        }
        self.left -= 1;
        match ty {
            Type::Bool => json!(true),
            Type::Unsigned(_) | Type::Signed(_) => integer(range),
            Type::Float(_) => json!(0.5),
            Type::Decimal => json!("12.50"),
            Type::String { max } => json!(shortened("some text", *max)),
            Type::Bytes => json!([104, 105]),
            Type::Uuid => json!(UUID),
            Type::Ulid => json!(ULID),
            Type::Ip => json!(IP),
            Type::TimestampS => json!(SECONDS),
            Type::TimestampMs => json!(SECONDS * 1000),
            Type::Datetime => json!("2026-01-01T00:00:00Z"),
            Type::DurationS => json!(90),
            Type::DurationMs => json!(90_000),
            Type::Any => json!({}),
            Type::Hex(length) => json!(hex(*length)),
            Type::Slug { max } => json!(shortened("name-1", *max)),
            Type::Param(id) => self.placeholder(&self.schema[*id]),
            Type::Named(id) => self.named(*id, range),
            Type::Option(inner) => self.of(inner, range),
            Type::List(item) => Json::Array(vec![self.of(item, None)]),
            Type::Map(item) => json!({ "some key": self.of(item, None) }),
            Type::KeyName(id) => json!(key(self.schema, &self.schema[*id])),
        }
    }

    /// Numbers stand as numbers in JSON, everything else as its text.
    fn placeholder(&self, param: &Param) -> Json {
        match param.ty {
            ParamType::Unsigned(_) | ParamType::Signed(_) => json!(42),
            ParamType::TimestampS => json!(SECONDS),
            ParamType::TimestampMs => json!(SECONDS * 1000),
            ParamType::String { max, .. } => json!(shortened("some text", max)),
            _ => json!(self::param(self.schema, param)),
        }
    }

    fn named(&mut self, id: TypeId, range: Option<(i128, i128)>) -> Json {
        let schema = self.schema;
        let def = &schema[id];
        match &def.kind {
            TypeKind::Enum(_) => json!(variant(schema, id)),
            TypeKind::Struct(kind) => Json::Object(self.fields(&kind.fields)),
            TypeKind::OneOf(kind) => {
                // The variant that carries most says most.
                let richest =
                    kind.variants
                        .iter()
                        .rev()
                        .max_by_key(|(_, id)| match &schema[*id].kind {
                            TypeKind::Struct(kind) => kind.fields.len(),
                            _ => 0,
                        });
                let Some((variant, carried)) = richest else {
                    return json!({});
                };
                let mut object = Map::new();
                object.insert(kind.tag.clone(), json!(variant.text));
                if let TypeKind::Struct(kind) = &schema[*carried].kind {
                    object.extend(self.fields(&kind.fields));
                }
                Json::Object(object)
            }
            TypeKind::Rust { repr, .. } => self.of(repr, range.or(def.range)),
            TypeKind::Alias(ty) => self.of(ty, range.or(def.range)),
        }
    }

    fn fields(&mut self, fields: &[Field]) -> Map<String, Json> {
        let mut object = Map::new();
        for field in fields {
            if self.left == 0 {
                object.insert("…".to_owned(), json!("…"));
                break;
            }
            object.insert(field.name.as_str().to_owned(), self.field(field));
        }
        object
    }

    fn field(&mut self, field: &Field) -> Json {
        if field.secret {
            self.left -= 1;
            return json!("(secret)");
        }
        match &field.default {
            Some(DefaultValue::Text(text)) => json!(text),
            Some(DefaultValue::Variant(id, index)) => match &self.schema[*id].kind {
                TypeKind::Enum(kind) => {
                    json!(kind.variants.get(*index).map(|variant| &variant.text))
                }
                _ => json!(null),
            },
            Some(DefaultValue::Empty) | None => self.of(&field.ty, field.range),
            Some(DefaultValue::Bool(value)) => json!(value),
            Some(DefaultValue::Int(number)) => int(*number),
            Some(DefaultValue::Float(number)) => json!(number),
        }
    }
}

/// 42 where it is allowed, else the nearest bound.
fn integer(range: Option<(i128, i128)>) -> Json {
    let (low, high) = range.unwrap_or((i128::MIN, i128::MAX));
    int(42.clamp(low, high.max(low)))
}

fn int(number: i128) -> Json {
    match (u64::try_from(number), i64::try_from(number)) {
        (Ok(number), _) => json!(number),
        (_, Ok(number)) => json!(number),
        _ => json!(number.to_string()),
    }
}
