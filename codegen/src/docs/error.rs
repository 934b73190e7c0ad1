//! What is wrong with a template.

use std::fmt;

/// A template cannot be read or rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateError {
    /// Name of the template.
    pub template: String,
    /// Line and column, from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl TemplateError {
    pub(super) fn new(template: &str, message: impl Into<String>) -> Self {
        Self {
            template: template.to_owned(),
            place: None,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn syntax(template: &str, error: &handlebars::TemplateError) -> Self {
        use handlebars::TemplateErrorReason as Reason;
        let message = match error.reason() {
            Reason::MismatchingClosedHelper(opened, closed)
            | Reason::MismatchingClosedDecorator(opened, closed) => {
                format!("`{{{{#{opened}}}}}` is closed by `{{{{/{closed}}}}}`")
            }
            Reason::InvalidParam(param) => format!("`{param}` is no parameter"),
            // The parser's own words list its rules, which help nobody.
            _ => "this is no Handlebars template".to_owned(),
        };
        let mut this = Self::new(template, message);
        this.place = error.pos();
        this.help("check that every `{{` has its `}}` and every block its end")
    }

    pub(super) fn render(page: &str, error: &handlebars::RenderError) -> Self {
        use handlebars::RenderErrorReason as Reason;
        let template = error.template_name.as_deref().unwrap_or(page);
        let (message, help) = match error.reason() {
            Reason::MissingVariable(path) => (
                match path {
                    Some(path) => format!("there is no `{path}` here"),
                    None => "this field does not exist".to_owned(),
                },
                Some("`redis-schema docs --format json` prints every field there is"),
            ),
            Reason::PartialNotFound(name) => (
                format!("no template is called `{name}`"),
                Some("add a file of that name, or take the call out"),
            ),
            Reason::HelperNotFound(name) => (
                format!("no helper is called `{name}`"),
                Some(
                    "helpers are `cell`, `code`, `comment`, `fence`, `link`, `prose`, `sends` and those of Handlebars",
                ),
            ),
            Reason::CannotIncludeSelf => ("the template includes itself".to_owned(), None),
            other => (other.to_string(), None),
        };
        let mut this = Self::new(template, message);
        this.place = error.line_no.zip(error.column_no);
        this.help = help.map(str::to_owned);
        this
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template `{}`", self.template)?;
        if let Some((line, column)) = self.place {
            write!(f, ", line {line}, column {column}")?;
        }
        write!(f, ": {}", self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TemplateError {}
