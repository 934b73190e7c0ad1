//! From type expressions to types: names are looked up.

use super::super::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Type;
use crate::source::Span;
use crate::text::{TypeExpr, TypeExprKind, nearest, whole};

const SCALARS: [(&str, Type); 24] = [
    ("bool", Type::Bool),
    ("u8", Type::Unsigned(8)),
    ("u16", Type::Unsigned(16)),
    ("u32", Type::Unsigned(32)),
    ("u64", Type::Unsigned(64)),
    ("i8", Type::Signed(8)),
    ("i16", Type::Signed(16)),
    ("i32", Type::Signed(32)),
    ("i64", Type::Signed(64)),
    ("f32", Type::Float(32)),
    ("f64", Type::Float(64)),
    ("decimal", Type::Decimal),
    ("string", Type::String { max: None }),
    ("bytes", Type::Bytes),
    ("uuid", Type::Uuid),
    ("ulid", Type::Ulid),
    ("ip", Type::Ip),
    ("timestamp_s", Type::TimestampS),
    ("timestamp_ms", Type::TimestampMs),
    ("datetime", Type::Datetime),
    ("duration_s", Type::DurationS),
    ("duration_ms", Type::DurationMs),
    ("any", Type::Any),
    ("slug", Type::Slug { max: None }),
];
/// Types that people look for, and what they are called here.
const SYNONYMS: [(&str, &str); 30] = [
    ("int", "i64"),
    ("integer", "i64"),
    ("long", "i64"),
    ("uint", "u64"),
    ("usize", "u64"),
    ("number", "f64"),
    ("float", "f64"),
    ("double", "f64"),
    ("boolean", "bool"),
    ("str", "string"),
    ("text", "string"),
    ("char", "string"),
    ("binary", "bytes"),
    ("blob", "bytes"),
    ("guid", "uuid"),
    ("json", "any"),
    ("object", "any"),
    ("value", "any"),
    ("dict", "{string: any}"),
    ("map", "{string: any}"),
    ("hashmap", "{string: any}"),
    ("list", "[any]"),
    ("array", "[any]"),
    ("vec", "[any]"),
    ("timestamp", "timestamp_ms"),
    ("time", "timestamp_ms"),
    ("date", "datetime"),
    ("duration", "duration_s"),
    ("i128", "decimal"),
    ("u128", "decimal"),
];
/// Longest hexadecimal text.
const LONGEST_HEX: u32 = 65_536;

impl Lowering<'_> {
    /// A type that may be optional.
    pub(crate) fn ty(&mut self, expr: &TypeExpr) -> Option<Type> {
        match &expr.kind {
            TypeExprKind::Name(name) => self.named_type(name, expr.span),
            TypeExprKind::Call {
                name,
                argument,
                argument_span,
            } => self.called_type(name, argument, *argument_span, expr.span),
            TypeExprKind::Coded {
                codec,
                codec_span,
                inner,
            } => self.coded_type(codec, *codec_span, inner),
            TypeExprKind::Option(inner) => {
                let ty = self.ty(inner)?;
                if self.nature(&ty) == Some(super::Nature::Option) {
                    self.report(
                        Diagnostic::error(Code::E0511, expr.span, "optional twice over")
                            .label("absent once is absent")
                            .help("one `?` is enough"),
                    );
                    return None;
                }
                Some(Type::Option(Box::new(ty)))
            }
            TypeExprKind::List(inner) => Some(Type::List(Box::new(self.ty(inner)?))),
            TypeExprKind::Map { key, value } => {
                if key.kind != TypeExprKind::Name(String::from("string")) {
                    self.report(
                        Diagnostic::error(Code::E0501, key.span, "the keys of a map are text")
                            .label("expected `string`")
                            .help("write `{string: T}`; numbers and ids stand there as text"),
                    );
                    return None;
                }
                Some(Type::Map(Box::new(self.ty(value)?)))
            }
        }
    }

    /// A type that is always there.
    pub(crate) fn required_type(&mut self, expr: &TypeExpr) -> Option<Type> {
        let ty = self.ty(expr)?;
        if let TypeExprKind::Option(_) = expr.kind {
            self.report(
                Diagnostic::error(Code::E0511, expr.span, "`?` has no meaning here")
                    .label("nothing can be absent here")
                    .help("remove the `?`: a field is made optional where it is declared, and a key that is absent reads as none"),
            );
            return None;
        }
        Some(ty)
    }

    fn named_type(&mut self, name: &str, span: Span) -> Option<Type> {
        if let Some((_, ty)) = SCALARS.iter().find(|(known, _)| *known == name) {
            return Some(ty.clone());
        }
        if let Some(id) = self.declared.ty(name) {
            return Some(Type::Named(id));
        }
        if let Some(id) = self.declared.param(name) {
            return Some(Type::Param(id));
        }
        self.unknown_type(name, span)
    }

    fn unknown_type(&mut self, name: &str, span: Span) -> Option<Type> {
        let scalars = SCALARS.iter().map(|(known, _)| *known);
        let types = self.declared.types.names();
        let params = self.declared.params.names();
        let candidates = scalars.chain(["hex"]).chain(types).chain(params);
        let lower = name.to_lowercase();
        let synonym = SYNONYMS.iter().find(|(known, _)| *known == lower);
        let help = match (synonym, nearest(name, candidates)) {
            (Some((_, ty)), _) => format!("write `{ty}`"),
            (None, Some("hex")) => String::from("write `hex(64)`, with the number of characters"),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) if name.starts_with(|c: char| c.is_ascii_uppercase()) => {
                format!("declare it: `types: {{ {name}: {{ fields: {{ … }} }} }}`")
            }
            (None, None) => String::from(
                "write a built-in type such as `string`, `u64` or `timestamp_ms`, or the name of a declared type or parameter",
            ),
        };
        self.report(
            Diagnostic::error(Code::E0305, span, format!("no type is called `{name}`"))
                .label("unknown")
                .help(help),
        );
        None
    }

    fn called_type(
        &mut self,
        name: &str,
        argument: &str,
        argument_span: Span,
        span: Span,
    ) -> Option<Type> {
        if name == "hex" {
            let length = whole(argument).and_then(|n| u32::try_from(n).ok());
            let length = length.filter(|n| (1..=LONGEST_HEX).contains(n));
            if length.is_none() {
                self.report(
                    Diagnostic::error(
                        Code::E0501,
                        argument_span,
                        "`hex` takes a number of characters",
                    )
                    .label("expected a number from 1 on")
                    .help("write for instance `hex(64)` for a SHA-256"),
                );
            }
            return length.map(Type::Hex);
        }
        let known = SCALARS.iter().any(|(known, _)| *known == name);
        if !known {
            let near = nearest(name, ["hex"]).is_some();
            let help = match (name, near) {
                (_, true) => format!("did you mean `hex({argument})`?"),
                ("date", _) => {
                    String::from("write `datetime`, or the name of a parameter that is a date")
                }
                _ => String::from("only `hex` takes a number: `hex(64)`"),
            };
            self.report(
                Diagnostic::error(Code::E0305, span, format!("no type is called `{name}(…)`"))
                    .label("unknown")
                    .help(help),
            );
            return None;
        }
        let help = match name {
            "string" | "slug" => format!("write `{{ type: {name}, max: {argument} }}`"),
            _ => format!("write `{name}`"),
        };
        let message = format!("`{name}` takes nothing in parentheses");
        self.report(
            Diagnostic::error(Code::E0501, argument_span, message)
                .label("not part of the type")
                .help(help),
        );
        None
    }

    fn coded_type(&mut self, codec: &str, span: Span, inner: &TypeExpr) -> Option<Type> {
        let (code, message, help) = match codec.to_lowercase().as_str() {
            "json" | "msgpack" | "text" => (
                Code::E0510,
                format!("`{codec}<…>` inside another type"),
                String::from(
                    "write the type alone: the format is that of the whole value, and what is composite in a hash is JSON",
                ),
            ),
            "option" => (
                Code::E0305,
                format!("no type is called `{codec}<…>`"),
                String::from("write `T?`"),
            ),
            "vec" | "list" | "array" | "set" => (
                Code::E0305,
                format!("no type is called `{codec}<…>`"),
                String::from("write `[T]`"),
            ),
            "map" | "hashmap" | "dict" | "btreemap" => (
                Code::E0305,
                format!("no type is called `{codec}<…>`"),
                String::from("write `{string: T}`"),
            ),
            _ => (
                Code::E0305,
                format!("no type is called `{codec}<…>`"),
                match nearest(codec, ["json", "msgpack", "text"]) {
                    Some(near) => format!("did you mean `{near}<…>`?"),
                    None => {
                        String::from("formats of values are `json<T>`, `msgpack<T>` and `text<T>`")
                    }
                },
            ),
        };
        self.report(
            Diagnostic::error(code, span, message)
                .label("cannot stand here")
                .help(help),
        );
        // What is wrong inside is told too.
        self.ty(inner);
        None
    }
}
