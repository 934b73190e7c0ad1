//! Type expressions: `T?`, `[T]`, `{string: T}`, `json<T>`, `hex(64)`, written as text or as YAML.

use super::{Parsed, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::node::{Node, NodeKind};
use crate::source::Span;

const DEEPEST: usize = 16;

/// A type as it was written; names are not looked up yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TypeExpr {
    pub(crate) span: Span,
    pub(crate) kind: TypeExprKind,
}

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TypeExprKind {
    /// `u32`, `JobStatus`, `job_id`.
    Name(String),
    /// `hex(64)`, `date(YYYY-MM-DD)`: a name and the text between the parentheses.
    Call {
        name: String,
        argument: String,
        argument_span: Span,
    },
    /// `json<T>`, `msgpack<T>`, `text<T>`.
    Coded {
        codec: String,
        codec_span: Span,
        inner: Box<TypeExpr>,
    },
    /// `T?`
    Option(Box<TypeExpr>),
    /// `[T]`
    List(Box<TypeExpr>),
    /// `{K: T}`
    Map {
        key: Box<TypeExpr>,
        value: Box<TypeExpr>,
    },
}

impl TypeExpr {
    /// Reads a scalar's text, a YAML list of one or a YAML mapping of one.
    pub(crate) fn of(node: &Node) -> Parsed<Self> {
        Self::of_nested(node, 0)
    }

    /// Reads a text.
    pub(crate) fn of_text(text: &Text<'_>) -> Parsed<Self> {
        Self::of_text_nested(text, 0)
    }

    fn of_nested(node: &Node, depth: usize) -> Parsed<Self> {
        if depth > DEEPEST {
            return Err(too_deep(node.span));
        }
        let kind = match &node.kind {
            NodeKind::Scalar { text, .. } => {
                return Self::of_text_nested(&Text::new(text, node.span), depth);
            }
            NodeKind::List(items) => match items.as_slice() {
                [item] => TypeExprKind::List(Box::new(Self::of_nested(item, depth + 1)?)),
                _ => return Err(not_one(node.span, "a list type", "[string]")),
            },
            NodeKind::Map(entries) => match entries.as_slice() {
                [entry] => TypeExprKind::Map {
                    key: Box::new(Self::of_text_nested(&Text::key(entry), depth + 1)?),
                    value: Box::new(Self::of_nested(&entry.value, depth + 1)?),
                },
                _ => return Err(not_one(node.span, "a map type", "{string: u32}")),
            },
            NodeKind::Null => {
                return Err(Box::new(
                    Diagnostic::error(Code::E0501, node.span, "a type is missing")
                        .label("nothing is written here")
                        .help("write a type such as `string`, `u32`, `[string]` or `JobStatus`"),
                ));
            }
        };
        Ok(Self {
            span: node.span,
            kind,
        })
    }

    fn of_text_nested(text: &Text<'_>, depth: usize) -> Parsed<Self> {
        let mut reader = Reader { text, at: 0 };
        let read = reader.expression(depth)?;
        reader.blanks();
        if reader.at == text.text().len() {
            return Ok(read);
        }
        let rest = reader.at..text.text().len();
        Err(Box::new(
            Diagnostic::error(
                Code::E0501,
                text.sub(rest),
                format!("`{}` is more than one type", text.text()),
            )
            .label("the type ends before this")
            .help(format!(
                "write `{}` alone",
                text.text().get(..reader.at).unwrap_or_default().trim()
            )),
        ))
    }
}

struct Reader<'a> {
    text: &'a Text<'a>,
    at: usize,
}

impl Reader<'_> {
    fn expression(&mut self, depth: usize) -> Parsed<TypeExpr> {
        if depth > DEEPEST {
            return Err(too_deep(self.text.span()));
        }
        self.blanks();
        let start = self.at;
        let kind = match self.peek() {
            Some('[') => {
                self.at += 1;
                let inner = self.expression(depth + 1)?;
                self.expect(']', "the list type lacks its `]`")?;
                TypeExprKind::List(Box::new(inner))
            }
            Some('{') => self.map(depth)?,
            _ => self.named(depth)?,
        };
        let mut read = self.finish(start, kind);
        while self.peek() == Some('?') {
            self.at += 1;
            read = self.finish(start, TypeExprKind::Option(Box::new(read)));
        }
        Ok(read)
    }

    fn map(&mut self, depth: usize) -> Parsed<TypeExprKind> {
        self.at += 1;
        let key = Box::new(self.expression(depth + 1)?);
        self.expect(':', "the map type lacks the `:` after its key")?;
        let value = Box::new(self.expression(depth + 1)?);
        self.expect('}', "the map type lacks its `}`")?;
        Ok(TypeExprKind::Map { key, value })
    }

    fn named(&mut self, depth: usize) -> Parsed<TypeExprKind> {
        let start = self.at;
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        while self.peek().is_some_and(is_word) {
            self.skip();
        }
        let name = self.text.text()[start..self.at].to_owned();
        if name.is_empty() {
            return Err(self.unreadable("a type is expected here"));
        }
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let from = self.at;
                while self.peek().is_some_and(|c| c != ')') {
                    self.skip();
                }
                let argument = self.text.text()[from..self.at].trim().to_owned();
                let argument_span = self.text.sub(from..self.at);
                self.expect(')', "the parenthesis is not closed")?;
                Ok(TypeExprKind::Call {
                    name,
                    argument,
                    argument_span,
                })
            }
            Some('<') => {
                let codec_span = self.text.sub(start..self.at);
                self.at += 1;
                let inner = Box::new(self.expression(depth + 1)?);
                self.expect('>', "the `<` is not closed")?;
                Ok(TypeExprKind::Coded {
                    codec: name,
                    codec_span,
                    inner,
                })
            }
            _ => Ok(TypeExprKind::Name(name)),
        }
    }

    fn finish(&self, start: usize, kind: TypeExprKind) -> TypeExpr {
        TypeExpr {
            span: self.text.sub(start..self.at),
            kind,
        }
    }

    fn expect(&mut self, wanted: char, message: &str) -> Parsed<()> {
        self.blanks();
        if self.peek() == Some(wanted) {
            self.at += 1;
            return Ok(());
        }
        let mut found = self.unreadable(message);
        found.label = format!("expected `{wanted}`");
        Err(found)
    }

    fn unreadable(&self, message: &str) -> Box<Diagnostic> {
        let length = self.text.text().len();
        let end = self.peek().map_or(length, |c| self.at + c.len_utf8());
        let start = if self.at == length { 0 } else { self.at };
        Box::new(
            Diagnostic::error(Code::E0501, self.text.sub(start..end), message)
                .label("not part of a type")
                .help("types look like `u32`, `string?`, `[Job]`, `{string: u32}`, `hex(64)`, `json<Job>`"),
        )
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|c| c == ' ') {
            self.at += 1;
        }
    }

    fn skip(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn peek(&self) -> Option<char> {
        self.text.text().get(self.at..)?.chars().next()
    }
}

fn too_deep(span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::E0501, span, "a type nested too deeply")
            .label(format!("more than {DEEPEST} levels"))
            .help("declare the inner part under `types:` and use its name"),
    )
}

fn not_one(span: Span, what: &str, example: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::E0501, span, format!("{what} holds exactly one type"))
            .label("expected one element")
            .help(format!(
                "write for instance `{example}`; several named parts are a type of their own under `types:`; \
                 the long form of a value begins with `type:`"
            )),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::node::Entry;
    use crate::source::FileId;
    use crate::text::testing::plain;

    /// The expression written back in its one text form.
    fn show(expr: &TypeExpr) -> String {
        match &expr.kind {
            TypeExprKind::Name(name) => name.clone(),
            TypeExprKind::Call { name, argument, .. } => format!("{name}({argument})"),
            TypeExprKind::Coded { codec, inner, .. } => format!("{codec}<{}>", show(inner)),
            TypeExprKind::Option(inner) => format!("{}?", show(inner)),
            TypeExprKind::List(inner) => format!("[{}]", show(inner)),
            TypeExprKind::Map { key, value } => format!("{{{}: {}}}", show(key), show(value)),
        }
    }

    fn read(text: &str) -> TypeExpr {
        TypeExpr::of_text(&plain(text)).unwrap()
    }

    #[test]
    fn every_form_nests() {
        for text in [
            "u32",
            "JobStatus?",
            "[string]",
            "{string: [u32?]}?",
            "json<{string: Job}>",
            "hex(64)",
            "date(YYYY-MM-DD)",
            "msgpack<[Ev]>",
        ] {
            assert_eq!(show(&read(text)), text);
        }
        assert_eq!(show(&read("[ { string :u8 } ]")), "[{string: u8}]");
    }

    #[test]
    fn every_part_knows_its_place() {
        let TypeExprKind::Coded {
            inner, codec_span, ..
        } = read("json<[hx(64)?]>").kind
        else {
            unreachable!()
        };
        assert_eq!((codec_span.start, codec_span.end), (0, 4));
        let TypeExprKind::List(inner) = inner.kind else {
            unreachable!()
        };
        assert_eq!((inner.span.start, inner.span.end), (6, 13));
        let TypeExprKind::Option(inner) = inner.kind else {
            unreachable!()
        };
        let TypeExprKind::Call { argument_span, .. } = inner.kind else {
            unreachable!()
        };
        assert_eq!((argument_span.start, argument_span.end), (9, 11));
    }

    #[test]
    fn mistakes_point_at_the_wrong_part() {
        for (text, start, end) in [
            ("u32 u32", 4, 7),
            ("[u32", 0, 4),
            ("{string u32}", 8, 9),
            ("json<>", 5, 6),
            ("hex(64", 0, 6),
            ("?", 0, 1),
            ("a/b", 1, 3),
        ] {
            let found = TypeExpr::of_text(&plain(text)).unwrap_err();
            assert_eq!((found.span.start, found.span.end), (start, end), "{text}");
            assert!(found.help.is_some());
        }
        assert!(TypeExpr::of_text(&plain("")).is_err());
    }

    #[test]
    fn depth_is_limited() {
        let deep = "[".repeat(100_000);
        assert!(TypeExpr::of_text(&plain(&deep)).is_err());
        assert!(TypeExpr::of_text(&plain("[[[[[u8]]]]]")).is_ok());
    }

    #[test]
    fn yaml_lists_and_mappings_are_types() {
        let span = plain("").span();
        let scalar = |text: &str| Node {
            span: Span {
                file: FileId(0),
                ..span
            },
            kind: NodeKind::Scalar {
                text: text.to_owned(),
                quoted: false,
            },
            damaged: false,
        };
        let map = Node {
            span,
            kind: NodeKind::Map(vec![Entry {
                key: "string".to_owned(),
                key_span: span,
                value: scalar("u8?"),
            }]),
            damaged: false,
        };
        let list = Node {
            span,
            kind: NodeKind::List(vec![map]),
            damaged: false,
        };
        assert_eq!(show(&TypeExpr::of(&list).unwrap()), "[{string: u8?}]");
        let two = Node {
            span,
            kind: NodeKind::List(vec![scalar("a"), scalar("b")]),
            damaged: false,
        };
        assert!(TypeExpr::of(&two).is_err());
    }
}
