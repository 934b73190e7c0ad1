//! What a store does without its server, as a constant expression.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{
    Codec, DefaultValue, Fallback, Key, Schema, Structure, Type, TypeKind,
};

use super::cx::Cx;

/// The builder call that says what a store does without the server; empty where every call fails.
pub(crate) fn call(cx: Cx<'_>, key: &Key) -> TokenStream {
    let way = &key.on_unavailable;
    if way.is_error() {
        return TokenStream::new();
    }
    let rt = cx.rt();
    let mut out = quote!(#rt::OnUnavailable::ERROR);
    match &way.read {
        Fallback::Error => {}
        Fallback::Absent => out.extend(quote!(.absent())),
        Fallback::Load => out.extend(quote!(.load())),
        Fallback::Allow => out.extend(quote!(.allow())),
        Fallback::Deny => out.extend(quote!(.deny())),
        Fallback::Value(default) => {
            let bytes =
                Literal::byte_string(at_rest(cx.schema, &key.structure, default).as_bytes());
            out.extend(quote!(.default(#bytes)));
        }
    }
    if way.skip_writes {
        out.extend(quote!(.skip_writes()));
    }
    quote!(.on_unavailable(#out))
}

/// A default as it would stand on the server.
pub(crate) fn at_rest(schema: &Schema, structure: &Structure, default: &DefaultValue) -> String {
    let (ty, codec) = match structure {
        Structure::String(value) => (&value.ty, value.encoding.codec),
        Structure::JsonDocument(ty) => (ty, Codec::Json),
        _ => return String::new(),
    };
    let text = match default {
        DefaultValue::Bool(value) => return value.to_string(),
        DefaultValue::Int(value) => return value.to_string(),
        DefaultValue::Float(value) => return value.to_string(),
        DefaultValue::Empty if is_list(schema, ty) => return "[]".to_owned(),
        DefaultValue::Empty => return "{}".to_owned(),
        DefaultValue::Text(text) => text.clone(),
        DefaultValue::Variant(id, at) => match &schema[*id].kind {
            TypeKind::Enum(list) => list
                .variants
                .get(*at)
                .map(|variant| variant.text.clone())
                .unwrap_or_default(),
            _ => String::new(),
        },
    };
    match codec {
        Codec::Json => json(&text),
        Codec::Text | Codec::Bytes | Codec::MsgPack => text,
    }
}

fn is_list(schema: &Schema, ty: &Type) -> bool {
    match ty {
        Type::List(_) => true,
        Type::Named(id) => match &schema[*id].kind {
            TypeKind::Alias(ty) => is_list(schema, ty),
            _ => false,
        },
        _ => false,
    }
}

/// A text in JSON.
fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn texts_in_json() {
        assert_eq!(json("a\"b\\c\nd é"), "\"a\\\"b\\\\c\\u000ad é\"");
    }
}
