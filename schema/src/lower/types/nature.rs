//! What a type is at bottom, behind names and aliases.

use super::super::Lowering;
use crate::model::{EnumType, ParamType, Type, TypeId, TypeKind};

/// What a type is at bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    Bool,
    /// A whole number with its smallest and largest value.
    Integer(i128, i128),
    Float,
    Decimal,
    /// Free text, which `max:` can bound.
    Text,
    /// Text of one form: uuid, hex, ip, …
    Formed,
    TimestampS,
    TimestampMs,
    Duration,
    Enum,
    Bytes,
    /// Free-form JSON.
    Any,
    Record,
    OneOf,
    List,
    Map,
    Option,
}

impl Nature {
    /// Whether one text stands for a value.
    pub(crate) fn is_scalar(self) -> bool {
        !matches!(
            self,
            Self::Bytes
                | Self::Any
                | Self::Record
                | Self::OneOf
                | Self::List
                | Self::Map
                | Self::Option
        )
    }

    /// Whether a range can bound it.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Integer(..) | Self::Float)
    }

    /// How messages call it.
    pub(crate) fn called(self) -> &'static str {
        match self {
            Self::Bool => "a `bool`",
            Self::Integer(..) => "a whole number",
            Self::Float => "a number",
            Self::Decimal => "a decimal number",
            Self::Text => "a text",
            Self::Formed => "a text of one form",
            Self::TimestampS | Self::TimestampMs => "a moment",
            Self::Duration => "a duration",
            Self::Enum => "an enum",
            Self::Bytes => "bytes",
            Self::Any => "free-form JSON",
            Self::Record => "a record",
            Self::OneOf => "one of several records",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Option => "optional",
        }
    }
}

impl Lowering<'_> {
    /// What a type is at bottom; `None` when something behind it failed.
    pub(crate) fn nature(&self, ty: &Type) -> Option<Nature> {
        let mut ty = ty;
        // Circles are reported elsewhere; here they only must not be followed for ever.
        for _ in 0..=self.draft.types.len() {
            let def = match ty {
                Type::Named(id) => match self.draft.ty(*id) {
                    Some(def) => def,
                    None => return self.declared_nature(*id),
                },
                plain => return self.plain_nature(plain),
            };
            ty = match &def.kind {
                TypeKind::Enum(_) => return Some(Nature::Enum),
                TypeKind::Struct(_) => return Some(Nature::Record),
                TypeKind::OneOf(_) => return Some(Nature::OneOf),
                TypeKind::Rust { repr, .. } => repr,
                TypeKind::Alias(ty) => ty,
            };
        }
        None
    }

    /// Records are lowered last, so before that only their declaration tells what they are.
    fn declared_nature(&self, id: TypeId) -> Option<Nature> {
        let node = self.declared.types.list.get(id.index())?.node;
        let is = |field| node.get(field).is_some();
        if is("fields") {
            Some(Nature::Record)
        } else if is("one_of") {
            Some(Nature::OneOf)
        } else {
            None
        }
    }

    fn plain_nature(&self, ty: &Type) -> Option<Nature> {
        Some(match ty {
            Type::Bool => Nature::Bool,
            Type::Unsigned(bits) => unsigned(*bits),
            Type::Signed(bits) => signed(*bits),
            Type::Float(_) => Nature::Float,
            Type::Decimal => Nature::Decimal,
            Type::String { .. } | Type::Slug { .. } => Nature::Text,
            Type::Bytes => Nature::Bytes,
            Type::Uuid
            | Type::Ulid
            | Type::Ip
            | Type::Hex(_)
            | Type::Datetime
            | Type::KeyName(_) => Nature::Formed,
            Type::TimestampS => Nature::TimestampS,
            Type::TimestampMs => Nature::TimestampMs,
            Type::DurationS | Type::DurationMs => Nature::Duration,
            Type::Any => Nature::Any,
            Type::Param(id) => return self.param_nature(id.index()),
            Type::Option(_) => Nature::Option,
            Type::List(_) => Nature::List,
            Type::Map(_) => Nature::Map,
            Type::Named(_) => return None,
        })
    }

    /// Parameters are lowered after types, so before that their nature is read from the text.
    fn param_nature(&self, index: usize) -> Option<Nature> {
        let Some(param) = self.draft.params.get(index)?.as_ref() else {
            return self.declared_param_nature(index);
        };
        Some(match &param.ty {
            ParamType::Unsigned(bits) => unsigned(*bits),
            ParamType::Signed(bits) => signed(*bits),
            ParamType::Enum(_) => Nature::Enum,
            ParamType::TimestampS => Nature::TimestampS,
            ParamType::TimestampMs => Nature::TimestampMs,
            ParamType::Slug { .. } | ParamType::String { .. } | ParamType::Rest { .. } => {
                Nature::Text
            }
            ParamType::Uuid
            | ParamType::Ulid
            | ParamType::Hex(_)
            | ParamType::Date(_)
            | ParamType::Ip => Nature::Formed,
        })
    }

    fn declared_param_nature(&self, index: usize) -> Option<Nature> {
        let node = self.declared.params.list.get(index)?.node;
        let text = node.get("type").unwrap_or(node).text()?;
        let bits = || text.get(1..)?.parse().ok();
        Some(match text {
            "u8" | "u16" | "u32" | "u64" => unsigned(bits()?),
            "i8" | "i16" | "i32" | "i64" => signed(bits()?),
            "timestamp_s" => Nature::TimestampS,
            "timestamp_ms" => Nature::TimestampMs,
            "slug" | "string" | "rest" => Nature::Text,
            _ if self.declared.ty(text).is_some() => Nature::Enum,
            _ => Nature::Formed,
        })
    }

    /// The enum behind a type, with its id.
    pub(crate) fn enum_behind<'t>(&'t self, ty: &'t Type) -> Option<(TypeId, &'t EnumType)> {
        let mut ty = ty;
        // Circles are reported elsewhere; here they only must not be followed for ever.
        for _ in 0..=self.draft.types.len() {
            let Type::Named(id) = ty else { return None };
            ty = match &self.draft.ty(*id)?.kind {
                TypeKind::Enum(list) => return Some((*id, list)),
                TypeKind::Alias(ty) => ty,
                _ => return None,
            };
        }
        None
    }
}

fn unsigned(bits: u8) -> Nature {
    Nature::Integer(0, (1_i128 << bits.min(64)) - 1)
}

fn signed(bits: u8) -> Nature {
    let half = 1_i128 << (bits.clamp(1, 64) - 1);
    Nature::Integer(-half, half - 1)
}
