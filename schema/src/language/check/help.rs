//! What was probably meant.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Place;
use super::scalars::list;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::document::{PART, ROOT};
use crate::language::shape::{Field, Form, Object, Role, Shape};
use crate::node::{Entry, Node, NodeKind};
use crate::text::nearest;
use crate::yaml::must_be_quoted;

pub(super) fn unknown_field(object: &Object, entry: &Entry) -> Diagnostic {
    let name = entry.key.as_str();
    if std::ptr::eq(object, &PART) && ROOT.field(name).is_some() {
        return Diagnostic::error(
            Code::E0212,
            entry.key_span,
            format!("`{name}` in an imported file"),
        )
        .label("only the file that imports the others may say this")
        .help("move it there, or remove it");
    }
    Diagnostic::error(
        Code::E0201,
        entry.key_span,
        format!("unknown field `{name}`"),
    )
    .label(format!("{} has no such field", object.called))
    .help(suggestion(object, name))
}

/// What is said elsewhere, or in another way: the names of objects, fields that people write in them, and what to
/// write instead.
const ELSEWHERE: &[(&str, &[&str], &str)] = &[
    (
        "parameter",
        &["enum"],
        "declare the enum under `types:` and name it here: `type: OrderStatus`",
    ),
    (
        "rate limit",
        &["burst", "capacity", "bucket"],
        "write it behind its rule: `rules: [60/1m burst 10]`",
    ),
    (
        "rate limit",
        &[
            "limit", "max", "calls", "requests", "window", "period", "per", "interval",
        ],
        "calls and their window are one rule: `rules: [60/1m]`",
    ),
    (
        "rate limit",
        &[
            "on_error",
            "on_unavailable",
            "on_failure",
            "fail_open",
            "fail_closed",
        ],
        "write `on_unavailable: allow` or `on_unavailable: deny` beside `rate_limit:`",
    ),
    (
        "cache",
        &["ttl", "expire", "expires", "lifetime", "max_age"],
        "write `ttl: 5m` beside `cache:`; `stale` and `negative` stand in it",
    ),
];

fn elsewhere(object: &Object, name: &str) -> Option<&'static str> {
    let mut hints = ELSEWHERE.iter();
    hints
        .find(|(home, names, _)| *home == object.name && names.contains(&name))
        .map(|(.., hint)| *hint)
}

fn suggestion(object: &Object, name: &str) -> String {
    if let Some((field, value)) = name.split_once(':') {
        return format!("put a space behind the colon: `{field}: {value}`");
    }
    if let Some(hint) = elsewhere(object, name) {
        return hint.to_owned();
    }
    if let Some(field) = meant(object, name) {
        return format!("did you mean `{}`?", field.name);
    }
    if let Some(homes) = homes().get(name) {
        let homes = homes
            .iter()
            .map(|home| (*home).to_owned())
            .collect::<Vec<_>>();
        return format!(
            "`{name}` is a field of {}: perhaps the line is not indented as it should be",
            homes.join(" and of ")
        );
    }
    let offered = object.fields.iter().map(|field| field.name);
    format!("{} has {}", object.called, list(offered, "and"))
}

/// The field that an unknown name stands for.
pub(super) fn meant(object: &Object, name: &str) -> Option<&'static Field> {
    if object.field(name).is_some() {
        return None;
    }
    object.fields.iter().find(|field| is_meant(field, name))
}

/// Whether a name is a mistyped or a different word for a field.
pub(super) fn is_meant(field: &Field, name: &str) -> bool {
    let lower = name.to_lowercase();
    field.also.contains(&lower.as_str()) || nearest(name, [field.name]).is_some()
}

/// Every field name, with the objects that have it.
fn homes() -> &'static BTreeMap<&'static str, Vec<&'static str>> {
    static HOMES: OnceLock<BTreeMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    HOMES.get_or_init(|| {
        let mut homes: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        for object in crate::language::walk::objects() {
            for field in object.fields {
                let known = homes.entry(field.name).or_default();
                if !known.contains(&object.called) {
                    known.push(object.called);
                }
            }
        }
        homes
    })
}

/// Fields that stand beside the declaration they belong to.
pub(super) fn misplaced(entry: &Entry, before: Option<&Entry>) -> Diagnostic {
    let name = &entry.key;
    let finding = match before {
        Some(before) => Diagnostic::error(
            Code::E0104,
            entry.key_span,
            format!("`{name}` stands beside `{}`, not in it", before.key),
        )
        .label("not indented far enough")
        .related(before.key_span, "declared here"),
        None => Diagnostic::error(
            Code::E0104,
            entry.key_span,
            format!("`{name}` stands where a name is declared"),
        )
        .label("a field, not a name"),
    };
    finding.help("indent the fields of a declaration by two spaces more than its name")
}

/// `{id}` without quotes, where text is expected.
pub(super) fn unquoted(expected: &[&Shape], node: &Node) -> Option<Diagnostic> {
    let takes_text = expected.iter().any(|shape| matches!(shape, Shape::Text(_)));
    let NodeKind::Map(entries) = &node.kind else {
        return None;
    };
    let [entry] = entries.as_slice() else {
        return None;
    };
    let is_template = takes_text && entry.value.is_null();
    is_template.then(|| must_be_quoted(node.span, &format!("{{{}}}", entry.key)))
}

/// What a value may be, in words.
pub(super) fn expected(shapes: &[&Shape]) -> String {
    let mut words: Vec<String> = Vec::new();
    for shape in shapes {
        let word = match shape {
            Shape::Text(form) => a_form(form),
            Shape::Words(words) => list(words.iter().map(|word| word.text), "or"),
            Shape::Number { .. } => "a whole number".to_owned(),
            Shape::Switch => "`true` or `false`".to_owned(),
            Shape::Object(_) => "a mapping".to_owned(),
            Shape::Names { .. } => "a mapping from names".to_owned(),
            Shape::List(_) => "a list".to_owned(),
            Shape::Nothing => "nothing".to_owned(),
            Shape::Any | Shape::Named(_) | Shape::Either(_) => "a value".to_owned(),
        };
        let is_known = words.iter().any(|known| known.starts_with(&word));
        if !is_known {
            words.push(word);
        }
    }
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
        None => "a value".to_owned(),
    }
}

fn a_form(form: &Form) -> String {
    match form.name {
        "text" => "text".to_owned(),
        "type text" => "a type".to_owned(),
        "value text" => "a value".to_owned(),
        name if name.starts_with(['a', 'e', 'i', 'o']) => format!("an {name}"),
        name => format!("a {name}"),
    }
}

/// A mapping with what an object must hold, on one line.
pub(super) fn example(shapes: &[&Shape]) -> Option<String> {
    let object = shapes.iter().find_map(|shape| match shape {
        Shape::Object(object) => Some(object),
        _ => None,
    })?;
    let needed = |field: &&Field| matches!(field.role, Role::Required | Role::RequiredUnless(_));
    let fields = object
        .fields
        .iter()
        .filter(needed)
        .chain(object.choices().next())
        .map(|field| format!("{}: {}", field.name, field.example));
    let mut fields = fields.collect::<Vec<_>>();
    if fields.is_empty() {
        // Nothing must be there; one of what may be shows how it is written.
        let is_offered = |field: &&Field| field.role == Role::Optional;
        let one = object.fields.iter().find(is_offered)?;
        fields.push(format!("{}: {}", one.name, one.example));
    }
    Some(format!("{{ {} }}", fields.join(", ")))
}

pub(super) fn for_wrong_kind(expected: &[&Shape], node: &Node, place: &Place<'_>) -> String {
    let takes = |test: fn(&Shape) -> bool| expected.iter().any(|shape| test(shape));
    let takes_list = takes(|shape| matches!(shape, Shape::List(_)));
    let takes_text = takes(|shape| matches!(shape, Shape::Text(_) | Shape::Words(_)));
    let takes_names = takes(|shape| matches!(shape, Shape::Names { .. }));
    match (&node.kind, place.name) {
        (NodeKind::Scalar { text, .. }, name) if takes_list && !name.is_empty() => {
            format!("write `{name}: [{text}]`")
        }
        (NodeKind::Scalar { text, .. }, name) if !text.is_empty() && !name.is_empty() => {
            match short_form(expected, text) {
                Some(object) => format!("write `{name}: {object}`"),
                None => place.example_help(expected),
            }
        }
        (NodeKind::List(items), name) if takes_text && !name.is_empty() => match items.as_slice() {
            [item] if item.text().is_some() => {
                format!("write `{name}: {}`", item.text().unwrap_or_default())
            }
            _ => place.example_help(expected),
        },
        (NodeKind::List(_), _) if takes_names => {
            format!(
                "begin each entry with its name and a colon in place of `- `; {}",
                place.example_help(expected)
            )
        }
        _ => place.example_help(expected),
    }
}

/// A mapping that needs one field alone, with a value that was written in the place of the mapping.
fn short_form(expected: &[&Shape], value: &str) -> Option<String> {
    let object = expected.iter().find_map(|shape| match shape {
        Shape::Object(object) => Some(object),
        _ => None,
    })?;
    let mut needed = (object.fields.iter()).filter(|field| field.role == Role::Required);
    let (Some(field), None) = (needed.next(), needed.next()) else {
        return None;
    };
    let value = match field.shape.plain() {
        Shape::List(_) => format!("[{value}]"),
        Shape::Text(_) | Shape::Either(_) => value.to_owned(),
        _ => return None,
    };
    Some(format!("{{ {}: {value} }}", field.name))
}

#[cfg(test)]
mod tests {
    use super::ELSEWHERE;

    #[test]
    fn hints_are_about_objects_that_exist_and_names_that_are_no_fields() {
        let objects = crate::language::walk::objects();
        for (home, names, _) in ELSEWHERE {
            let known: Vec<_> = (objects.iter())
                .filter(|object| object.name == *home)
                .collect();
            assert_eq!(known.len(), 1, "{home}");
            for name in *names {
                assert!(known[0].field(name).is_none(), "{home} has {name}");
            }
        }
    }
}
