//! Tags: what entries have in common.

use crate::error::{Error, ErrorKind, Result};
use crate::key::{Key, build, parse};
use crate::settings::Settings;

/// A cache whose entries have tags. Implemented by generated code only.
pub trait Tagged: Key {
    /// What the tags carry that the key does not.
    type Given<'g>;

    /// Names the tags of an entry, in the order of the schema.
    ///
    /// # Errors
    /// A parameter is outside its alphabet.
    fn tags(&self, given: &Self::Given<'_>, to: &mut TagNames<'_>) -> Result<()>;

    /// Whether this is a name of the tag at this place; none is where no tag is.
    fn is_tag(at: usize, name: TagName<'_>) -> bool;

    /// How many tags there are.
    const TAGS: usize;
}

/// A cache whose key tells all that its tags carry.
#[diagnostic::on_unimplemented(
    message = "the key `{Self}` does not tell all that its tags carry",
    label = "this operation is not given the rest",
    note = "use `put_tagged` and `get_or_load_tagged`, which take it: a value of the generated module `tags`"
)]
pub trait TaggedByKey: for<'g> Tagged<Given<'g> = ()> {}

/// Takes the names of tags.
pub struct TagNames<'s> {
    settings: &'s Settings,
    names: Vec<OwnTag>,
}

/// A tag of an entry that is to be written.
pub(crate) struct OwnTag {
    /// Its name on the server.
    pub(crate) name: Vec<u8>,
    /// How long it lives by itself.
    pub(crate) millis: u64,
}

impl<'s> TagNames<'s> {
    pub(crate) const fn new(settings: &'s Settings) -> Self {
        let names = Vec::new();
        Self { settings, names }
    }

    pub(crate) fn into_names(self) -> Vec<OwnTag> {
        self.names
    }

    /// Takes the name of a tag.
    ///
    /// # Errors
    /// A parameter is outside its alphabet, or the name is longer than an entry can tell.
    pub fn add<T: Key>(&mut self, tag: &T) -> Result<()> {
        let spec = T::spec();
        let name = build(tag, self.settings.prefix_of(spec))?
            .as_bytes()
            .to_vec();
        if name.len() > usize::from(u16::MAX) {
            return Err(Error::new(
                ErrorKind::Param,
                spec.template,
                "the name of a tag is at most 65,535 bytes long",
            ));
        }
        let millis = self.settings.lifetime_of(spec).millis();
        self.names.push(OwnTag { name, millis });
        Ok(())
    }
}

/// The name of a tag as an entry has it.
#[derive(Clone, Copy)]
pub struct TagName<'n> {
    settings: &'n Settings,
    name: &'n [u8],
}

impl<'n> TagName<'n> {
    pub(crate) const fn new(settings: &'n Settings, name: &'n [u8]) -> Self {
        Self { settings, name }
    }

    /// Whether it is one of this kind, under the settings of the store.
    #[must_use]
    pub fn is<T: Key>(self) -> bool {
        parse::<T>(self.name, self.settings.prefix_of(T::spec())).is_some()
    }
}
