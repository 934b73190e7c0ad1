//! No two templates of one database can name the same key, nor two channels the same channel.

use std::collections::BTreeMap;

use super::reserved::reserved;
use crate::alphabet::Alphabet;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{DatabaseId, KeyId, ParamId, Prefix, Segment, Template};
use crate::overlap::{Shapes, Token, Verdict};
use crate::source::Span;
use crate::template::{Matcher, Piece, flatten, sample, stop_of};

/// Others named by one finding before it counts the rest.
const MOST_SHOWN: usize = 3;

/// Something that names keys or channels.
struct Namer<'a> {
    what: What,
    name: String,
    span: Span,
    /// Its template and prefix; `None` for a pattern.
    written: Option<(&'a Template, &'a Prefix)>,
    shapes: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Key(KeyId),
    /// A key that somebody else writes: no word can be kept from it.
    ExternalKey,
    Tombstone,
    Pattern,
    Channel,
}

/// Two namers and a key that both can name.
struct Meeting {
    key: String,
    other: usize,
}

/// Checks the keys of every database, and reserves the words that settle an overlap.
pub(crate) fn keys(draft: &mut Draft, sink: &mut Sink) {
    let mut words: Vec<(KeyId, ParamId, String)> = Vec::new();
    for at in 0..draft.databases.len() {
        let Some(id) = u32::try_from(at).ok().map(DatabaseId) else {
            break;
        };
        let namers = namers(draft, id);
        let mut finder = Finder::new(draft, &namers);
        finder.run(sink);
        words.append(&mut finder.words);
    }
    for (key, param, word) in words {
        if let Some(Some(key)) = draft.keys.get_mut(key.index())
            && !key.reserved.contains(&(param, word.clone()))
        {
            key.reserved.push((param, word));
        }
    }
    for key in draft.keys.iter_mut().flatten() {
        key.reserved.sort();
    }
}

/// Checks the channels, whichever database their publisher uses.
pub(crate) fn channels(draft: &Draft, sink: &mut Sink) {
    let namers: Vec<Namer<'_>> = (draft.channels.iter().flatten())
        .map(|channel| Namer {
            what: What::Channel,
            name: channel.name.to_string(),
            span: channel.template.span,
            written: Some((&channel.template, &channel.prefix)),
            shapes: flatten(&channel.prefix.text, &channel.template.segments),
        })
        .collect();
    Finder::new(draft, &namers).run(sink);
    named_as_keys(draft, sink);
}

/// A channel may be called like a key; it is worth knowing all the same.
fn named_as_keys(draft: &Draft, sink: &mut Sink) {
    type Shown<'a> = (&'a str, &'a [Segment]);
    let keys: Vec<(Shown<'_>, &Template)> = (draft.sites.iter().flatten())
        .map(|site| {
            (
                (site.prefix.text.as_str(), &*site.template.segments),
                &site.template,
            )
        })
        .collect();
    for channel in draft.channels.iter().flatten() {
        let shown: Shown<'_> = (&channel.prefix.text, &channel.template.segments);
        let Some((_, key)) = keys.iter().find(|(key, _)| *key == shown) else {
            continue;
        };
        let message = format!("`{}` is named as a key is", channel.name);
        let note = Diagnostic::note(Code::E0705, channel.template.span, message)
            .label("allowed: channels and keys never meet on the server")
            .related(key.span, "the key")
            .help("give the channel an ending of its own, such as `:events`, if people could take one for the other");
        sink.push(note);
    }
}

fn namers(draft: &Draft, database: DatabaseId) -> Vec<Namer<'_>> {
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
            all.push(Namer {
                what,
                name: name.unwrap_or_default(),
                span: site.template.span,
                written: Some((&site.template, &site.prefix)),
                shapes: flatten(&site.prefix.text, &site.template.segments),
            });
        }
    }
    for grave in draft.tombstones.iter().flatten() {
        if grave.database == database {
            all.push(Namer {
                what: What::Tombstone,
                name: grave.name.to_string(),
                span: grave.template.span,
                written: Some((&grave.template, &grave.prefix)),
                shapes: flatten(&grave.prefix.text, &grave.template.segments),
            });
        }
    }
    for (at, pack) in draft.packs.iter().enumerate() {
        let Some(pack) = pack
            .as_ref()
            .filter(|pack| pack.database.is_none_or(|id| id == database))
        else {
            continue;
        };
        for (pattern, span) in pack
            .patterns
            .iter()
            .zip(draft.pattern_spans.get(at).into_iter().flatten())
        {
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
    all
}

struct Finder<'a> {
    draft: &'a Draft,
    namers: &'a [Namer<'a>],
    words: Vec<(KeyId, ParamId, String)>,
}

impl<'a> Finder<'a> {
    fn new(draft: &'a Draft, namers: &'a [Namer<'a>]) -> Self {
        Self {
            draft,
            namers,
            words: Vec::new(),
        }
    }

    fn run(&mut self, sink: &mut Sink) {
        if self.namers.len() < 2 {
            return;
        }
        let (verdict, owners) = self.decide();
        // By the one that is blamed: those it meets, each once.
        let mut meetings: BTreeMap<usize, BTreeMap<usize, Meeting>> = BTreeMap::new();
        for clash in verdict.clashes {
            let (Some(&one), Some(&other)) = (
                owners.get(clash.first as usize),
                owners.get(clash.second as usize),
            ) else {
                continue;
            };
            let (one, other) = if one.0 <= other.0 {
                (one, other)
            } else {
                (other, one)
            };
            if one.0 == other.0 || self.settled(one, other) {
                continue;
            }
            let Some((blamed, other)) = self.blamed(one.0, other.0) else {
                continue;
            };
            let found = meetings.entry(blamed).or_default();
            found.entry(other).or_insert_with(|| Meeting {
                key: self.readable(blamed, other, &clash.key),
                other,
            });
        }
        for (blamed, found) in &meetings {
            sink.push(self.finding(*blamed, &found.values().collect::<Vec<_>>()));
        }
        if !verdict.complete
            && let Some(first) = self.namers.first()
        {
            sink.push(
                Diagnostic::error(
                    Code::E0701,
                    first.span,
                    "these templates are too much alike to be told apart",
                )
                .label("the proof was given up")
                .help("let every template start with a text of its own"),
            );
        }
    }

    /// Lets the automata decide; also the namer and shape of every owner.
    fn decide(&self) -> (Verdict, Vec<(usize, usize)>) {
        let mut all = Shapes::default();
        let mut owners = Vec::new();
        for (at, namer) in self.namers.iter().enumerate() {
            for (nth, shape) in namer.shapes.iter().enumerate() {
                let owner = u32::try_from(owners.len()).unwrap_or(u32::MAX);
                owners.push((at, nth));
                if namer.what == What::Pattern {
                    add_pattern(&mut all, owner, shape);
                } else if let Some(tokens) = self.tokens(&mut all, namer, shape) {
                    all.add(owner, tokens);
                }
            }
        }
        (all.clashes(), owners)
    }

    fn tokens<'s>(
        &self,
        all: &mut Shapes,
        namer: &Namer<'_>,
        shape: &'s [Piece],
    ) -> Option<Vec<Token<'s>>> {
        let token = |piece: &'s Piece| match piece {
            Piece::Literal(text) => Some(Token::Bytes(text.as_bytes())),
            Piece::Param(id) => {
                let stop = stop_of(self.draft, &namer.shapes, *id);
                Some(Token::Any(all.param(self.draft, *id, stop)?))
            }
        };
        shape.iter().map(token).collect()
    }

    /// Whether keeping a word from a placeholder tells the two shapes apart.
    fn settled(&mut self, one: (usize, usize), other: (usize, usize)) -> bool {
        for (general, special) in [(one, other), (other, one)] {
            let (general_namer, special_namer) = (&self.namers[general.0], &self.namers[special.0]);
            let What::Key(key) = general_namer.what else {
                continue;
            };
            let stop = |id| stop_of(self.draft, &general_namer.shapes, id);
            let special_shape = &special_namer.shapes[special.1];
            if special_namer.what == What::Pattern && has_star(special_shape) {
                continue;
            }
            let word = reserved(
                self.draft,
                &general_namer.shapes[general.1],
                special_shape,
                stop,
            );
            if let Some((param, word)) = word {
                self.words.push((key, param, word));
                return true;
            }
        }
        false
    }

    /// Which of two is to be changed, if it matters at all: a key rather than what is not ours, and of two
    /// keys the later one.
    fn blamed(&self, one: usize, other: usize) -> Option<(usize, usize)> {
        let is_ours = |at: usize| matches!(self.namers[at].what, What::Key(_) | What::Channel);
        let is_key = |at: usize| is_ours(at) || self.namers[at].what == What::ExternalKey;
        match (is_ours(one), is_ours(other)) {
            (_, true) => Some((other, one)),
            (true, false) => Some((one, other)),
            (false, false) if is_key(one) && is_key(other) => Some((other, one)),
            (false, false) => None,
        }
    }

    /// A readable key that both name: an example of one of them if it will do.
    fn readable(&self, one: usize, other: usize, witness: &[u8]) -> String {
        for (from, to) in [(one, other), (other, one)] {
            let (Some((template, prefix)), Some((other, other_prefix))) =
                (self.namers[from].written, self.namers[to].written)
            else {
                continue;
            };
            let matcher = Matcher::new(self.draft, &other_prefix.text, &other.segments);
            let example = sample(self.draft, prefix, &template.segments, &[]);
            if let Some(example) = example.filter(|key| matcher.matches(key.as_bytes())) {
                return example;
            }
        }
        String::from_utf8_lossy(witness).escape_debug().to_string()
    }

    fn finding(&self, blamed: usize, meetings: &[&Meeting]) -> Diagnostic {
        let this = &self.namers[blamed];
        let Some(first) = meetings.first() else {
            return Diagnostic::error(Code::E0701, this.span, "two templates overlap");
        };
        let other = &self.namers[first.other];
        let (code, message, about, help) = match (this.what, other.what) {
            (What::Channel, _) => (
                Code::E0704,
                format!(
                    "`{}` and `{}` can name the same channel",
                    other.name, this.name
                ),
                "the other channel",
                format!(
                    "put different text in the same place of the two, for instance let this one end with `:{}`",
                    this.name
                ),
            ),
            (_, What::Pattern) => (
                Code::E0702,
                format!("`{}` can name a key of `{}`", this.name, other.name),
                "the pattern of the pack",
                format!(
                    "let its template start with a text that the pack does not claim, such as `{}:`",
                    this.name
                ),
            ),
            (_, What::Tombstone) => (
                Code::E0703,
                format!(
                    "`{}` can name a key that `{}` has left behind",
                    this.name, other.name
                ),
                "the tombstone",
                format!(
                    "let its template start with another text, such as `{}:`; remove the tombstone only when its data is gone",
                    this.name
                ),
            ),
            _ => (
                Code::E0701,
                format!("`{}` and `{}` can name the same key", other.name, this.name),
                "the other template",
                format!(
                    "put different text in the same place of the two, for instance let this one start with `{}:`",
                    this.name
                ),
            ),
        };
        let mut finding = Diagnostic::error(code, this.span, message)
            .label(format!("`{}` is one of both", first.key))
            .help(help)
            .related(other.span, about);
        for more in meetings.iter().skip(1).take(MOST_SHOWN - 1) {
            let other = &self.namers[more.other];
            finding = finding.related(
                other.span,
                format!("`{}` too, by `{}`", other.name, more.key),
            );
        }
        if meetings.len() > MOST_SHOWN
            && let Some(last) = finding.related.last_mut()
        {
            last.1
                .push_str(&format!("; and {} more", meetings.len() - MOST_SHOWN));
        }
        finding
    }
}

/// A pattern's text with `*` for any bytes; several in a row are one.
fn add_pattern(all: &mut Shapes, owner: u32, shape: &[Piece]) {
    let any = all.alphabet(Alphabet::Anything);
    let Some(Piece::Literal(pattern)) = shape.first() else {
        return;
    };
    let mut tokens = Vec::new();
    for (nth, text) in pattern.split('*').enumerate() {
        if nth > 0 && tokens.last() != Some(&Token::Any(any)) {
            tokens.push(Token::Any(any));
        }
        if !text.is_empty() {
            tokens.push(Token::Bytes(text.as_bytes()));
        }
    }
    all.add(owner, tokens);
}

fn has_star(shape: &[Piece]) -> bool {
    matches!(shape.first(), Some(Piece::Literal(pattern)) if pattern.contains('*'))
}
