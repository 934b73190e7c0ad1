//! Rust identifiers from the schema's names.

use proc_macro2::{Ident, Span};
use redis_schema_model::model::Name;

/// Reserved in one of the editions 2015 to 2024; each can be written as a raw identifier.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot be written as raw identifiers either.
const IMPOSSIBLE: &[&str] = &["", "_", "self", "Self", "super", "crate"];

/// A field, parameter or function: `job_id`, `r#type`.
pub(crate) fn snake(name: &Name) -> Ident {
    ident(&name.snake())
}

/// A type or variant: `JobStatus`.
pub(crate) fn camel(name: &Name) -> Ident {
    ident(&name.camel())
}

/// A constant: `JOB_ID`.
pub(crate) fn upper(name: &Name) -> Ident {
    ident(&name.snake().to_uppercase())
}

/// Whether a text is an identifier as it stands.
pub(crate) fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.chars().all(plain)
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && !KEYWORDS.contains(&text)
        && !IMPOSSIBLE.contains(&text)
}

/// The nearest identifier to a text; the text itself wherever it can be one.
pub(crate) fn ident(text: &str) -> Ident {
    let mut safe: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if safe.starts_with(|c: char| c.is_ascii_digit()) {
        safe.insert(0, '_');
    }
    if IMPOSSIBLE.contains(&safe.as_str()) {
        safe.push('_');
    }
    if safe == "_" {
        safe.push('_');
    }
    if KEYWORDS.contains(&safe.as_str()) {
        Ident::new_raw(&safe, Span::call_site())
    } else {
        Ident::new(&safe, Span::call_site())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_named_by_paths_that_hold_anywhere() {
        let accepts = |path: &str| super::super::Options::new().typed_krate(path).is_some();
        for path in ["::redis_schema", "crate::redis", "::a::b_2", "crate::a::b"] {
            assert!(accepts(path), "{path}");
        }
        for path in [
            "",
            "::",
            "redis_schema",
            "crate",
            "self::a",
            "::fn",
            "::2",
            "::a::",
            "::a-b",
            "::a; use b",
            "a::b",
        ] {
            assert!(!accepts(path), "{path}");
        }
    }

    #[test]
    fn every_text_becomes_an_identifier() {
        for (text, expected) in [
            ("job_id", "job_id"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("Self", "Self_"),
            ("2xx", "_2xx"),
            ("a-b.c", "a_b_c"),
            ("", "__"),
            ("_", "__"),
            ("ä", "__"),
        ] {
            assert_eq!(ident(text).to_string(), expected, "{text}");
        }
    }
}
