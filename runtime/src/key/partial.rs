//! Naming some of a template's parameters: patterns for `SCAN`, which have an escape of their own.

use super::{Key, KeyBuf, Segment, Spec};
use crate::error::{Error, ErrorKind, Result};

/// A parameter of a key with several: names it, with its type, when only some are known.
pub struct Param<K, T> {
    name: &'static str,
    write: fn(&mut KeyBuf, &T),
    read: fn(&K) -> Option<&T>,
}

impl<K, T> Param<K, T> {
    /// The parameter of this name, how it is written and where the key holds it.
    #[must_use]
    pub const fn new(
        name: &'static str,
        write: fn(&mut KeyBuf, &T),
        read: fn(&K) -> Option<&T>,
    ) -> Self {
        Self { name, write, read }
    }
}

impl<K: Key, T: PartialEq + Send + Sync + 'static> Param<K, T> {
    /// Keys in which the parameter has this value.
    #[must_use]
    pub fn is(self, value: impl Into<T>) -> Partial<K>
    where
        K: 'static,
    {
        let value = value.into();
        let mut text = KeyBuf::new();
        (self.write)(&mut text, &value);
        let given = match text.problem() {
            None => Ok(vec![(self.name, text.as_bytes().to_vec())]),
            Some((_, problem)) => Err(Error::new(
                ErrorKind::Param,
                K::spec().template,
                format!("`{}` {problem}", self.name),
            )),
        };
        let read = self.read;
        Partial {
            given,
            matches: Box::new(move |key| read(key) == Some(&value)),
        }
    }
}

impl<K, T> Clone for Param<K, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, T> Copy for Param<K, T> {}

impl<K, T> std::fmt::Debug for Param<K, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Param({})", self.name)
    }
}

/// Keys of one kind of which some parameters are known.
pub struct Partial<K> {
    given: Result<Vec<(&'static str, Vec<u8>)>>,
    matches: Box<dyn Fn(&K) -> bool + Send + Sync>,
}

impl<K: Key + 'static> Partial<K> {
    /// Every key of the kind.
    pub(crate) fn any() -> Self {
        Self {
            given: Ok(Vec::new()),
            matches: Box::new(|_| true),
        }
    }

    /// Keys that both describe.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let given = self.given.and_then(|mut given| {
            given.extend(other.given?);
            Ok(given)
        });
        let (first, second) = (self.matches, other.matches);
        Self {
            given,
            matches: Box::new(move |key| first(key) && second(key)),
        }
    }

    /// The pattern for `SCAN`, and the exact test for what it lets through.
    #[allow(clippy::type_complexity)]
    pub(crate) fn into_parts(
        self,
        prefix: &[u8],
    ) -> Result<(Vec<u8>, Box<dyn Fn(&K) -> bool + Send + Sync>)> {
        let pattern = pattern(K::spec(), prefix, &self.given?);
        Ok((pattern, self.matches))
    }
}

impl<K> std::fmt::Debug for Partial<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Partial").finish_non_exhaustive()
    }
}

/// A glob that matches at least the keys of a template with the given parameters.
pub(crate) fn pattern(spec: &Spec, prefix: &[u8], given: &[(&'static str, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    escape(prefix, &mut out);
    if spec.segments.is_empty() {
        segments(&shown(spec.template), given, &mut out);
    } else {
        segments(spec.segments, given, &mut out);
    }
    out
}

/// The parts of a simple template, whose text shows them.
fn shown(template: &'static str) -> Vec<Segment> {
    let mut out = Vec::new();
    for part in template.split_inclusive('}') {
        let (text, param) = part.split_once('{').unwrap_or((part, ""));
        if !text.is_empty() {
            out.push(Segment::Literal(text));
        }
        if let Some(param) = param.strip_suffix('}') {
            out.push(Segment::Param(param));
        }
    }
    out
}

fn segments(list: &[Segment], given: &[(&'static str, Vec<u8>)], out: &mut Vec<u8>) {
    let value = |name: &str| given.iter().find(|(given, _)| *given == name);
    for segment in list {
        match segment {
            Segment::Literal(text) => escape(text.as_bytes(), out),
            Segment::Param(name) => match value(name) {
                Some((_, text)) => escape(text, out),
                None => star(out),
            },
            Segment::Optional(inner) => {
                let known = inner
                    .iter()
                    .any(|part| matches!(part, Segment::Param(name) if value(name).is_some()));
                if known {
                    segments(inner, given, out);
                } else {
                    star(out);
                }
            }
        }
    }
}

fn star(out: &mut Vec<u8>) {
    if out.last() != Some(&b'*') || out.ends_with(b"\\*") {
        out.push(b'*');
    }
}

/// Glob escape: another alphabet than that of keys.
fn escape(text: &[u8], out: &mut Vec<u8>) {
    for &byte in text {
        if matches!(byte, b'*' | b'?' | b'[' | b']' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEGMENTS: &[Segment] = &[
        Segment::Literal("a[1]:"),
        Segment::Param("x"),
        Segment::Optional(&[Segment::Literal(":"), Segment::Param("y")]),
    ];

    fn glob(given: &[(&'static str, &[u8])]) -> String {
        let given: Vec<_> = given.iter().map(|(n, v)| (*n, v.to_vec())).collect();
        let spec = Spec::new(0, "k", "a[[1]]:{x}[:{y}]", SEGMENTS);
        String::from_utf8_lossy(&pattern(&spec, b"p*", &given)).into_owned()
    }

    #[test]
    fn unknown_parameters_become_one_star() {
        assert_eq!(glob(&[]), r"p\*a\[1\]:*");
    }

    #[test]
    fn known_parameters_are_escaped() {
        assert_eq!(glob(&[("x", b"q?\\")]), r"p\*a\[1\]:q\?\\*");
        assert_eq!(glob(&[("y", b"z")]), r"p\*a\[1\]:*:z");
    }

    #[test]
    fn a_simple_template_shows_its_parts() {
        let glob = |template| {
            let given = [("x", b"1".to_vec())];
            let pattern = pattern(&Spec::simple(0, "k", template), b"", &given);
            String::from_utf8_lossy(&pattern).into_owned()
        };
        assert_eq!(glob("a:{x}:b:{y}"), "a:1:b:*");
        assert_eq!(glob("{y}:{x}:c"), "*:1:c");
        assert_eq!(glob("plain"), "plain");
    }

    #[test]
    fn an_escaped_star_is_no_wildcard() {
        assert_eq!(glob(&[("x", b"*")]), r"p\*a\[1\]:\**");
    }
}
