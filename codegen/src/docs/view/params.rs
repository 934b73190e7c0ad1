//! Placeholders.

use redis_schema_model::model::{Param, ParamId, ParamType, Schema};
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
            about: param.about.clone(),
            secret: param.secret,
            rust: param.rust.as_ref().map(|rust| rust.path().to_owned()),
            was: param.was.clone(),
        }
    }
}

/// The placeholders of a template.
pub(super) fn list(schema: &Schema, links: &Links<'_>, ids: &[ParamId]) -> Vec<ParamView> {
    ids.iter()
        .map(|id| ParamView::new(schema, links, &schema[*id]))
        .collect()
}
