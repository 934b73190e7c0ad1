//! Keys: the type, what it is to the runtime, and the functions that make handles.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::{Durability, Key, KeyId, Schema, Structure};

use super::cx::Cx;
use super::layout::{self, Layout};
use super::subject::{Made, Subject};
use super::{
    bits, cache, describe, hold, lifetime, limit, param, progress, queue, session, slot, structure,
    unavailable, work,
};

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

/// One key inside `mod keys`: its type, and the function that makes one.
pub(crate) fn emit(cx: Cx<'_>, index: u16, key: &Key) -> TokenStream {
    let rt = cx.rt();
    let subject = subject(cx, key);
    let body = match cx.layouts().get(usize::from(index)) {
        Some(layout) => alias(cx, layout, &subject),
        None => spelled_out(cx, index, key, &subject),
    };
    let made = match slot::family(cx, key) {
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
    let queue = queue::marks(cx, key, &subject);
    let limits = limit::marks(cx, key, &subject);
    let held = hold::rule(cx, key, &subject);
    let tags = cache::rule(cx, key, &subject);
    let work = work::emit(cx, key, &subject);
    let session = session::rule(cx, key, &subject);
    let progress = progress::rule(cx, key, &subject);
    quote!(#body #expiring #queue #tags #session #held #work #progress #bits #limits #constructor)
}

/// The type of a key that shares its parameters with others.
fn alias(cx: Cx<'_>, layout: &Layout, subject: &Subject<'_>) -> TokenStream {
    let (docs, name, shared) = (&subject.docs, subject.type_name(), layout.name());
    let generics = subject.generics(cx);
    let argument = generics.as_ref().map(|_| quote!('a,));
    quote! {
        #docs
        pub type #name #generics = super::params::#shared<#argument super::kinds::#name>;
    }
}

/// The key's facts as the schema lists them: in full where its type is shared, else by its type.
pub(crate) fn fact(cx: Cx<'_>, index: u16, key: &Key) -> TokenStream {
    let rt = cx.rt();
    let subject = plain(cx, key);
    if cx.layouts().get(usize::from(index)).is_some() {
        return facts(cx, index, key, &subject);
    }
    let (ty, fixed) = (subject.type_name(), subject.arguments(cx, &quote!('static)));
    quote!(<keys::#ty #fixed as #rt::Key>::SPEC)
}

/// The facts as an expression.
fn facts(cx: Cx<'_>, index: u16, key: &Key, subject: &Subject<'_>) -> TokenStream {
    let rt = cx.rt();
    let (index, details) = (Literal::u16_unsuffixed(index), details(cx, key));
    let (name, template) = (key.name.as_str(), key.template.text.as_str());
    if layout::shows_parts(key) {
        return quote!(#rt::Spec::simple(#index, #name, #template) #details);
    }
    let segments = subject.parts.constant();
    quote!(#rt::Spec::new(#index, #name, #template, #segments) #details)
}

/// The store's method.
pub(crate) fn method(cx: Cx<'_>, key: &Key) -> TokenStream {
    let rt = cx.rt();
    let made = match slot::family(cx, key) {
        None => Made::plain(quote!(#rt::On), quote!(#rt::on)),
        Some(family) => Made {
            what: quote!(#rt::OnSlot),
            make: quote!(#rt::Handle::in_slot_of),
            family: Some(quote!(, slots::#family)),
        },
    };
    subject(cx, key).method(cx, &format_ident!("keys"), &made)
}

/// The type and its traits in full.
fn spelled_out(cx: Cx<'_>, index: u16, key: &Key, subject: &Subject<'_>) -> TokenStream {
    let rt = cx.rt();
    let definition = subject.definition(cx);
    let (ty, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
    let structure = structure::of(cx, key);
    let facts = facts(cx, index, key, subject);
    let (conversions, params) = (subject.conversions(cx), params(cx, subject));
    let extendable = key
        .is_extendable()
        .then(|| quote!(impl #rt::Extendable for #ty #anonymous {}));
    quote! {
        #definition
        impl #rt::Key for #ty #anonymous {
            type Structure = #structure;
            type Schema = super::Schema;
            const SPEC: #rt::Spec = #facts;
            #conversions
        }
        #extendable
        #params
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
    let cache = cache::policy(cx, key);
    quote!(#database #prefix #lifetime #fields #unavailable #replica #durable #cache)
}

/// The parameters as constants, for scans of keys of which some are known.
fn params(cx: Cx<'_>, subject: &Subject<'_>) -> Option<TokenStream> {
    let (ty, fixed) = (subject.type_name(), subject.arguments(cx, &quote!('static)));
    let slots = subject.slots().iter();
    let slots = slots.map(|slot| (slot, subject.parts.stop(slot.id)));
    param::constants(cx, &quote!(impl #ty #fixed), slots)
}
