//! Templates and placeholders.

use redis_schema_model::model;

use super::Source;
use crate::facts::{Param, ParamTy, Segment, Template};

impl Source<'_> {
    pub(super) fn template(&self, template: &model::Template) -> Template {
        Template {
            text: template.text.clone(),
            segments: self.segments(&template.segments),
            slot: self.slot(&template.hash_tag),
        }
    }

    fn segments(&self, segments: &[model::Segment]) -> Vec<Segment> {
        segments
            .iter()
            .map(|segment| match segment {
                model::Segment::Literal(text) => Segment::Literal(text.clone()),
                model::Segment::Param(id) => Segment::Param(self.param_name(*id)),
                model::Segment::Optional(inner) => Segment::Optional(self.segments(inner)),
            })
            .collect()
    }

    fn slot(&self, tag: &model::HashTag) -> String {
        match tag {
            model::HashTag::Whole => String::new(),
            model::HashTag::Param(id) => format!("{{{}}}", self.param_name(*id)),
            model::HashTag::Literal(text) => text.clone(),
            model::HashTag::Mixed(segments) => segments
                .iter()
                .map(|segment| self.slot_part(segment))
                .collect(),
        }
    }

    fn slot_part(&self, segment: &model::Segment) -> String {
        match segment {
            model::Segment::Literal(text) => text.clone(),
            model::Segment::Param(id) => format!("{{{}}}", self.param_name(*id)),
            model::Segment::Optional(inner) => {
                let inner: String = inner
                    .iter()
                    .map(|segment| self.slot_part(segment))
                    .collect();
                format!("[{inner}]")
            }
        }
    }

    pub(super) fn param_name(&self, id: model::ParamId) -> String {
        self.schema[id].name.to_string()
    }

    pub(super) fn param(&self, param: &model::Param) -> Param {
        Param {
            ty: self.param_ty(&param.ty),
            secret: param.secret,
            rust: param.rust.as_ref().map(|rust| rust.path().to_owned()),
            was: param.was.clone(),
        }
    }

    fn param_ty(&self, ty: &model::ParamType) -> ParamTy {
        match ty {
            model::ParamType::Uuid => ParamTy::Uuid,
            model::ParamType::Ulid => ParamTy::Ulid,
            model::ParamType::Unsigned(bits) => ParamTy::Unsigned(*bits),
            model::ParamType::Signed(bits) => ParamTy::Signed(*bits),
            model::ParamType::Slug { max } => ParamTy::Slug { max: *max },
            model::ParamType::Hex(len) => ParamTy::Hex(*len),
            model::ParamType::Enum(id) => ParamTy::Enum(self.type_name(*id)),
            model::ParamType::Date(format) => ParamTy::Date(format.pattern().to_owned()),
            model::ParamType::TimestampS => ParamTy::TimestampS,
            model::ParamType::TimestampMs => ParamTy::TimestampMs,
            model::ParamType::Ip => ParamTy::Ip,
            model::ParamType::String { max, encoding } => ParamTy::String {
                max: *max,
                encode: match encoding {
                    model::StringEncoding::Percent => "percent",
                    model::StringEncoding::Hash => "hash",
                    model::StringEncoding::Raw { .. } => "raw",
                }
                .to_owned(),
            },
            model::ParamType::Rest { max } => ParamTy::Rest { max: *max },
        }
    }
}
