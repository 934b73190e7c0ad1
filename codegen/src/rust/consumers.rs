//! Groups of consumers: a type for each, with what the schema says of it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{
    Acknowledge, ConsumerGroup, GiveUp, GroupStart, Key, Schema, Structure,
};

use super::cx::Cx;
use super::param::{Slot, arguments, slots};
use super::{describe, doc, ident, key, structure};

/// The groups of a key's stream.
pub(crate) fn groups(key: &Key) -> &[ConsumerGroup] {
    match &key.structure {
        Structure::Stream { groups, .. } => groups,
        _ => &[],
    }
}

/// The streams that are read by groups.
pub(super) fn streams(schema: &Schema) -> impl Iterator<Item = &Key> {
    key::generated(schema)
        .map(|(_, key)| key)
        .filter(|key| !groups(key).is_empty())
}

/// The module of one stream inside `mod consumers`.
pub(super) fn emit(cx: Cx<'_>, key: &Key) -> TokenStream {
    let (name, docs) = (ident::snake(&key.name), doc::own(&words(key)));
    let groups = groups(key).iter().map(|group| one(cx, key, group));
    quote! {
        #docs
        pub mod #name {
            #(#groups)*
        }
    }
}

fn words(key: &Key) -> String {
    format!("Those of `{}`.", key.name.as_str())
}

fn one(cx: Cx<'_>, key: &Key, group: &ConsumerGroup) -> TokenStream {
    let rt = cx.rt();
    let summary = describe::consumer_group(cx.schema, group);
    let (docs, ty) = (
        doc::line(group.about.as_deref(), &summary),
        ident::camel(&group.name),
    );
    let generics = arguments(cx, &slots(cx, &key.template), &quote!('a));
    let stream = ident::camel(&key.name);
    let stream = quote!(super::super::keys::#stream #generics);
    let policy = policy(cx, group);
    let dead = group
        .gives_up
        .as_ref()
        .map(|gives_up| dead_letter(cx, key, gives_up, &stream));
    let acknowledges = group.ack == Acknowledge::After;
    let marks = [
        (acknowledges, quote!(Acknowledges)),
        (group.min_idle_ms.is_some(), quote!(Reclaims)),
        (group.heartbeat_ms.is_some(), quote!(Beats)),
        (group.gives_up.is_some(), quote!(Buries)),
    ];
    let marks = marks.into_iter().filter(|(holds, _)| *holds);
    let marks = marks.map(|(_, mark)| quote!(impl #generics #rt::#mark<#stream> for #ty {}));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #ty;
        impl #generics #rt::ConsumerGroup<#stream> for #ty {
            const POLICY: #rt::GroupPolicy = #policy;
            #dead
        }
        #(#marks)*
    }
}

fn policy(cx: Cx<'_>, group: &ConsumerGroup) -> TokenStream {
    let (rt, name) = (cx.rt(), group.name.as_str());
    let start = (group.start == GroupStart::New).then(|| quote!(.start_new()));
    let ack = (group.ack == Acknowledge::Before).then(|| quote!(.ack_before()));
    let idle = group.min_idle_ms.map(|millis| {
        let millis = Literal::u64_unsuffixed(millis);
        quote!(.min_idle_ms(#millis))
    });
    let heartbeat = group.heartbeat_ms.map(|millis| {
        let millis = Literal::u64_unsuffixed(millis);
        quote!(.heartbeat_ms(#millis))
    });
    let gives_up = group.gives_up.as_ref().map(|it| {
        let most = Literal::u64_unsuffixed(it.max_deliveries);
        let rule = match &cx.schema[it.dead_letter].structure {
            Structure::Stream { trim, .. } => structure::trim_rule(cx, *trim),
            _ => structure::trim_rule(cx, None),
        };
        quote!(.gives_up(#most, #rule))
    });
    quote!(#rt::GroupPolicy::new(#name) #start #ack #idle #heartbeat #gives_up)
}

/// The method that names the stream of the dead letters, by the placeholders of the stream itself.
fn dead_letter(cx: Cx<'_>, key: &Key, gives_up: &GiveUp, stream: &TokenStream) -> TokenStream {
    let rt = cx.rt();
    let dead = &cx.schema[gives_up.dead_letter];
    let own = slots(cx, &key.template);
    let fields = slots(cx, &dead.template)
        .iter()
        .map(|slot| field(cx, slot, &own))
        .collect::<Vec<_>>();
    let ty = ident::camel(&dead.name);
    // What has no placeholders needs nothing of the stream.
    let (from, value) = match fields.is_empty() {
        true => (quote!(_), quote!(super::super::keys::#ty {})),
        false => (
            quote!(key),
            quote!(super::super::keys::#ty { #(#fields),* }),
        ),
    };
    quote! {
        fn dead_letter<X: #rt::Context>(#from: &#stream, context: X, out: &mut #rt::OperandList) {
            #rt::dead_letter(#value, context, out);
        }
    }
}

fn field(cx: Cx<'_>, slot: &Slot<'_>, own: &[Slot<'_>]) -> TokenStream {
    let name = slot.ident();
    let value = match slot.is_copy(cx) {
        true => quote!(key.#name),
        false => quote!(key.#name.clone()),
    };
    let may_lack = own
        .iter()
        .any(|other| other.id == slot.id && other.optional);
    if slot.optional && !may_lack {
        let some = cx.some();
        return quote!(#name: #some(#value));
    }
    quote!(#name: #value)
}
