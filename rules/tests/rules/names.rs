//! Names on a server against the templates of a version.

use redis_schema_rules::matching::Names;

use crate::facts;

#[test]
fn names_are_told_by_their_templates() {
    let facts = facts(
        "edition: 1\nschema: shop\nversion: 1\nprefix: 'app:'\nparams: { id: uuid, day: date, kind: slug }\nkeys:\n  job: { key: 'job:{id}', ttl: 1h, string: bytes }\n  stat: { key: 'stat:{kind}[:{day}]', ttl: 1h, string: bytes }\n",
    );
    let id = "5e0b2a1c-0d3e-4f5a-9b6c-7d8e9f0a1b2c";
    for (key, name, fits) in [
        ("job", format!("app:job:{id}"), true),
        ("job", format!("app:job:{id}:status"), false),
        ("job", format!("job:{id}"), false),
        ("job", "app:job:1".to_owned(), false),
        ("job", "app:job:".to_owned(), false),
        ("stat", "app:stat:hits".to_owned(), true),
        ("stat", "app:stat:hits:2027-01-31".to_owned(), true),
        ("stat", "app:stat:hits:soon".to_owned(), false),
        ("stat", "app:stat:ä".to_owned(), false),
    ] {
        let key = &facts.keys[key];
        let names = Names::of(&key.template, &key.prefix, &facts);
        assert_eq!(names.holds(&name), fits, "{name}");
    }
}
