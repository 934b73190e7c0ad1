//! The parts of the schema's module in order. Long ones can be made piece by piece: each of their items is
//! independent of all others.

use std::ops::Range;

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_model::model::Schema;

use super::cx::{Cx, Facts, Place};
use super::{
    cache, channel, consumers, doc, group, ident, key, layout, position, schema, slot, store,
    types, unit,
};

/// A part of the schema's module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// The runtime in scope.
    Runtime,
    /// The schema's own types.
    Types,
    /// The schema and its facts.
    Schema,
    /// The store.
    Store,
    /// The store's methods.
    Methods,
    /// The module of families of slots, of keys, and so on.
    Slots,
    /// The parameters that keys have in common, and what is each key's own.
    Params,
    Kinds,
    Keys,
    Tags,
    Consumers,
    Channels,
    Units,
    Groups,
}

impl Section {
    pub(super) const ALL: [Self; 14] = [
        Self::Runtime,
        Self::Types,
        Self::Schema,
        Self::Store,
        Self::Methods,
        Self::Slots,
        Self::Params,
        Self::Kinds,
        Self::Keys,
        Self::Tags,
        Self::Consumers,
        Self::Channels,
        Self::Units,
        Self::Groups,
    ];

    /// How many items it has.
    pub(super) fn len(self, schema: &Schema, facts: &Facts) -> usize {
        match self {
            Self::Runtime | Self::Types | Self::Schema | Self::Store => 1,
            Self::Methods => [Self::Keys, Self::Channels, Self::Units, Self::Groups]
                .iter()
                .map(|section| section.len(schema, facts))
                .sum(),
            Self::Slots => facts.families.count(),
            Self::Params => facts.layouts.len(),
            Self::Kinds => facts.layouts.keys(),
            Self::Keys => key::generated(schema).count(),
            Self::Tags => cache::caches(schema).count(),
            Self::Consumers => consumers::streams(schema).count(),
            Self::Channels => schema.channels.len(),
            Self::Units => schema.units.len(),
            Self::Groups => schema.groups.len(),
        }
    }

    /// Some of its items with what stands around them all; nothing for a section without items.
    pub(super) fn emit(
        self,
        schema: &Schema,
        facts: &Facts,
        support: &TokenStream,
        range: Range<usize>,
    ) -> TokenStream {
        if self.len(schema, facts) == 0 {
            return TokenStream::new();
        }
        let place = match self {
            Self::Runtime | Self::Types | Self::Schema | Self::Store | Self::Methods => {
                Place::root()
            }
            Self::Consumers => Place::inner(),
            Self::Slots
            | Self::Params
            | Self::Kinds
            | Self::Keys
            | Self::Tags
            | Self::Channels
            | Self::Units
            | Self::Groups => Place::nested(),
        };
        let items = self.items(Cx::new(schema, facts, &place), range);
        self.around(support, &items)
    }

    fn around(self, support: &TokenStream, items: &TokenStream) -> TokenStream {
        match self {
            Self::Runtime => quote!(use #support as rt;),
            Self::Types | Self::Schema | Self::Store => items.clone(),
            Self::Methods => quote!(impl Store { #items }),
            Self::Slots => module(
                "slots",
                "By what the cluster slot of each kind of key is decided: kinds that differ run together nowhere.",
                items,
            ),
            Self::Params => module(
                "params",
                "The types of keys, by their parameters: keys with the same ones share a type.",
                items,
            ),
            Self::Kinds => quote! {
                #[doc = " What differs between keys with the same parameters."]
                mod kinds {
                    use super::rt;
                    #items
                }
            },
            Self::Keys => module(
                "keys",
                "The keys, without a store: for batches and redis-rs connections.",
                items,
            ),
            Self::Tags => {
                let words = "What the tags of caches carry that the caches' keys do not.";
                let docs = doc::own(words);
                quote! {
                    #docs
                    pub mod tags {
                        #[allow(unused_imports)]
                        use super::rt;
                        #items
                    }
                }
            }
            Self::Consumers => {
                let docs = doc::own("Groups of consumers, by the stream that they read.");
                quote!(#docs pub mod consumers { #items })
            }
            Self::Channels => module("channels", "The channels, without a store.", items),
            Self::Units => module("units", "Operations over several keys at once.", items),
            Self::Groups => module("groups", "Keys that share a parameter.", items),
        }
    }

    fn items(self, cx: Cx<'_>, range: Range<usize>) -> TokenStream {
        let schema = cx.schema;
        let (skip, take) = (range.start, range.len());
        match self {
            Self::Runtime => TokenStream::new(),
            Self::Types => types::emit(cx),
            Self::Schema => schema::emit(cx),
            Self::Store => store::emit(cx),
            Self::Methods => methods(cx, skip, take),
            Self::Slots => slot::emit(cx, skip, take),
            Self::Params => layout::emit(cx, skip, take),
            Self::Kinds => layout::kinds(cx, skip, take),
            Self::Keys => {
                let keys = key::generated(schema).enumerate().skip(skip).take(take);
                keys.map(|(index, (_, it))| key::emit(cx, position(index), it))
                    .collect()
            }
            Self::Tags => {
                let caches = cache::caches(schema).skip(skip).take(take);
                caches
                    .map(|(key, given)| cache::emit(cx, key, &given))
                    .collect()
            }
            Self::Consumers => {
                let streams = consumers::streams(schema).skip(skip).take(take);
                streams.map(|it| consumers::emit(cx, it)).collect()
            }
            Self::Channels => {
                let first = key::generated(schema).count();
                let channels = schema.channels.iter().enumerate().skip(skip).take(take);
                channels
                    .map(|(index, it)| channel::emit(cx, position(first + index), it))
                    .collect()
            }
            Self::Units => {
                let units = schema.units.iter().skip(skip).take(take);
                units.map(|it| unit::emit(cx, it)).collect()
            }
            Self::Groups => {
                let groups = schema.groups.iter().skip(skip).take(take);
                groups.map(|it| group::emit(cx, it)).collect()
            }
        }
    }
}

/// The store's methods: those of keys, channels, units and groups.
fn methods(cx: Cx<'_>, skip: usize, take: usize) -> TokenStream {
    /// One thing that the store has a method for.
    type Method<'a> = Box<dyn Fn() -> TokenStream + 'a>;
    let schema = cx.schema;
    let keys = key::generated(schema)
        .map(|(_, it)| -> Method<'_> { Box::new(move || key::method(cx, it)) });
    let channels = schema
        .channels
        .iter()
        .map(|it| -> Method<'_> { Box::new(move || channel::method(cx, it)) });
    let units = schema
        .units
        .iter()
        .map(|it| -> Method<'_> { Box::new(move || unit::method(cx, it)) });
    let groups = schema
        .groups
        .iter()
        .map(|it| -> Method<'_> { Box::new(move || group::method(cx, it)) });
    let all = keys.chain(channels).chain(units).chain(groups);
    all.skip(skip).take(take).map(|method| method()).collect()
}

/// A public module with the support module in scope.
fn module(name: &str, words: &str, items: &TokenStream) -> TokenStream {
    let (name, docs) = (ident::ident(name), doc::own(words));
    quote! {
        #docs
        pub mod #name {
            use super::rt;
            #items
        }
    }
}
