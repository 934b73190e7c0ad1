//! Rust code of a schema: thin types over the runtime's generic accessors.
//!
//! [`emit`] gives the items of the schema's module; each kind of thing has its own file here, and only
//! `section` knows their order.

mod bits;
mod cache;
mod channel;
mod codec;
mod consumers;
mod cx;
mod debug;
pub(crate) mod describe;
mod doc;
#[cfg(feature = "pretty")]
mod file;
mod group;
mod hold;
mod ident;
#[cfg(feature = "pretty")]
mod index;
mod key;
mod layout;
mod lifetime;
mod limit;
mod param;
mod progress;
mod queue;
mod record;
mod rule;
mod schema;
mod section;
mod session;
pub(crate) mod slot;
mod store;
mod structure;
mod subject;
mod template;
mod types;
pub(crate) mod unavailable;
mod unit;
mod user;
mod value_type;
mod work;

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_model::model::Schema;

pub(crate) use cache::given_of as given;
use cx::Facts;
#[cfg(feature = "pretty")]
pub use file::emit_file;
#[cfg(feature = "pretty")]
pub use index::{emit_index, file_stem};
use section::Section;
pub use user::{UserField, UserStruct, user_struct};

/// What may differ between places that code is emitted for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    krate: String,
    #[cfg_attr(not(feature = "pretty"), allow(dead_code))]
    included: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl Options {
    /// The runtime is called `::redis_schema`.
    #[must_use]
    pub fn new() -> Self {
        Self {
            krate: "::redis_schema".to_owned(),
            included: false,
        }
    }

    /// Path of the runtime crate, where it is re-exported or renamed; from anywhere, so beginning with `::` or
    /// `crate`.
    #[must_use]
    pub fn krate(mut self, path: impl Into<String>) -> Self {
        self.krate = path.into();
        self
    }

    /// As [`krate`](Self::krate), of a path that somebody typed; nothing when it cannot name a crate from anywhere.
    #[must_use]
    pub fn typed_krate(self, path: &str) -> Option<Self> {
        let (first, rest) = match path.strip_prefix("::") {
            Some(rest) => (None, rest),
            None => path
                .split_once("::")
                .map(|(first, rest)| (Some(first), rest))?,
        };
        let rooted = first.is_none_or(|first| first == "crate");
        let named = rest.split("::").all(ident::is_plain);
        (rooted && named).then(|| self.krate(path))
    }

    /// The file is for `include!`, which takes no attributes of the module; it is then for whoever includes
    /// it to allow what a program leaves unused.
    #[must_use]
    pub fn included(mut self) -> Self {
        self.included = true;
        self
    }

    /// The support module that belongs to this release.
    fn support(&self) -> TokenStream {
        let krate: TokenStream = self.krate.parse().unwrap_or_default();
        quote!(#krate::__generated_0_1)
    }
}

/// The items of the schema's module.
#[must_use]
pub fn emit(schema: &Schema, options: &Options) -> TokenStream {
    let support = options.support();
    let facts = Facts::new(schema, &support);
    let sections = Section::ALL.iter();
    sections
        .map(|section| section.emit(schema, &facts, &support, 0..section.len(schema, &facts)))
        .collect()
}

/// Documentation for the module that holds what [`emit`] gives.
#[must_use]
pub fn module_docs(schema: &Schema) -> TokenStream {
    let file = schema.files.first().map_or("a schema", String::as_str);
    let name = file.rsplit('/').next().unwrap_or(file);
    let summary = format!("Typed access to Redis, made from {}.", doc::code(name));
    doc::with_summary(schema.about.as_deref(), &summary)
}

/// The lints that such a module allows: those about how a program uses the code, and those about taste.
#[must_use]
pub fn module_lints() -> TokenStream {
    let lints: TokenStream = UNUSED.parse().unwrap_or_default();
    quote!(#[allow(#lints)])
}

/// What a program leaves unused is no mistake of its own.
const UNUSED: &str =
    "dead_code, unreachable_pub, clippy::pedantic, clippy::nursery, clippy::restriction";

/// Position among the schema's facts; a schema has nowhere near as many keys.
fn position(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
