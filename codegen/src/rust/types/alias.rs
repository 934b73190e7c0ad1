//! `{type: u8, range: 0..100}`: another name for a type. Its bounds are in the codecs of what uses it.

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_model::model::{Type, TypeDef};

use crate::rust::cx::Cx;
use crate::rust::{describe, doc, ident, value_type};

pub(super) fn emit(cx: Cx<'_>, def: &TypeDef, ty: &Type) -> TokenStream {
    let written = describe::ty(cx.schema, ty);
    let docs = super::docs(def, &format!("Another name for `{written}`."));
    let constraint =
        super::constraint(cx, ty, def.range).map(|text| doc::own(&format!("\n{text}")));
    let (name, ty) = (ident::camel(&def.name), value_type::of(cx, ty));
    quote! {
        #docs
        #constraint
        pub type #name = #ty;
    }
}
