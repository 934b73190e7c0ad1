//! Paths to a user's own Rust types, and names of environment variables.

use super::{Parsed, Text};
use crate::diagnostic::Code;
use crate::model::RustType;

const KEYWORDS: [&str; 35] = [
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "false",
    "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
    "return", "Self", "static", "struct", "trait", "true", "type", "unsafe", "use", "where",
    "while",
];

/// Reads a path such as `crate::billing::Money` or `::uuid::Uuid`.
pub(crate) fn rust_path(text: &Text<'_>) -> Parsed<RustType> {
    let written = text.text();
    let mut parts = written.strip_prefix("::").unwrap_or(written).split("::");
    let first = parts.next().unwrap_or_default();
    let leading = matches!(first, "crate" | "self" | "super") && !written.starts_with("::");
    let rest: Vec<&str> = parts.collect();
    let valid = (leading && !rest.is_empty() || is_identifier(first))
        && rest
            .iter()
            .enumerate()
            .all(|(at, part)| is_identifier(part) || leading && is_super(&rest, at));
    if valid {
        return Ok(RustType(written.to_owned()));
    }
    let label = if written.contains('<') {
        "generic arguments cannot stand here"
    } else {
        "expected identifiers divided by `::`"
    };
    let help = "write the path of a type without arguments, as in `crate::Money`; \
                for `Vec<u8>` and the like declare `pub type Name = …;` and name that";
    Err(Box::new(
        text.mistake(
            Code::E0312,
            format!("`{written}` is not the path of a Rust type"),
        )
        .label(label)
        .help(help),
    ))
}

/// `super` may follow only other `super`s.
fn is_super(rest: &[&str], at: usize) -> bool {
    rest.iter().take(at + 1).all(|part| *part == "super") && at + 1 < rest.len()
}

fn is_identifier(part: &str) -> bool {
    let name = part.strip_prefix("r#").unwrap_or(part);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !matches!(name, "_" | "crate" | "self" | "super")
        && (name != part || !KEYWORDS.contains(&name))
}

/// Reads the name of an environment variable.
pub(crate) fn environment(text: &Text<'_>) -> Parsed<String> {
    let written = text.text();
    let valid = written.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && written
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if valid {
        return Ok(written.to_owned());
    }
    let bare = written.trim_start_matches('$').trim_matches(['{', '}']);
    let help = match super::snake_of(bare) {
        Some(name) => format!("write the bare name: `{}`", name.to_uppercase()),
        None => String::from("write the bare name: `JOB_EXPIRATION`"),
    };
    Err(Box::new(
        text.mistake(
            Code::E0311,
            format!("`{written}` is not the name of an environment variable"),
        )
        .label("expected letters, digits and `_`")
        .help(help),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::text::testing::plain;

    #[test]
    fn paths() {
        for good in [
            "Money",
            "crate::Money",
            "::uuid::Uuid",
            "self::a::B",
            "super::super::B",
            "a::r#type::B",
        ] {
            assert_eq!(rust_path(&plain(good)).unwrap().path(), good);
        }
        for bad in [
            "",
            "crate",
            "::",
            "a::",
            "::crate::B",
            "a::super::B",
            "crate::type",
            "Vec<u8>",
            "a b",
            "a.b",
            "super",
            "super::super",
            "crate::self::A",
            "1a",
            "&str",
            "r#self",
            "::super::B",
        ] {
            assert_eq!(
                rust_path(&plain(bad)).unwrap_err().code,
                Code::E0312,
                "{bad}"
            );
        }
    }

    #[test]
    fn variables() {
        assert_eq!(
            environment(&plain("JOB_EXPIRATION")).unwrap(),
            "JOB_EXPIRATION"
        );
        let found = environment(&plain("${job-ttl}")).unwrap_err();
        assert_eq!(
            found.help.as_deref(),
            Some("write the bare name: `JOB_TTL`")
        );
        for bad in ["", "$A", "A B", "1A", "A=B"] {
            assert!(environment(&plain(bad)).is_err(), "{bad}");
        }
    }
}
