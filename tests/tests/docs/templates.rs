//! Templates that replace the built-in ones.

use redis_schema_codegen::docs::{Options, TemplateError, builtin_templates, context, render};
use redis_schema_codegen::files::FileSet;

use crate::{EVERYTHING, pages, schema};

fn with(templates: &[(&str, &str)]) -> Result<FileSet, TemplateError> {
    let owned = |&(name, text): &(&str, &str)| (name.to_owned(), text.to_owned());
    let options = Options {
        templates: templates.iter().map(owned).collect(),
    };
    render(&schema(EVERYTHING), &options)
}

fn refused(templates: &[(&str, &str)]) -> String {
    with(templates).unwrap_err().to_string()
}

#[test]
fn the_built_in_templates_replace_themselves() {
    let all: Vec<(&str, &str)> = builtin_templates().to_vec();
    assert_eq!(with(&all).unwrap(), pages(&schema(EVERYTHING)));
    assert!(all.is_sorted(), "in order of their names");
}

#[test]
fn a_template_replaces_a_page() {
    let made = with(&[
        ("overview", "# {{schema.name}}\r\n\r\n\r\n\r\n{{> extra}}"),
        ("extra", "x | {{cell schema.owner}}  "),
    ]);
    let made = made.unwrap();
    assert_eq!(
        made.get("README.md"),
        Some("# everything\n\nx | reference team\n")
    );
    assert_eq!(
        made.get("keys.md"),
        pages(&schema(EVERYTHING)).get("keys.md")
    );
}

#[test]
fn a_partial_replaces_a_part_of_every_page() {
    let made = with(&[("header", "<!-- mine -->\n")]).unwrap();
    assert!(
        made.iter()
            .all(|(_, page)| page.starts_with("<!-- mine -->\n"))
    );
}

#[test]
fn helpers_write_texts_safely() {
    let template = "{{#each keys}}{{#if @first}}{{code template}} {{fence \"x\" inspect}} {{link content @root.root}}{{/if}}{{/each}}";
    let page = with(&[("overview", template)]).unwrap();
    let page = page.get("README.md").unwrap();
    assert!(
        page.starts_with("`app:job:{job_id}` ```x\nredis-cli"),
        "{page}"
    );
}

#[test]
fn mistakes_name_the_template_and_the_place() {
    assert_eq!(
        refused(&[("overview", "one\n  {{schema.nmae}}")]),
        "template `overview`, line 2, column 3: there is no `schema.nmae` here; \
         `redis-schema docs --format json` prints every field there is"
    );
    assert_eq!(
        refused(&[("overview", "{{code schema.nmae}}")]),
        "template `overview`, line 1, column 1: there is no `schema.nmae` here; \
         `redis-schema docs --format json` prints every field there is"
    );
    assert_eq!(
        refused(&[("overview", "{{> nothing}}")]),
        "template `overview`, line 1, column 1: no template is called `nothing`; \
         add a file of that name, or take the call out"
    );
    assert_eq!(
        refused(&[("overview", "{{shout schema.name}}")]),
        "template `overview`, line 1, column 1: no helper is called `shout`; helpers are `cell`, `code`, \
         `comment`, `fence`, `link`, `prose`, `sends` and those of Handlebars"
    );
    assert_eq!(
        refused(&[("keys", "{{#each keys}}{{/if}}")]),
        "template `keys`, line 1, column 15: `{{#each}}` is closed by `{{/if}}`; check that every `{{` has its \
         `}}` and every block its end"
    );
    assert!(refused(&[("keys", "{{#each keys}")]).starts_with("template `keys`, line 1"));
}

#[test]
fn a_template_that_nothing_uses_is_refused() {
    assert_eq!(
        refused(&[("databse", "x")]),
        "template `databse`: there is no such template, and none calls it; the built-in templates are \
         accessors, channels, database, groups, header, key, keys, layout, methods, overview, params, table, \
         types, units"
    );
}

#[test]
fn templates_that_include_themselves_are_refused() {
    assert_eq!(
        refused(&[
            ("header", "{{> a}}"),
            ("a", "{{#if x}}{{> b}}{{/if}}"),
            ("b", "{{~> header ~}}")
        ]),
        "template `accessors`: it includes itself".replace(
            "template `accessors`: it includes itself",
            "template `header`: it includes itself: header → a → b → header"
        )
    );
}

#[test]
fn the_context_is_documented() {
    let manual = include_str!("../../../docs/templates.md");
    let context = context(&schema(EVERYTHING));
    assert_eq!(context["format"], 1);
    let mut names: Vec<String> = context.as_object().unwrap().keys().cloned().collect();
    for list in [
        "schema",
        "keys",
        "databases",
        "types",
        "channels",
        "units",
        "groups",
        "params",
    ] {
        let sample = match &context[list] {
            serde_json::Value::Array(items) => &items[0],
            one => one,
        };
        names.extend(sample.as_object().unwrap().keys().cloned());
    }
    for name in names {
        assert!(
            manual.contains(&format!("`{name}`")),
            "docs/templates.md does not mention `{name}`"
        );
    }
    for (name, _) in builtin_templates() {
        assert!(
            manual.contains(&format!("`{name}`")),
            "docs/templates.md does not mention `{name}`"
        );
    }
}
