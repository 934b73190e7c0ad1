//! `default:` of a field.

use super::super::Lowering;
use super::Nature;
use crate::alphabet::{Alphabet, is_slug};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{DefaultValue, Type, TypeKind};
use crate::node::{Node, NodeKind};
use crate::text::{Text, did_you_mean, whole};

impl Lowering<'_> {
    /// The value that stands for an absent field.
    pub(in crate::lower) fn default_value(
        &mut self,
        ty: &Type,
        range: Option<(i128, i128)>,
        node: &Node,
    ) -> Option<DefaultValue> {
        let nature = self.nature(ty)?;
        let is_own = matches!(ty, Type::Named(id)
            if matches!(self.draft.ty(*id).map(|def| &def.kind), Some(TypeKind::Rust { .. })));
        if is_own || matches!(ty, Type::Param(_)) {
            let what = if is_own {
                "a Rust type of yours"
            } else {
                "a parameter"
            };
            let message = format!("{what} has no default");
            return self.no_default(
                node,
                message,
                "remove it, and make the field optional: `T?`",
            );
        }
        match (nature, &node.kind) {
            (Nature::Option, _) => self.no_default(
                node,
                "an optional field with a default",
                "remove the `?`: with a default it is never absent; or remove the default",
            ),
            (Nature::List, NodeKind::List(items)) if items.is_empty() => Some(DefaultValue::Empty),
            (Nature::Map, NodeKind::Map(entries)) if entries.is_empty() => {
                Some(DefaultValue::Empty)
            }
            (Nature::List, _) => self.no_default(
                node,
                "a list starts empty or not at all",
                "write `default: []`",
            ),
            (Nature::Map, _) => self.no_default(
                node,
                "a map starts empty or not at all",
                "write `default: {}`",
            ),
            (Nature::Bytes | Nature::Any | Nature::Record | Nature::OneOf, _) => {
                let message = format!("{} has no default", nature.called());
                self.no_default(
                    node,
                    message,
                    "remove it, and make the field optional: `T?`",
                )
            }
            (_, NodeKind::Scalar { .. }) => {
                self.scalar_default(ty, nature, range, &Text::of(node)?)
            }
            _ => {
                let help = "write a plain value, such as `default: 0`";
                self.no_default(
                    node,
                    format!("the default is not {}", nature.called()),
                    help,
                )
            }
        }
    }

    fn no_default(
        &mut self,
        node: &Node,
        message: impl Into<String>,
        help: &str,
    ) -> Option<DefaultValue> {
        self.report(
            Diagnostic::error(Code::E0505, node.span, message)
                .label("not a value of the field")
                .help(help),
        );
        None
    }

    fn scalar_default(
        &mut self,
        ty: &Type,
        nature: Nature,
        range: Option<(i128, i128)>,
        text: &Text<'_>,
    ) -> Option<DefaultValue> {
        let written = text.text();
        let (value, help) = match nature {
            Nature::Bool => (
                match written {
                    "true" => Some(DefaultValue::Bool(true)),
                    "false" => Some(DefaultValue::Bool(false)),
                    _ => None,
                },
                String::from("write `true` or `false`"),
            ),
            Nature::Integer(low, high) => {
                let (low, high) = range.unwrap_or((low, high));
                let fits = |n: &i128| (low..=high).contains(n);
                let value = whole(written).filter(fits).map(DefaultValue::Int);
                (value, format!("write a whole number from {low} to {high}"))
            }
            Nature::TimestampS | Nature::TimestampMs | Nature::Duration => {
                let fits =
                    |n: &i128| i64::try_from(*n).is_ok() && (nature != Nature::Duration || *n >= 0);
                let value = whole(written).filter(fits).map(DefaultValue::Int);
                (
                    value,
                    String::from("write a whole number in the unit of the type"),
                )
            }
            Nature::Float => {
                let within = |n: &f64| {
                    // Ranges are whole numbers small enough to be exact here.
                    n.is_finite()
                        && range.is_none_or(|(low, high)| low as f64 <= *n && *n <= high as f64)
                };
                let number = written.parse::<f64>().ok().filter(within);
                (
                    number.map(DefaultValue::Float),
                    String::from("write a number within its range"),
                )
            }
            Nature::Enum => return self.variant_default(ty, text),
            _ => (
                is_text_of(self.bare(ty), written).then(|| DefaultValue::Text(written.to_owned())),
                format!("write {}", self.spelt(ty)),
            ),
        };
        if value.is_none() {
            let message = match nature {
                Nature::Integer(..) if whole(written).is_some() => {
                    format!("`{written}` is outside the field's range")
                }
                _ => format!("`{written}` is not {}", self.described(ty, nature)),
            };
            self.report(
                text.mistake(Code::E0505, message)
                    .label("not a value of the field")
                    .help(help),
            );
        }
        value
    }

    fn described(&self, ty: &Type, nature: Nature) -> String {
        match self.bare(ty) {
            Type::Uuid => "a `uuid`".into(),
            Type::Ulid => "a `ulid`".into(),
            Type::Ip => "an `ip`".into(),
            Type::Hex(length) => format!("a `hex({length})`"),
            Type::Datetime => "a `datetime` such as `2027-01-31T12:00:00Z`".into(),
            Type::Slug { max: None } => "a `slug`".into(),
            Type::Slug { max: Some(max) } => format!("a `slug` of at most {max} characters"),
            Type::String { max: Some(max) } => format!("a text of at most {max} bytes"),
            _ => nature.called().into(),
        }
    }

    /// What a text of the type looks like.
    fn spelt(&self, ty: &Type) -> String {
        match self.bare(ty) {
            Type::Uuid => "one such as `0e6b3f8a-52c4-4d19-9a7e-3c1f5d2b8e60`".into(),
            Type::Ulid => "one such as `01JD3Z8Q4YB6H2M9T5K7W1XNCR`".into(),
            Type::Ip => "an address such as `192.0.2.1` or `2001:db8::1`".into(),
            Type::Hex(length) => format!("{length} of the characters `0` to `9` and `a` to `f`"),
            Type::Datetime => "one such as `2027-01-31T12:00:00Z`".into(),
            Type::Slug { .. } => "letters, digits, `.`, `_` and `-`, not too many".into(),
            Type::String { max: Some(max) } => format!("at most {max} bytes"),
            _ => "a text that the type allows".into(),
        }
    }

    /// The type behind aliases.
    fn bare<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        for _ in 0..=self.draft.types.len() {
            let Type::Named(id) = ty else { break };
            match self.draft.ty(*id).map(|def| &def.kind) {
                Some(TypeKind::Alias(inner)) => ty = inner,
                _ => break,
            }
        }
        ty
    }

    fn variant_default(&mut self, ty: &Type, text: &Text<'_>) -> Option<DefaultValue> {
        let (id, list) = self.enum_behind(ty)?;
        let names: Vec<String> = list.variants.iter().map(|v| v.name.to_string()).collect();
        let at = names.iter().position(|name| name == text.text());
        if at.is_none() {
            let help = did_you_mean(text.text(), names.iter().map(String::as_str), || {
                format!("write the name of a variant, such as `{}`", names[0])
            });
            let message = format!("no variant is called `{}`", text.text());
            self.report(
                text.mistake(Code::E0505, message)
                    .label("not a value of the field")
                    .help(help),
            );
        }
        at.map(|at| DefaultValue::Variant(id, at))
    }
}

/// Whether a text is a value of a type that is text.
fn is_text_of(ty: &Type, text: &str) -> bool {
    let bytes = text.as_bytes();
    let within = |max: &Option<u32>| max.is_none_or(|max| bytes.len() <= max as usize);
    match ty {
        Type::String { max } => within(max),
        Type::Slug { max } => !text.is_empty() && within(max) && bytes.iter().all(|b| is_slug(*b)),
        Type::Uuid => Alphabet::Uuid.language().contains(bytes),
        Type::Ulid => Alphabet::Ulid.language().contains(bytes),
        Type::Hex(length) => {
            bytes.len() == *length as usize && bytes.iter().all(|b| crate::alphabet::is_hex(*b))
        }
        Type::Ip => text
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.to_string() == text),
        Type::Datetime => is_datetime(text),
        Type::Decimal => is_decimal(text),
        _ => false,
    }
}

fn is_decimal(text: &str) -> bool {
    let number = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction) && whole.len() + fraction.len() <= 28
}

/// RFC 3339 with an offset.
fn is_datetime(text: &str) -> bool {
    let shape = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text
                .bytes()
                .zip(pattern.bytes())
                .all(|(byte, place)| match place {
                    b'0' => byte.is_ascii_digit(),
                    place => byte == place,
                })
    };
    let Some((date, rest)) = text.split_at_checked(10) else {
        return false;
    };
    let Some((time, rest)) = rest.split_at_checked(9) else {
        return false;
    };
    let offset = match rest.strip_prefix('.') {
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 9 {
                return false;
            }
            &rest[digits..]
        }
        None => rest,
    };
    let within = |part: &str, most: u8| part.parse::<u8>().is_ok_and(|n| n <= most);
    let clock = |hour: &str, minute: &str| within(hour, 23) && within(minute, 59);
    let known_offset = offset == "Z"
        || (shape(offset, "+00:00") || shape(offset, "-00:00"))
            && clock(&offset[1..3], &offset[4..6]);
    shape(date, "0000-00-00")
        && super::super::policy::is_date(date)
        && shape(time, "T00:00:00")
        && clock(&time[1..3], &time[4..6])
        && within(&time[7..9], 59)
        && known_offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        for good in [
            "2027-01-31T12:00:00Z",
            "2027-01-31T12:00:00.123+02:00",
            "2027-01-31T23:59:59-00:30",
        ] {
            assert!(is_datetime(good), "{good}");
        }
        for bad in [
            "",
            "2027-01-31",
            "2027-01-31T12:00:00",
            "2027-02-30T12:00:00Z",
            "2027-01-31 12:00:00Z",
            "2027-01-31T24:00:00Z",
            "2027-01-31T12:60:00Z",
            "2027-01-31T12:00:00.Z",
            "2027-01-31T12:00:00+2:00",
            "2027-01-31T12:00:00é",
        ] {
            assert!(!is_datetime(bad), "{bad}");
        }
    }

    #[test]
    fn decimals() {
        for good in ["0", "-1.50", "12345.6789"] {
            assert!(is_decimal(good), "{good}");
        }
        for bad in [
            "",
            "-",
            "1.",
            ".5",
            "1e3",
            "1,5",
            "99999999999999999999999999999",
        ] {
            assert!(!is_decimal(bad), "{bad}");
        }
    }

    #[test]
    fn texts_of_types() {
        assert!(is_text_of(&Type::Ip, "::1") && !is_text_of(&Type::Ip, "0::1"));
        assert!(
            is_text_of(&Type::Slug { max: Some(2) }, "ab")
                && !is_text_of(&Type::Slug { max: Some(2) }, "abc")
        );
        assert!(
            is_text_of(&Type::String { max: Some(2) }, "é")
                && !is_text_of(&Type::String { max: Some(1) }, "é")
        );
        assert!(is_text_of(&Type::Hex(2), "0f") && !is_text_of(&Type::Hex(2), "0F"));
    }
}
