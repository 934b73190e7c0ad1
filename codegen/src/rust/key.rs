//! Keys: the type, what it is to the runtime, and the functions that make handles.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::{Durability, Key, KeyId, Schema, Structure};

use super::cx::Cx;
use super::param::{Place, Slot};
use super::subject::{Made, Subject};
use super::{bits, describe, doc, ident, lifetime, slot, structure, unavailable};

/// The keys that code is emitted for: all but those that are only described.
pub(crate) fn generated(schema: &Schema) -> impl Iterator<Item = (KeyId, &Key)> {
    KeyId::each(schema).filter(|(_, key)| !matches!(key.structure, Structure::External(_)))
}

/// Without its descriptions.
fn plain<'a>(cx: Cx<'a>, key: &'a Key) -> Subject<'a> {
    Subject::new(cx, &key.name, &key.template, &key.reserved)
}

fn subject<'a>(cx: Cx<'a>, key: &'a Key) -> Subject<'a> {
    let mut subject = plain(cx, key);
    let summary = describe::key(cx.schema, key);
    subject.document(key.about.as_deref(), &summary);
    subject.deprecated = key.deprecated.as_deref();
    subject
}

/// Of each key that code is emitted for, whether it has the short form.
pub(crate) fn stated(cx: Cx<'_>) -> Vec<bool> {
    let keys = generated(cx.schema);
    keys.map(|(_, key)| simple(key, &plain(cx, key)).is_some())
        .collect()
}

/// What a key is to the runtime in the short form. `index` is its position among the schema's facts.
pub(crate) fn statement(cx: Cx<'_>, index: u16, key: &Key) -> Option<TokenStream> {
    let subject = plain(cx, key);
    let parts = simple(key, &subject)?;
    let (rt, ty) = (cx.rt(), subject.type_name());
    let structure = structure::of(cx, &key.structure);
    let index = Literal::u16_unsuffixed(index);
    Some(quote!(#rt::key!(#index, #ty [#parts], #structure);))
}

/// Everything else of one key: what is inside `mod keys`.
pub(crate) fn emit(cx: Cx<'_>, index: u16, key: &Key) -> TokenStream {
    let rt = cx.rt();
    let subject = subject(cx, key);
    let body = if cx.is_stated(usize::from(index)) {
        subject.declaration(cx, &TokenStream::new())
    } else {
        spelled_out(cx, index, key, &subject)
    };
    let params = params(cx, &subject);
    let made = match slot::family(cx.schema, key) {
        None => Made::plain(quote!(#rt::Handle), quote!(#rt::handle)),
        Some(family) => Made {
            what: quote!(#rt::Handle),
            make: quote!(#rt::Handle::in_slot),
            family: Some(quote!(, #rt::InSlot<super::slots::#family>)),
        },
    };
    let constructor = subject.constructor(cx, &made);
    let expiring = key.field_ttl.as_ref().map(|_| {
        let (name, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
        quote!(impl #rt::FieldsExpire for #name #anonymous {})
    });
    let bits = bits::emit(cx, key, &subject);
    quote!(#body #expiring #params #bits #constructor)
}

/// The key's facts as the schema lists them: a simple key's in full, another's by its type.
pub(crate) fn fact(cx: Cx<'_>, index: u16, key: &Key) -> TokenStream {
    let rt = cx.rt();
    let subject = plain(cx, key);
    if cx.is_stated(usize::from(index)) {
        let (index, details) = (Literal::u16_unsuffixed(index), details(cx, key));
        let (name, template) = (key.name.as_str(), key.template.text.as_str());
        return quote!(#rt::Spec::simple(#index, #name, #template) #details);
    }
    let (ty, fixed) = (subject.type_name(), subject.arguments(cx, &quote!('static)));
    quote!(<keys::#ty #fixed as #rt::Key>::SPEC)
}

/// The store's method.
pub(crate) fn method(cx: Cx<'_>, key: &Key) -> TokenStream {
    let rt = cx.rt();
    let made = match slot::family(cx.schema, key) {
        None => Made::plain(quote!(#rt::On), quote!(#rt::on)),
        Some(family) => Made {
            what: quote!(#rt::OnSlot),
            make: quote!(#rt::Handle::in_slot_of),
            family: Some(quote!(, slots::#family)),
        },
    };
    subject(cx, key).method(cx, &format_ident!("keys"), &made)
}

/// The template's parts for the short form, which also says that the lifetime may be changed.
fn simple(key: &Key, subject: &Subject<'_>) -> Option<TokenStream> {
    subject
        .parts
        .simple()
        .filter(|_| lifetime::is_extendable(&key.lifetime))
}

/// The type and its traits in full.
fn spelled_out(cx: Cx<'_>, index: u16, key: &Key, subject: &Subject<'_>) -> TokenStream {
    let rt = cx.rt();
    let definition = subject.definition(cx);
    let (ty, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
    let structure = structure::of(cx, &key.structure);
    let (name, template) = (key.name.as_str(), key.template.text.as_str());
    let (index, segments) = (Literal::u16_unsuffixed(index), subject.parts.constant());
    let details = details(cx, key);
    let conversions = subject.conversions(cx);
    let extendable = lifetime::is_extendable(&key.lifetime)
        .then(|| quote!(impl #rt::Extendable for #ty #anonymous {}));
    quote! {
        #definition
        impl #rt::Key for #ty #anonymous {
            type Structure = #structure;
            type Schema = super::Schema;
            const SPEC: #rt::Spec = #rt::Spec::new(#index, #name, #template, #segments) #details;
            #conversions
        }
        #extendable
    }
}

/// Calls on the facts for what is not as it is by default.
fn details(cx: Cx<'_>, key: &Key) -> TokenStream {
    let database = match cx.schema[key.database].index {
        0 => TokenStream::new(),
        index => {
            let index = Literal::u16_unsuffixed(index);
            quote!(.database(#index))
        }
    };
    let prefix = Subject::prefix(cx, &key.prefix);
    let lifetime = lifetime::call(cx, &key.lifetime);
    let fields = key.field_ttl.as_ref().map(|expiry| {
        let lifetime = lifetime::of_field(cx, expiry);
        quote!(.field_lifetime(#lifetime))
    });
    let unavailable = unavailable::call(cx, key);
    let replica = key.replica_ok.then(|| quote!(.replica_ok()));
    let durable = (key.durability == Some(Durability::Durable)).then(|| quote!(.durable()));
    quote!(#database #prefix #lifetime #fields #unavailable #replica #durable)
}

/// The parameters as constants, for scans of keys of which some are known.
fn params(cx: Cx<'_>, subject: &Subject<'_>) -> Option<TokenStream> {
    if subject.slots().len() < 2 {
        return None;
    }
    let (ty, fixed) = (subject.type_name(), subject.arguments(cx, &quote!('static)));
    let params = subject.slots().iter().map(|slot| param(cx, subject, slot));
    Some(quote! {
        impl #ty #fixed {
            #(#params)*
        }
    })
}

fn param(cx: Cx<'_>, subject: &Subject<'_>, slot: &Slot<'_>) -> TokenStream {
    let (rt, some) = (cx.rt(), cx.some());
    let docs = doc::own(&format!(
        "Picks keys by their `{}`.",
        slot.param.name.as_str()
    ));
    let (constant, name) = (ident::upper(&slot.param.name), slot.param.name.as_str());
    let ty = slot.value_type(cx, &quote!('static));
    let field = slot.ident();
    let write = slot.write(
        cx,
        &Place::Reference(format_ident!("value")),
        subject.parts.stop(slot.id),
    );
    let read = if slot.optional {
        quote!(key.#field.as_ref())
    } else {
        quote!(#some(&key.#field))
    };
    quote! {
        #docs
        pub const #constant: #rt::Param<Self, #ty> =
            #rt::Param::new(#name, |out, value| { #write }, |key| #read);
    }
}
