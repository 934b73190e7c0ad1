//! Whatever names keys or channels: templates, tombstones, patterns.

use crate::lower::Draft;
use crate::model::{DatabaseId, KeyId, Prefix, Template};
use crate::source::Span;
use crate::template::{Piece, flatten};

/// Something that names keys or channels.
pub(super) struct Namer<'a> {
    pub(super) what: What,
    pub(super) name: String,
    pub(super) span: Span,
    /// Its template and prefix; `None` for a pattern.
    pub(super) written: Option<(&'a Template, &'a Prefix)>,
    /// Of a pattern, its text as the only literal.
    pub(super) shapes: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Key(KeyId),
    /// A key that somebody else writes: no word can be kept from it.
    ExternalKey,
    Tombstone,
    Pattern,
    Channel,
}

impl<'a> Namer<'a> {
    fn new(what: What, name: String, template: &'a Template, prefix: &'a Prefix) -> Self {
        Self {
            what,
            name,
            span: template.span,
            written: Some((template, prefix)),
            shapes: flatten(&prefix.text, &template.segments),
        }
    }

    /// Whether it is a pattern that stands for more than one key.
    pub(super) fn has_star(&self) -> bool {
        let text = self.shapes.first().and_then(|shape| shape.first());
        self.what == What::Pattern
            && matches!(text, Some(Piece::Literal(text)) if text.contains('*'))
    }
}

/// All that name keys of a database: keys first, then tombstones, then patterns.
pub(super) fn of_database(draft: &Draft, database: DatabaseId) -> Vec<Namer<'_>> {
    let mut all = Vec::new();
    for (at, site) in draft.sites.iter().enumerate() {
        let (Some(site), Ok(id)) = (site, u32::try_from(at)) else {
            continue;
        };
        if site.database == Some(database) {
            let what = if site.external {
                What::ExternalKey
            } else {
                What::Key(KeyId(id))
            };
            let name = draft.key_names.get(at).map(|(name, _)| name.clone());
            all.push(Namer::new(
                what,
                name.unwrap_or_default(),
                &site.template,
                &site.prefix,
            ));
        }
    }
    for grave in draft.tombstones.iter().flatten() {
        if grave.database == database {
            let name = grave.name.to_string();
            all.push(Namer::new(
                What::Tombstone,
                name,
                &grave.template,
                &grave.prefix,
            ));
        }
    }
    add_patterns(draft, database, &mut all);
    all
}

fn add_patterns(draft: &Draft, database: DatabaseId, all: &mut Vec<Namer<'_>>) {
    for (pack, spans) in draft.packs.iter().zip(&draft.pattern_spans) {
        let here = |id: Option<DatabaseId>| id.is_none_or(|id| id == database);
        let Some(pack) = pack.as_ref().filter(|pack| here(pack.database)) else {
            continue;
        };
        for (pattern, span) in pack.patterns.iter().zip(spans) {
            // A pattern of stars alone has been refused.
            if !pattern.trim_matches('*').is_empty() {
                all.push(Namer {
                    what: What::Pattern,
                    name: pack.name.to_string(),
                    span: *span,
                    written: None,
                    shapes: vec![vec![Piece::Literal(pattern.clone())]],
                });
            }
        }
    }
}

/// All channels.
pub(super) fn channels(draft: &Draft) -> Vec<Namer<'_>> {
    let channels = draft.channels.iter().flatten();
    channels
        .map(|it| Namer::new(What::Channel, it.name.to_string(), &it.template, &it.prefix))
        .collect()
}
