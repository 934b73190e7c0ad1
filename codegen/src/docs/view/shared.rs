//! Methods that the keys of a page share: shown once for each structure and kind of lifetime.

use redis_schema_model::model::{Key, Lifetime, OnWrite, Schema, Structure, TtlRule};
use serde::Serialize;

use super::key::KeyView;
use super::links::{Link, database_page};
use super::methods::{SectionView, common, sections, title};
use crate::catalog::{self, Effect, Facts, Method};

/// Methods that some keys of a database share.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MethodsView {
    /// The anchor of their description.
    pub anchor: String,
    /// Name of the database.
    pub database: String,
    /// Structure and kind of lifetime, in words.
    pub title: String,
    /// The keys that have them.
    pub keys: Vec<Link>,
    /// The methods by section, with words in place of the lifetime's numbers.
    pub sections: Vec<SectionView>,
}

/// Gathers what keys share.
#[derive(Default)]
pub(super) struct Shared {
    found: Vec<(&'static str, Facts)>,
    views: Vec<MethodsView>,
}

impl Shared {
    /// Where the methods of a key are shown; `None` when it has none.
    pub(super) fn of(&mut self, schema: &Schema, key: &Key, view: &KeyView) -> Option<Link> {
        let own = Link {
            text: view.name.clone(),
            href: Some(view.href.clone()),
        };
        let methods = catalog::methods(&key.structure);
        if methods.is_empty() {
            return None;
        }
        let structure = key.structure.name();
        let facts = Facts::of(schema, key).general();
        let database = schema[key.database].name.as_str();
        let known = self
            .found
            .iter()
            .zip(&self.views)
            .position(|(found, view)| {
                view.database == database && found.0 == structure && found.1 == facts
            });
        let index = known.unwrap_or_else(|| {
            let view = MethodsView {
                anchor: format!("methods-{}", self.views.len() + 1),
                database: database.to_owned(),
                title: format!("`{structure}`, {}", kind(key)),
                keys: Vec::new(),
                sections: shown(methods, &facts),
            };
            self.found.push((structure, facts));
            self.views.push(view);
            self.views.len() - 1
        });
        let view = self.views.get_mut(index)?;
        view.keys.push(own);
        Some(Link {
            text: view.title.clone(),
            href: Some(format!("{}#{}", database_page(database), view.anchor)),
        })
    }

    pub(super) fn into_views(self) -> Vec<MethodsView> {
        self.views
    }
}

/// The methods by section. Those of every key are left out where the lifetime changes nothing in them.
fn shown(methods: Vec<&'static Method>, facts: &Facts) -> Vec<SectionView> {
    let usual = common();
    let own = |method: &&Method| {
        let common = catalog::is_common(method) && method.sent(facts) == method.sent(&usual);
        facts.has(method) && !common
    };
    sections(methods.into_iter().filter(own), facts, title)
}

/// The kind of a lifetime, in few words.
fn kind(key: &Key) -> String {
    if matches!(
        key.structure,
        Structure::Lock { .. } | Structure::Semaphore { .. }
    ) {
        return "held for a lease".to_owned();
    }
    match &key.structure {
        Structure::RateLimit(_) => return "until no call counts".to_owned(),
        Structure::Session(_) => return "until it ends".to_owned(),
        Structure::SessionIndex { .. } => return "as long as they may last".to_owned(),
        _ => {}
    }
    if let Structure::Queue(_) | Structure::QueueTasks { .. } = &key.structure {
        return "while there is work".to_owned();
    }
    let Lifetime::Expires(expiry) = &key.lifetime else {
        return "for ever".to_owned();
    };
    let mut out = match expiry.on_write {
        OnWrite::Refresh => "renewed by writes",
        OnWrite::Keep => "kept by writes",
        OnWrite::SetOnce => "set once",
    }
    .to_owned();
    if expiry.refresh_on_read {
        out.push_str(" and reads");
    }
    if expiry.rule == TtlRule::EndOfDay {
        out.push_str(", until the end of the day");
    }
    out
}

/// What a plain write of a key sends, with its own lifetime.
pub(super) fn on_write(schema: &Schema, key: &Key) -> Vec<String> {
    catalog::written(key)
        .map(|method| first(method, &Facts::of(schema, key)))
        .unwrap_or_default()
}

/// What a plain read of a key sends, where it starts the lifetime anew.
pub(super) fn on_read(schema: &Schema, key: &Key) -> Vec<String> {
    let renews = matches!(&key.lifetime, Lifetime::Expires(expiry) if expiry.refresh_on_read);
    let reads = |method: &&Method| {
        let effect = method.cases.first().map(|case| case.effect);
        matches!(effect, Some(Effect::Get | Effect::Read))
    };
    let method = catalog::methods(&key.structure).into_iter().find(reads);
    method
        .filter(|_| renews)
        .map(|method| first(method, &Facts::of(schema, key)))
        .unwrap_or_default()
}

fn first(method: &Method, facts: &Facts) -> Vec<String> {
    let cases = method.sent(facts);
    cases
        .into_iter()
        .next()
        .map(|(_, commands)| commands)
        .unwrap_or_default()
}
