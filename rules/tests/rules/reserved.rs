//! Reserved codes belong to no rule, and what they wait for is not there yet.

use std::collections::BTreeSet;

use redis_schema_model::diagnostic::Code;
use redis_schema_model::language::{Object, ROOT, Role, Shape};
use redis_schema_rules::reserved::{ALL, Why};
use redis_schema_rules::{breaking, lint};

/// What may be said of a key.
fn key() -> &'static Object {
    match ROOT.field("keys").expect("keys").shape {
        Shape::Names {
            value: Shape::Object(key),
            ..
        } => key,
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_rule_has_a_reserved_code_or_name() {
    for one in ALL {
        for text in [one.code, one.name] {
            assert!(breaking::by_name(text).is_none(), "{text} is a rule");
            assert!(lint::by_name(text).is_none(), "{text} is a rule");
            assert!(Code::from_text(text).is_none(), "{text} is a finding");
        }
    }
    let codes: BTreeSet<&str> = ALL.iter().map(|one| one.code).collect();
    assert_eq!(codes.len(), ALL.len());
    assert!(ALL.windows(2).all(|pair| pair[0].code < pair[1].code));
}

/// When a pattern comes, its rules must be written.
#[test]
fn patterns_that_codes_wait_for_are_words_without_a_meaning_yet() {
    for one in ALL {
        let Why::Patterns(words) = one.why else {
            continue;
        };
        for word in words {
            let field = key()
                .field(word)
                .unwrap_or_else(|| panic!("no word is {word}"));
            assert!(
                matches!(field.role, Role::Reserved(_)),
                "{word} can be said: write {}",
                one.code
            );
        }
    }
}
