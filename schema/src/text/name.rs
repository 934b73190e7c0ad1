//! Names: of keys and the like (`job_files`), of types (`JobStatus`), of fields and of variants.
//!
//! Every accepted name can be written as a Rust identifier, if need be as a raw one (`r#type`).

use super::{Parsed, Text};
use crate::diagnostic::Code;
use crate::model::Name;

const LONGEST: usize = 64;
/// Words that Rust accepts not even in raw form.
const UNWRITABLE: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Reads the name of a key, parameter, database, …: `job_files`.
pub(crate) fn snake(text: &Text<'_>) -> Parsed<Name> {
    let shaped = is_snake(text.text());
    read(
        text,
        shaped,
        "small letters, digits and `_`",
        &snake_of(text.text()),
        "job_files",
    )
}

/// Reads the name of a type: `JobStatus`.
pub(crate) fn camel(text: &Text<'_>) -> Parsed<Name> {
    let written = text.text();
    let shaped = written.starts_with(|c: char| c.is_ascii_uppercase())
        && written.bytes().all(|b| b.is_ascii_alphanumeric());
    let better = Name::new(snake_of(written).unwrap_or_default()).camel();
    read(
        text,
        shaped,
        "capitalised words without `_`",
        &Some(better),
        "JobStatus",
    )
}

/// Reads the name of a field, which is also its name at rest: `created_at`, `createdAt`.
pub(crate) fn field_name(text: &Text<'_>) -> Parsed<Name> {
    let written = text.text();
    let better = snake_of(written);
    read(
        text,
        is_word(written, &['_', '-']),
        "letters, digits, `_` and `-`",
        &better,
        "created_at",
    )
}

/// Reads the name of an enum's or union's variant: `running`, `in-progress`.
pub(crate) fn variant_name(text: &Text<'_>) -> Parsed<Name> {
    let written = text.text();
    let better = snake_of(written);
    read(
        text,
        is_word(written, &['_', '-', '.']),
        "letters, digits, `_`, `-` and `.`",
        &better,
        "running",
    )
}

fn is_snake(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('_')
        && !text.contains("__")
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A letter, then letters and digits in groups divided by single separators.
fn is_word(text: &str, separators: &[char]) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .split(separators)
            .all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The snake-case name closest to a text, if the text holds any letter.
pub(crate) fn snake_of(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    let words: Vec<String> = plain
        .split('_')
        .filter(|word| !word.is_empty())
        .map(|word| Name::new(word).snake())
        .collect();
    let joined = words.join("_");
    let start = joined.find(|c: char| c.is_ascii_lowercase())?;
    let name: String = joined.chars().skip(start).take(LONGEST).collect();
    Some(name.trim_end_matches('_').to_owned())
}

fn read(
    text: &Text<'_>,
    shaped: bool,
    made_of: &str,
    better: &Option<String>,
    example: &str,
) -> Parsed<Name> {
    let written = text.text();
    if UNWRITABLE.contains(&written) {
        return Err(Box::new(
            text.mistake(
                Code::E0302,
                format!("Rust keeps the word `{written}` to itself"),
            )
            .label("cannot become an identifier")
            .help("choose another name, for instance with a word before or after it"),
        ));
    }
    if shaped && written.len() <= LONGEST {
        return Ok(Name::new(written));
    }
    let suggestion = match better {
        Some(name) if !name.is_empty() && name != written => name.as_str(),
        _ => example,
    };
    let (message, label) = if written.len() > LONGEST {
        (
            format!("a name of {} characters", written.chars().count()),
            format!("at most {LONGEST}"),
        )
    } else if written.trim().is_empty() {
        (String::from("an empty name"), format!("expected {made_of}"))
    } else {
        (
            format!("`{written}` is not a name that can stand here"),
            format!("expected {made_of}, a letter first"),
        )
    };
    Err(Box::new(
        text.mistake(Code::E0301, message)
            .label(label)
            .help(format!("write for instance `{suggestion}`")),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::text::testing::plain;

    #[test]
    fn names_of_keys() {
        for good in ["job", "job_files", "v2", "type", "match"] {
            assert_eq!(snake(&plain(good)).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "Job",
            "jobFiles",
            "job-files",
            "2nd",
            "_job",
            "job_",
            "a__b",
            "jöb",
            "a b",
            "a.b",
        ] {
            assert_eq!(snake(&plain(bad)).unwrap_err().code, Code::E0301, "{bad}");
        }
    }

    #[test]
    fn names_of_types_fields_and_variants() {
        assert!(camel(&plain("JobStatus")).is_ok());
        for bad in ["jobStatus", "Job_Status", "job", "", "2Job"] {
            assert!(camel(&plain(bad)).is_err(), "{bad}");
        }
        for good in ["created_at", "createdAt", "x-id", "A"] {
            assert!(field_name(&plain(good)).is_ok(), "{good}");
        }
        for bad in ["", "a.b", "_a", "a_", "1a", "a b", "-a"] {
            assert!(field_name(&plain(bad)).is_err(), "{bad}");
        }
        assert!(variant_name(&plain("v1.in-progress")).is_ok());
        assert!(variant_name(&plain("4xx")).is_err());
    }

    #[test]
    fn words_without_a_raw_form() {
        for word in ["self", "super", "crate", "_"] {
            assert_eq!(snake(&plain(word)).unwrap_err().code, Code::E0302);
        }
        assert_eq!(camel(&plain("Self")).unwrap_err().code, Code::E0302);
    }

    #[test]
    fn suggests_the_nearest_valid_name() {
        assert_eq!(snake_of("jobFiles").as_deref(), Some("job_files"));
        assert_eq!(snake_of("Job-Files!").as_deref(), Some("job_files"));
        assert_eq!(snake_of("2nd job").as_deref(), Some("nd_job"));
        assert_eq!(snake_of("__"), None);
        let found = camel(&plain("job_status")).unwrap_err();
        assert_eq!(
            found.help.as_deref(),
            Some("write for instance `JobStatus`")
        );
    }

    #[test]
    fn a_suggestion_is_itself_a_name() {
        for text in [
            "jobFiles",
            "Ünï_x",
            "a--b",
            "9_",
            "x_",
            "A__B",
            "Self_",
            "ß",
            &"a_".repeat(80),
        ] {
            if let Some(name) = snake_of(text) {
                assert!(is_snake(&name), "{text} -> {name}");
            }
        }
    }

    #[test]
    fn long_names() {
        let long = "a".repeat(65);
        assert!(snake(&plain(&long)).unwrap_err().label.contains("64"));
        assert!(snake(&plain(&long[1..])).is_ok());
    }
}
