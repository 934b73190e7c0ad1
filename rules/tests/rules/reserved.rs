//! Reserved codes belong to no rule.

use std::collections::BTreeSet;

use redis_schema_model::diagnostic::Code;
use redis_schema_rules::reserved::ALL;
use redis_schema_rules::{breaking, lint};

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
