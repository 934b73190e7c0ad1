//! Packs: keys of somebody else on the same server.

use super::Lowering;
use super::declared::Declared;
use super::fields::words;
use crate::diagnostic::Code;
use crate::model::{DatabaseId, Pack};
use crate::source::Span;
use crate::text::Text;

impl Lowering<'_> {
    pub(super) fn packs(&mut self) {
        for one in &self.declared.packs.list {
            let (pack, spans) = self.pack(one).unzip();
            self.draft.packs.push(pack);
            self.draft.pattern_spans.push(spans.unwrap_or_default());
        }
    }

    fn pack(&mut self, declared: &Declared<'_>) -> Option<(Pack, Vec<Span>)> {
        let node = declared.node;
        let database = match node.get("in") {
            None => Some(None),
            Some(_) => self.database_of(declared).map(Some),
        };
        let database: Option<Option<DatabaseId>> = database;
        let mut patterns = Vec::new();
        let mut spans = Vec::new();
        for item in node.get("patterns")?.items() {
            if let Some(text) = Text::of(item) {
                self.check_pattern(&text);
                patterns.push(text.text().to_owned());
                spans.push(item.span);
            }
        }
        let pack = Pack {
            name: declared.name.clone(),
            about: words(node, "about"),
            database: database?,
            patterns,
            span: declared.span,
        };
        Some((pack, spans))
    }

    fn check_pattern(&mut self, text: &Text<'_>) {
        let written = text.text();
        let (message, label, help) = if written.trim_matches('*').is_empty() {
            (
                format!("`{written}` stands for every key"),
                "leaves no name for the schema's own",
                "write what the names of these keys have in common: `celery-task-meta-*`",
            )
        } else if let Some(special) = written
            .chars()
            .find(|c| matches!(c, '?' | '[' | ']' | '\\'))
        {
            (
                format!("`{special}` in a pattern"),
                "only `*` stands for other characters",
                "use `*` in its place: a pattern may claim more names than there are",
            )
        } else {
            return;
        };
        self.report(text.mistake(Code::E0706, message).label(label).help(help));
    }
}
