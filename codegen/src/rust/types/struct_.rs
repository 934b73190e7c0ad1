//! Structs: named fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use redis_schema_model::model::{Field, StructType, Type, TypeDef, TypeId, TypeKind};

use super::field;
use crate::rust::cx::{Cx, allow_many, allow_nesting};
use crate::rust::{codec, debug, ident, record, rule, value_type};

pub(super) fn emit(cx: Cx<'_>, id: TypeId, def: &TypeDef, it: &StructType) -> TokenStream {
    let name = ident::camel(&def.name);
    let definition = definition(cx, def, it, &name);
    let new = new(cx, it, &name);
    let bounds = cx.is_bounded(id).then(|| bounds(cx, it, &quote!(#name)));
    let record = cx
        .is_recorded(id)
        .then(|| record::emit(cx, it, &quote!(#name)));
    quote!(#definition #new #bounds #record)
}

fn definition(cx: Cx<'_>, def: &TypeDef, it: &StructType, name: &Ident) -> TokenStream {
    let (rt, support) = (cx.rt(), format!("{}::serde", cx.support()));
    let words = format!("The fields of a `{}`.", def.name.as_str());
    let docs = super::docs(def, &words);
    let secret = it.fields.iter().any(|field| is_secret(cx, field));
    let show = (!secret).then(|| quote!(Debug,));
    let fields = it.fields.iter().map(|it| field::definition(cx, name, it));
    let debug = secret.then(|| {
        let fields = it.fields.iter().map(|field| {
            let text = field.name.as_str().to_owned();
            (text, ident::snake(&field.name), is_secret(cx, field))
        });
        debug::implementation(cx, &quote!(#name), &def.name, fields)
    });
    let types: Vec<_> = it
        .fields
        .iter()
        .map(|it| value_type::of(cx, &it.ty))
        .collect();
    let allow = allow_nesting(&types);
    let strict = strictness(it);
    quote! {
        #docs
        #allow
        #[derive(Clone, #show PartialEq, #rt::serde::Serialize, #rt::serde::Deserialize)]
        #[serde(crate = #support #strict)]
        pub struct #name {
            #(#fields,)*
        }
        #debug
    }
}

/// What serde is told of a record that refuses fields which it does not declare.
pub(crate) fn strictness(it: &StructType) -> Option<TokenStream> {
    it.strict.then(|| quote!(, deny_unknown_fields))
}

/// Whether a field is never printed: it says so, or it holds a placeholder that does.
fn is_secret(cx: Cx<'_>, field: &Field) -> bool {
    fn holds(cx: Cx<'_>, ty: &Type) -> bool {
        match ty {
            Type::Param(id) => cx.schema[*id].secret,
            Type::Option(inner) | Type::List(inner) | Type::Map(inner) => holds(cx, inner),
            Type::Named(id) => match &cx.schema[*id].kind {
                TypeKind::Alias(ty) => holds(cx, ty),
                _ => false,
            },
            _ => false,
        }
    }
    field.secret || holds(cx, &field.ty)
}

/// `new` with the required fields, and `Default` where none is.
fn new(cx: Cx<'_>, it: &StructType, name: &Ident) -> TokenStream {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for field in &it.fields {
        let name = ident::snake(&field.name);
        match field::missing(cx, field) {
            Some(value) => values.push(quote!(#name: #value)),
            None => {
                let (argument, value) = argument(cx, field, &name);
                arguments.push(argument);
                values.push(value);
            }
        }
    }
    let words = match (arguments.len(), it.fields.len()) {
        (0, _) => " Every field absent or at its default.",
        (required, all) if required == all => " A record of these fields.",
        _ => " A record of the required fields; the others are absent or at their default.",
    };
    let allow = allow_nesting(&arguments);
    let many = allow_many(arguments.len());
    let defaults = field::default_functions(cx, &it.fields);
    let default = arguments.is_empty().then(|| {
        quote! {
            #[automatically_derived]
            impl ::core::default::Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        impl #name {
            #[doc = #words]
            #[must_use]
            #many
            #allow
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
            #(#defaults)*
        }
        #default
    }
}

/// A parameter of `new` and the field it fills.
fn argument(cx: Cx<'_>, field: &Field, name: &Ident) -> (TokenStream, TokenStream) {
    let ty = value_type::of(cx, &field.ty);
    if codec::is_text(cx, &field.ty) {
        let into = cx.into();
        (quote!(#name: impl #into<#ty>), quote!(#name: #name.into()))
    } else {
        (quote!(#name: #ty), quote!(#name))
    }
}

/// Whether a field may be absent at rest.
pub(crate) fn is_optional(field: &Field) -> bool {
    field.default.is_some() || matches!(field.ty, Type::Option(_))
}

/// The check of every declared bound.
pub(crate) fn bounds(cx: Cx<'_>, it: &StructType, ty: &TokenStream) -> TokenStream {
    let (rt, ok) = (cx.rt(), cx.ok());
    let checks = it.fields.iter().filter_map(|field| {
        let rule = rule::of_field(cx, field)?;
        let (name, ident) = (field.name.as_str(), ident::snake(&field.name));
        Some(quote!(#rt::check_field::<#rule, _>(#name, &self.#ident)?;))
    });
    quote! {
        #[automatically_derived]
        impl #rt::Check for #ty {
            fn check(&self) -> #rt::Result<(), #rt::Violation> {
                #(#checks)*
                #ok(())
            }
        }
    }
}
