//! Placeholders of other languages.

use redis_schema_model::diagnostic::Severity;
use redis_schema_model::load::load_text;

/// The codes, places and helps of the warnings about one template.
fn warnings(template: &str) -> Vec<(String, String)> {
    let text = format!(
        "edition: 1\nschema: test\nversion: 1\nparams: {{ id: uuid }}\nkeys:\n  k: {{ key: \"{template}\", ttl: 1h, string: bytes }}\n  used: {{ key: \"used/{{id}}\", ttl: 1h, string: bytes }}\n"
    );
    let loaded = load_text(&text);
    assert!(loaded.schema.is_some(), "{:#?}", loaded.diagnostics);
    (loaded.diagnostics.iter())
        .map(|found| {
            assert_eq!(found.severity, Severity::Warning);
            assert_eq!(found.code.as_str(), "E0417");
            let place = &text[found.span.start as usize..found.span.end as usize];
            (place.to_owned(), found.help.clone().unwrap_or_default())
        })
        .collect()
}

#[test]
fn placeholders_of_other_languages_are_warned_of() {
    for (template, place, name) in [
        ("job:<id>", "<id>", "{id}"),
        ("job:<jobId>:x", "<jobId>", "{job_id}"),
        ("job:$id", "$id", "{id}"),
        ("job:$job_id:x", "$job_id", "{job_id}"),
        ("job:${id}", "${id}", "{id}"),
        ("job:%s", "%s", "{name}"),
        ("job:%d:x", "%d", "{name}"),
        ("job:%(id)s", "%(id)s", "{id}"),
        ("job:{{id}}", "{{id}}", "{id}"),
    ] {
        let found = warnings(template);
        let [(at, help)] = found.as_slice() else {
            panic!("{template}: {found:?}");
        };
        assert_eq!(at, place);
        assert!(help.contains(name), "{help}");
    }
    assert_eq!(warnings("<a>:%s").len(), 2);
}

#[test]
fn ordinary_text_is_not() {
    for template in [
        "job:{id}",
        "job:{{tag}}:{id}",
        "job:{{{id}}}:x",
        "100%:{id}",
        "50%done",
        "a<b",
        "a<-b>",
        "cost$",
        "cost$5",
        "a%20b",
        "<>",
        "$",
        "%",
    ] {
        assert_eq!(warnings(template), [], "{template}");
    }
}
