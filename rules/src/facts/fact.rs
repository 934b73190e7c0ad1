//! How facts are compared: field by field, each difference named by where it is.

use super::Show;

/// Where a comparison is, as names from the outermost in.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    outer: Option<&'a At<'a>>,
    name: &'a str,
}

impl<'a> At<'a> {
    /// The outermost place.
    #[must_use]
    pub const fn root(name: &'a str) -> Self {
        Self { outer: None, name }
    }

    /// A field of this place.
    #[must_use]
    pub const fn field(&'a self, name: &'a str) -> Self {
        Self {
            outer: Some(self),
            name,
        }
    }
}

impl std::fmt::Display for At<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(outer) = self.outer {
            write!(f, "{outer}.")?;
        }
        f.write_str(self.name)
    }
}

/// Something that differs between two versions of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which fact: one of [`super::Facts::patterns`].
    pub what: String,
    /// How it was, for people.
    pub old: String,
    /// How it is.
    pub new: String,
}

/// A fact, or a record of facts.
pub trait Fact {
    /// Every kind of difference that two of these can have.
    fn patterns(at: &str, out: &mut Vec<String>);

    /// The differences between two of these.
    fn compare(&self, new: &Self, at: &At<'_>, out: &mut Vec<Difference>);
}

/// Reports two values that differ.
pub(super) fn leaf<T: PartialEq + Show>(old: &T, new: &T, at: &At<'_>, out: &mut Vec<Difference>) {
    if old != new {
        out.push(Difference {
            what: at.to_string(),
            old: old.show(),
            new: new.show(),
        });
    }
}

/// Facts that are compared whole.
macro_rules! leaves {
    ($($name:ty),* $(,)?) => {$(
        impl $crate::facts::Fact for $name {
            fn patterns(at: &str, out: &mut Vec<String>) {
                out.push(at.to_owned());
            }

            fn compare(&self, new: &Self, at: &$crate::facts::At<'_>, out: &mut Vec<$crate::facts::Difference>) {
                $crate::facts::fact::leaf(self, new, at, out);
            }
        }
    )*};
}

/// A record of facts: the struct, how it is stored, and how it is compared.
macro_rules! facts {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* pub $field:ident: $ty:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $ty,)*
        }

        impl $crate::facts::Fact for $name {
            fn patterns(at: &str, out: &mut Vec<String>) {
                $(<$ty as $crate::facts::Fact>::patterns(&format!("{at}.{}", stringify!($field)), out);)*
            }

            fn compare(&self, new: &Self, at: &$crate::facts::At<'_>, out: &mut Vec<$crate::facts::Difference>) {
                $($crate::facts::Fact::compare(&self.$field, &new.$field, &at.field(stringify!($field)), out);)*
            }
        }
    };
}

pub(super) use facts;
pub(super) use leaves;

leaves!(bool, u16, u32, u64, String, Vec<String>);
leaves!(Option<String>, Option<u32>, Option<u64>);

/// Whether a fact is what it is when nothing was written.
pub(super) fn is_default<T: Default + PartialEq>(fact: &T) -> bool {
    *fact == T::default()
}
