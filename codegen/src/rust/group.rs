//! Groups: every key that carries one parameter.

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_model::model::{Group, Key};

use super::cx::Cx;
use super::param::{Slot, slots};
use super::{doc, ident, slot};

fn slot<'a>(cx: Cx<'a>, group: &Group) -> Slot<'a> {
    Slot {
        id: group.by,
        param: &cx.schema[group.by],
        optional: false,
    }
}

fn docs(cx: Cx<'_>, group: &Group) -> TokenStream {
    let by = cx.schema[group.by].name.as_str();
    let members: Vec<_> = group
        .members
        .iter()
        .map(|id| format!("`{}`", cx.schema[*id].name.as_str()))
        .collect();
    let summary = format!("Keys that carry the same `{by}`: {}.", members.join(", "));
    let spread = slot::spread(cx.schema, group).map(|words| format!("\n\n{words}"));
    let summary = summary + &spread.unwrap_or_default();
    doc::with_summary(group.about.as_deref(), &summary)
}

/// The struct inside `mod groups`.
pub(crate) fn emit(cx: Cx<'_>, group: &Group) -> TokenStream {
    let rt = cx.rt();
    let slot = slot(cx, group);
    let name = ident::camel(&group.name);
    let docs = docs(cx, group);
    let generics = slot.borrows(cx).then(|| quote!(<'a>));
    let anonymous = slot.borrows(cx).then(|| quote!(<'_>));
    let copy = slot.is_copy(cx).then(|| quote!(Copy,));
    let (show, debug) = if slot.param.secret {
        let field = (slot.param.name.as_str().to_owned(), slot.ident(), true);
        let ty = quote!(#name #anonymous);
        let debug = super::debug::implementation(cx, &ty, &group.name, std::iter::once(field));
        (None, Some(debug))
    } else {
        (Some(quote!(Debug,)), None)
    };
    let field = slot.field(cx);
    let members = group
        .members
        .iter()
        .map(|id| member(cx, &slot, &cx.schema[*id]));
    quote! {
        #docs
        #[derive(Clone, #copy #show PartialEq)]
        pub struct #name #generics {
            #field,
        }
        #debug
        impl #rt::Group for #name #anonymous {
            type Schema = super::Schema;
            fn members(&self, out: &mut #rt::Members<'_>) {
                #(#members)*
            }
        }
    }
}

fn member(cx: Cx<'_>, by: &Slot<'_>, key: &Key) -> TokenStream {
    let own = slots(cx, &key.template);
    let (ty, name) = (ident::camel(&key.name), by.ident());
    let value = if by.is_copy(cx) {
        quote!(self.#name)
    } else {
        quote!(self.#name.clone())
    };
    match own.as_slice() {
        [slot] => {
            let value = if slot.optional {
                let some = cx.some();
                quote!(#some(#value))
            } else {
                value
            };
            quote!(out.exact(&super::keys::#ty { #name: #value });)
        }
        _ => {
            let constant = ident::upper(&by.param.name);
            let value = by.fixed(cx, value);
            quote!(out.matching(super::keys::#ty::#constant.is(#value));)
        }
    }
}

/// The store's method.
pub(crate) fn method(cx: Cx<'_>, group: &Group) -> TokenStream {
    let (rt, docs, slot) = (cx.rt(), docs(cx, group), slot(cx, group));
    let (function, ty) = (ident::snake(&group.name), ident::camel(&group.name));
    let generics = slot.borrows(cx).then(|| quote!(<'a>));
    let arguments = slot.borrows(cx).then(|| quote!(<'a>));
    let (argument, value) = (slot.argument(cx), slot.filled(cx));
    quote! {
        #docs
        pub fn #function #generics(&self, #argument) -> #rt::GroupHandle<'_, groups::#ty #arguments> {
            #rt::GroupHandle::new(&self.0, groups::#ty { #value })
        }
    }
}
