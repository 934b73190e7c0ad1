//! What rules look at: the schema, and the text that it came from.

use std::cell::OnceCell;
use std::collections::HashMap;

use redis_schema_model::lower::Document;
use redis_schema_model::model::{Channel, Key, Schema};
use redis_schema_model::node::{Entry, Node};
use redis_schema_model::source::{Sources, Span};

use super::Settings;
use crate::breaking::Comparison;
use crate::day::Day;
use crate::facts::Facts;

/// What is known besides the schema; rules about what is not given are silent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// The day.
    pub today: Option<Day>,
    /// The newest version that was released.
    pub released: Option<&'a Facts>,
    /// The facts of the schema itself, where somebody has made them already.
    pub now: Option<&'a Facts>,
    /// Migrations of accepted breaks of which there is no file.
    pub absent: &'a [String],
    /// Files in the schema's folder of migrations that no accepted break names, of this version or a released one.
    pub unnamed: &'a [String],
}

/// A schema under examination.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// Its files.
    pub sources: &'a Sources,
    /// The trees of those files, the root first.
    pub documents: &'a [Document],
    /// The limits that rules go by.
    pub settings: &'a Settings,
    /// What is known besides.
    pub given: Given<'a>,
    declared: HashMap<(&'a str, &'a str), &'a Entry>,
    now: OnceCell<Facts>,
    gone: OnceCell<Vec<Gone>>,
}

/// A key of the newest released version that is there no more.
#[derive(Debug)]
pub struct Gone {
    /// Its name.
    pub name: String,
    /// The one new key of its shape.
    pub lookalike: Option<String>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        schema: &'a Schema,
        sources: &'a Sources,
        documents: &'a [Document],
        settings: &'a Settings,
        given: Given<'a>,
    ) -> Self {
        let mut declared = HashMap::new();
        for section in documents
            .iter()
            .flat_map(|document| document.node.entries())
        {
            for entry in section.value.entries() {
                declared
                    .entry((section.key.as_str(), entry.key.as_str()))
                    .or_insert(entry);
            }
        }
        Self {
            schema,
            sources,
            documents,
            settings,
            given,
            declared,
            now: OnceCell::new(),
            gone: OnceCell::new(),
        }
    }

    /// What was written under a name of a section: `("keys", "job")`.
    #[must_use]
    pub fn declaration(&self, section: &str, name: &str) -> Option<&'a Node> {
        // The lookup borrows for as long as the map's keys live.
        self.declared
            .get(&(section, name) as &(&str, &str))
            .map(|entry| &entry.value)
    }

    /// What was written for a field of a key.
    #[must_use]
    pub fn key_field(&self, key: &Key, field: &str) -> Option<&'a Node> {
        self.declaration("keys", key.name.as_str())?.get(field)
    }

    /// The place of a key's field, or of its name.
    #[must_use]
    pub fn key_place(&self, key: &Key, field: &str) -> Span {
        self.key_field(key, field)
            .map_or(key.span, |node| node.span)
    }

    /// The schema's facts, to be compared with released ones.
    pub(super) fn now(&self) -> &Facts {
        self.given
            .now
            .unwrap_or_else(|| self.now.get_or_init(|| Facts::from(self.schema)))
    }

    /// Keys of the newest released version that are gone and that no tombstone speaks of; none where no version is known.
    pub fn gone(&self) -> &[Gone] {
        self.gone.get_or_init(|| {
            let Some(released) = self.given.released else {
                return Vec::new();
            };
            let comparison = Comparison::new(released, self.now());
            let gone = comparison.removed_keys().into_iter();
            let gone = gone.filter(|(name, _)| {
                let old = released.keys.get(*name);
                !old.is_some_and(|old| comparison.is_buried(old))
            });
            let gone = gone.map(|(name, lookalike)| Gone {
                name: name.to_owned(),
                lookalike: lookalike.map(str::to_owned),
            });
            gone.collect()
        })
    }

    /// Keys that are the schema's own to shape.
    pub fn own_keys(&self) -> impl Iterator<Item = &'a Key> + use<'a> {
        use redis_schema_model::model::Structure;
        self.schema
            .keys
            .iter()
            .filter(|key| !matches!(key.structure, Structure::External(_)))
            // What is declared with another key is shaped by that.
            .filter(|key| key.implied_by().is_none())
    }

    /// Everything that has a template of the schema's own.
    pub fn templates(&self) -> impl Iterator<Item = Named<'a>> + use<'a> {
        let keys = self.own_keys().map(Named::key);
        keys.chain(self.schema.channels.iter().map(Named::channel))
    }
}

/// A key or channel, by its template.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// `key` or `channel`.
    pub kind: &'static str,
    /// Its name.
    pub name: &'a str,
    /// Its template.
    pub template: &'a redis_schema_model::model::Template,
    /// What stands before it.
    pub prefix: &'a redis_schema_model::model::Prefix,
}

impl<'a> Named<'a> {
    fn key(key: &'a Key) -> Self {
        Self {
            kind: "key",
            name: key.name.as_str(),
            template: &key.template,
            prefix: &key.prefix,
        }
    }

    fn channel(channel: &'a Channel) -> Self {
        Self {
            kind: "channel",
            name: channel.name.as_str(),
            template: &channel.template,
            prefix: &channel.prefix,
        }
    }

    /// Every literal of the template, those of optional parts included.
    pub fn literals(self) -> impl Iterator<Item = &'a str> {
        super::walk::literals(&self.template.segments).into_iter()
    }
}
