//! Old keys by the text that they begin with: only keys of which one begins as the other does can have the same name,
//! so that a new key is held against a few old ones and not against all.

use std::collections::BTreeMap;

use crate::facts::{Facts, Key, Segment};

/// Keys of one version by what they begin with.
#[derive(Debug)]
pub(super) struct Heads<'a>(BTreeMap<String, Vec<(&'a str, &'a Key)>>);

impl<'a> Heads<'a> {
    pub(super) fn of(facts: &'a Facts) -> Self {
        let mut heads: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (name, key) in &facts.keys {
            heads
                .entry(head(key))
                .or_default()
                .push((name.as_str(), key));
        }
        Self(heads)
    }

    /// The keys that begin as this one does, in order of what they begin with.
    pub(super) fn alike<'h>(&'h self, key: &Key) -> impl Iterator<Item = (&'a str, &'a Key)> + 'h {
        let head = head(key);
        let ends = (0..head.len()).filter(|at| head.is_char_boundary(*at));
        let shorter: Vec<&Vec<_>> = ends.filter_map(|at| self.0.get(&head[..at])).collect();
        let longer = self
            .0
            .range(head.clone()..)
            .take_while(move |(text, _)| text.starts_with(&head))
            .map(|(_, keys)| keys);
        shorter.into_iter().chain(longer).flatten().copied()
    }
}

/// What every key of a template begins with.
fn head(key: &Key) -> String {
    let literal = match key.template.segments.first() {
        Some(Segment::Literal(text)) => text.as_str(),
        _ => "",
    };
    format!("{}{literal}", key.prefix.text)
}
