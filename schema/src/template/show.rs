//! Templates as text: for documents and for `SCAN`.

use crate::model::{Key, ParamType, Prefix, Schema, Segment, StringEncoding, Template};

/// A template with the type of each placeholder: `job:{job_id: uuid}[:{day: date(YYYY-MM-DD)}]`.
#[must_use]
pub fn describe(schema: &Schema, template: &Template) -> String {
    let mut out = String::new();
    describe_parts(schema, &template.segments, &mut out);
    out
}

fn describe_parts(schema: &Schema, segments: &[Segment], out: &mut String) {
    for segment in segments {
        match segment {
            Segment::Literal(text) => out.push_str(text),
            Segment::Param(id) => {
                let param = &schema[*id];
                out.push_str(&format!(
                    "{{{}: {}}}",
                    param.name,
                    type_name(schema, &param.ty)
                ));
            }
            Segment::Optional(inner) => {
                out.push('[');
                describe_parts(schema, inner, out);
                out.push(']');
            }
        }
    }
}

fn type_name(schema: &Schema, ty: &ParamType) -> String {
    match ty {
        ParamType::Uuid => "uuid".into(),
        ParamType::Ulid => "ulid".into(),
        ParamType::Unsigned(bits) => format!("u{bits}"),
        ParamType::Signed(bits) => format!("i{bits}"),
        ParamType::Slug { max } => bounded("slug", *max),
        ParamType::Hex(length) => format!("hex({length})"),
        ParamType::Enum(id) => schema[*id].name.to_string(),
        ParamType::Date(format) => format!("date({})", format.pattern()),
        ParamType::TimestampS => "timestamp_s".into(),
        ParamType::TimestampMs => "timestamp_ms".into(),
        ParamType::Ip => "ip".into(),
        ParamType::Rest { max } => bounded("rest", *max),
        ParamType::String { max, encoding } => match encoding {
            StringEncoding::Percent => bounded("percent-encoded string", *max),
            StringEncoding::Hash => bounded("hashed string", *max),
            StringEncoding::Raw { .. } => bounded("raw string", *max),
        },
    }
}

fn bounded(name: &str, max: Option<u32>) -> String {
    match max {
        Some(max) => format!("{name}, at most {max}"),
        None => name.into(),
    }
}

/// The pattern with which `SCAN` finds every key of this kind, and possibly others': readers of its
/// answers parse them.
#[must_use]
pub fn glob_pattern(_schema: &Schema, key: &Key) -> String {
    glob(&key.prefix, &key.template)
}

fn glob(prefix: &Prefix, template: &Template) -> String {
    let mut out = String::new();
    escape(&prefix.text, &mut out);
    for segment in &template.segments {
        match segment {
            Segment::Literal(text) => escape(text, &mut out),
            // What may be absent and what may be anything look alike to a pattern.
            Segment::Param(_) | Segment::Optional(_)
                if out.ends_with('*') && !out.ends_with("\\*") => {}
            Segment::Param(_) | Segment::Optional(_) => out.push('*'),
        }
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '\\' | '^') {
            out.push('\\');
        }
        out.push(c);
    }
}
