//! Records: structs that lie in hashes and streams, field by field.

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_model::model::{Field, StructType, Type};

use super::cx::{Cx, allow_nesting};
use super::types::{is_optional, or_default};
use super::{codec, doc, ident, lifetime};

/// The field constants and the implementation of the record trait. `ty` is the struct.
pub(crate) fn emit(cx: Cx<'_>, it: &StructType, ty: &TokenStream) -> TokenStream {
    let constants = constants(cx, it, ty);
    let implementation = implementation(cx, it, ty);
    quote!(#constants #implementation)
}

fn constants(cx: Cx<'_>, it: &StructType, ty: &TokenStream) -> TokenStream {
    let rt = cx.rt();
    let constants = it.fields.iter().map(|field| {
        let docs = match &field.about {
            Some(about) => doc::paragraphs([about.as_str()]),
            None => doc::own(&format!("Names the field `{}`.", field.name.as_str())),
        };
        let (constant, name) = (ident::upper(&field.name), field.name.as_str());
        let codec = codec::of_field(cx, field);
        let presence = match &field.ttl {
            Some(_) => Some(quote!(, #rt::Expiring)),
            None => is_optional(field).then(|| quote!(, #rt::Optional)),
        };
        let was = (!field.was.is_empty()).then(|| {
            let was = &field.was;
            quote!(.was(&[#(#was),*]))
        });
        quote! {
            #docs
            pub const #constant: #rt::Field<Self, #codec #presence> = #rt::Field::new(#name) #was;
        }
    });
    let codecs: Vec<_> = it
        .fields
        .iter()
        .map(|field| codec::of_field(cx, field))
        .collect();
    let allow = allow_nesting(&codecs);
    quote!(#allow impl #ty { #(#constants)* })
}

fn implementation(cx: Cx<'_>, it: &StructType, ty: &TokenStream) -> TokenStream {
    let (rt, ok) = (cx.rt(), cx.ok());
    let names = it.fields.iter().map(|field| field.name.as_str());
    let touched: Vec<_> = it.fields.iter().filter(|field| field.touch).collect();
    let touch = (!touched.is_empty()).then(|| {
        let touched = touched.iter().map(|field| touch(cx, field));
        quote!(const TOUCH: &'static [#rt::Touch] = &[#(#touched),*];)
    });
    let expiring: Vec<_> = it
        .fields
        .iter()
        .filter_map(|field| {
            let (name, lifetime) = (field.name.as_str(), field.ttl.as_ref()?);
            let lifetime = lifetime::of_field(cx, lifetime);
            Some(quote!(#rt::Expires::new(#name, #lifetime)))
        })
        .collect();
    let expires = (!expiring.is_empty())
        .then(|| quote!(const EXPIRES: &'static [#rt::Expires] = &[#(#expiring),*];));
    let writes = it.fields.iter().map(|field| write(cx, field));
    let reads = it.fields.iter().map(|field| read(cx, field));
    let strict = it.strict.then(|| {
        let former = it.fields.iter().flat_map(|field| &field.was);
        quote!(from.refuse_others(Self::FIELDS, &[#(#former),*])?;)
    });
    quote! {
        #[automatically_derived]
        impl #rt::Record for #ty {
            const FIELDS: &'static [&'static str] = &[#(#names),*];
            #touch
            #expires
            fn encode(&self, out: &mut #rt::FieldWriter<'_>) -> #rt::Result<(), #rt::Problem> {
                #(#writes)*
                #ok(())
            }
            fn decode(from: &mut #rt::FieldReader) -> #rt::Result<Self, #rt::Problem> {
                #strict
                #ok(Self { #(#reads),* })
            }
        }
    }
}

fn touch(cx: Cx<'_>, field: &Field) -> TokenStream {
    let (rt, name) = (cx.rt(), field.name.as_str());
    match codec::present(&field.ty) {
        Type::TimestampS => quote!(#rt::Touch::Seconds(#name)),
        _ => quote!(#rt::Touch::Millis(#name)),
    }
}

fn write(cx: Cx<'_>, field: &Field) -> TokenStream {
    let former = (!field.was.is_empty()).then(|| {
        let was = &field.was;
        quote!(out.former(&[#(#was),*]);)
    });
    if field.touch {
        return quote!(#former);
    }
    let (name, value) = (field.name.as_str(), ident::snake(&field.name));
    let codec = codec::of_field(cx, field);
    let write = match &field.ty {
        Type::Option(inner) => {
            let borrow = if codec::is_text(cx, inner) {
                quote!(as_deref)
            } else {
                quote!(as_ref)
            };
            quote!(out.put_optional::<#codec>(#name, self.#value.#borrow())?;)
        }
        _ => quote!(out.put::<#codec>(#name, &self.#value)?;),
    };
    quote!(#write #former)
}

fn read(cx: Cx<'_>, field: &Field) -> TokenStream {
    let (name, target) = (field.name.as_str(), ident::snake(&field.name));
    let names = std::iter::once(name).chain(field.was.iter().map(String::as_str));
    let codec = codec::of_field(cx, field);
    let (how, then) = match &field.ty {
        Type::Option(_) => {
            let then = field.default.as_ref().map(|_| {
                let default = or_default(&quote!(Self), field);
                let some = cx.some();
                quote!(.map(#some) #default)
            });
            (quote!(optional), then)
        }
        _ => match or_default(&quote!(Self), field) {
            Some(default) => (quote!(optional), Some(default)),
            None => (quote!(required), None),
        },
    };
    quote!(#target: from.#how::<#codec>(&[#(#names),*])? #then)
}
