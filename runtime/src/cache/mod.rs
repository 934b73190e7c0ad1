//! Caches: values that are loaded where they are missing, once among all processes, and forgotten by key or by tag.
//!
//! An entry begins with what is known of it ([`envelope`]). Whoever finds nothing asks for the load by a script, which leaves a
//! token in the entry's place; what is loaded is stored only where the token still is, so that an invalidation meanwhile is
//! never lost. Entries know the versions of their tags as they were before the load; a tag that is invalidated loses its
//! version, and the next one is another.

mod entry;
mod envelope;
mod load;
mod look;
mod policy;
mod scripts;
mod tags;
mod token;
mod write;

pub(crate) use envelope::Token;
pub(crate) use load::get_or_load;
pub(crate) use look::{ByTags, Entry, Looked, Untagged, value};
pub use policy::CachePolicy;
pub(crate) use tags::OwnTag;
pub use tags::{TagName, TagNames, Tagged, TaggedByKey};
pub(crate) use token::token;
