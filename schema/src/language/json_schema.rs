//! The JSON Schema for editors.
//!
//! Draft 7 in the subset that editors understand well. It is never stricter than the check of shapes; what a text
//! means (templates, types, references) only the loader knows.

use serde_json::{Map, Value, json};

use super::document::{PART, ROOT};
use super::shape::{Field, Form, Object, Role, Shape, Word};
use super::walk::Walk;

/// The schema as text, with a line break at its end.
#[must_use]
pub fn json_schema() -> String {
    let walk = Walk::run();
    let mut definitions = Map::new();
    // Whether a file is imported, nothing in it tells: the root's fields are allowed and only needed together.
    for object in walk.objects {
        if !std::ptr::eq(object, &PART) && !std::ptr::eq(object, &ROOT) {
            definitions.insert(definition(object.name), object_schema(object));
        }
    }
    for named in walk.named {
        let mut schema = shape(&named.shape);
        schema["description"] = json!(plain(named.about));
        definitions.insert(definition(named.name), schema);
    }
    for form in walk.forms {
        definitions.insert(definition(form.name), form_schema(form));
    }
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "redis-schema, edition 1",
    });
    let root = object_schema(&ROOT);
    for (name, value) in root.as_object().into_iter().flatten() {
        schema[name] = value.clone();
    }
    schema["required"] = json!(["edition"]);
    schema["dependencies"] = json!({ "schema": ["version"], "version": ["schema"] });
    schema["definitions"] = Value::Object(definitions);
    format!("{schema:#}\n")
}

fn definition(name: &str) -> String {
    name.to_lowercase().replace(' ', "_")
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{}", definition(name)) })
}

fn object_schema(object: &Object) -> Value {
    let properties: Map<String, Value> = object
        .fields
        .iter()
        .map(|field| (field.name.to_owned(), field_schema(field)))
        .collect();
    let required: Vec<&str> = names(object, |role| role == Role::Required);
    let mut schema = json!({
        "type": "object",
        "description": plain(object.about),
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    let dependencies = dependencies(object);
    if !dependencies.is_empty() {
        schema["dependencies"] = Value::Object(dependencies);
    }
    let conditions = conditions(object);
    if !conditions.is_empty() {
        schema["allOf"] = Value::Array(conditions);
    }
    schema
}

fn names(object: &Object, test: impl Fn(Role) -> bool) -> Vec<&'static str> {
    let fields = object.fields.iter().filter(|field| test(field.role));
    fields.map(|field| field.name).collect()
}

fn one_needed(names: &[&str]) -> Value {
    let each = |name: &&str| json!({ "required": [name] });
    match names {
        [name] => each(name),
        names => json!({ "anyOf": names.iter().map(each).collect::<Vec<_>>() }),
    }
}

/// Fields that say nothing without another one.
fn dependencies(object: &Object) -> Map<String, Value> {
    let mut out = Map::new();
    for field in object.fields {
        if let Role::With(others) = field.role {
            let needed = match others {
                [other] => json!([other]),
                others => one_needed(others),
            };
            out.insert(field.name.to_owned(), needed);
        }
    }
    out
}

/// Choices, and fields that only some choices need.
fn conditions(object: &Object) -> Vec<Value> {
    let mut out = Vec::new();
    if object.choice.is_some() {
        let each = |name| json!({ "required": [name] });
        let choices = names(object, |role| role == Role::Choice);
        out.push(json!({ "oneOf": choices.into_iter().map(each).collect::<Vec<_>>() }));
    }
    for field in object.fields {
        if let Role::RequiredUnless(others) = field.role {
            let mut either = vec![field.name];
            either.extend(others);
            out.push(one_needed(&either));
        }
    }
    out
}

fn field_schema(field: &Field) -> Value {
    let mut schema = shape(&field.shape);
    let mut about = plain(field.about);
    if let Some(default) = field.default {
        about.push_str(&format!(" Default: {}.", plain(default)));
    }
    about.push_str(&format!(" Example: {}: {}", field.name, field.example));
    // Beside `$ref` everything else is ignored in draft 7.
    if schema.get("$ref").is_some() {
        schema = json!({ "allOf": [schema] });
    }
    schema["description"] = json!(about);
    schema
}

fn shape(shape_: &Shape) -> Value {
    match shape_ {
        Shape::Text(form) => reference(form.name),
        Shape::Words(words) => words_schema(words),
        Shape::Number { min, max } if min == max => json!({ "const": min }),
        Shape::Number { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Shape::Switch => json!({ "type": "boolean" }),
        Shape::Object(object) => reference(object.name),
        Shape::Names { name, value } => json!({
            "type": ["object", "null"],
            "propertyNames": reference(name.name),
            "additionalProperties": shape(value),
        }),
        Shape::List(item) => json!({ "type": ["array", "null"], "items": shape(item) }),
        Shape::Named(named) => reference(named.name),
        Shape::Either(shapes) => json!({ "anyOf": shapes.iter().map(shape).collect::<Vec<_>>() }),
        Shape::Nothing => json!({ "type": "null" }),
        Shape::Any => json!({}),
    }
}

fn words_schema(words: &[Word]) -> Value {
    let each = |word: &Word| json!({ "const": word.text, "description": plain(word.about) });
    match words {
        [word] => each(word),
        words => json!({ "oneOf": words.iter().map(each).collect::<Vec<_>>() }),
    }
}

fn form_schema(form: &Form) -> Value {
    let kinds = if form.plain {
        json!(["string", "number", "boolean"])
    } else {
        json!("string")
    };
    let mut schema = json!({
        "type": kinds,
        "description": plain(form.about),
        "examples": form.examples,
    });
    if let Some(pattern) = form.pattern {
        schema["pattern"] = json!(pattern);
    }
    schema
}

/// Words without the marks of Markdown, which editors show as they are.
fn plain(text: &str) -> String {
    text.replace('`', "")
}
