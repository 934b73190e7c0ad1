//! Operations over several keys at once: what they write, as one struct.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::{Key, ParamId, Unit};

use super::cx::Cx;
use super::param::{Slot, slots};
use super::{doc, ident, structure};

/// A parameter of a unit: optional where no key needs it.
fn unit_slots<'a>(cx: Cx<'a>, unit: &Unit) -> Vec<Slot<'a>> {
    let mut out: Vec<Slot<'a>> = Vec::new();
    for id in &unit.params {
        let optional = unit
            .writes
            .iter()
            .filter_map(|key| slot_of(cx, &cx.schema[*key], *id))
            .all(|slot| slot.optional);
        out.push(Slot {
            id: *id,
            param: &cx.schema[*id],
            optional,
        });
    }
    out
}

fn slot_of<'a>(cx: Cx<'a>, key: &Key, id: ParamId) -> Option<Slot<'a>> {
    slots(cx, &key.template)
        .into_iter()
        .find(|slot| slot.id == id)
}

/// Name of the field that holds what is written to a key: the key's own, unless a parameter has it.
fn content(slots: &[Slot<'_>], key: &Key) -> Ident {
    let name = ident::snake(&key.name);
    if slots.iter().any(|slot| slot.ident() == name) {
        format_ident!("{}_value", key.name.snake())
    } else {
        name
    }
}

/// The struct inside `mod units`.
pub(crate) fn emit(cx: Cx<'_>, unit: &Unit) -> TokenStream {
    let rt = cx.rt();
    let slots = unit_slots(cx, unit);
    let name = ident::camel(&unit.name);
    let docs = docs(cx, unit);
    let params = slots.iter().map(|slot| slot.field(cx));
    let contents = unit.writes.iter().map(|id| {
        let key = &cx.schema[*id];
        let (name, input) = (content(&slots, key), structure::input(cx, &key.structure));
        let docs = doc::own(&format!("What `{}` gets.", key.name.as_str()));
        quote!(#docs pub #name: &'a #input)
    });
    let writes = unit
        .writes
        .iter()
        .map(|id| write(cx, &slots, &cx.schema[*id]));
    let count = Literal::usize_unsuffixed(unit.writes.len());
    quote! {
        #docs
        #[derive(Clone)]
        pub struct #name<'a> {
            #(#params,)*
            #(#contents,)*
        }
        impl #name<'_> {
            #[doc = " The commands, to run atomically."]
            pub fn commands<X: #rt::Context>(&self, context: X) -> [#rt::Command<(), X>; #count] {
                [#(#writes),*]
            }
        }
        #[automatically_derived]
        impl ::core::fmt::Debug for #name<'_> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(stringify!(#name)).finish_non_exhaustive()
            }
        }
    }
}

fn docs(cx: Cx<'_>, unit: &Unit) -> TokenStream {
    let keys: Vec<_> = unit
        .writes
        .iter()
        .map(|id| format!("`{}`", cx.schema[*id].name.as_str()))
        .collect();
    let summary = format!("Writes {} in one transaction.", keys.join(", "));
    doc::with_summary(unit.about.as_deref(), &summary)
}

/// The command for one key.
fn write(cx: Cx<'_>, unit: &[Slot<'_>], key: &Key) -> TokenStream {
    let rt = cx.rt();
    let ty = ident::camel(&key.name);
    let own = slots(cx, &key.template);
    let value = if own.is_empty() {
        quote!(super::keys::#ty)
    } else {
        let fields = own.iter().map(|slot| {
            let name = slot.ident();
            let from = unit.iter().find(|other| other.id == slot.id);
            let clone = if slot.is_copy(cx) {
                TokenStream::new()
            } else {
                quote!(.clone())
            };
            let value = quote!(self.#name #clone);
            match from {
                Some(from) if slot.optional && !from.optional => {
                    let some = cx.some();
                    quote!(#name: #some(#value))
                }
                _ => quote!(#name: #value),
            }
        });
        quote!(super::keys::#ty { #(#fields),* })
    };
    let content = content(unit, key);
    quote!(#rt::write(#value, context, self.#content))
}

/// The store's method.
pub(crate) fn method(cx: Cx<'_>, unit: &Unit) -> TokenStream {
    let (rt, docs) = (cx.rt(), docs(cx, unit));
    let (function, ty) = (ident::snake(&unit.name), ident::camel(&unit.name));
    quote! {
        #docs
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = " A parameter or value is refused, or the server failed; nothing is written then."]
        pub async fn #function(&self, unit: units::#ty<'_>) -> #rt::Result<()> {
            self.0.atomic(unit.commands(&self.0)).await.map(drop)
        }
    }
}
