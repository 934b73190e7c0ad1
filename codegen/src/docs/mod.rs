//! Reference pages in Markdown: a checked schema to view structs to templates to files in memory.
//!
//! Deterministic: the same schema and templates give the same bytes, on every machine and day.

mod commands;
mod coverage;
mod diagram;
mod engine;
mod error;
mod example;
mod inspect;
mod notation;
mod pages;
mod partials;
mod text;
mod usage;
mod view;
mod words;

use redis_schema_model::model::Schema;
use serde_json::Value as Json;

pub use commands::commands;
pub use coverage::{Coverage, coverage};
pub use engine::builtin_templates;
pub use error::TemplateError;
pub use view::FORMAT;

use self::pages::Press;
use self::view::Site;
use crate::files::FileSet;
use crate::parallel;

/// How pages are rendered.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Templates by name that replace built-in ones, and further partials that they call.
    pub templates: Vec<(String, String)>,
}

/// Renders the reference pages.
///
/// # Errors
/// A template of the options cannot be read, or asks for a field that does not exist.
pub fn render(schema: &Schema, options: &Options) -> Result<FileSet, TemplateError> {
    // Reading the templates takes as long as a hundred keys.
    let (site, press) = parallel::both(|| Site::new(schema), || Press::new(&options.templates));
    press?.render(&site)
}

/// What templates see, as one JSON value.
///
/// Page templates get all of it with `root` set to the way from the page to the root of the pages; the page
/// of a database gets `format`, `root`, `schema`, `database`, the `keys` that live in it and their `methods`.
#[must_use]
pub fn context(schema: &Schema) -> Json {
    pages::context(&Site::new(schema))
}
