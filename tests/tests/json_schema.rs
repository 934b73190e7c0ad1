//! The JSON Schema for editors agrees with the loader: it accepts what the loader accepts and refuses mistakes of shape.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jsonschema::Validator;
use redis_schema_model::diagnostic::{Code, Sink};
use redis_schema_model::language::json_schema;
use redis_schema_model::node::{Node, NodeKind};
use redis_schema_model::source::FileId;
use redis_schema_model::yaml;
use serde_json::{Map, Value};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&json_schema()).expect("JSON");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    jsonschema::draft7::meta::validate(&schema).expect("a schema of draft 7");
    jsonschema::draft7::new(&schema).expect("a schema")
}

/// What an editor sees: unquoted numbers and booleans have their own types.
fn as_editor_sees(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Scalar { text, quoted: true } => Value::from(text.as_str()),
        NodeKind::Scalar {
            text,
            quoted: false,
        } => {
            let number = || text.parse::<f64>().ok().map(Value::from);
            let whole = text.parse::<i64>().ok().map(Value::from);
            let switch = || text.parse::<bool>().ok().map(Value::from);
            let value = whole.or_else(switch).or_else(number);
            value.unwrap_or_else(|| Value::from(text.as_str()))
        }
        NodeKind::List(items) => items.iter().map(as_editor_sees).collect(),
        NodeKind::Map(entries) => {
            let entries = entries
                .iter()
                .map(|entry| (entry.key.clone(), as_editor_sees(&entry.value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

fn read(text: &str) -> Option<Value> {
    let mut sink = Sink::new();
    yaml::parse(FileId(0), text, &mut sink).map(|node| as_editor_sees(&node))
}

fn example(code: Code, kind: &str) -> Option<String> {
    let (_, rest) = code.page().split_once(&format!("```yaml {kind}\n"))?;
    Some(rest.split("```").next().unwrap().to_owned())
}

#[test]
fn right_examples_are_accepted() {
    let validator = validator();
    for code in Code::ALL {
        let value = example(*code, "right")
            .as_deref()
            .and_then(read)
            .expect("a right example");
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{code}: {errors:#?}");
    }
}

#[test]
fn mistakes_of_shape_are_refused() {
    let validator = validator();
    for code in [
        Code::E0201,
        Code::E0202,
        Code::E0204,
        Code::E0205,
        Code::E0206,
        Code::E0207,
        Code::E0208,
        Code::E0209,
        Code::E0210,
        Code::E0216,
        Code::E0301,
        Code::E0311,
        Code::E0601,
        Code::E0903,
    ] {
        let text = example(code, "wrong").expect("a wrong example");
        let value = read(&text).expect("YAML");
        assert!(!validator.is_valid(&value), "{code}: accepted\n{text}");
    }
}

#[test]
fn every_object_is_closed_and_described() {
    let schema: Value = serde_json::from_str(&json_schema()).expect("JSON");
    let definitions = schema["definitions"].as_object().unwrap();
    assert!(definitions.len() > 40);
    for (name, definition) in definitions {
        assert!(definition["description"].is_string(), "{name}");
        if let Some(properties) = definition.get("properties").and_then(Value::as_object) {
            assert_eq!(definition["additionalProperties"], false, "{name}");
            for (field, property) in properties {
                assert!(property["description"].is_string(), "{name}.{field}");
            }
        }
    }
}
