//! What rules say, and how they say it.

use std::sync::Arc;

use redis_schema_model::diagnostic::{Diagnostic, Rule};
use redis_schema_model::source::Span;

use super::Lint;
use crate::fix::Fix;

/// A finding and how to mend it, if that is known.
#[derive(Debug, Clone)]
pub struct Report {
    /// What is shown.
    pub diagnostic: Diagnostic,
    /// The change of the text that mends it.
    pub fix: Option<Fix>,
}

impl Report {
    /// Words under the place.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.diagnostic.label = label.into();
        self
    }

    /// What to type instead.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// Another place that matters.
    pub fn related(&mut self, span: Span, words: impl Into<String>) -> &mut Self {
        self.diagnostic.related.push((span, words.into()));
        self
    }

    /// How to mend it.
    pub fn fix(&mut self, fix: Option<Fix>) -> &mut Self {
        self.fix = fix;
        self
    }
}

/// Gathers what one rule finds.
#[derive(Debug)]
pub struct Found<'a> {
    by: By,
    out: &'a mut Vec<Report>,
}

/// Whose findings they are. Most rules find nothing and need no words.
#[derive(Debug)]
enum By {
    Ours(&'static Lint),
    Own(Arc<Rule>),
}

impl<'a> Found<'a> {
    pub(crate) fn by(lint: &'static Lint, out: &'a mut Vec<Report>) -> Self {
        let by = By::Ours(lint);
        Self { by, out }
    }

    /// What a rule of a schema's own finds.
    pub(crate) fn by_own(rule: Arc<Rule>, out: &'a mut Vec<Report>) -> Self {
        let by = By::Own(rule);
        Self { by, out }
    }

    /// A finding at a place; more is said on what comes back.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Report {
        let at = self.out.len();
        let rule = match &self.by {
            By::Ours(lint) => lint.meta.told(),
            By::Own(rule) => Arc::clone(rule),
        };
        self.out.push(Report {
            diagnostic: Diagnostic::warning(rule, span, message),
            fix: None,
        });
        &mut self.out[at]
    }
}
