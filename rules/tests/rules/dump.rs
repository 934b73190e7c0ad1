//! A schema as a list of its leaves, from what `Debug` shows of it: a field that the model grows is in it by itself.

use std::collections::BTreeMap;

use redis_schema_model::model::Schema;

/// By its place in the schema, what stands there and the field that holds it.
#[derive(Debug, PartialEq)]
pub(crate) struct Dump {
    leaves: BTreeMap<String, (String, String)>,
}

/// Something that is open while lines are read.
struct Open {
    /// What it is called where it stands: a field, or a number in a list.
    place: String,
    /// The struct or variant with named fields, if it is one.
    holder: Option<String>,
    /// The innermost field that holds it.
    field: String,
    items: usize,
}

impl Dump {
    pub(crate) fn of(schema: &Schema) -> Self {
        let text = format!("{schema:#?}");
        let mut open: Vec<Open> = Vec::new();
        let mut leaves = BTreeMap::new();
        for line in text.lines() {
            let line = line.trim();
            if matches!(line.trim_end_matches(','), "}" | ")" | "]") {
                open.pop();
                continue;
            }
            let (name, value) = step(&mut open, line);
            let field = field(&open, name);
            let mut path: Vec<&str> = open.iter().map(|one| one.place.as_str()).collect();
            let place = name.map_or_else(|| count(&open), ToOwned::to_owned);
            path.push(&place);
            leaves.insert(path.join("/"), (field.clone(), value.to_owned()));
            let holder = value.strip_suffix(" {").map(ToOwned::to_owned);
            if value.ends_with(['{', '(', '[']) {
                open.push(Open {
                    place,
                    holder,
                    field,
                    items: 0,
                });
            }
        }
        Self { leaves }
    }

    /// Every field, as `Key.about`.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.leaves.values().map(|(field, _)| field.as_str())
    }

    /// Fields that hold things with fields of their own.
    pub(crate) fn holders(&self) -> impl Iterator<Item = &str> {
        let holders = self
            .leaves
            .values()
            .filter(|(_, value)| value.ends_with('{'));
        holders.map(|(field, _)| field.as_str())
    }

    /// The fields in which two schemas differ.
    pub(crate) fn changed<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a str> {
        let one_way = |a: &'a Self, b: &'a Self| {
            let changed = a
                .leaves
                .iter()
                .filter(|(place, leaf)| b.leaves.get(*place) != Some(leaf));
            changed.map(|(_, (field, _))| field.as_str())
        };
        one_way(self, other).chain(one_way(other, self))
    }
}

/// Takes the name of a field off a line; anything else is one more item of what is open.
fn step<'l>(open: &mut [Open], line: &'l str) -> (Option<&'l str>, &'l str) {
    let inside = open.last_mut();
    let Some(inside) = inside else {
        return (None, line);
    };
    let named = line.split_once(": ").filter(|_| inside.holder.is_some());
    if let Some((name, value)) = named {
        return (Some(name), value);
    }
    inside.items += 1;
    (None, line)
}

fn field(open: &[Open], name: Option<&str>) -> String {
    match (open.last(), name) {
        (Some(inside), Some(name)) => {
            format!("{}.{name}", inside.holder.as_deref().unwrap_or_default())
        }
        (Some(inside), None) => inside.field.clone(),
        (None, _) => "Schema".to_owned(),
    }
}

fn count(open: &[Open]) -> String {
    open.last()
        .map_or_else(String::new, |inside| inside.items.to_string())
}
