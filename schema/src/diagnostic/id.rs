use std::fmt;
use std::sync::Arc;

use super::Code;

/// What a finding is of: a code of this crate, or a rule that is known elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Id {
    /// A code of this crate.
    Code(Code),
    /// A rule of somebody else's, who brings its words.
    Rule(Arc<Rule>),
}

/// A rule that this crate does not know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// Its stable code as printed, e.g. `L301`.
    pub code: String,
    /// One line: what it finds.
    pub title: String,
    /// Its page in Markdown; the first line is the title.
    pub page: String,
}

impl Id {
    /// The code, if it is one of this crate.
    #[must_use]
    pub const fn code(&self) -> Option<Code> {
        match self {
            Self::Code(code) => Some(*code),
            Self::Rule(_) => None,
        }
    }

    /// The code as printed, e.g. `E0203`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Code(code) => code.as_str(),
            Self::Rule(rule) => &rule.code,
        }
    }

    /// One line: what findings of this kind have in common.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Code(code) => code.title(),
            Self::Rule(rule) => &rule.title,
        }
    }

    /// The page that explains it, in Markdown.
    #[must_use]
    pub fn page(&self) -> &str {
        match self {
            Self::Code(code) => code.page(),
            Self::Rule(rule) => &rule.page,
        }
    }

    /// The page's words between title and examples, on one line.
    #[must_use]
    pub fn explanation(&self) -> String {
        let words = self.page().lines().skip(1);
        let words = words.take_while(|line| !line.starts_with("```"));
        let words: Vec<&str> = words.flat_map(str::split_whitespace).collect();
        words.join(" ")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Code> for Id {
    fn from(code: Code) -> Self {
        Self::Code(code)
    }
}

impl From<Arc<Rule>> for Id {
    fn from(rule: Arc<Rule>) -> Self {
        Self::Rule(rule)
    }
}

impl PartialEq<Code> for Id {
    fn eq(&self, other: &Code) -> bool {
        matches!(self, Self::Code(code) if code == other)
    }
}
