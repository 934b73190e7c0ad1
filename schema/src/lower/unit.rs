//! Units: keys that are written together.

use super::Lowering;
use super::database::list;
use super::declared::Declared;
use super::fields::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{KeyId, ListOrder, ParamId, Structure, Unit};
use crate::node::{Node, NodeKind};
use crate::source::Span;
use crate::text::Text;

impl Lowering<'_> {
    pub(super) fn units(&mut self) {
        for one in &self.declared.units.list {
            let unit = self.unit(one);
            self.draft.units.push(unit);
        }
    }

    fn unit(&mut self, declared: &Declared<'_>) -> Option<Unit> {
        let writes = declared.node.get("writes")?;
        if !matches!(writes.kind, NodeKind::List(_)) {
            return None;
        }
        let mut keys: Vec<(KeyId, Span)> = Vec::new();
        let mut fine = true;
        for item in writes.items() {
            let key = Text::of(item).and_then(|text| self.key_named(&text));
            fine &= match key {
                Some(key) => self.join(&mut keys, key, item),
                None => false,
            };
        }
        if fine && keys.is_empty() {
            self.report(
                Diagnostic::error(
                    Code::E0609,
                    writes.span,
                    format!("`{}` writes nothing", declared.name),
                )
                .label("no keys")
                .help("name the keys that are written together: `writes: [job, job_files]`"),
            );
            return None;
        }
        fine &= self.same_database(declared, &keys);
        if !fine {
            return None;
        }
        let mut params: Vec<ParamId> = Vec::new();
        for (key, _) in &keys {
            for id in self.draft.site(*key)?.template.params() {
                if !params.contains(&id) {
                    params.push(id);
                }
            }
        }
        Some(Unit {
            name: declared.name.clone(),
            about: words(declared.node, "about"),
            writes: keys.into_iter().map(|(key, _)| key).collect(),
            params,
            span: declared.span,
        })
    }

    fn join(&mut self, keys: &mut Vec<(KeyId, Span)>, key: KeyId, item: &Node) -> bool {
        let name = item.text().unwrap_or_default();
        if let Some((_, first)) = keys.iter().find(|(other, _)| *other == key) {
            self.report(
                Diagnostic::error(Code::E0303, item.span, format!("`{name}` is written twice"))
                    .label("the second time")
                    .related(*first, "the first time")
                    .help("remove one of the two"),
            );
            return false;
        }
        keys.push((key, item.span));
        let Some(declared) = self.draft.key(key) else {
            return true;
        };
        let stack = declared.queue.is_some_and(|it| it.order == ListOrder::Lifo);
        let unwritable = match stack {
            true => Some(STACK),
            false => unwritable(&declared.structure),
        };
        let Some((what, help)) = unwritable else {
            return true;
        };
        let place = declared.span;
        self.report(
            Diagnostic::error(Code::E0609, item.span, format!("`{name}` is {what}"))
                .label("cannot be written in a unit")
                .related(place, "declared here")
                .help(help),
        );
        false
    }

    fn same_database(&mut self, declared: &Declared<'_>, keys: &[(KeyId, Span)]) -> bool {
        let database = |key: &KeyId| self.draft.site(*key).and_then(|site| site.database);
        let known: Vec<_> = keys
            .iter()
            .filter_map(|(key, span)| Some((database(key)?, *span)))
            .collect();
        let Some((first, place)) = known.first() else {
            return true;
        };
        let Some((other, span)) = known.iter().find(|(id, _)| id != first) else {
            return true;
        };
        let name = |id| self.draft.database(id).map_or("", |d| d.name.as_str());
        let (first_name, other_name) = (name(*first), name(*other));
        let message = format!("`{}` writes to two databases", declared.name);
        let both = list(&[first_name, other_name]);
        let finding = Diagnostic::error(Code::E0609, *span, message)
            .label(format!("lives in `{other_name}`"))
            .related(*place, format!("lives in `{first_name}`"))
            .help(format!(
                "a transaction runs in one database: move the keys into one of {both}, or make a unit for each"
            ));
        self.report(finding);
        false
    }
}

/// Why a list whose next value was added last has no part in units, and what to do.
const STACK: (&str, &str) = (
    "a stack, and a unit adds values where those of a queue go",
    "remove it, and `push` in an `atomic` of your own",
);

/// Why a structure has no part in units, and what to do.
fn unwritable(structure: &Structure) -> Option<(&'static str, &'static str)> {
    match structure {
        Structure::String(_)
        | Structure::Counter(_)
        | Structure::Hash(_)
        | Structure::HashMap { .. }
        | Structure::List(_)
        | Structure::Set(_)
        | Structure::ZSet { .. }
        | Structure::Stream { .. }
        | Structure::Geo(_) => None,
        Structure::Bitmap => Some((
            "a bitmap, which has no value to write as a whole",
            "remove it, and set its bits in an `atomic` of your own",
        )),
        Structure::HyperLogLog(_) => Some((
            "an estimate, which is never written as a whole",
            "remove it, and add to it in an `atomic` of your own",
        )),
        Structure::JsonDocument(_) => Some((
            "a JSON document of the server",
            "remove it, or declare the key as `string: json<T>`",
        )),
        Structure::RateLimit(_) => Some((
            "a limiter, whose answer decides what happens",
            "remove it from the unit, and ask it first",
        )),
        Structure::Lock { .. } | Structure::Semaphore { .. } | Structure::Fence { .. } => Some((
            "taken and given back, never written",
            "remove it, and hold it while the unit is written",
        )),
        Structure::Cache(_) => Some((
            "a cache, which is filled by who loads",
            "remove it, and `invalidate` it in an `atomic` of your own",
        )),
        Structure::CacheTag => Some((
            "a tag of caches, which has no value to write",
            "remove it, and `invalidate` it in an `atomic` of your own",
        )),
        Structure::Queue(_) | Structure::QueueTasks { .. } => Some((
            "a queue, whose tasks change hands in scripts",
            "remove it, and `enqueue` in an `atomic` of your own",
        )),
        Structure::Session(_) | Structure::SessionIndex { .. } => Some((
            "a session, which is made with a token of its own",
            "remove it: `create` makes it, and hands the token out",
        )),
        Structure::Progress(_) => Some((
            "begun and reported, never written as a whole",
            "remove it, and `begin` it in an `atomic` of your own",
        )),
        Structure::ProgressEvents { .. } => Some((
            "written by reports alone",
            "remove it, and `report` in an `atomic` of your own",
        )),
        Structure::External(_) => Some(("written by somebody else", "remove it from the unit")),
    }
}
