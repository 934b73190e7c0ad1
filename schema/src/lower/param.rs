//! Parameters: what stands in a template's braces.

use super::Lowering;
use super::declared::Declared;
use super::fields::{Present, is_on, text, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{DateFormat, Param, ParamType, RustType, StringEncoding, TypeKind};
use crate::node::{Node, NodeKind};
use crate::text::{Text, TypeExpr, TypeExprKind, nearest, rust_path, whole};

const PLAIN: [(&str, ParamType); 15] = [
    ("uuid", ParamType::Uuid),
    ("ulid", ParamType::Ulid),
    ("u8", ParamType::Unsigned(8)),
    ("u16", ParamType::Unsigned(16)),
    ("u32", ParamType::Unsigned(32)),
    ("u64", ParamType::Unsigned(64)),
    ("i8", ParamType::Signed(8)),
    ("i16", ParamType::Signed(16)),
    ("i32", ParamType::Signed(32)),
    ("i64", ParamType::Signed(64)),
    ("slug", ParamType::Slug { max: None }),
    ("timestamp_s", ParamType::TimestampS),
    ("timestamp_ms", ParamType::TimestampMs),
    ("ip", ParamType::Ip),
    ("rest", ParamType::Rest { max: None }),
];
/// Longest hexadecimal placeholder: SHA-512 twice over.
const LONGEST_HEX: u32 = 256;
const KNOWN: &str = "`uuid`, `ulid`, `u64`, `i64`, `slug`, `hex(64)`, `date`, `timestamp_s`, `timestamp_ms`, `ip`, \
                     `string` with `encode:`, `rest`, or the name of an enum";
/// Types that people look for, and what they are called here.
const SYNONYMS: [(&str, &str); 14] = [
    ("int", "i64"),
    ("integer", "i64"),
    ("uint", "u64"),
    ("number", "u64"),
    ("usize", "u64"),
    ("text", "string"),
    ("str", "string"),
    ("guid", "uuid"),
    ("sha256", "hex(64)"),
    ("md5", "hex(32)"),
    ("day", "date"),
    ("datetime", "timestamp_s"),
    ("timestamp", "timestamp_s"),
    ("path", "rest"),
];

impl Lowering<'_> {
    pub(super) fn params(&mut self) {
        let declared = self.declared;
        let names = declared.params.list.iter();
        let present = Present {
            kind: "parameter",
            names: names.map(|d| (d.name.to_string(), d.span)).collect(),
        };
        let mut claimed = Vec::new();
        for (at, one) in declared.params.list.iter().enumerate() {
            let was = self.was(one.node, &present, &mut claimed);
            let param = self.param(one, was);
            self.draft.params[at] = param;
        }
    }

    fn param(&mut self, declared: &Declared<'_>, was: Vec<String>) -> Option<Param> {
        let node = declared.node;
        let written = match &node.kind {
            NodeKind::Map(_) => text(node, "type")?,
            _ => Text::of(node)?,
        };
        let ty = self.param_type(&written, node)?;
        let ty = self.bounded(ty, node);
        let rust = self.param_rust(&ty, node);
        Some(Param {
            name: declared.name.clone(),
            ty,
            about: words(node, "about"),
            secret: is_on(node, "secret"),
            rust,
            was,
            span: declared.span,
        })
    }

    fn param_type(&mut self, text: &Text<'_>, node: &Node) -> Option<ParamType> {
        let expr = self.accept(TypeExpr::of_text(text))?;
        match &expr.kind {
            TypeExprKind::Name(name) if name == "string" => self.string(text, node),
            TypeExprKind::Name(name) if name == "date" => {
                Some(ParamType::Date(DateFormat(String::from("YYYY-MM-DD"))))
            }
            TypeExprKind::Name(name) => {
                let plain = PLAIN.iter().find(|(known, _)| known == name);
                match plain {
                    Some((_, ty)) => Some(ty.clone()),
                    None => self.enum_param(name, text),
                }
            }
            TypeExprKind::Call {
                name,
                argument,
                argument_span,
            } => match name.as_str() {
                "hex" => {
                    let length = whole(argument).and_then(|n| u32::try_from(n).ok());
                    let fits = |n: &u32| (1..=LONGEST_HEX).contains(n);
                    let length = length.filter(fits).map(ParamType::Hex);
                    if length.is_none() {
                        self.report(
                            Diagnostic::error(
                                Code::E0410,
                                *argument_span,
                                "`hex` takes a number of characters",
                            )
                            .label(format!("expected 1 to {LONGEST_HEX}"))
                            .help("write for instance `hex(64)` for a SHA-256"),
                        );
                    }
                    length
                }
                "date" => {
                    if is_date_format(argument) {
                        return Some(ParamType::Date(DateFormat(argument.clone())));
                    }
                    let message = format!("`{argument}` is not a format of dates");
                    self.report(
                        Diagnostic::error(Code::E0414, *argument_span, message)
                            .label("expected `YYYY`, `MM` and `DD`, each once")
                            .help("write for instance `date(YYYY-MM-DD)` or `date(YYYYMMDD)`"),
                    );
                    None
                }
                _ => self.unknown_param_type(text),
            },
            _ => self.unknown_param_type(text),
        }
    }

    fn string(&mut self, text: &Text<'_>, node: &Node) -> Option<ParamType> {
        let encoding = match node.get("encode").map(|node| node.text()) {
            Some(Some("percent")) => StringEncoding::Percent,
            Some(Some("hash")) => StringEncoding::Hash,
            Some(Some("raw")) => self.raw(node)?,
            // A wrong word has been told.
            Some(_) => return None,
            None => {
                self.report(
                    text.mistake(Code::E0411, "a `string` may hold the separator")
                        .label("nothing says how it stands in the key")
                        .help("write `{ type: string, encode: percent }`; `encode: hash` if it must not be readable or may be long; \
                               or `slug` if letters, digits, `.`, `_` and `-` suffice"),
                );
                return None;
            }
        };
        Some(ParamType::String {
            max: None,
            encoding,
        })
    }

    fn raw(&mut self, node: &Node) -> Option<StringEncoding> {
        let reason = words(node, "reason").unwrap_or_default();
        if reason.trim().is_empty() {
            let place = node.get("encode").map_or(node.span, |node| node.span);
            self.report(
                Diagnostic::error(Code::E0412, place, "`raw` without a reason")
                    .label("values stand in the key unchecked")
                    .help("add `reason:` and say why values cannot name another key, or write `encode: percent`"),
            );
            return None;
        }
        Some(StringEncoding::Raw { reason })
    }

    fn enum_param(&mut self, name: &str, text: &Text<'_>) -> Option<ParamType> {
        let Some(id) = self.declared.ty(name) else {
            return self.unknown_param_type(text);
        };
        // A type that failed has been told.
        let def = self.draft.ty(id)?;
        let (message, help) = match &def.kind {
            TypeKind::Enum(list) if list.other.is_some() => (
                format!("`{name}` also takes texts it does not know"),
                "use an enum without `other:`, so that a key has a known set of names",
            ),
            TypeKind::Enum(_) => return Some(ParamType::Enum(id)),
            _ => (
                format!("`{name}` is not an enum"),
                "only enums and the built-in types of placeholders can stand in a key",
            ),
        };
        let place = def.span;
        self.report(
            text.mistake(Code::E0415, message)
                .label("cannot stand in a key")
                .related(place, "declared here")
                .help(help),
        );
        None
    }

    fn unknown_param_type(&mut self, text: &Text<'_>) -> Option<ParamType> {
        let written = text.text();
        let enums = self.declared.types.names();
        let plain = PLAIN.iter().map(|(name, _)| *name);
        let candidates = plain.chain(["string", "date", "hex"]).chain(enums);
        let head = written.split('(').next().unwrap_or_default();
        let synonym = SYNONYMS
            .iter()
            .find(|(name, _)| *name == head.to_lowercase());
        let help = match (synonym, nearest(head, candidates)) {
            (Some((_, name)), _) => format!("write `{name}`"),
            (None, Some("hex")) if written.contains('(') => {
                format!("did you mean `hex{}`?", &written[head.len()..])
            }
            (None, Some("hex")) => String::from("did you mean `hex(64)`?"),
            (None, Some(name)) => format!("did you mean `{name}`?"),
            (None, None) => format!("a placeholder is {KNOWN}"),
        };
        let message = format!("no type of placeholder is called `{written}`");
        self.report(
            text.mistake(Code::E0410, message)
                .label("unknown here")
                .help(help),
        );
        None
    }

    /// Applies `max:`, and refuses options that mean nothing for the type.
    fn bounded(&mut self, ty: ParamType, node: &Node) -> ParamType {
        let max = node.get("max").and_then(|node| {
            let number = whole(node.text()?)?;
            Some((u32::try_from(number).ok()?, node.span))
        });
        let is_string = matches!(ty, ParamType::String { .. });
        let is_raw = matches!(
            ty,
            ParamType::String {
                encoding: StringEncoding::Raw { .. },
                ..
            }
        );
        if let Some(encode) = node.get("encode").filter(|_| !is_string) {
            let help = "remove it: only `string` has a choice of encodings";
            self.out_of_place("encode", encode, help);
        } else if let Some(reason) = node.get("reason").filter(|_| !is_raw) {
            self.out_of_place(
                "reason",
                reason,
                "remove it: only `encode: raw` needs a reason",
            );
        }
        let Some((max, span)) = max else { return ty };
        let max = Some(max);
        match ty {
            ParamType::Slug { .. } => ParamType::Slug { max },
            ParamType::Rest { .. } => ParamType::Rest { max },
            ParamType::String { encoding, .. } => ParamType::String { max, encoding },
            other => {
                self.report(
                    Diagnostic::error(Code::E0413, span, "`max:` means nothing for this type")
                        .label("its length is fixed by its type")
                        .help("remove it: only `slug`, `string` and `rest` have a longest length"),
                );
                other
            }
        }
    }

    fn out_of_place(&mut self, field: &str, node: &Node, help: &str) {
        let message = format!("`{field}:` means nothing for this type");
        self.report(
            Diagnostic::error(Code::E0413, node.span, message)
                .label("has no effect")
                .help(help),
        );
    }

    fn param_rust(&mut self, ty: &ParamType, node: &Node) -> Option<RustType> {
        let text = text(node, "rust")?;
        let path = self.accept(rust_path(&text))?;
        let allowed = matches!(
            ty,
            ParamType::Unsigned(_)
                | ParamType::Signed(_)
                | ParamType::Uuid
                | ParamType::Ulid
                | ParamType::Slug { .. }
                | ParamType::Hex(_)
                | ParamType::String { .. }
        );
        if !allowed {
            self.report(
                text.mistake(Code::E0413, "`rust:` means nothing for this type")
                    .label("has no stand-in")
                    .help("remove it: only integers, `uuid`, `ulid`, `slug`, `hex(N)` and `string` may be a type of yours"),
            );
        }
        Some(path)
    }
}

/// `YYYY`, `MM` and `DD`, each once, with or without separators.
fn is_date_format(pattern: &str) -> bool {
    let mut rest = pattern.to_owned();
    for token in ["YYYY", "MM", "DD"] {
        let Some(at) = rest.find(token) else {
            return false;
        };
        // A space that no separator can be keeps `Y` and `MM` from joining.
        rest.replace_range(at..at + token.len(), " ");
    }
    rest.chars()
        .all(|c| matches!(c, ' ' | '-' | '.' | '/' | '_' | ':'))
        && !pattern.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::is_date_format;

    #[test]
    fn formats_of_dates() {
        for good in [
            "YYYY-MM-DD",
            "YYYYMMDD",
            "DD.MM.YYYY",
            "MM/DD/YYYY",
            "YYYY_MM:DD",
        ] {
            assert!(is_date_format(good), "{good}");
        }
        for bad in [
            "",
            "YYYY-MM",
            "YY-MM-DD",
            "YYYY-MM-DD-DD",
            "YYYY MM DD",
            "YYYY-MM-DDThh",
            "yyyy-mm-dd",
            "YYYYYY-MM-DD",
        ] {
            assert!(!is_date_format(bad), "{bad}");
        }
    }
}
