//! Facts survive being stored, and their text depends on nothing but the schema.

use redis_schema_rules::breaking::compare;
use redis_schema_rules::facts::{Facts, Unreadable};

use crate::{everything, facts};

#[test]
fn facts_come_back_as_they_were() {
    for facts in everything() {
        let text = facts.to_json();
        let back = Facts::from_json(&text).unwrap();
        assert_eq!(back, facts);
        assert_eq!(back.to_json(), text);
        assert!(
            text.starts_with("{\n  \"format\": 1,\n  \"schema\": {\n    \"name\": "),
            "{text}"
        );
    }
}

#[test]
fn nothing_differs_from_itself() {
    for facts in everything() {
        assert_eq!(compare(&facts, &facts).changes, 0);
    }
}

#[test]
fn order_and_descriptions_are_no_facts() {
    let one = "edition: 1\nschema: shop\nversion: 1\nparams: { id: uuid, name: slug }\nkeys:\n  a: { key: 'a:{id}', ttl: 1h, string: bytes }\n  b: { key: 'b:{name}', ttl: 1h, string: bytes }\n";
    let other = "edition: 1\nschema: shop\nabout: Words\nversion: 1\nparams: { name: slug, id: { type: uuid, about: Words } }\nkeys:\n  b: { key: 'b:{name}', ttl: 1h, string: bytes }\n  a: { key: 'a:{id}', about: Words, ttl: 60m, string: bytes }\n";
    assert_eq!(facts(one).to_json(), facts(other).to_json());
}

#[test]
fn what_is_no_stored_version_is_refused() {
    let good = everything().remove(0).to_json();
    let newer = good.replacen("\"format\": 1", "\"format\": 2", 1);
    assert_eq!(Facts::from_json(&newer), Err(Unreadable::Newer(2)));
    for bad in [
        String::new(),
        "{}".to_owned(),
        "{\"format\":1}".to_owned(),
        good.replacen("\"schema\"", "\"schemas\"", 1),
        good.replacen("\"version\"", "\"more\": 1, \"version\"", 1),
        format!("{good} x"),
        "[".repeat(100_000),
    ] {
        assert!(
            matches!(Facts::from_json(&bad), Err(Unreadable::Broken { .. })),
            "{bad:.60}"
        );
    }
}
