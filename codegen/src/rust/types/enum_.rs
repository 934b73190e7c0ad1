//! Enums: one of several texts.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use redis_schema_model::model::{EnumType, TypeDef, Variant};

use crate::rust::cx::Cx;
use crate::rust::{doc, ident};

pub(super) fn emit(cx: Cx<'_>, def: &TypeDef, it: &EnumType) -> TokenStream {
    let name = ident::camel(&def.name);
    let definition = definition(cx, def, it, &name);
    let texts = texts(it, &name, cx);
    let flow = flow(it, &name);
    let conversions = conversions(cx, &name);
    quote!(#definition #texts #flow #conversions)
}

fn variant(variant: &Variant) -> Ident {
    ident::camel(&variant.name)
}

fn definition(cx: Cx<'_>, def: &TypeDef, it: &EnumType, name: &Ident) -> TokenStream {
    let docs = super::docs(def, &format!("One of {} texts.", it.variants.len()));
    let variants = it.variants.iter().map(|it| {
        let text = doc::code(&it.text);
        let docs = match &it.about {
            Some(about) => doc::paragraphs([about.as_str()]),
            None => doc::own(&format!("{text}.")),
        };
        let name = variant(it);
        quote!(#docs #name)
    });
    let other = it.other.as_ref().map(|other| {
        let (other, string) = (ident::camel(other), cx.string());
        quote! {
            #[doc = " Any other text."]
            #other(#string)
        }
    });
    let copy = it.other.is_none().then(|| quote!(Copy,));
    quote! {
        #docs
        #[derive(Clone, #copy Debug, PartialEq, Eq, Hash)]
        pub enum #name {
            #(#variants,)*
            #other
        }
    }
}

/// `ALL` and `as_str`.
fn texts(it: &EnumType, name: &Ident, cx: Cx<'_>) -> TokenStream {
    let rt = cx.rt();
    let names: Vec<_> = it.variants.iter().map(variant).collect();
    let texts = it.variants.iter().map(|it| &it.text);
    let (receiver, result) = match &it.other {
        None => (quote!(self), quote!(&'static str)),
        Some(_) => (quote!(&self), quote!(&str)),
    };
    let other = it.other.as_ref().map(ident::camel);
    let other_text = other
        .iter()
        .map(|other| quote!(Self::#other(text) => text.as_str(),));
    let other_value = other.iter().map(|other| {
        let (option, some) = (cx.option(), cx.some());
        quote! {
            fn other(text: #rt::Cow<'_, str>) -> #option<Self> {
                #some(Self::#other(text.into_owned()))
            }
        }
    });
    let text = if it.other.is_some() {
        quote!(self.as_str())
    } else {
        quote!((*self).as_str())
    };
    quote! {
        impl #name {
            #[doc = " The declared values in order."]
            pub const ALL: &'static [Self] = &[#(Self::#names),*];

            #[doc = " The text at rest."]
            #[must_use]
            pub const fn as_str(#receiver) -> #result {
                match self {
                    #(Self::#names => #texts,)*
                    #(#other_text)*
                }
            }
        }
        #[automatically_derived]
        impl #rt::TextEnum for #name {
            const ALL: &'static [Self] = Self::ALL;
            fn text(&self) -> &str {
                #text
            }
            #(#other_value)*
        }
    }
}

/// `can_become`, where transitions are declared.
fn flow(it: &EnumType, name: &Ident) -> Option<TokenStream> {
    if it.flow.is_empty() {
        return None;
    }
    let named = |index: usize| it.variants.get(index).map(variant);
    let steps: Vec<_> = it
        .flow
        .iter()
        .filter(|(_, next)| !next.is_empty())
        .filter_map(|(from, next)| {
            let from = named(*from)?;
            let next = next.iter().filter_map(|to| named(*to));
            Some(quote!((Self::#from, #(Self::#next)|*)))
        })
        .collect();
    let (receiver, other) = match &it.other {
        None => (quote!(self), quote!(Self)),
        Some(_) => (quote!(&self), quote!(&Self)),
    };
    let body = if steps.is_empty() {
        quote!({
            let _ = next;
            false
        })
    } else {
        quote!({ matches!((self, next), #(#steps)|*) })
    };
    Some(quote! {
        impl #name {
            #[doc = " Whether the schema lets this value be followed by `next`."]
            #[must_use]
            pub const fn can_become(#receiver, next: #other) -> bool #body
        }
    })
}

/// `Display`, `FromStr` and serde, by the text.
fn conversions(cx: Cx<'_>, name: &Ident) -> TokenStream {
    let rt = cx.rt();
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        #[automatically_derived]
        impl ::core::str::FromStr for #name {
            type Err = #rt::UnknownText;
            fn from_str(text: &str) -> #rt::Result<Self, #rt::UnknownText> {
                #rt::parse_enum(text)
            }
        }
        #[automatically_derived]
        impl #rt::serde::Serialize for #name {
            fn serialize<S: #rt::serde::Serializer>(&self, to: S) -> #rt::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
        #[automatically_derived]
        impl<'de> #rt::serde::Deserialize<'de> for #name {
            fn deserialize<D: #rt::serde::Deserializer<'de>>(from: D) -> #rt::Result<Self, D::Error> {
                #rt::deserialize_enum(from)
            }
        }
    }
}
