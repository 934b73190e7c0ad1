//! What the field table is made of.

/// A [`Field`]: name, shape, example and words, then what differs from an optional field without default.
macro_rules! field {
    (
        $name:expr, $shape:expr, $example:expr, $about:expr
        $(, role = $role:expr)? $(, default = $default:literal)? $(, also = [$($also:literal),*])? $(,)?
    ) => {
        $crate::language::shape::Field {
            name: $name,
            shape: $shape,
            example: $example,
            about: $about,
            role: $crate::language::shape::first!($($role,)? $crate::language::shape::Role::Optional),
            default: $crate::language::shape::first!($(Some($default),)? None),
            also: &[$($($also),*)?],
        }
    };
}

macro_rules! first {
    ($first:expr $(, $rest:expr)*) => {
        $first
    };
}

pub(super) use {field, first};

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text with its own grammar.
    Text(&'static Form),
    /// One of some words.
    Words(&'static [Word]),
    /// A whole number, both ends included.
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// `true` or `false`.
    Switch,
    /// A mapping with known fields.
    Object(&'static Object),
    /// A mapping from names to values.
    Names {
        /// What the names are.
        name: &'static Form,
        /// What stands under each.
        value: &'static Shape,
    },
    /// A list.
    List(&'static Shape),
    /// A shape that stands in several places and has a name of its own.
    Named(&'static Named),
    /// One of several, told apart by being text, list or mapping, and mappings by their fields.
    Either(&'static [Shape]),
    /// Nothing at all is fine.
    Nothing,
    /// Any value.
    Any,
}

/// A mapping with known fields.
#[derive(Debug)]
pub struct Object {
    /// How messages call it, with its article: `a key`.
    pub called: &'static str,
    /// Identifier in the JSON Schema and heading in the reference.
    pub name: &'static str,
    /// What it is for, in Markdown.
    pub about: &'static str,
    /// Its fields in the order of the reference.
    pub fields: &'static [Field],
    /// What the fields marked [`Role::Choice`] choose between, e.g. `structure`; exactly one must be there.
    pub choice: Option<&'static str>,
}

/// A field of an [`Object`].
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// When it must or may be there.
    pub role: Role,
    /// What it says, in Markdown; one sentence or two.
    pub about: &'static str,
    /// A value as it is written, on one line.
    pub example: &'static str,
    /// What holds when it is absent.
    pub default: Option<&'static str>,
    /// Other names that people try.
    pub also: &'static [&'static str],
}

/// When a field must or may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Always.
    Required,
    /// Unless one of these fields is there.
    RequiredUnless(&'static [&'static str]),
    /// Whenever one likes.
    Optional,
    /// Only beside one of these fields.
    With(&'static [&'static str]),
    /// Exactly one of the object's choices must be there.
    Choice,
}

/// A text with its own grammar.
#[derive(Debug)]
pub struct Form {
    /// What messages and the reference call it.
    pub name: &'static str,
    /// How it is written, in Markdown.
    pub about: &'static str,
    /// Regular expression of the JSON Schema: never stricter than the reader.
    pub pattern: Option<&'static str>,
    /// Texts that are right.
    pub examples: &'static [&'static str],
    /// Whether YAML may see a number or boolean in it.
    pub plain: bool,
}

/// One of some words.
#[derive(Debug)]
pub struct Word {
    /// The word.
    pub text: &'static str,
    /// What it means.
    pub about: &'static str,
}

/// A shape with a name of its own.
#[derive(Debug)]
pub struct Named {
    /// How messages call it, with its article.
    pub called: &'static str,
    /// Identifier in the JSON Schema and heading in the reference.
    pub name: &'static str,
    /// How it is written, in Markdown.
    pub about: &'static str,
    /// What it stands for.
    pub shape: Shape,
}

impl Object {
    /// The field of a name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The fields of which exactly one must be there.
    pub fn choices(&self) -> impl Iterator<Item = &'static Field> {
        self.fields
            .iter()
            .filter(|field| field.role == Role::Choice)
    }
}

impl Shape {
    /// The shape behind names.
    #[must_use]
    pub fn plain(&self) -> &Self {
        match self {
            Self::Named(named) => named.shape.plain(),
            other => other,
        }
    }

    /// The alternatives of a shape, those of named ones included; itself when it has none.
    #[must_use]
    pub fn alternatives(&self) -> Vec<&Self> {
        match self.plain() {
            Self::Either(shapes) => shapes.iter().flat_map(Self::alternatives).collect(),
            other => vec![other],
        }
    }
}
