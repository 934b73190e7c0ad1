//! Tagged unions.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use redis_schema_model::model::{OneOfType, TypeDef, TypeId, Variant};

use crate::rust::cx::Cx;
use crate::rust::{doc, ident, value_type};

pub(super) fn emit(cx: Cx<'_>, id: TypeId, def: &TypeDef, it: &OneOfType) -> TokenStream {
    let (rt, support) = (cx.rt(), format!("{}::serde", cx.support()));
    let (name, tag) = (ident::camel(&def.name), &it.tag);
    let words = format!(
        "One of {} shapes, told apart by `{tag}`.",
        it.variants.len()
    );
    let docs = super::docs(def, &words);
    let variants = it
        .variants
        .iter()
        .map(|(variant, ty)| one(cx, variant, *ty));
    let from = conversions(cx, it, &name);
    let check = cx.is_bounded(id).then(|| check(cx, it, &name));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, #rt::serde::Serialize, #rt::serde::Deserialize)]
        #[serde(crate = #support, tag = #tag)]
        pub enum #name {
            #(#variants,)*
        }
        #from
        #check
    }
}

fn one(cx: Cx<'_>, variant: &Variant, ty: TypeId) -> TokenStream {
    let (name, text) = (ident::camel(&variant.name), &variant.text);
    let docs = match variant.about.as_deref().or(cx.schema[ty].about.as_deref()) {
        Some(about) => doc::paragraphs([about]),
        None => doc::own(&format!("{}.", doc::code(text))),
    };
    let rename = (name != text).then(|| quote!(#[serde(rename = #text)]));
    let content = (!cx.is_hollow(ty)).then(|| {
        let ty = value_type::named(cx, ty);
        quote!((#ty))
    });
    quote!(#docs #rename #name #content)
}

/// `From` for every shape that only one variant has.
fn conversions(cx: Cx<'_>, it: &OneOfType, name: &Ident) -> TokenStream {
    let unique = it.variants.iter().filter(|(_, ty)| {
        let same = it.variants.iter().filter(|(_, other)| other == ty).count();
        same == 1 && !cx.is_hollow(*ty)
    });
    let conversions = unique.map(|(variant, ty)| {
        let (variant, ty) = (ident::camel(&variant.name), value_type::named(cx, *ty));
        quote! {
            #[automatically_derived]
            impl ::core::convert::From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(value)
                }
            }
        }
    });
    quote!(#(#conversions)*)
}

fn check(cx: Cx<'_>, it: &OneOfType, name: &Ident) -> TokenStream {
    let (rt, ok) = (cx.rt(), cx.ok());
    let bounded: Vec<_> = it
        .variants
        .iter()
        .filter(|(_, ty)| cx.is_bounded(*ty))
        .map(|(variant, _)| ident::camel(&variant.name))
        .collect();
    let rest = (bounded.len() < it.variants.len()).then(|| quote!(_ => #ok(()),));
    quote! {
        #[automatically_derived]
        impl #rt::Check for #name {
            fn check(&self) -> #rt::Result<(), #rt::Violation> {
                match self {
                    #(Self::#bounded(value) => value.check(),)*
                    #rest
                }
            }
        }
    }
}
