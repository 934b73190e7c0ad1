//! Names that would meet in the generated code.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::Name;
use crate::source::Span;

/// Methods that every store has.
const STORE_METHODS: [&str; 15] = [
    "atomic",
    "client",
    "clone",
    "connect",
    "connect_with",
    "connection",
    "database",
    "family",
    "from",
    "keys",
    "migrate",
    "new",
    "pipeline",
    "raw_connection",
    "settings",
];
/// Types that every generated module has.
const MODULE_TYPES: [&str; 2] = ["Schema", "Store"];

struct Named<'a> {
    name: &'a Name,
    span: Span,
    /// How messages call it.
    what: String,
    /// It was made from what stands in place.
    in_place: bool,
}

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    let accessors = accessors(draft);
    for one in &accessors {
        if STORE_METHODS.contains(&one.name.snake().as_str()) {
            let message = format!("every store has a method `{}`", one.name);
            sink.push(
                Diagnostic::error(Code::E0309, one.span, message)
                    .label(format!("{} cannot be called so", one.what))
                    .help(format!(
                        "choose another name, such as `{}_it` or `my_{}`",
                        one.name, one.name
                    )),
            );
        }
    }
    distinct(&accessors, "accessor", sink);
    let types = types(draft);
    for one in &types {
        if MODULE_TYPES.contains(&one.name.as_str()) {
            let message = format!("every generated module has a type `{}`", one.name);
            sink.push(
                Diagnostic::error(Code::E0309, one.span, message)
                    .label(format!("{} cannot be called so", one.what))
                    .help(format!("choose another name, such as `{}Record`", one.name)),
            );
        }
    }
    distinct(&types, "type", sink);
    distinct(&params(draft), "parameter", sink);
    distinct(&databases(draft), "database", sink);
}

/// Reports names that become one identifier.
fn distinct(names: &[Named<'_>], kind: &str, sink: &mut Sink) {
    let mut seen: HashMap<String, &Named<'_>> = HashMap::new();
    for one in names {
        let Some(first) = seen.insert(one.name.camel(), one) else {
            continue;
        };
        let (message, help) = if first.name == one.name {
            (
                format!(
                    "{} and {} are both called `{}`",
                    first.what, one.what, one.name
                ),
                match one.in_place {
                    true => format!(
                        "rename one of the two; or declare the fields under `types:`, as `{}Record` for instance, and write that name here",
                        one.name
                    ),
                    false => {
                        format!("each {kind} needs a name of its own: give one of them another")
                    }
                },
            )
        } else {
            (
                format!(
                    "`{}` and `{}` are both `{}` in Rust",
                    first.name,
                    one.name,
                    one.name.camel()
                ),
                String::from("give one of them a name that differs by more than `_`"),
            )
        };
        sink.push(
            Diagnostic::error(Code::E0308, one.span, message)
                .label("the same name in the generated code")
                .related(first.span, "here first")
                .help(help),
        );
    }
}

fn accessors(draft: &Draft) -> Vec<Named<'_>> {
    let accessors = draft.accessors.iter();
    accessors
        .map(|it| Named {
            name: &it.name,
            span: it.span,
            what: it.what.to_owned(),
            in_place: false,
        })
        .collect()
}

fn types(draft: &Draft) -> Vec<Named<'_>> {
    let defs = draft.types.iter().enumerate();
    defs.filter_map(|(at, def)| {
        let def = def.as_ref()?;
        let id = crate::model::TypeId(u32::try_from(at).ok()?);
        let what = draft.made_from.get(&id).cloned();
        Some(Named {
            name: &def.name,
            span: def.span,
            in_place: what.is_some(),
            what: what.unwrap_or_else(|| String::from("a type")),
        })
    })
    .collect()
}

fn params(draft: &Draft) -> Vec<Named<'_>> {
    let params = draft.params.iter().flatten();
    params
        .map(|it| Named {
            name: &it.name,
            span: it.span,
            what: String::from("a parameter"),
            in_place: false,
        })
        .collect()
}

fn databases(draft: &Draft) -> Vec<Named<'_>> {
    let databases = draft.databases.iter().flatten();
    databases
        .filter_map(|it| {
            Some(Named {
                name: &it.name,
                span: it.span?,
                what: String::from("a database"),
                in_place: false,
            })
        })
        .collect()
}
