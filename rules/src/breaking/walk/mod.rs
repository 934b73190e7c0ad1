//! The walk over two versions: every difference once, with all that holds it.

mod keys;
mod lookalike;
mod small;
mod structures;
mod templates;
pub(super) mod tombstones;
mod ty;
mod types;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::change::{Change, Sides, Use};
use super::pair::{Pair, pairs};
use crate::facts::{At, Channel, Difference, Facts, Key, Param, Thing};
use crate::names::{Names, Site};

/// Two versions side by side, their things paired.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The version before.
    pub old: &'a Facts,
    /// The version after.
    pub new: &'a Facts,
    keys: Vec<Pair<'a, Key>>,
    channels: Vec<Pair<'a, Channel>>,
    params: Vec<Pair<'a, Param>>,
    /// Placeholders that were renamed: from their old name to the new.
    renamed_params: HashMap<&'a str, &'a str>,
    /// Keys that were renamed.
    renamed_keys: HashMap<&'a str, &'a str>,
    /// Templates whose keys no key of the new version looks at, for who asks.
    left_behind: OnceCell<Names<'a>>,
    /// Templates of the old version's tombstones.
    buried: OnceCell<Names<'a>>,
    /// What the new version's tombstones speak of.
    graves: OnceCell<templates::Graves>,
}

impl<'a> Comparison<'a> {
    /// Pairs the things of two versions.
    #[must_use]
    pub fn new(old: &'a Facts, new: &'a Facts) -> Self {
        let mut keys = pairs(&old.keys, &new.keys);
        // What there is to say of a key that another one declares is said of that one.
        keys.retain(|pair| ![pair.old, pair.new].into_iter().flatten().all(is_implied));
        let params = pairs(&old.params, &new.params);
        Self {
            old,
            new,
            channels: pairs(&old.channels, &new.channels),
            renamed_params: params.iter().filter_map(Pair::renamed).collect(),
            renamed_keys: keys.iter().filter_map(Pair::renamed).collect(),
            keys,
            params,
            left_behind: OnceCell::new(),
            buried: OnceCell::new(),
            graves: OnceCell::new(),
        }
    }

    /// Every difference.
    #[must_use]
    pub fn changes(&self) -> Vec<Change<'a>> {
        let mut out = Vec::new();
        self.small_things(&mut out);
        self.placeholders(&mut out);
        let mut types = types::Types::new(self);
        self.all_keys(&mut types, &mut out);
        self.all_channels(&mut types, &mut out);
        self.param_enums(&mut types);
        types.finish(&mut out);
        self.type_names(&mut out);
        out
    }

    /// The first old key whose keys lie where no key of this version looks, and of which a new key may have a name.
    pub(super) fn left_behind(&self, key: &Key) -> Option<(&'a str, &'a Key)> {
        let names = self.left_behind.get_or_init(|| {
            let keys = self.old.keys.iter();
            let gone = keys.filter(|(name, old)| {
                let now = self.key_now(name).and_then(|now| self.new.keys.get(now));
                now.is_none_or(|now| now.template.segments != old.template.segments)
            });
            Names::of(self.old, gone.map(|(name, old)| (name.as_str(), site(old))))
        });
        let name = names.meeting(self.new, site(key)).into_iter().next()?;
        Some((name, self.old.keys.get(name)?))
    }

    /// The first tombstone of the old version that keeps a key's name, or of whose keys a new key may have a name.
    pub(super) fn buried(&self, name: &str, key: &Key) -> Option<&'a str> {
        let names = self.buried.get_or_init(|| {
            let all = self.old.tombstones.iter().map(|(name, one)| {
                let (database, prefix, template) = (one.database, &one.prefix, &one.template);
                let site = Site {
                    database,
                    prefix,
                    template,
                };
                (name.as_str(), site)
            });
            Names::of(self.old, all)
        });
        let mut met = names.meeting(self.new, site(key));
        let same = self.old.tombstones.get_key_value(name);
        met.extend(same.map(|(name, _)| name.as_str()));
        met.into_iter().next()
    }

    /// The name that a key of the old version has now, if it is still there.
    #[must_use]
    pub fn key_now(&self, old: &str) -> Option<&'a str> {
        let renamed = self.renamed_keys.get(old).copied();
        renamed.or_else(|| {
            self.new
                .keys
                .get_key_value(old)
                .map(|(name, _)| name.as_str())
        })
    }

    /// The name that a placeholder of the old version has now, if it is still there.
    #[must_use]
    pub fn param_now(&self, old: &str) -> Option<&'a str> {
        let renamed = self.renamed_params.get(old).copied();
        renamed.or_else(|| {
            self.new
                .params
                .get_key_value(old)
                .map(|(name, _)| name.as_str())
        })
    }

    /// The keys and channels whose templates carry a placeholder, by its name now or, when it is gone, before.
    fn users_of_params(&self) -> HashMap<&'a str, Vec<Use<'a>>> {
        let mut users: HashMap<&'a str, Vec<Use<'a>>> = HashMap::new();
        for pair in &self.keys {
            let params = pair.new.or(pair.old).map(|(_, key)| key.template.params());
            for param in params.unwrap_or_default() {
                users.entry(param).or_default().push(key_use(pair));
            }
        }
        for pair in &self.channels {
            let params = pair
                .new
                .or(pair.old)
                .map(|(_, channel)| channel.template.params());
            for param in params.unwrap_or_default() {
                users.entry(param).or_default().push(channel_use(pair));
            }
        }
        users
    }
}

fn is_implied((_, key): (&str, &Key)) -> bool {
    key.is_implied()
}

fn site(key: &Key) -> Site<'_> {
    Site {
        database: key.database,
        prefix: &key.prefix,
        template: &key.template,
    }
}

fn key_use<'a>(pair: &Pair<'a, Key>) -> Use<'a> {
    Use::Key {
        name: pair.name(),
        old: pair.old.map(|(_, key)| key),
        new: pair.new.map(|(_, key)| key),
    }
}

fn channel_use<'a>(pair: &Pair<'a, Channel>) -> Use<'a> {
    Use::Channel {
        name: pair.name(),
        old: pair.old.map(|(_, channel)| channel),
        new: pair.new.map(|(_, channel)| channel),
    }
}

/// Changes of one thing, which share everything but what differs.
struct Thread<'a> {
    path: String,
    sides: Sides<'a>,
    uses: Rc<[Use<'a>]>,
    lookalike: Option<&'a str>,
}

impl<'a> Thread<'a> {
    fn new(path: impl Into<String>, sides: Sides<'a>, uses: Vec<Use<'a>>) -> Self {
        Self {
            path: path.into(),
            sides,
            uses: uses.into(),
            lookalike: None,
        }
    }

    fn change(&self, difference: Difference) -> Change<'a> {
        Change {
            what: difference.what,
            path: self.path.clone(),
            old: difference.old,
            new: difference.new,
            sides: self.sides,
            types: None,
            uses: Rc::clone(&self.uses),
            lookalike: self.lookalike,
            strict: (false, false),
        }
    }

    /// Whether the thing came, went or was renamed; then every fact of it that differs.
    fn compare<T: Thing>(
        &self,
        pair: &Pair<'a, T>,
        shown: impl Fn(&T) -> String,
        out: &mut Vec<Change<'a>>,
    ) {
        out.extend(presence(pair, shown).map(|difference| self.change(difference)));
        if let Some((old, new)) = pair.both() {
            let mut differences = Vec::new();
            old.compare(new, &At::root(T::KIND), &mut differences);
            out.extend(
                differences
                    .into_iter()
                    .map(|difference| self.change(difference)),
            );
        }
    }
}

/// Whether a thing came, went or was renamed.
fn presence<T: Thing>(pair: &Pair<'_, T>, shown: impl Fn(&T) -> String) -> Option<Difference> {
    let (what, old, new) = match (pair.old, pair.new) {
        (None, Some((_, new))) => ("added", "none".to_owned(), shown(new)),
        (Some((_, old)), None) => ("removed", shown(old), "none".to_owned()),
        _ => {
            let (old, new) = pair.renamed()?;
            ("name", old.to_owned(), new.to_owned())
        }
    };
    Some(Difference {
        what: format!("{}.{what}", T::KIND),
        old,
        new,
    })
}
