//! What the compiler said, by the damaged module that it speaks of.

use std::collections::BTreeSet;

use serde_json::Value;

/// Which modules were refused, and what was said of anything else.
#[derive(Debug, Default)]
pub(super) struct Refused {
    pub(super) modules: BTreeSet<usize>,
    pub(super) alarms: Vec<String>,
}

pub(super) fn refused(messages: &str) -> Refused {
    let mut refused = Refused::default();
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    for message in messages.filter(|one| one["reason"] == "compiler-message") {
        let message = &message["message"];
        let has_place = message["spans"]
            .as_array()
            .is_some_and(|all| !all.is_empty());
        if message["level"] != "error" || !has_place {
            continue;
        }
        let mut files = Vec::new();
        places(message, &mut files);
        match files.iter().find_map(|file| number(file)) {
            Some(number) => {
                refused.modules.insert(number);
            }
            None => refused
                .alarms
                .push(message["rendered"].as_str().unwrap_or_default().to_owned()),
        }
    }
    refused
}

/// Every file that a message points into, through macros too.
fn places(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(file) = fields.get("file_name").and_then(Value::as_str) {
                out.push(file.to_owned());
            }
            fields.values().for_each(|inner| places(inner, out));
        }
        Value::Array(items) => items.iter().for_each(|inner| places(inner, out)),
        _ => {}
    }
}

/// The number of a damaged module: `faultline/src/m7.rs`, `faultline/src/m7/service.rs`.
fn number(file: &str) -> Option<usize> {
    let (_, inside) = file.split_once("/src/m")?;
    let digits = inside.find(|sign: char| !sign.is_ascii_digit())?;
    inside[..digits].parse().ok()
}
