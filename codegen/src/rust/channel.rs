//! Channels: the type, what it is to the runtime, and the functions that make handles.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::Channel;

use super::cx::Cx;
use super::subject::{Made, Subject};
use super::{codec, describe, slot};

fn subject<'a>(cx: Cx<'a>, channel: &'a Channel) -> Subject<'a> {
    let mut subject = Subject::new(cx, &channel.name, &channel.template, &[]);
    let summary = describe::channel(cx.schema, channel);
    subject.document(channel.about.as_deref(), &summary);
    subject
}

/// Everything of one channel inside `mod channels`. `index` is its position among the schema's facts.
pub(crate) fn emit(cx: Cx<'_>, index: u16, channel: &Channel) -> TokenStream {
    let rt = cx.rt();
    let subject = subject(cx, channel);
    let definition = subject.definition(cx);
    let implementation = implementation(cx, index, channel, &subject);
    let made = match slot::of_channel(cx, channel) {
        None => Made::plain(quote!(#rt::Channel), quote!(#rt::Channel::new)),
        Some(family) => Made {
            what: quote!(#rt::Channel),
            make: quote!(#rt::Channel::in_slot),
            family: Some(quote!(, #rt::InSlot<super::slots::#family>)),
        },
    };
    let constructor = subject.constructor(cx, &made);
    quote!(#definition #implementation #constructor)
}

/// The store's method.
pub(crate) fn method(cx: Cx<'_>, channel: &Channel) -> TokenStream {
    let rt = cx.rt();
    let made = match slot::of_channel(cx, channel) {
        None => Made::plain(quote!(#rt::ChannelOn), quote!(#rt::Channel::with)),
        Some(family) => Made {
            what: quote!(#rt::ChannelOnSlot),
            make: quote!(#rt::Channel::in_slot_of),
            family: Some(quote!(, slots::#family)),
        },
    };
    subject(cx, channel).method(cx, &format_ident!("channels"), &made)
}

fn implementation(cx: Cx<'_>, index: u16, channel: &Channel, subject: &Subject<'_>) -> TokenStream {
    let rt = cx.rt();
    let (ty, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
    let message = codec::of(cx, &channel.message);
    let conversions = subject.conversions(cx);
    let (name, template) = (channel.name.as_str(), channel.template.text.as_str());
    let (index, segments) = (Literal::u16_unsuffixed(index), subject.parts.constant());
    let prefix = Subject::prefix(cx, &channel.prefix);
    let sharded = channel.sharded.then(|| {
        quote!(
            const SHARDED: bool = true;
        )
    });
    quote! {
        impl #rt::Topic for #ty #anonymous {
            type Message = #message;
            type Schema = super::Schema;
            const SPEC: #rt::Spec = #rt::Spec::new(#index, #name, #template, #segments).channel() #prefix;
            #sharded
            #conversions
        }
    }
}
