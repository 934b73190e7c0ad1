//! Fields of an object: unknown, missing, choices, and those that need another.

use super::scalars::list;
use super::{Check, Place, help};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::document::{PART, ROOT};
use crate::language::shape::{Field, Object, Role};
use crate::node::{Entry, Node};

impl Check<'_> {
    pub(super) fn object(&mut self, object: &'static Object, node: &Node, place: &Place<'_>) {
        let entries = node.entries();
        for entry in entries {
            match object.field(&entry.key) {
                None => {
                    self.sink.push(help::unknown_field(object, entry));
                    self.misnamed_section(object, entry, entries);
                }
                Some(field) => self.field(field, entry),
            }
        }
        // What is missing may be what could not be read.
        if !node.damaged {
            self.missing(object, entries, place);
            if self.choice(object, entries, place) {
                self.companions(object, entries);
            }
        }
    }

    /// What stands below a mistyped field of a file is read as that field, and so has to look like it.
    fn misnamed_section(&mut self, object: &'static Object, entry: &Entry, entries: &[Entry]) {
        let is_file = std::ptr::eq(object, &ROOT) || std::ptr::eq(object, &PART);
        if let Some(field) = help::meant(object, &entry.key)
            && is_file
            && !has(entries, field.name)
        {
            self.field(field, entry);
        }
    }

    fn missing(&mut self, object: &Object, entries: &[Entry], place: &Place<'_>) {
        for field in object.fields {
            let needed = match field.role {
                Role::Required => true,
                Role::RequiredUnless(others) => !others.iter().any(|name| has(entries, name)),
                _ => false,
            };
            if needed && !has(entries, field.name) && !is_misnamed(object, field, entries) {
                self.sink.push(missing_field(object, field, place));
            }
        }
    }

    /// Whether the choice is made, so that what depends on it makes sense.
    fn choice(&mut self, object: &Object, entries: &[Entry], place: &Place<'_>) -> bool {
        let Some(what) = object.choice else {
            return true;
        };
        let mut chosen = entries.iter().filter(|entry| {
            let field = object.field(&entry.key);
            field.is_some_and(|field| field.role == Role::Choice)
        });
        let Some(first) = chosen.next() else {
            if !object
                .choices()
                .any(|field| is_misnamed(object, field, entries))
            {
                self.sink.push(nothing_chosen(object, what, place));
            }
            return false;
        };
        for other in chosen.filter(|other| other.key != first.key) {
            self.sink.push(chosen_twice(object, what, first, other));
        }
        true
    }

    fn companions(&mut self, object: &Object, entries: &[Entry]) {
        for entry in entries {
            let Some(Role::With(others)) = object.field(&entry.key).map(|field| field.role) else {
                continue;
            };
            if !others.iter().any(|name| has(entries, name)) {
                self.sink.push(alone(entry, others));
            }
        }
    }
}

fn has(entries: &[Entry], name: &str) -> bool {
    entries.iter().any(|entry| entry.key == name)
}

/// Whether a field is there under a wrong name, which has a finding of its own.
fn is_misnamed(object: &Object, field: &Field, entries: &[Entry]) -> bool {
    entries
        .iter()
        .any(|entry| object.field(&entry.key).is_none() && help::is_meant(field, &entry.key))
}

fn missing_field(object: &Object, field: &Field, place: &Place<'_>) -> Diagnostic {
    let message = match place.name {
        "" => format!("`{}` is missing", field.name),
        name => format!("`{name}` has no `{}`", field.name),
    };
    Diagnostic::error(Code::E0204, place.span, message)
        .label(format!("{} needs `{}`", object.called, field.name))
        .help(format!("add `{}: {}`", field.name, field.example))
}

fn nothing_chosen(object: &Object, what: &str, place: &Place<'_>) -> Diagnostic {
    let message = match place.name {
        "" => format!("{} without {what}", object.called),
        name => format!("`{name}` has no {what}"),
    };
    let names = list(object.choices().map(|field| field.name), "and");
    let example = object.choices().next().map_or(String::new(), |field| {
        format!(", for instance `{}: {}`", field.name, field.example)
    });
    Diagnostic::error(Code::E0208, place.span, message)
        .label(format!("{} needs exactly one", object.called))
        .help(format!("add one of {names}{example}"))
}

fn chosen_twice(object: &Object, what: &str, first: &Entry, other: &Entry) -> Diagnostic {
    let (other_name, first_name, called) = (&other.key, &first.key, object.called);
    let message = format!("`{other_name}` beside `{first_name}`: {called} has one {what}");
    Diagnostic::error(Code::E0209, other.key_span, message)
        .label("one too many")
        .related(first.key_span, "the first one")
        .help("keep one of the two, and remove the other or declare it on its own")
}

fn alone(entry: &Entry, others: &[&str]) -> Diagnostic {
    let others = list(others.iter().copied(), "or");
    let message = format!("`{}` says nothing without {others}", entry.key);
    Diagnostic::error(Code::E0210, entry.key_span, message)
        .label(format!("belongs to {others}"))
        .help(format!("add {others}, or remove `{}`", entry.key))
}
