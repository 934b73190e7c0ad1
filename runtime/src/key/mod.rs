//! Keys: templates with typed parameters, built and parsed without guessing.

mod buf;
mod kind;
mod parser;
mod partial;

pub use buf::KeyBuf;
pub(crate) use buf::{is_hex, is_slug};
pub use kind::{Each, Kind, Of, kind_name};
pub use parser::KeyParser;
pub(crate) use partial::pattern;
pub use partial::{Param, Partial};

use crate::cache::CachePolicy;
use crate::error::{Error, ErrorKind, Result};
use crate::lifetime::Lifetime;
use crate::settings::Schema;
use crate::structure::Structure;
use crate::unavailable::OnUnavailable;

/// One kind of key of a schema. Implemented by generated code only.
pub trait Key: Sized {
    /// What lies under the key.
    type Structure: Structure;
    /// The schema it belongs to.
    type Schema: Schema;
    /// Its position among the schema's facts, where those are where its own are stated.
    #[doc(hidden)]
    const INDEX: usize = usize::MAX;
    /// Its facts.
    const SPEC: Spec = <Self::Schema as Schema>::SPECS[Self::INDEX];

    /// Writes the key's name, without prefix.
    fn write(&self, out: &mut KeyBuf);

    /// Reads the parameters from a key's name, without prefix. It is no such key when this gives `None`, and
    /// neither when the parser [is not done](KeyParser::is_done) afterwards.
    ///
    /// Inverse of [`write`](Key::write).
    fn read(key: &mut KeyParser<'_>) -> Option<Self>;

    /// Its facts, for as long as the program runs.
    #[doc(hidden)]
    fn spec() -> &'static Spec {
        const { &Self::SPEC }
    }
}

/// A key whose lifetime accessors may lengthen or remove: any but `on_write: set_once`.
#[diagnostic::on_unimplemented(
    message = "the lifetime of `{Self}` is fixed when it is created (`on_write: set_once`)",
    label = "this operation would change it"
)]
pub trait Extendable {}

/// A map whose fields have a lifetime of their own (`field_ttl:`).
#[diagnostic::on_unimplemented(
    message = "the fields of `{Self}` have no lifetime of their own",
    label = "declare one by `field_ttl:` beside `hash_map:`"
)]
pub trait FieldsExpire: Key {}

/// The facts of one kind of key.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Spec {
    /// Its name in the schema.
    pub name: &'static str,
    /// Its template as written.
    pub template: &'static str,
    /// Its parts, for patterns; none where the template's text shows them.
    pub segments: &'static [Segment],
    /// Its position in the schema.
    pub index: u16,
    /// Its logical database.
    pub database: u16,
    /// It is a channel: the same in every database.
    pub channel: bool,
    /// Put before the template.
    pub prefix: Prefix,
    /// How long it lives.
    pub lifetime: Lifetime,
    /// How long each field of a map lives by itself.
    pub field_lifetime: Lifetime,
    /// What a store does without the server.
    pub on_unavailable: OnUnavailable,
    /// Reads may be answered by a replica.
    pub replica_ok: bool,
    /// It must not be lost: no server that holds it may evict it.
    pub durable: bool,
    /// What there is to say of a cache.
    pub cache: CachePolicy,
}

impl Spec {
    /// Facts with the defaults: database 0, no prefix, no lifetime.
    #[must_use]
    pub const fn new(
        index: u16,
        name: &'static str,
        template: &'static str,
        segments: &'static [Segment],
    ) -> Self {
        Self {
            name,
            template,
            segments,
            index,
            database: 0,
            channel: false,
            prefix: Prefix::NONE,
            lifetime: Lifetime::NEVER,
            field_lifetime: Lifetime::NEVER,
            on_unavailable: OnUnavailable::ERROR,
            replica_ok: false,
            durable: false,
            cache: CachePolicy::new(0),
        }
    }

    /// As [`new`](Self::new), for a template without doubled braces and parts that may be absent.
    #[must_use]
    pub const fn simple(index: u16, name: &'static str, template: &'static str) -> Self {
        Self::new(index, name, template, &[])
    }

    /// Sets the logical database.
    #[must_use]
    pub const fn database(mut self, index: u16) -> Self {
        self.database = index;
        self
    }

    /// Makes it a channel: the same in every database.
    #[must_use]
    pub const fn channel(mut self) -> Self {
        self.channel = true;
        self
    }

    /// Sets the prefix.
    #[must_use]
    pub const fn prefix(mut self, prefix: Prefix) -> Self {
        self.prefix = prefix;
        self
    }

    /// Sets the lifetime.
    #[must_use]
    pub const fn lifetime(mut self, lifetime: Lifetime) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Sets the lifetime of each field of a map.
    #[must_use]
    pub const fn field_lifetime(mut self, lifetime: Lifetime) -> Self {
        self.field_lifetime = lifetime;
        self
    }

    /// Lets replicas answer reads.
    #[must_use]
    pub const fn replica_ok(mut self) -> Self {
        self.replica_ok = true;
        self
    }

    /// Says that it must not be lost.
    #[must_use]
    pub const fn durable(mut self) -> Self {
        self.durable = true;
        self
    }

    /// Says what there is to say of a cache.
    #[must_use]
    pub const fn cache(mut self, policy: CachePolicy) -> Self {
        self.cache = policy;
        self
    }

    /// Sets what a store does without the server.
    #[must_use]
    pub const fn on_unavailable(mut self, way: OnUnavailable) -> Self {
        self.on_unavailable = way;
        self
    }
}

/// One part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands in every key.
    Literal(&'static str),
    /// A parameter.
    Param(&'static str),
    /// A part that may be absent as a whole.
    Optional(&'static [Segment]),
}

/// Text put before a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefix {
    /// Used when no variable overrides it.
    pub text: &'static str,
    /// Environment variable that overrides it.
    pub env: Option<&'static str>,
}

impl Prefix {
    /// No prefix.
    pub const NONE: Self = Self::new("", None);

    /// A prefix and the variable that overrides it.
    #[must_use]
    pub const fn new(text: &'static str, env: Option<&'static str>) -> Self {
        Self { text, env }
    }
}

/// Writes the whole key, prefix first.
#[inline]
pub(crate) fn write<K: Key>(key: &K, prefix: &[u8], out: &mut KeyBuf) -> Result<()> {
    if !prefix.is_empty() {
        out.bytes(prefix);
    }
    key.write(out);
    check(out, K::spec())
}

/// Refuses a name that a parameter makes unusable.
#[inline]
pub(crate) fn check(name: &KeyBuf, spec: &'static Spec) -> Result<()> {
    match name.problem() {
        None => Ok(()),
        Some((param, problem)) => Err(refused(spec, param, problem)),
    }
}

/// The whole key, prefix first.
pub(crate) fn build<K: Key>(key: &K, prefix: &[u8]) -> Result<KeyBuf> {
    let mut out = KeyBuf::new();
    write(key, prefix, &mut out)?;
    Ok(out)
}

#[cold]
fn refused(spec: &'static Spec, param: &'static str, problem: &'static str) -> Error {
    Error::new(
        ErrorKind::Param,
        spec.template,
        format!("`{param}` {problem}"),
    )
}

/// Reads a whole key, prefix first.
pub(crate) fn parse<K: Key>(key: &[u8], prefix: &[u8]) -> Option<K> {
    let mut parser = KeyParser::new(key.strip_prefix(prefix)?);
    let parsed = K::read(&mut parser)?;
    parser.is_done().then_some(parsed)
}
