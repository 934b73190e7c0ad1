//! Logical databases, and which of them a key lives in.

use super::Lowering;
use super::declared::Declared;
use super::fields::{durability, text, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Database, DatabaseId, Name};
use crate::node::{Node, NodeKind};
use crate::source::Span;
use crate::text::{did_you_mean, whole};

impl Lowering<'_> {
    pub(super) fn databases(&mut self) {
        let declared = self.declared;
        if declared.databases.list.is_empty() {
            self.draft.databases.push(Some(Database {
                name: Name::new("default"),
                index: 0,
                about: None,
                external: None,
                durability: None,
                span: None,
            }));
            return;
        }
        for one in &declared.databases.list {
            let database = lower(one);
            if let Some(database) = &database {
                self.check_index(database, one.span);
            }
            self.draft.databases.push(database);
        }
    }

    fn check_index(&mut self, database: &Database, span: Span) {
        let same = |other: &&Database| other.index == database.index;
        let Some(first) = self.draft.databases.iter().flatten().find(same) else {
            return;
        };
        let message = format!(
            "`{}` and `{}` are both database {}",
            first.name, database.name, database.index
        );
        let mut finding = Diagnostic::error(Code::E0303, span, message)
            .label("the same index again")
            .help("give each database an index of its own");
        if let Some(place) = first.span {
            finding = finding.related(place, "first used here");
        }
        self.report(finding);
    }

    /// The database that `in:` names, or the only one there is.
    pub(super) fn database_of(&mut self, owner: &Declared<'_>) -> Option<DatabaseId> {
        let Some(text) = text(owner.node, "in") else {
            // A field of a wrong kind has been told.
            return if owner.node.get("in").is_some() {
                None
            } else {
                self.only_database(owner)
            };
        };
        let found = self.declared.database(text.text());
        if found.is_none() {
            let known = self.declared.databases.names();
            let otherwise = || match known.is_empty() {
                true => format!(
                    "declare it: `databases: {{ {}: {{ index: 0 }} }}`",
                    text.text()
                ),
                false => format!("the databases are {}", list(&known)),
            };
            let help = did_you_mean(text.text(), known.iter().copied(), otherwise);
            let message = format!("no database is called `{}`", text.text());
            self.report(
                text.mistake(Code::E0307, message)
                    .label("not declared under `databases:`")
                    .help(help),
            );
        }
        found
    }

    fn only_database(&mut self, owner: &Declared<'_>) -> Option<DatabaseId> {
        let own: Vec<(usize, &Database)> = (self.draft.databases.iter().enumerate())
            .filter_map(|(at, database)| Some((at, database.as_ref()?)))
            .filter(|(_, database)| database.external.is_none())
            .collect();
        if self.draft.databases.iter().any(Option::is_none) {
            // Which ones there are is not known.
            return None;
        }
        if let [(at, _)] = own.as_slice() {
            return u32::try_from(*at).ok().map(DatabaseId);
        }
        let (message, help) = match own.as_slice() {
            [] => (
                format!("`{}` does not say where it lives", owner.name),
                String::from(
                    "declare a database of the schema's own, or name an external one by `in:`",
                ),
            ),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, d)| d.name.as_str()).collect();
                (
                    format!("`{}` does not say which database it lives in", owner.name),
                    format!("add `in: {}`; the databases are {}", names[0], list(&names)),
                )
            }
        };
        self.report(
            Diagnostic::error(Code::E0313, owner.span, message)
                .label("`in:` is missing")
                .help(help),
        );
        None
    }
}

fn lower(declared: &Declared<'_>) -> Option<Database> {
    let node = declared.node;
    let index = match &node.kind {
        NodeKind::Map(_) => node.get("index").and_then(Node::text),
        _ => node.text(),
    };
    let index = u16::try_from(whole(index?)?).ok()?;
    Some(Database {
        name: declared.name.clone(),
        index,
        about: words(node, "about"),
        external: words(node, "external"),
        durability: durability(node),
        span: Some(declared.span),
    })
}

/// `` `a`, `b` and `c` ``
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
