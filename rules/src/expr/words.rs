//! The words that conditions may use, in one table for each kind of thing: what is checked, what is computed and what the
//! reference page says all come from here.

use std::fmt::Write;

use super::view::{Kind, words};

/// The type of a word or of an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ty {
    Bool,
    Int,
    Double,
    Text,
    List(&'static Ty),
    /// A record of this name with these words.
    Record(&'static str, &'static [Word]),
    /// Of no known type, because of a mistake that has been told, or the item of an empty list.
    Unknown,
}

impl std::fmt::Display for Ty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool => f.write_str("true or false"),
            Self::Int => f.write_str("a whole number"),
            Self::Double => f.write_str("a number with a fraction"),
            Self::Text => f.write_str("a text"),
            Self::List(of) => write!(f, "a list, each {of}"),
            Self::Unknown => f.write_str("anything"),
            Self::Record(name, _) => write!(f, "a {name}"),
        }
    }
}

/// Name, type and meaning of a word.
pub(super) type Word = (&'static str, Ty, &'static str);

/// The reference of all words, in Markdown.
#[must_use]
pub fn reference() -> String {
    let mut out = String::from(INTRODUCTION);
    for kind in Kind::ALL {
        let _ = write!(
            out,
            "\n### for: {}\n\n| word | is | meaning |\n|---|---|---|\n",
            kind.word()
        );
        for (name, ty, about) in words(kind) {
            let _ = writeln!(out, "| `{name}` | {ty} | {about} |");
        }
    }
    out
}

const INTRODUCTION: &str = "\
## Rules of your own

```yaml
policy:
  lint:
    own:
      X001:
        for: keys
        require: 'owner != \"\" || database == \"cache\"'
        message: every key names its team
        help: \"Write `owner: team-name`.\"
        severity: deny
```

A condition is an expression of the [Common Expression Language](https://cel.dev) over one thing. It is checked when the
schema is: unknown words, comparisons of different types and whatever is not true or false in the end are findings (L110) at
the place in the condition. There are

- texts in quotes, whole numbers, numbers with a fraction, `true`, `false`, lists `[a, b]`;
- `==` `!=` `<` `<=` `>` `>=`, `in`, `&&` `||` `!`, `+` `-` `*`, `condition ? a : b`, parentheses;
- `size(x)` of a text or list, `text.startsWith(t)`, `text.endsWith(t)`, `text.contains(t)`;
- `list.all(x, condition)`, `list.exists(x, condition)`, `list.exists_one(x, condition)`, `list.filter(x, condition)`,
  `list.map(x, value)`, at most two of them inside each other.

Nothing is ever missing: what a schema leaves out is an empty text, `false` or 0. A code is `X` and three or four digits; it is
used like any other in `rules:`, `allow:` and on the command line.
";
