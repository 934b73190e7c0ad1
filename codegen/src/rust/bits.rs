//! Names of single bits of a bitmap: an enum beside the key's type.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::Key;

use super::cx::Cx;
use super::subject::Subject;
use super::{doc, ident};

/// The enum of the bits that have names; nothing where none has.
pub(super) fn emit(cx: Cx<'_>, key: &Key, subject: &Subject<'_>) -> Option<TokenStream> {
    if key.bits.is_empty() {
        return None;
    }
    let (rt, ty) = (cx.rt(), subject.type_name());
    let (name, anonymous) = (format_ident!("{ty}Bit"), subject.arguments(cx, &quote!('_)));
    let docs = doc::own(&format!("The bits of `{}` that have names.", key.name));
    let bits = key.bits.iter().map(|bit| {
        let docs = doc::own(&format!("Bit {}: `{}`.", bit.offset, bit.name));
        let (name, offset) = (ident::camel(&bit.name), Literal::u32_unsuffixed(bit.offset));
        quote!(#docs #name = #offset)
    });
    Some(quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u32)]
        pub enum #name {
            #(#bits),*
        }
        #[automatically_derived]
        impl #rt::BitOffset<#ty #anonymous> for #name {
            fn offset(self) -> u64 {
                self as u64
            }
        }
    })
}
