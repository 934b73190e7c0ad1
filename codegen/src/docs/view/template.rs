//! Templates as text.

use redis_schema_model::model::{HashTag, Prefix, Schema, Segment, Template};
use serde::Serialize;

/// A prefix.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PrefixView {
    /// Put before the template; may be empty.
    pub text: String,
    /// Environment variable that replaces it.
    pub env: Option<String>,
}

impl PrefixView {
    pub(crate) fn new(prefix: &Prefix) -> Option<Self> {
        let declared = !prefix.text.is_empty() || prefix.env.is_some();
        declared.then(|| Self {
            text: prefix.text.clone(),
            env: prefix.env.clone(),
        })
    }
}

/// Prefix and template together, as a schema would write them; `slot:` braces included.
pub(crate) fn whole(schema: &Schema, prefix: &Prefix, template: &Template) -> String {
    let mut out = String::new();
    literal(&prefix.text, &mut out);
    segments(schema, &template.segments, &mut out);
    out
}

fn segments(schema: &Schema, list: &[Segment], out: &mut String) {
    for segment in list {
        match segment {
            Segment::Literal(text) => literal(text, out),
            Segment::Param(id) => {
                out.push('{');
                out.push_str(schema[*id].name.as_str());
                out.push('}');
            }
            Segment::Optional(inner) => {
                out.push('[');
                segments(schema, inner, out);
                out.push(']');
            }
        }
    }
}

fn literal(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '{' | '}' | '[' | ']') {
            out.push(c);
        }
        out.push(c);
    }
}

/// What decides the cluster slot, in words; `None` when nothing special does.
pub(super) fn slot(schema: &Schema, tag: &HashTag) -> Option<String> {
    match tag {
        HashTag::Whole => None,
        HashTag::Param(id) => Some(format!("decided by `{}`", schema[*id].name)),
        HashTag::Literal(text) => Some(format!("the same for every key: that of `{text}`")),
        HashTag::Mixed(parts) => {
            let mut text = String::new();
            segments(schema, parts, &mut text);
            Some(format!("decided by `{text}`"))
        }
    }
}
