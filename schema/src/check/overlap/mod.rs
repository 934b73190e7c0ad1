//! No two templates of one database can name the same key, nor two channels the same channel.

mod finder;
mod namer;
mod report;
mod reserved;

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{DatabaseId, KeyId, ParamId, Segment, Template};
use finder::Finder;

/// Checks the keys of every database, and reserves the words that settle an overlap.
pub(super) fn keys(draft: &mut Draft, sink: &mut Sink) {
    let mut words: Vec<(KeyId, ParamId, String)> = Vec::new();
    for at in 0..draft.databases.len() {
        let Some(id) = u32::try_from(at).ok().map(DatabaseId) else {
            break;
        };
        let namers = namer::of_database(draft, id);
        let mut finder = Finder::new(draft, &namers);
        finder.run(sink);
        words.append(&mut finder.words);
    }
    for (key, param, word) in words {
        if let Some(Some(key)) = draft.keys.get_mut(key.index()) {
            key.reserved.push((param, word));
        }
    }
}

/// Checks the channels, whichever database their publisher uses.
pub(super) fn channels(draft: &Draft, sink: &mut Sink) {
    let namers = namer::channels(draft);
    Finder::new(draft, &namers).run(sink);
    named_as_keys(draft, sink);
}

/// A channel may be called like a key; it is worth knowing all the same.
fn named_as_keys(draft: &Draft, sink: &mut Sink) {
    type Shown<'a> = (&'a str, &'a [Segment]);
    let mut keys: HashMap<Shown<'_>, &Template> = HashMap::new();
    for site in draft.sites.iter().flatten() {
        let shown = (site.prefix.text.as_str(), &*site.template.segments);
        keys.entry(shown).or_insert(&site.template);
    }
    for channel in draft.channels.iter().flatten() {
        let shown: Shown<'_> = (&channel.prefix.text, &channel.template.segments);
        let Some(key) = keys.get(&shown) else {
            continue;
        };
        let message = format!("`{}` is named as a key is", channel.name);
        sink.push(
            Diagnostic::note(Code::E0705, channel.template.span, message)
                .label("allowed: channels and keys never meet on the server")
                .related(key.span, "the key")
                .help("give the channel an ending of its own, such as `:events`, if people could take one for the other"),
        );
    }
}
