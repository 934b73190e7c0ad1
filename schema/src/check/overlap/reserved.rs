//! Literal beats placeholder: where two shapes differ in one place only, a word against a placeholder,
//! the placeholder may not take the word.

use crate::alphabet::Alphabet;
use crate::lower::Draft;
use crate::model::ParamId;
use crate::template::{Params, Piece};

/// A byte or a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Byte(u8),
    Param(ParamId),
}

/// The placeholder of `general`, and the word it must leave, if `special` is `general` with that word in
/// the placeholder's place.
pub(super) fn reserved(
    draft: &Draft,
    general: &[Piece],
    special: &[Piece],
    stop: impl Fn(ParamId) -> Option<u8>,
) -> Option<(ParamId, String)> {
    let (general, special) = (tokens(general), tokens(special));
    let params = general
        .iter()
        .enumerate()
        .filter_map(|(at, token)| match token {
            Token::Param(id) => Some((at, *id)),
            Token::Byte(_) => None,
        });
    params
        .filter_map(|(at, id)| Some((id, word(&general, at, &special)?)))
        .find(|(id, word)| {
            let alphabet: Option<Alphabet> = draft.alphabet(*id, stop(*id));
            alphabet.is_some_and(|alphabet| alphabet.language().contains(word.as_bytes()))
        })
}

fn tokens(shape: &[Piece]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for piece in shape {
        match piece {
            Piece::Literal(text) => tokens.extend(text.bytes().map(Token::Byte)),
            Piece::Param(id) => tokens.push(Token::Param(*id)),
        }
    }
    tokens
}

/// What stands in `special` in the place of the placeholder at `at`, when all else is equal.
fn word(general: &[Token], at: usize, special: &[Token]) -> Option<String> {
    let (before, after) = (&general[..at], &general[at + 1..]);
    let rest = special.strip_prefix(before)?;
    let middle = rest
        .strip_suffix(after)
        .filter(|middle| !middle.is_empty())?;
    let byte = |token: &Token| match token {
        Token::Byte(byte) => Some(*byte),
        Token::Param(_) => None,
    };
    let bytes: Vec<u8> = middle.iter().map(byte).collect::<Option<_>>()?;
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(parts: &[&str]) -> Vec<Token> {
        let mut pieces = Vec::new();
        for part in parts {
            pieces.push(match part.strip_prefix('#') {
                Some(id) => Piece::Param(ParamId(id.parse().unwrap_or_default())),
                None => Piece::Literal((*part).to_owned()),
            });
        }
        tokens(&pieces)
    }

    fn at(general: &[Token], id: u32) -> usize {
        let place = general.iter().position(|t| *t == Token::Param(ParamId(id)));
        place.unwrap_or(usize::MAX)
    }

    #[test]
    fn one_word_against_one_placeholder() {
        let general = shape(&["q:", "#0", ":", "#1"]);
        let found = |id, parts: &[&str]| word(&general, at(&general, id), &shape(parts));
        assert_eq!(found(1, &["q:", "#0", ":wait"]).as_deref(), Some("wait"));
        assert_eq!(found(0, &["q:wait:", "#1"]).as_deref(), Some("wait"));
        assert_eq!(found(0, &["q:", "#0", ":wait"]), None);
        assert_eq!(found(1, &["q:a:b"]), None);
        assert_eq!(found(1, &["q:", "#0", ":"]), None);
        assert_eq!(found(1, &["q:", "#0", ":", "#2"]), None);
    }

    #[test]
    fn words_may_not_overlap_what_surrounds_them() {
        let general = shape(&["a", "#0", "a"]);
        assert_eq!(word(&general, 1, &shape(&["a"])), None);
        assert_eq!(word(&general, 1, &shape(&["aa"])), None);
        assert_eq!(word(&general, 1, &shape(&["aba"])).as_deref(), Some("b"));
    }
}
