use super::{Name, ParamId, TypeId};
use crate::model::RustType;
use crate::source::Span;

/// A key or channel name with typed placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// As it was written, without prefix.
    pub text: String,
    /// Its parts in order; no two literals are neighbours. `slot:` braces are already literals here.
    pub segments: Vec<Segment>,
    /// Which part of the key decides its cluster slot.
    pub hash_tag: HashTag,
    /// Where it was written (the scalar of `key:` or `channel:`).
    pub span: Span,
}

impl Template {
    /// The distinct placeholders in order of appearance, those of optional segments included.
    #[must_use]
    pub fn params(&self) -> Vec<ParamId> {
        fn walk(segments: &[Segment], out: &mut Vec<ParamId>) {
            for segment in segments {
                match segment {
                    Segment::Literal(_) => {}
                    Segment::Param(id) => {
                        if !out.contains(id) {
                            out.push(*id);
                        }
                    }
                    Segment::Optional(inner) => walk(inner, out),
                }
            }
        }
        let mut out = Vec::new();
        walk(&self.segments, &mut out);
        out
    }
}

/// One part of a template.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Text that stands in every key.
    Literal(String),
    /// A typed placeholder.
    Param(ParamId),
    /// A part that may be absent as a whole: `[:{date}]`. Holds literals and exactly one placeholder,
    /// never another optional part.
    Optional(Vec<Segment>),
}

/// Which part of a key decides its cluster slot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HashTag {
    /// No braces: the whole key.
    Whole,
    /// A placeholder inside braces.
    Param(ParamId),
    /// Literal text inside braces.
    Literal(String),
    /// Braces around more than one part, e.g. `{{t:{tenant}}}`.
    Mixed(Vec<Segment>),
}

/// Text put before a key's template.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Prefix {
    /// Used when no variable overrides it; may be empty.
    pub text: String,
    /// Environment variable read once when a store opens.
    pub env: Option<String>,
}

/// A placeholder: one meaning in every template.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Param {
    /// Name between the braces.
    pub name: Name,
    /// Its text form and alphabet.
    pub ty: ParamType,
    /// What it identifies.
    pub about: Option<String>,
    /// Its value is never printed.
    pub secret: bool,
    /// A user's own type in place of the built-in one. It must implement `From` and `TryInto` of the
    /// built-in representation.
    pub rust: Option<RustType>,
    /// Earlier names.
    pub was: Vec<String>,
    /// Where it was declared.
    pub span: Span,
}

/// The type of a placeholder. Each has a closed alphabet and one text form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamType {
    /// Hyphenated, lower case, 36 characters.
    Uuid,
    /// Crockford base 32, upper case, 26 characters.
    Ulid,
    /// Unsigned decimal without leading zeros, of 8, 16, 32 or 64 bits.
    Unsigned(u8),
    /// Signed decimal without leading zeros or plus sign, of 8, 16, 32 or 64 bits.
    Signed(u8),
    /// `[A-Za-z0-9._-]`, at least one character.
    Slug {
        /// Longest accepted length in characters.
        max: Option<u32>,
    },
    /// Lower-case hexadecimal of exactly this many characters.
    Hex(u32),
    /// One of the texts of a declared enum (one without a catch-all).
    Enum(TypeId),
    /// A calendar date (UTC).
    Date(DateFormat),
    /// Seconds since 1970, decimal.
    TimestampS,
    /// Milliseconds since 1970, decimal.
    TimestampMs,
    /// An IPv4 or IPv6 address in canonical text.
    Ip,
    /// Any text, made safe as `encoding` says.
    String {
        /// Longest accepted length in bytes before encoding.
        max: Option<u32>,
        /// How it stands in the key.
        encoding: StringEncoding,
    },
    /// The whole tail of the key; may hold the separator. Only in last place.
    Rest {
        /// Longest accepted length in bytes.
        max: Option<u32>,
    },
}

/// How a `string` placeholder stands in a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StringEncoding {
    /// Bytes outside `[A-Za-z0-9._~-]` become `%XX`; exactly invertible.
    Percent,
    /// SHA-256 as 64 hexadecimal characters; the text itself cannot be recovered.
    Hash,
    /// As it is. In front of a literal it may not hold that literal's first character.
    Raw {
        /// Why that is safe here.
        reason: String,
    },
}

/// A fixed-width calendar format made of `YYYY`, `MM`, `DD` and separators, each token exactly once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat(pub(crate) String);

impl DateFormat {
    /// The pattern as written, e.g. `YYYY-MM-DD`.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.0
    }
}
