//! Literal beats placeholder: where one shape is another with words in the place of placeholders, keeping
//! such a word from its placeholder tells the two apart.

use crate::model::ParamId;
use crate::template::Piece;

/// The placeholders of `general` and the words in their places, if `special` is `general` with those
/// words; nothing when the two differ otherwise, or not at all. `holds` tells whether a placeholder can
/// stand for a word.
pub(super) fn words(
    general: &[Piece],
    special: &[Piece],
    holds: &dyn Fn(ParamId, &[u8]) -> bool,
) -> Vec<(ParamId, String)> {
    let mut found = Vec::new();
    let equal = place(&tokens(general), &tokens(special), holds, &mut found);
    let text = |(id, word): (ParamId, Vec<u8>)| Some((id, String::from_utf8(word).ok()?));
    match equal {
        true => found.into_iter().filter_map(text).collect(),
        false => Vec::new(),
    }
}

/// A byte or a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Byte(u8),
    Param(ParamId),
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

/// Whether the rest of `special` is the rest of `general` with words, which are appended.
fn place(
    general: &[Token],
    special: &[Token],
    holds: &dyn Fn(ParamId, &[u8]) -> bool,
    found: &mut Vec<(ParamId, Vec<u8>)>,
) -> bool {
    let Some((first, rest)) = general.split_first() else {
        return special.is_empty();
    };
    if special.first() == Some(first) {
        let known = found.len();
        if place(rest, &special[1..], holds, found) {
            return true;
        }
        found.truncate(known);
    }
    let Token::Param(id) = first else {
        return false;
    };
    let mut word = Vec::new();
    for (at, token) in special.iter().enumerate() {
        let Token::Byte(byte) = token else { break };
        word.push(*byte);
        if !holds(*id, &word) {
            continue;
        }
        let known = found.len();
        found.push((*id, word.clone()));
        if place(rest, &special[at + 1..], holds, found) {
            return true;
        }
        found.truncate(known);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Literals as they are, placeholders as `#0`, `#1`, …
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

    /// Placeholders hold letters only.
    fn found(general: &[&str], special: &[&str]) -> Option<Vec<(u32, String)>> {
        let holds = |_: ParamId, word: &[u8]| word.iter().all(u8::is_ascii_lowercase);
        let mut found = Vec::new();
        let show = |(id, word): (ParamId, Vec<u8>)| {
            let word = String::from_utf8_lossy(&word).into_owned();
            (u32::try_from(id.index()).unwrap_or_default(), word)
        };
        place(&shape(general), &shape(special), &holds, &mut found)
            .then(|| found.into_iter().map(show).collect())
    }

    #[test]
    fn words_in_the_place_of_placeholders() {
        let general = ["q:", "#0", ":", "#1"];
        let words = |list: &[(u32, &str)]| {
            let own = |(id, word): &(u32, &str)| (*id, (*word).to_owned());
            Some(list.iter().map(own).collect())
        };
        assert_eq!(
            found(&general, &["q:", "#0", ":wait"]),
            words(&[(1, "wait")])
        );
        assert_eq!(found(&general, &["q:wait:", "#1"]), words(&[(0, "wait")]));
        assert_eq!(found(&general, &["q:a:b"]), words(&[(0, "a"), (1, "b")]));
        assert_eq!(found(&general, &general), words(&[]));
        assert_eq!(found(&general, &["q:", "#0", ":"]), None);
        assert_eq!(found(&general, &["q:", "#0", ":", "#2"]), None);
        assert_eq!(found(&general, &["q:", "#0", ":9"]), None);
        assert_eq!(found(&general, &["q:", "#1", ":a"]), None);
    }

    #[test]
    fn words_may_not_overlap_what_surrounds_them() {
        let general = ["a", "#0", "a"];
        assert_eq!(found(&general, &["a"]), None);
        assert_eq!(found(&general, &["aa"]), None);
        assert_eq!(found(&general, &["aba"]), Some(vec![(0, "b".to_owned())]));
    }
}
