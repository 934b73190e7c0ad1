//! Which part of a key decides its cluster slot, by the server's own rule: what stands between the first
//! `{` and the first `}` behind it, if that is not empty; else the whole key.

use crate::model::{HashTag, Segment};

/// The hash tag of a prefix and a template; `Err` when it depends on whether an optional part is there.
pub(crate) fn hash_tag(prefix: &str, segments: &[Segment]) -> Result<HashTag, OptionalBrace> {
    let mut reader = Reader::Before;
    for segment in std::iter::once(&Segment::Literal(prefix.to_owned())).chain(segments) {
        reader = match reader {
            Reader::Done(_) => break,
            open => open.read(segment)?,
        };
    }
    match reader {
        // An empty tag, or one that is never closed, is none.
        Reader::Before | Reader::Open(_) => Ok(HashTag::Whole),
        Reader::Done(inside) => named(inside),
    }
}

/// A brace that decides the slot, or all that stands between two of them, is in an optional part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OptionalBrace;

enum Reader {
    Before,
    Open(Vec<Segment>),
    Done(Vec<Segment>),
}

impl Reader {
    fn read(self, segment: &Segment) -> Result<Self, OptionalBrace> {
        match segment {
            Segment::Literal(text) => Ok(self.read_literal(text)),
            Segment::Optional(inner) => {
                let brace = if matches!(self, Self::Before) {
                    '{'
                } else {
                    '}'
                };
                let decides = inner
                    .iter()
                    .any(|part| matches!(part, Segment::Literal(text) if text.contains(brace)));
                if decides {
                    return Err(OptionalBrace);
                }
                Ok(self.keep(segment))
            }
            Segment::Param(_) => Ok(self.keep(segment)),
        }
    }

    fn keep(mut self, segment: &Segment) -> Self {
        if let Self::Open(inside) = &mut self {
            inside.push(segment.clone());
        }
        self
    }

    fn read_literal(self, text: &str) -> Self {
        let (mut inside, tail) = match self {
            Self::Before => match text.split_once('{') {
                Some((_, tail)) => (Vec::new(), tail),
                None => return Self::Before,
            },
            Self::Open(inside) => (inside, text),
            Self::Done(_) => return self,
        };
        let (head, closed) = match tail.split_once('}') {
            Some((head, _)) => (head, true),
            None => (tail, false),
        };
        if !head.is_empty() {
            inside.push(Segment::Literal(head.to_owned()));
        }
        if closed {
            Self::Done(inside)
        } else {
            Self::Open(inside)
        }
    }
}

fn named(inside: Vec<Segment>) -> Result<HashTag, OptionalBrace> {
    let optional = |part: &Segment| matches!(part, Segment::Optional(_));
    match inside.as_slice() {
        [] => Ok(HashTag::Whole),
        [Segment::Param(id)] => Ok(HashTag::Param(*id)),
        [Segment::Literal(text)] => Ok(HashTag::Literal(text.clone())),
        parts if parts.iter().all(optional) => Err(OptionalBrace),
        _ => Ok(HashTag::Mixed(inside)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ParamId;

    fn literal(text: &str) -> Segment {
        Segment::Literal(text.to_owned())
    }

    fn param() -> Segment {
        Segment::Param(ParamId(7))
    }

    fn tag(segments: &[Segment]) -> HashTag {
        hash_tag("", segments).unwrap_or(HashTag::Literal("an optional part decides".into()))
    }

    #[test]
    fn no_tag() {
        assert_eq!(tag(&[literal("a:"), param()]), HashTag::Whole);
        assert_eq!(tag(&[literal("{}:{a}")]), HashTag::Whole);
        assert_eq!(tag(&[literal("a{:"), param()]), HashTag::Whole);
        assert_eq!(tag(&[literal("a}b")]), HashTag::Whole);
    }

    #[test]
    fn the_first_pair_counts() {
        assert_eq!(tag(&[literal("{a}:{b}")]), HashTag::Literal("a".into()));
        assert_eq!(tag(&[literal("}{a{b}c}")]), HashTag::Literal("a{b".into()));
        assert_eq!(
            tag(&[literal("x{"), param(), literal("}:{b}")]),
            HashTag::Param(ParamId(7))
        );
        assert_eq!(
            tag(&[literal("{t:"), param(), literal("}")]),
            HashTag::Mixed(vec![literal("t:"), param()])
        );
    }

    #[test]
    fn a_prefix_counts_too() {
        let segments = [literal("{"), param(), literal("}")];
        assert_eq!(
            hash_tag("{app}:", &segments),
            Ok(HashTag::Literal("app".into()))
        );
        assert_eq!(hash_tag("app:", &segments), Ok(HashTag::Param(ParamId(7))));
    }

    #[test]
    fn optional_parts() {
        let plain = Segment::Optional(vec![literal(":"), param()]);
        let open = Segment::Optional(vec![literal("{"), param()]);
        let close = Segment::Optional(vec![param(), literal("}")]);
        assert_eq!(
            tag(&[literal("{a"), plain.clone(), literal("}")]),
            HashTag::Mixed(vec![literal("a"), plain.clone()])
        );
        assert_eq!(hash_tag("", &[open, literal("}")]), Err(OptionalBrace));
        assert_eq!(
            hash_tag("", &[literal("{"), close.clone()]),
            Err(OptionalBrace)
        );
        let braced = [literal("{"), plain.clone(), literal("}")];
        assert_eq!(hash_tag("", &braced), Err(OptionalBrace));
        assert_eq!(hash_tag("", &[plain, close]), Ok(HashTag::Whole));
    }

    /// The rule as the server's source has it, on finished keys.
    fn of_key(key: &str) -> &str {
        let Some(open) = key.find('{') else {
            return key;
        };
        match key[open + 1..].find('}') {
            None | Some(0) => key,
            Some(close) => &key[open + 1..open + 1 + close],
        }
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_the_server(a in "[{}a]{0,4}", b in "[{}b]{0,4}") {
            let built = format!("{a}7{b}");
            let segments = [literal(&a), param(), literal(&b)];
            let expected = match tag(&segments) {
                HashTag::Whole => built.clone(),
                HashTag::Param(_) => "7".into(),
                HashTag::Literal(text) => text,
                HashTag::Mixed(inside) => inside.iter().map(|part| match part {
                    Segment::Literal(text) => text.as_str(),
                    _ => "7",
                }).collect(),
            };
            proptest::prop_assert_eq!(of_key(&built), expected);
        }
    }
}
