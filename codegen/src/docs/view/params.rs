//! Placeholders.

use redis_schema_model::model::{Param, ParamId, ParamType, Schema, Segment, Template};
use serde::Serialize;

use super::links::{Link, Links};
use crate::docs::{example, notation};

/// A placeholder of a template.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ParamView {
    /// Name between the braces.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Link,
    /// The characters it may hold, in words.
    pub characters: String,
    /// A made-up value.
    pub example: String,
    /// What it identifies.
    pub about: Option<String>,
    /// Whether a key may be without it.
    pub optional: bool,
    /// Its value is never printed.
    pub secret: bool,
    /// Path of the user's own Rust type.
    pub rust: Option<String>,
    /// Earlier names.
    pub was: Vec<String>,
}

impl ParamView {
    pub(crate) fn new(schema: &Schema, links: &Links<'_>, param: &Param) -> Self {
        let href = match param.ty {
            ParamType::Enum(id) => Some(links.ty(id)),
            _ => None,
        };
        Self {
            name: param.name.as_str().to_owned(),
            ty: Link {
                text: notation::param_type(schema, &param.ty),
                href,
            },
            characters: notation::alphabet(schema, &param.ty),
            example: example::param(schema, param),
            about: param.about.clone().or_else(|| match param.ty {
                ParamType::Enum(id) => schema[id].about.clone(),
                _ => None,
            }),
            optional: false,
            secret: param.secret,
            rust: param.rust.as_ref().map(|rust| rust.path().to_owned()),
            was: param.was.clone(),
        }
    }
}

/// The placeholders of a template.
pub(crate) fn of_template(
    schema: &Schema,
    links: &Links<'_>,
    template: &Template,
) -> Vec<ParamView> {
    let needed = |id: &ParamId| template.segments.contains(&Segment::Param(*id));
    let params = template.params();
    let mut views = list(schema, links, &params);
    for (id, view) in params.iter().zip(&mut views) {
        view.optional = !needed(id);
    }
    views
}

/// Placeholders.
pub(crate) fn list(schema: &Schema, links: &Links<'_>, ids: &[ParamId]) -> Vec<ParamView> {
    ids.iter()
        .map(|id| ParamView::new(schema, links, &schema[*id]))
        .collect()
}
