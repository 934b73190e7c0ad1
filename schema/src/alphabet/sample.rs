//! One readable member of every alphabet, always the same.

use super::Alphabet;

/// Candidates in order of preference; a bound or a stop may rule some out.
pub(super) fn candidates(alphabet: &Alphabet) -> Vec<String> {
    let texts: &[&str] = match alphabet {
        Alphabet::Uuid => &["00000000-0000-4000-8000-000000000000"],
        Alphabet::Ulid => &["01ARZ3NDEKTSV4RRFFQ69G5FAV"],
        Alphabet::Unsigned(_) | Alphabet::Signed(_) => &["42", "7", "1"],
        Alphabet::Hex(length) => return vec![hex(*length)],
        Alphabet::Words(words) => return words.clone(),
        Alphabet::Date(pattern) => {
            return vec![
                pattern
                    .replace("YYYY", "2024")
                    .replace("MM", "01")
                    .replace("DD", "31"),
            ];
        }
        Alphabet::Ip => &["192.0.2.1"],
        Alphabet::Slug { .. }
        | Alphabet::Percent { .. }
        | Alphabet::Raw { .. }
        | Alphabet::Anything => &["example", "sample", "text", "any", "x", "y", "1", "2"],
    };
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn hex(length: u32) -> String {
    b"0123456789abcdef"
        .iter()
        .cycle()
        .take(length as usize)
        .map(|byte| char::from(*byte))
        .collect()
}
