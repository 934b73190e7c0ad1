//! Tombstones: keys that are gone from the schema while their data may still lie on the server.

use super::Lowering;
use super::declared::Declared;
use super::fields::{text, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Tombstone;
use crate::text::whole;

impl Lowering<'_> {
    pub(super) fn tombstones(&mut self) {
        for one in &self.declared.tombstones.list {
            let tombstone = self.tombstone(one);
            self.draft.tombstones.push(tombstone);
        }
    }

    fn tombstone(&mut self, declared: &Declared<'_>) -> Option<Tombstone> {
        let node = declared.node;
        if let Some(key) = self.declared.key(declared.name.as_str()) {
            let place = self.declared.keys.list[key.index()].span;
            let message = format!("`{}` is a key and a tombstone", declared.name);
            self.report(
                Diagnostic::error(Code::E0303, declared.span, message)
                    .label("said to be gone")
                    .related(place, "still declared")
                    .help("give the new key another name, so that nobody takes old data for new"),
            );
        }
        let prefix = self.prefix.clone();
        let database = self.database_of(declared);
        let template = self.template(node, "key", &prefix);
        let removed_in = text(node, "removed_in")?;
        let removed_in = u32::try_from(whole(removed_in.text())?).ok()?;
        Some(Tombstone {
            name: declared.name.clone(),
            about: words(node, "about"),
            template: template?,
            prefix,
            database: database?,
            removed_in,
            span: declared.span,
        })
    }
}
