use std::fmt;

/// A validated name in snake case (keys, params, fields, …) or camel case (types).
///
/// Validation guarantees that it can be written as a Rust identifier, if need be as a raw one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `JobStatus` for `job_status` and for `JobStatus`.
    #[must_use]
    pub fn camel(&self) -> String {
        let mut out = String::with_capacity(self.0.len());
        for word in self.0.split(['_', '-', '.']) {
            let mut chars = word.chars();
            if let Some(first) = chars.next() {
                out.extend(first.to_uppercase());
                out.push_str(chars.as_str());
            }
        }
        out
    }

    /// `job_status` for `JobStatus` and for `job_status`.
    #[must_use]
    pub fn snake(&self) -> String {
        let mut out = String::with_capacity(self.0.len() + 4);
        let mut previous_lower = false;
        for c in self.0.chars() {
            if c == '-' || c == '.' {
                out.push('_');
                previous_lower = false;
            } else {
                if c.is_uppercase() && previous_lower {
                    out.push('_');
                }
                previous_lower = c.is_lowercase() || c.is_ascii_digit();
                out.extend(c.to_lowercase());
            }
        }
        out
    }

    /// `JOB_STATUS` for `job_status`.
    #[must_use]
    pub fn screaming(&self) -> String {
        self.snake().to_uppercase()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
