use super::{Expiry, Name, ParamId, TypeId};
use crate::source::Span;

/// A declared type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TypeDef {
    /// Its name in camel case.
    pub name: Name,
    /// What it stands for.
    pub about: Option<String>,
    /// What it is.
    pub kind: TypeKind,
    /// Smallest and largest accepted number of an alias (`{type: u8, range: 0..100}`). Fields of this
    /// type that declare no range of their own carry it too.
    pub range: Option<(i128, i128)>,
    /// Earlier names.
    pub was: Vec<String>,
    /// Where it was declared.
    pub span: Span,
}

/// What a declared type is.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// One of several texts.
    Enum(EnumType),
    /// Named fields.
    Struct(StructType),
    /// One of several shapes, told apart by a tag.
    OneOf(OneOfType),
    /// A user's own Rust type (`rust:`), stored as `repr`.
    Rust {
        /// Where it is.
        rust: RustType,
        /// How it is stored.
        repr: Type,
    },
    /// Another name for a type, with its constraints.
    Alias(Type),
}

/// A closed or open list of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnumType {
    /// The variants in order.
    pub variants: Vec<Variant>,
    /// Name of the catch-all variant that keeps an unknown text, if any.
    pub other: Option<Name>,
    /// Allowed transitions (`flow:`): from, to. Empty when every transition is allowed.
    pub flow: Vec<(usize, Vec<usize>)>,
}

/// One variant of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// Its text at rest.
    pub text: String,
    /// What it means.
    pub about: Option<String>,
}

/// Named fields.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StructType {
    /// In order of declaration.
    pub fields: Vec<Field>,
    /// Reading refuses fields that are not among these (`unknown_fields: refuse`), instead of skipping them.
    pub strict: bool,
    /// A user's own struct with these fields (`rust:` beside `fields:`): used instead of an emitted one,
    /// and checked against the fields by the attribute it carries.
    pub rust: Option<RustType>,
}

/// One of several shapes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OneOfType {
    /// Property that holds the variant's name (`type` unless said otherwise).
    pub tag: String,
    /// Each variant and the struct it carries.
    pub variants: Vec<(Variant, TypeId)>,
}

/// A field of a struct or hash.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Field {
    /// Its name, also at rest.
    pub name: Name,
    /// What it holds.
    pub about: Option<String>,
    /// Its type; `Option` when it may be absent.
    pub ty: Type,
    /// Used when the stored value lacks it.
    pub default: Option<DefaultValue>,
    /// Names it is also read under.
    pub was: Vec<String>,
    /// Its value is never printed.
    pub secret: bool,
    /// Unit of measure, for the docs.
    pub unit: Option<String>,
    /// Smallest and largest accepted number.
    pub range: Option<(i128, i128)>,
    /// Field whose value bounds this one (`max: total_files`), for the docs.
    pub max_field: Option<Name>,
    /// Set to the server's time by every write (`touch: on_write`; timestamps in hashes only).
    pub touch: bool,
    /// How long it lives by itself after a write (`ttl:`; fields of hashes only).
    pub ttl: Option<Expiry>,
    /// Where it was declared.
    pub span: Span,
}

/// A default value.
#[derive(Debug, Clone, PartialEq)]
pub enum DefaultValue {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
    /// A text.
    Text(String),
    /// Index of an enum's variant.
    Variant(TypeId, usize),
    /// The empty list or map.
    Empty,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// Unsigned integer of 8, 16, 32 or 64 bits.
    Unsigned(u8),
    /// Signed integer of 8, 16, 32 or 64 bits.
    Signed(u8),
    /// Floating-point number of 32 or 64 bits.
    Float(u8),
    /// Exact decimal number, text at rest.
    Decimal,
    /// UTF-8 text.
    String {
        /// Longest accepted length in bytes.
        max: Option<u32>,
    },
    /// Any bytes.
    Bytes,
    /// A UUID, hyphenated text at rest.
    Uuid,
    /// A ULID, 26 characters at rest.
    Ulid,
    /// An IP address, canonical text at rest.
    Ip,
    /// Seconds since 1970.
    TimestampS,
    /// Milliseconds since 1970.
    TimestampMs,
    /// RFC 3339 date and time with offset.
    Datetime,
    /// Whole seconds.
    DurationS,
    /// Whole milliseconds.
    DurationMs,
    /// Free-form JSON.
    Any,
    /// Lower-case hexadecimal text of this many characters.
    Hex(u32),
    /// Text of `[A-Za-z0-9._-]`.
    Slug {
        /// Longest accepted length.
        max: Option<u32>,
    },
    /// The type of a placeholder.
    Param(ParamId),
    /// A declared type.
    Named(TypeId),
    /// May be absent.
    Option(Box<Type>),
    /// Any number of values in order.
    List(Box<Type>),
    /// Text keys to values.
    Map(Box<Type>),
    /// The whole name of another key (`ref: job`); text at rest.
    KeyName(super::KeyId),
}

/// A path to a user's own Rust type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RustType(pub(crate) String);

impl RustType {
    /// The path, e.g. `crate::Money`; checked to be a plain path of identifiers.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0
    }
}

/// How a value stands at rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// The format.
    pub codec: Codec,
    /// Compressed by Zstandard when the encoded value is at least this many bytes.
    pub zstd_over: Option<u32>,
}

/// A value format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codec {
    /// One scalar as text.
    Text,
    /// JSON.
    Json,
    /// MessagePack with field names.
    MsgPack,
    /// The bytes themselves.
    Bytes,
}

impl Type {
    /// As a schema writes it: `u64`, `[Job]`, `string?`.
    #[must_use]
    pub fn text(&self, schema: &super::Schema) -> String {
        match self {
            Self::Bool => "bool".to_owned(),
            Self::Unsigned(bits) => format!("u{bits}"),
            Self::Signed(bits) => format!("i{bits}"),
            Self::Float(bits) => format!("f{bits}"),
            Self::Decimal => "decimal".to_owned(),
            Self::String { .. } => "string".to_owned(),
            Self::Bytes => "bytes".to_owned(),
            Self::Uuid => "uuid".to_owned(),
            Self::Ulid => "ulid".to_owned(),
            Self::Ip => "ip".to_owned(),
            Self::TimestampS => "timestamp_s".to_owned(),
            Self::TimestampMs => "timestamp_ms".to_owned(),
            Self::Datetime => "datetime".to_owned(),
            Self::DurationS => "duration_s".to_owned(),
            Self::DurationMs => "duration_ms".to_owned(),
            Self::Any => "any".to_owned(),
            Self::Hex(length) => format!("hex({length})"),
            Self::Slug { .. } => "slug".to_owned(),
            Self::Param(id) => schema[*id].name.to_string(),
            Self::Named(id) => schema[*id].name.to_string(),
            Self::Option(inner) => format!("{}?", inner.text(schema)),
            Self::List(inner) => format!("[{}]", inner.text(schema)),
            Self::Map(inner) => format!("{{string: {}}}", inner.text(schema)),
            Self::KeyName(id) => format!("name of {}", schema[*id].name),
        }
    }
}
