//! Names on a server as a schema calls them.

use redis_schema_model::model::{Prefix, Schema};
use redis_schema_model::template::KeyIndex;

/// What a name is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    /// A key of these templates: one for each database that has one like it.
    Template(Vec<String>),
    /// A key of somebody else on the same server.
    Pack(String),
    /// Nothing that the schema knows.
    Unknown,
    /// The beginning of a name, which says nothing.
    Cut,
}

/// Finds what a name belongs to.
pub(crate) struct Names<'s> {
    schema: &'s Schema,
    index: KeyIndex,
}

impl<'s> Names<'s> {
    /// With the prefixes that the environment sets, as an application would read them.
    pub(crate) fn new(schema: &'s Schema) -> Self {
        Self {
            schema,
            index: KeyIndex::with_prefixes(schema, prefix),
        }
    }

    /// What a key is, in whatever database.
    pub(crate) fn key(&self, name: &[u8]) -> Named {
        let mut templates: Vec<String> = self
            .index
            .find_anywhere(name)
            .map(|found| self.schema[found.key].template.text.clone())
            .collect();
        templates.dedup();
        if !templates.is_empty() {
            return Named::Template(templates);
        }
        let mut packs = self.schema.packs.iter();
        let pack = packs.find(|pack| {
            pack.patterns
                .iter()
                .any(|pattern| glob(pattern.as_bytes(), name))
        });
        pack.map_or(Named::Unknown, |pack| Named::Pack(pack.name.to_string()))
    }

    /// What a channel is.
    pub(crate) fn channel(&self, name: &[u8]) -> Named {
        let found = self
            .index
            .find_channel(name)
            .and_then(|at| self.schema.channels.get(at));
        found.map_or(Named::Unknown, |channel| {
            Named::Template(vec![channel.template.text.clone()])
        })
    }
}

/// A prefix as this environment has it.
pub(crate) fn prefix(prefix: &Prefix) -> String {
    let set = prefix
        .env
        .as_ref()
        .and_then(|name| std::env::var(name).ok());
    set.unwrap_or_else(|| prefix.text.clone())
}

/// Whether a pattern whose only sign is `*` fits the whole text.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let mut parts = pattern.split(|byte| *byte == b'*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        let found = (0..=rest.len()).find(|at| rest[*at..].starts_with(part));
        let Some(at) = found else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_names() {
        for (pattern, text, fits) in [
            ("celery", "celery", true),
            ("celery", "celery2", false),
            ("_kombu.*", "_kombu.binding", true),
            ("*.reply", "a.reply", true),
            ("*.reply", "a.reply.b", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c", false),
            ("a*a", "a", false),
            ("*", "", true),
        ] {
            assert_eq!(
                glob(pattern.as_bytes(), text.as_bytes()),
                fits,
                "{pattern} {text}"
            );
        }
    }
}
