//! New keys are held against every old one that may have their names, whichever of the two begins with less.

use redis_schema_rules::breaking::compare;

use crate::facts;

fn found(old: &str, new: &str) -> bool {
    let version = |version: u32, key: &str| {
        facts(&format!(
            "edition: 1\nschema: shop\nversion: {version}\nparams: {{ a: {{ type: slug, max: 20 }}, n: u32 }}\nkeys:\n  key_{version}: {{ key: '{key}', ttl: 1h, string: bytes }}\n"
        ))
    };
    let compared = compare(&version(1, old), &version(2, new));
    compared.findings.iter().any(|one| one.code == "B110")
}

#[test]
fn whichever_begins_with_less() {
    for (old, new, expected) in [
        ("job:{a}", "job:{a}", true),
        ("j{a}", "job{n}", true),
        ("job{n}", "j{a}", true),
        ("{a}:log", "job:{a}", true),
        ("job:{a}", "jobs:{a}", false),
        ("job:{a}", "job:{n}:log", false),
        ("job:x", "job:{a}", true),
        ("job:x", "job:{n}", false),
        ("é{a}", "éa{a}", true),
    ] {
        assert_eq!(found(old, new), expected, "{old} then {new}");
    }
}
