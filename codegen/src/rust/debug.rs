//! `Debug` that never prints what the schema calls secret.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use redis_schema_model::model::Name;

use super::cx::Cx;

/// The implementation for a struct with the given fields: name, identifier, secret or not.
pub(crate) fn implementation(
    cx: Cx<'_>,
    ty: &TokenStream,
    name: &Name,
    fields: impl Iterator<Item = (String, Ident, bool)>,
) -> TokenStream {
    let rt = cx.rt();
    let name = name.camel();
    let fields = fields.map(|(name, ident, secret)| {
        if secret {
            quote!(.field(#name, &#rt::Redacted))
        } else {
            quote!(.field(#name, &self.#ident))
        }
    });
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#name) #(#fields)* .finish()
            }
        }
    }
}
