//! Keys that share their parameters, and so their type: what is each one's own.

use crate::settings::Schema;
use crate::structure::Structure;

/// Which of the keys with the same parameters it is. Implemented by generated code only.
///
/// A thousand keys by a UUID are one type with one implementation of everything, and a kind each: that is what keeps large
/// schemas quick to compile.
pub trait Kind: 'static {
    /// What lies under the key.
    type Structure: Structure;
    /// The schema it belongs to.
    type Schema: Schema;
    /// Its position among the schema's facts.
    const INDEX: usize;
    /// The template's texts: one before each parameter and one behind the last, empty where there is none.
    const TEXTS: &'static [&'static str];
}

/// `T`, whatever the kind. A parameter's type: the kind is thereby part of the key's type, though no value is of it.
pub type Of<K, T> = <K as Each<T>>::Value;

/// See [`Of`].
#[doc(hidden)]
pub trait Each<T> {
    type Value;
}

impl<K, T> Each<T> for K {
    type Value = T;
}

/// The name of a key's type, as `Debug` shows it.
#[doc(hidden)]
#[must_use]
pub fn kind_name<K>() -> &'static str {
    let path = std::any::type_name::<K>();
    path.rsplit("::").next().unwrap_or(path)
}
