//! Values: a type and how it stands on the server.

use std::collections::HashSet;

use super::Lowering;
use super::fields::text;
use super::types::Nature;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Codec, Encoding, KeyId, ParamId, Type, TypeId, TypeKind, Value};
use crate::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::text::{Text, TypeExpr, TypeExprKind, bytes, did_you_mean, nearest};

/// Fields of a value in its long form.
const LONG_FORM: [&str; 4] = ["ref", "type", "encode", "zstd"];

/// What a value is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is read and written whole: strings, items of lists, values of hash maps, messages.
    Whole,
    /// The server compares its bytes: members of sets.
    Member,
    /// It names a field of a hash.
    FieldName,
}

/// `ref: key.param`, to be checked when every template is known.
pub(super) struct Reference {
    key: KeyId,
    param: ParamId,
    span: Span,
}

impl Lowering<'_> {
    pub(super) fn value(&mut self, node: &Node, role: Role) -> Option<Value> {
        if is_long_form(node) {
            return match text(node, "ref") {
                Some(text) => self.reference(&text),
                None => self.long_form(node, role),
            };
        }
        let expr = self.accept(TypeExpr::of(node))?;
        self.value_of(&expr, None, role)
    }

    /// A value written as a type in a mapping's key.
    pub(super) fn value_text(&mut self, text: &Text<'_>, role: Role) -> Option<Value> {
        let expr = self.accept(TypeExpr::of_text(text))?;
        self.value_of(&expr, None, role)
    }

    fn long_form(&mut self, node: &Node, role: Role) -> Option<Value> {
        let expr = self.accept(TypeExpr::of(node.get("type")?))?;
        let codec = match node.get("encode") {
            None => None,
            Some(word) => Some((codec_of(word.text()?)?, word.span)),
        };
        let mut value = self.value_of(&expr, codec, role)?;
        if let Some(text) = text(node, "zstd") {
            value.encoding.zstd_over = Some(self.zstd(&text, &value, role)?);
        }
        Some(value)
    }

    fn value_of(
        &mut self,
        expr: &TypeExpr,
        stated: Option<(Codec, Span)>,
        role: Role,
    ) -> Option<Value> {
        let (inner, stated) = match &expr.kind {
            TypeExprKind::Coded {
                codec,
                codec_span,
                inner,
            } if codec_of(codec).is_some_and(|codec| codec != Codec::Bytes) => {
                if let Some((_, span)) = stated {
                    self.report(
                        Diagnostic::error(Code::E0510, *codec_span, "two formats for one value")
                            .label("one here")
                            .related(span, "one there")
                            .help("keep one of the two"),
                    );
                    return None;
                }
                (&**inner, codec_of(codec).map(|codec| (codec, *codec_span)))
            }
            _ => (expr, stated),
        };
        let ty = self.required_type(inner)?;
        let nature = self.nature(&ty)?;
        let codec = match stated {
            Some((codec, span)) => self.checked_codec(codec, nature, span)?,
            None if nature == Nature::Bytes => Codec::Bytes,
            None if nature.is_scalar() => Codec::Text,
            None => Codec::Json,
        };
        self.check_role(&ty, codec, inner.span, role)?;
        Some(Value {
            ty,
            encoding: Encoding {
                codec,
                zstd_over: None,
            },
            refers: None,
        })
    }

    fn checked_codec(&mut self, codec: Codec, nature: Nature, span: Span) -> Option<Codec> {
        let (message, help) = match codec {
            Codec::Text if nature == Nature::Bytes => (
                String::from("bytes are no text"),
                "write `bytes` alone: they stand on the server as they are",
            ),
            Codec::Text if !nature.is_scalar() => (
                format!("{} has no text of its own", nature.called()),
                "write `json<T>` or `msgpack<T>`",
            ),
            Codec::Bytes if nature != Nature::Bytes => (
                format!("{} is not bytes", nature.called()),
                "write `encode: text`, `encode: json` or `encode: msgpack`, or the type `bytes`",
            ),
            codec => return Some(codec),
        };
        self.report(
            Diagnostic::error(Code::E0510, span, message)
                .label("does not go with the type")
                .help(help),
        );
        None
    }

    fn check_role(&mut self, ty: &Type, codec: Codec, span: Span, role: Role) -> Option<()> {
        let finding = match role {
            Role::FieldName if codec != Codec::Text => Diagnostic::error(
                Code::E0603,
                span,
                "the fields of a hash are named by text",
            )
            .label("not a scalar")
            .help(
                "name them by a scalar, an enum or a parameter, such as `string`, `uuid` or `u64`",
            ),
            Role::Member if self.holds_any(ty) => {
                Diagnostic::error(Code::E0604, span, "free-form JSON as a member")
                    .label("the same value may have several texts")
                    .help("declare a record for it, so that equal members have equal bytes")
            }
            _ => return Some(()),
        };
        self.report(finding);
        None
    }

    /// Whether free-form JSON is somewhere in a type.
    fn holds_any(&self, ty: &Type) -> bool {
        let mut seen = HashSet::new();
        let mut open = Vec::new();
        if is_or_holds_any(ty, &mut open) {
            return true;
        }
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let found = match self.draft.ty(id).map(|def| &def.kind) {
                Some(TypeKind::Struct(record)) => {
                    let mut fields = record.fields.iter();
                    fields.any(|field| is_or_holds_any(&field.ty, &mut open))
                }
                Some(TypeKind::Alias(inner) | TypeKind::Rust { repr: inner, .. }) => {
                    is_or_holds_any(inner, &mut open)
                }
                Some(TypeKind::OneOf(union)) => {
                    open.extend(union.variants.iter().map(|(_, id)| *id));
                    false
                }
                Some(TypeKind::Enum(_)) | None => false,
            };
            if found {
                return true;
            }
        }
        false
    }

    fn zstd(&mut self, text: &Text<'_>, value: &Value, role: Role) -> Option<u32> {
        let refused = match (role, value.encoding.codec) {
            (Role::Whole, Codec::Text) => Some((
                "a scalar is too small to be compressed",
                "remove `zstd:`, or store it as `bytes` or by `encode: json`",
            )),
            (Role::Whole, _) => None,
            _ => Some((
                "the server compares these bytes",
                "remove `zstd:`: another version of the compressor would write other bytes for the same value",
            )),
        };
        if let Some((message, help)) = refused {
            self.report(
                text.mistake(Code::E0514, message)
                    .label("cannot be compressed")
                    .help(help),
            );
            return None;
        }
        let size = text.text().strip_prefix("over ").map(|size| {
            let from = text.text().len() - size.len();
            text.part(from..text.text().len())
        });
        let Some(size) = size else {
            self.report(
                text.mistake(Code::E0611, format!("`{}` is not a threshold", text.text()))
                    .label("expected `over` and a size")
                    .help("write for instance `zstd: over 4KiB`"),
            );
            return None;
        };
        let over = self.accept(bytes(&size))?;
        let fits = u32::try_from(over).ok();
        if fits.is_none() {
            self.report(
                size.mistake(
                    Code::E0611,
                    format!("`{}` is more than a value can hold", size.text()),
                )
                .label("at most 512MiB")
                .help("write for instance `zstd: over 4KiB`"),
            );
        }
        fits
    }

    fn reference(&mut self, text: &Text<'_>) -> Option<Value> {
        let written = text.text();
        let (key_name, param_name) = match written.split_once('.') {
            Some((key, param)) => (key, Some(param)),
            None => (written, None),
        };
        let key = self.key_named(&text.part(0..key_name.len()))?;
        let (ty, param) = match param_name {
            None => (Type::KeyName(key), None),
            Some(name) => {
                let place = text.part(key_name.len() + 1..written.len());
                let Some(id) = self.declared.param(name) else {
                    let known = self.declared.params.names();
                    let help = did_you_mean(name, known, || {
                        String::from(
                            "write a parameter of the key's template, as in `ref: job.job_id`",
                        )
                    });
                    let message = format!("no parameter is called `{name}`");
                    self.report(
                        place
                            .mistake(Code::E0304, message)
                            .label("unknown")
                            .help(help),
                    );
                    return None;
                };
                self.references.push(Reference {
                    key,
                    param: id,
                    span: place.span(),
                });
                (Type::Param(id), Some(id))
            }
        };
        Some(Value {
            ty,
            encoding: Encoding {
                codec: Codec::Text,
                zstd_over: None,
            },
            refers: Some((key, param)),
        })
    }

    /// The key of a name.
    pub(super) fn key_named(&mut self, text: &Text<'_>) -> Option<KeyId> {
        let found = self.declared.key(text.text());
        if found.is_none() {
            let known = self.declared.keys.names();
            let help = did_you_mean(text.text(), known, || {
                String::from("write the name of a key that is declared under `keys:`")
            });
            let message = format!("no key is called `{}`", text.text());
            self.report(
                text.mistake(Code::E0306, message)
                    .label("unknown")
                    .help(help),
            );
        }
        found
    }

    /// A parameter that a value refers to must stand in the key's template.
    pub(super) fn check_references(&mut self) {
        for reference in std::mem::take(&mut self.references) {
            let Some(site) = self.draft.site(reference.key) else {
                continue;
            };
            let params = site.template.params();
            if params.contains(&reference.param) {
                continue;
            }
            let name = |id: &ParamId| self.declared.params.list[id.index()].name.to_string();
            let key = &self.draft.key_names[reference.key.index()].0;
            let names: Vec<String> = params.iter().map(name).collect();
            let help = match names.first() {
                Some(first) => {
                    format!("write `ref: {key}.{first}`, or `ref: {key}` for the key's whole name")
                }
                None => {
                    format!("`{key}` has no placeholders; write `ref: {key}` for its whole name")
                }
            };
            let message = format!(
                "`{}` is not a placeholder of `{key}`",
                name(&reference.param)
            );
            let place = site.template.span;
            self.report(
                Diagnostic::error(Code::E0607, reference.span, message)
                    .label("not in its template")
                    .related(place, "the template")
                    .help(help),
            );
        }
    }
}

/// Whether a type holds free-form JSON in itself; the declared types in it are appended.
fn is_or_holds_any(ty: &Type, open: &mut Vec<TypeId>) -> bool {
    match ty {
        Type::Any => true,
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => is_or_holds_any(inner, open),
        Type::Named(id) => {
            open.push(*id);
            false
        }
        _ => false,
    }
}

fn codec_of(word: &str) -> Option<Codec> {
    match word {
        "text" => Some(Codec::Text),
        "json" => Some(Codec::Json),
        "msgpack" => Some(Codec::MsgPack),
        "bytes" => Some(Codec::Bytes),
        _ => None,
    }
}

/// Whether a mapping has fields of its own, known or mistyped, and is not a type.
fn is_long_form(node: &Node) -> bool {
    let is_field = |entry: &Entry| nearest(&entry.key, LONG_FORM).is_some();
    matches!(node.kind, NodeKind::Map(_)) && node.entries().iter().any(is_field)
}
