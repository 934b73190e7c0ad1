//! The reference page of the language, in Markdown.

use std::fmt::Write;

use super::document::PART;
use super::shape::{Field, Form, Named, Object, Role, Shape, Word};
use super::walk::Walk;
use crate::yaml::{MAX_BYTES, MAX_DEPTH, MAX_LINE, MAX_NODES};

/// The page, with a line break at its end.
#[must_use]
pub fn reference() -> String {
    let walk = Walk::run();
    let mut out = String::from(INTRODUCTION);
    contents(&mut out, &walk);
    for object in &walk.objects {
        if !std::ptr::eq(*object, &PART) {
            object_section(&mut out, object);
        }
    }
    out.push_str("\n## Types and values\n");
    for named in &walk.named {
        named_section(&mut out, named);
    }
    out.push_str(
        "\n## Texts\n\nTexts with a grammar of their own. Every one may stand in quotes.\n",
    );
    for form in &walk.forms {
        form_section(&mut out, form);
    }
    limits(&mut out);
    out
}

const INTRODUCTION: &str = "\
<!-- Generated from the field table of the language; do not edit. -->
# The language, edition 1

A schema is one YAML file, or several joined by `imports:`. Every field is listed here; a field that is not is an error.
Anchors, aliases and merge keys (`<<`) work; YAML tags and a second document in a file do not. Whatever is written is text
until a field takes it for a number or a switch: `0012` and `1.10` stay as they are.

```yaml
edition: 1
schema: shop
version: 1
params:
  cart_id: { type: uuid, about: Identifier of one cart }
types:
  Item: { fields: { product: slug, amount: u32 } }
keys:
  cart:
    key: \"cart:{cart_id}\"
    about: What lies in one cart.
    ttl: 24h
    list: json<Item>
```
";

fn contents(out: &mut String, walk: &Walk) {
    out.push_str("\n## Contents\n\n");
    for object in &walk.objects {
        if !std::ptr::eq(*object, &PART) {
            let _ = writeln!(out, "- [{}](#{})", title(object.name), anchor(object.name));
        }
    }
    for (name, link) in [
        ("Types and values", "types-and-values"),
        ("Texts", "texts"),
        ("Limits", "limits"),
    ] {
        let _ = writeln!(out, "- [{name}](#{link})");
    }
}

fn object_section(out: &mut String, object: &Object) {
    let _ = write!(out, "\n## {}\n\n{}\n", title(object.name), object.about);
    if object.fields.is_empty() {
        return;
    }
    out.push_str("\n| field | value | needed | what it says |\n|---|---|---|---|\n");
    for field in object.fields {
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} |",
            field.name,
            cell(&value(&field.shape)),
            cell(&needed(field, object)),
            cell(&about(field)),
        );
    }
}

fn about(field: &Field) -> String {
    let words = match field.shape.plain() {
        Shape::Words(words) => format!(" {}", words_list(words)),
        _ => String::new(),
    };
    format!(
        "{}{words} Example: `{}: {}`",
        field.about, field.name, field.example
    )
}

fn words_list(words: &[Word]) -> String {
    let each = |word: &Word| format!("`{}`: {}", word.text, word.about);
    words.iter().map(each).collect::<Vec<_>>().join(" ")
}

fn needed(field: &Field, object: &Object) -> String {
    let names = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(" or ")
    };
    match (field.role, field.default) {
        (Role::Required, _) => "yes".to_owned(),
        (Role::RequiredUnless(others), _) => format!("yes, unless {}", names(others)),
        (Role::Choice, _) => format!("one {}", object.choice.unwrap_or("of these")),
        (Role::With(others), Some(default)) => format!("with {}; else {default}", names(others)),
        (Role::With(others), None) => format!("with {}", names(others)),
        (_, Some(default)) => format!("no; else {default}"),
        (_, None) => "no".to_owned(),
    }
}

/// What a value may be, with links.
fn value(shape: &Shape) -> String {
    match shape {
        Shape::Text(form) => link(form.name),
        Shape::Words(words) => {
            let words: Vec<String> = words
                .iter()
                .map(|word| format!("`{}`", word.text))
                .collect();
            words.join(", ")
        }
        Shape::Number { min, max } if min == max => format!("`{min}`"),
        Shape::Number { min, max } if *max >= i64::from(u32::MAX) => {
            format!("whole number from {min}")
        }
        Shape::Number { min, max } => format!("whole number, {min} to {max}"),
        Shape::Switch => "`true` or `false`".to_owned(),
        Shape::Object(object) => link(object.name),
        Shape::Names { name, value: inner } => match inner {
            Shape::Either(_) => format!("mapping from {} to ({})", link(name.name), value(inner)),
            inner => format!("mapping from {} to {}", link(name.name), value(inner)),
        },
        Shape::List(item) => format!("list of {}", value(item)),
        Shape::Named(named) => link(named.name),
        Shape::Either(shapes) => shapes.iter().map(value).collect::<Vec<_>>().join(", or "),
        Shape::Nothing => "nothing".to_owned(),
        Shape::Any => "any value".to_owned(),
    }
}

fn named_section(out: &mut String, named: &Named) {
    let _ = write!(
        out,
        "\n### {}\n\n{}\n\nWritten as {}.\n",
        title(named.name),
        named.about,
        value(&named.shape)
    );
}

fn form_section(out: &mut String, form: &Form) {
    let _ = write!(out, "\n### {}\n\n{}\n\n", title(form.name), form.about);
    let examples: Vec<String> = form
        .examples
        .iter()
        .map(|text| format!("`{text}`"))
        .collect();
    let _ = writeln!(out, "Examples: {}.", examples.join(", "));
}

fn limits(out: &mut String) {
    let _ = write!(
        out,
        "\n## Limits\n\nA file has at most {} MiB, a line at most {} KiB. Lists and mappings nest at most {MAX_DEPTH} deep. A file \
         holds at most {MAX_NODES} values, what aliases repeat included.\n",
        MAX_BYTES >> 20,
        MAX_LINE >> 10,
    );
}

fn title(name: &str) -> String {
    let name = name.replace('_', " ");
    let mut chars = name.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

fn anchor(name: &str) -> String {
    name.to_lowercase().replace([' ', '_'], "-")
}

fn link(name: &str) -> String {
    format!("[{}](#{})", name.replace('_', " "), anchor(name))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_heading_has_its_own_anchor() {
        let page = reference();
        let mut seen = BTreeSet::new();
        for heading in page.lines().filter_map(|line| line.strip_prefix("##")) {
            let heading = heading.trim_start_matches('#').trim();
            assert!(seen.insert(anchor(heading)), "{heading} is there twice");
        }
        let mut rest = page.as_str();
        while let Some((_, link)) = rest.split_once("](#") {
            let (target, after) = link.split_once(')').unwrap_or((link, ""));
            assert!(seen.contains(target), "no heading for #{target}");
            rest = after;
        }
    }
}
