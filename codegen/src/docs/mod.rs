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

use self::engine::Engine;
use self::view::{DatabasePage, Site};
use crate::files::FileSet;

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
    let engine = Engine::new(&options.templates)?;
    let site = Site::new(schema);
    let whole = Engine::context(&site);
    let mut files = FileSet::new();
    let pages = [
        ("overview", "README.md", true),
        ("keys", "keys.md", !site.keys.is_empty()),
        ("types", "types.md", !site.types.is_empty()),
        (
            "accessors",
            "accessors.md",
            site.keys.iter().any(|key| key.generated),
        ),
        ("channels", "channels.md", !site.channels.is_empty()),
        ("units", "units.md", !site.units.is_empty()),
        ("groups", "groups.md", !site.groups.is_empty()),
    ];
    for (template, path, wanted) in pages {
        if wanted {
            files.insert(path, engine.render(template, &whole)?);
        }
    }
    for database in &site.databases {
        if let Some(path) = &database.href {
            let page = Engine::context(&DatabasePage::new(&site, database));
            files.insert(path.as_str(), engine.render("database", &page)?);
        }
    }
    Ok(files)
}

/// What templates see, as one JSON value.
///
/// Page templates get all of it with `root` set to the way from the page to the root of the pages; the page
/// of a database gets `format`, `root`, `schema`, `database`, the `keys` that live in it and their `methods`.
#[must_use]
pub fn context(schema: &Schema) -> Json {
    to_json(&Site::new(schema))
}

/// Plain data always has a JSON form.
fn to_json(site: &Site) -> Json {
    serde_json::to_value(site).unwrap_or_default()
}
