//! Every kind of change is classified: by a rule, or by a place in the list of harmless ones.

use std::collections::BTreeSet;

use redis_schema_rules::breaking::{Comparison, HARMLESS, Rule, claimants, covers};
use redis_schema_rules::facts::Facts;
use serde_json::Value;

use crate::everything;

fn is_harmless(what: &str) -> bool {
    HARMLESS.iter().any(|(pattern, _)| covers(pattern, what))
}

#[test]
fn every_kind_of_change_is_claimed_or_harmless() {
    let open: Vec<String> = Facts::patterns()
        .into_iter()
        .filter(|what| !claimants(what).any(Rule::is_of_data) && !is_harmless(what))
        .collect();
    assert!(
        open.is_empty(),
        "{open:?}: claim these in a rule, or say in HARMLESS why they break nobody"
    );
}

/// Every leaf of the stored form, as the path to it.
fn leaves(value: &Value, path: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                leaves(
                    inner,
                    &format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")),
                    out,
                );
            }
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                leaves(inner, &format!("{path}/{at}"), out);
            }
        }
        _ => out.push(path.to_owned()),
    }
}

/// The first of other values of a leaf that a stored version may have there.
fn changed(json: &Value, path: &str) -> Option<Facts> {
    let leaf = json.pointer(path)?;
    let words = [
        "json",
        "timestamp_ms",
        "bool",
        "none",
        "keep",
        "hash",
        "1..2",
        "rank",
    ];
    let others: Vec<Value> = match leaf {
        Value::Bool(value) => vec![Value::from(!value)],
        Value::Number(number) => vec![Value::from(number.as_u64()? + 1), Value::from(64)],
        Value::String(text) => std::iter::once(format!("{text}x"))
            .chain(words.map(str::to_owned))
            .filter(|word| word != text)
            .map(Value::from)
            .collect(),
        _ => vec![Value::from(1), Value::from("x")],
    };
    others.into_iter().find_map(|other| {
        let mut json = json.clone();
        *json.pointer_mut(path)? = other;
        Facts::from_json(&json.to_string()).ok()
    })
}

/// Changes one leaf of a stored version at a time: what can be read back must be a change, of a kind that is known.
#[test]
fn no_fact_can_change_unseen() {
    let patterns: BTreeSet<String> = Facts::patterns().into_iter().collect();
    let mut seen = BTreeSet::new();
    for old in everything() {
        let json: Value = serde_json::from_str(&old.to_json()).unwrap();
        let mut paths = Vec::new();
        leaves(&json, "", &mut paths);
        paths.retain(|path| path != "/format" && !is_told_elsewhere(path));
        for path in &paths {
            let Some(new) = changed(&json, path) else {
                continue;
            };
            if new == old {
                continue;
            }
            let changes = Comparison::new(&old, &new).changes();
            assert!(!changes.is_empty(), "nobody sees a change of {path}");
            for change in &changes {
                assert!(
                    patterns.contains(&change.what),
                    "{} is not in the list",
                    change.what
                );
                assert!(!change.path.is_empty(), "{path}");
            }
            seen.extend(changes.into_iter().map(|change| change.what));
        }
    }
    assert!(
        seen.len() > 40,
        "only {} kinds came up: {seen:?}",
        seen.len()
    );
}

/// Facts that are told by others: a template's text and slot follow from its parts, a name stands for what it names, and of
/// what a lock, a queue or a progress declares everything is said of these, and an index of sessions lives as long as they do.
fn is_told_elsewhere(path: &str) -> bool {
    path.starts_with("/keys/held_fence/")
        || path.starts_with("/keys/work_tasks/")
        || path.starts_with("/keys/visits/lifetime/")
        || path.starts_with("/keys/steps_events/")
        || path.ends_with("/template/text")
        || path.ends_with("/template/slot")
}
