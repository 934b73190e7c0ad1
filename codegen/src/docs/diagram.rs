//! Mermaid diagrams. Every label is quoted and escaped; ids are our own.

use std::collections::BTreeMap;

use redis_schema_model::model::{DatabaseId, Key, KeyId, Schema, Structure};

use super::text::label;
use super::view;

/// Beyond this many keys a diagram of each key is a hairball, and readers refuse to draw it.
const MOST_KEYS: usize = 60;

/// Nodes side by side: with more of them a page has to shrink the text until nobody can read it.
const ROW: usize = 4;

/// Databases and the keys in them.
#[must_use]
pub(super) fn keyspace(schema: &Schema) -> String {
    let mut lines = vec!["flowchart LR".to_owned()];
    let detailed = schema.keys.len() <= MOST_KEYS;
    for (id, database) in DatabaseId::each(schema) {
        let title = label(&format!("{} ({})", database.name, database.index));
        let keys: Vec<(KeyId, &Key)> = KeyId::each(schema)
            .filter(|(_, key)| key.database == id)
            .collect();
        let node = format!("d{}", id.index());
        if keys.is_empty() {
            let owner = database.external.as_deref().unwrap_or("no keys declared");
            lines.push(format!("    {node}[(\"{title}<br/>{}\")]", label(owner)));
            continue;
        }
        let nodes = if detailed {
            keys.iter()
                .map(|(id, key)| key_node(schema, *id, key))
                .collect()
        } else {
            counts(id, &keys)
        };
        lines.push(format!("    subgraph {node}[\"{title}\"]"));
        lines.push("        direction TB".to_owned());
        lines.extend(rows(&nodes));
        lines.push("    end".to_owned());
    }
    lines.join("\n")
}

/// A node's own name, and its text.
type Node = (String, String);

/// Nodes in rows. What nothing connects would all be drawn side by side; invisible edges from one row to the next
/// prevent it.
fn rows(nodes: &[Node]) -> Vec<String> {
    let shown = nodes.iter();
    let shown = shown.map(|(name, text)| format!("        {name}[\"{text}\"]"));
    let below = nodes.iter().zip(nodes.iter().skip(ROW));
    let below = below.map(|((upper, _), (lower, _))| format!("        {upper} ~~~ {lower}"));
    shown.chain(below).collect()
}

fn key_node(schema: &Schema, id: KeyId, key: &Key) -> Node {
    let template = view::whole(schema, &key.prefix, &key.template);
    let text = format!(
        "{}<br/>{}<br/>{}",
        label(key.name.as_str()),
        label(&template),
        key.structure.name()
    );
    (format!("k{}", id.index()), text)
}

/// How many keys of each structure there are.
fn counts(database: DatabaseId, keys: &[(KeyId, &Key)]) -> Vec<Node> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (_, key) in keys {
        *counts.entry(key.structure.name()).or_default() += 1;
    }
    let node = |(structure, count)| {
        let name = format!("d{}_{structure}", database.index());
        (name, format!("{} × {count}", label(structure)))
    };
    counts.into_iter().map(node).collect()
}

/// Units and groups with their keys, and keys whose values name other keys.
#[must_use]
pub(super) fn relations(schema: &Schema) -> Option<String> {
    let mut edges = Vec::new();
    let mut shown: Vec<KeyId> = Vec::new();
    let mut nodes = Vec::new();
    let mut note = |id: KeyId| {
        if !shown.contains(&id) {
            shown.push(id);
        }
    };
    for (index, unit) in schema.units.iter().enumerate() {
        nodes.push(format!(
            "    u{index}{{{{\"{}\"}}}}",
            label(unit.name.as_str())
        ));
        for &id in &unit.writes {
            note(id);
            edges.push(format!("    u{index} -->|writes| k{}", id.index()));
        }
    }
    for (index, group) in schema.groups.iter().enumerate() {
        nodes.push(format!(
            "    g{index}([\"{}\"])",
            label(group.name.as_str())
        ));
        for &id in &group.members {
            note(id);
            edges.push(format!("    g{index} -.->|gathers| k{}", id.index()));
        }
    }
    for (id, key) in KeyId::each(schema) {
        for target in references(&key.structure) {
            note(id);
            note(target);
            edges.push(format!(
                "    k{} ==>|names| k{}",
                id.index(),
                target.index()
            ));
        }
    }
    if edges.is_empty() || shown.len() > MOST_KEYS || edges.len() > 4 * MOST_KEYS {
        return None;
    }
    shown.sort_unstable();
    let keys = shown.iter().map(|id| {
        format!(
            "    k{}[\"{}\"]",
            id.index(),
            label(schema[*id].name.as_str())
        )
    });
    let mut lines = vec!["flowchart LR".to_owned()];
    lines.extend(nodes);
    lines.extend(keys);
    lines.extend(edges);
    Some(lines.join("\n"))
}

/// Keys that the values of a structure name.
fn references(structure: &Structure) -> Vec<KeyId> {
    view::values(structure)
        .into_iter()
        .filter_map(|(_, value)| value.refers.map(|(key, _)| key))
        .collect()
}
