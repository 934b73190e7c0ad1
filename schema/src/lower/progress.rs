//! Progress, and the keys of what was reported.

use super::fields::{is_on, text};
use super::value::Role;
use super::{Lowering, Site};
use crate::model::{Key, KeyId, Name, OnUnavailable, Progress, ProgressEvents, Structure};
use crate::node::Node;
use crate::source::Span;

/// The number at which an item is done, where nothing is said.
const MAX: u32 = 100;

/// What stands behind the name of a progress in that of its events.
const BEHIND: &str = ":events";

impl Lowering<'_> {
    pub(super) fn progress(&mut self, node: &Node) -> Option<Structure> {
        let item = self.value(node.get("item")?, Role::FieldName);
        let max = match text(node, "max") {
            None => Some(MAX),
            Some(max) => max.text().parse().ok(),
        };
        let events = match node.get("events") {
            None => Some(None),
            Some(events) => self.progress_events(events).map(Some),
        };
        Some(Structure::Progress(Progress {
            item: item?,
            max: max?,
            allow_decrease: is_on(node, "allow_decrease"),
            allow_unknown: is_on(node, "allow_unknown"),
            events: events?,
        }))
    }

    fn progress_events(&mut self, node: &Node) -> Option<ProgressEvents> {
        let trim = self.trim(node);
        let message = match node.get("message") {
            None => Some(None),
            Some(message) => self.value(message, Role::Whole).map(Some),
        };
        Some(ProgressEvents {
            trim: trim??,
            message: message?,
        })
    }

    /// Declares a key beside each progress whose reports are events.
    pub(super) fn reported(&mut self) {
        let declared = self.declared;
        for (at, one) in declared.keys.list.iter().enumerate() {
            let Some(events) = one.node.get("progress").and_then(|it| it.get("events")) else {
                continue;
            };
            let Ok(progress) = u32::try_from(at) else {
                continue;
            };
            let site = self.draft.sites.get(at).cloned().flatten();
            let site = site.and_then(|site| self.site_behind(site, BEHIND, events.span));
            let key = match (&site, self.draft.keys.get(at)) {
                (Some(site), Some(Some(key))) => {
                    Some(events_of(key, KeyId(progress), site, events.span))
                }
                _ => None,
            };
            let name = events_name(&one.name);
            self.beside(name, events.span, "the events of a progress", site, key);
        }
    }
}

fn events_name(progress: &Name) -> Name {
    Name::new(format!("{progress}_events"))
}

/// The key of what was reported.
fn events_of(progress: &Key, id: KeyId, site: &Site, span: Span) -> Key {
    let was = progress.was.iter();
    Key {
        name: events_name(&progress.name),
        about: Some(format!("What was reported of `{}`.", progress.name)),
        template: site.template.clone(),
        structure: Structure::ProgressEvents { progress: id },
        on_unavailable: OnUnavailable::default(),
        size: None,
        deprecated: None,
        was: was.map(|was| format!("{was}_events")).collect(),
        span,
        ..progress.clone()
    }
}
