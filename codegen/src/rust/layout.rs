//! Layouts: the parameters that keys have in common, as one type for all of them. A key names its layout and says what
//! is its own; what it costs the compiler is thereby a few words instead of a type with its implementations.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Key, ParamId, Schema, Segment};

use super::cx::Cx;
use super::param::{self, Place, Slot};
use super::template::stop;
use super::{debug, doc, ident, key, position, structure};

/// The layouts of a schema, and which key has which.
#[derive(Default)]
pub(crate) struct Layouts {
    all: Vec<Layout>,
    /// By key that code is emitted for; none for one whose type is its own.
    of_key: Vec<Option<usize>>,
}

/// Placeholders between texts.
pub(crate) struct Layout {
    name: String,
    params: Vec<Placeholder>,
}

/// A placeholder, with the first byte of the text behind it where that decides how it is read.
type Placeholder = (ParamId, Option<u8>);

impl Layouts {
    pub(crate) fn of(schema: &Schema) -> Self {
        let mut layouts = Self::default();
        let mut known: HashMap<Vec<Placeholder>, usize> = HashMap::new();
        // Of the kind.
        let mut taken = BTreeSet::from(["K".to_owned()]);
        for (_, key) in key::generated(schema) {
            let place = placeholders(schema, key).map(|params| {
                *known.entry(params).or_insert_with_key(|params| {
                    let name = unique(&mut taken, &name(schema, params));
                    let params = params.clone();
                    layouts.all.push(Layout { name, params });
                    layouts.all.len() - 1
                })
            });
            layouts.of_key.push(place);
        }
        layouts
    }

    /// The layout of the key at this position among those that code is emitted for.
    pub(crate) fn get(&self, position: usize) -> Option<&Layout> {
        self.all.get((*self.of_key.get(position)?)?)
    }

    /// How many keys have one.
    pub(crate) fn keys(&self) -> usize {
        self.of_key.iter().flatten().count()
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|layout| layout.name.as_str())
    }
}

/// The placeholders of a key that can share its type: its parameters stand between texts, none is optional or has words
/// it may not take, and accessors may change its lifetime.
fn placeholders(schema: &Schema, key: &Key) -> Option<Vec<Placeholder>> {
    if !key.reserved.is_empty() || !key.is_extendable() {
        return None;
    }
    let segments = &key.template.segments;
    let mut found: Vec<Placeholder> = Vec::new();
    for (at, segment) in segments.iter().enumerate() {
        match segment {
            Segment::Literal(_) => {}
            Segment::Param(id) if found.iter().any(|(other, _)| other == id) => return None,
            Segment::Param(id) => {
                let after = segments.get(at + 1..).unwrap_or_default();
                let stop = param::ends_at_text(&schema[*id]).then(|| stop(after, &[]));
                found.push((*id, stop.flatten()));
            }
            Segment::Optional(_) => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}

/// `JobIdAndFileId`.
fn name(schema: &Schema, params: &[Placeholder]) -> String {
    let names: Vec<String> = params
        .iter()
        .map(|(id, _)| schema[*id].name.camel())
        .collect();
    names.join("And")
}

fn unique(taken: &mut BTreeSet<String>, name: &str) -> String {
    let numbered = (2..).map(|number| format!("{name}{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    let free = names.find(|name| !taken.contains(name));
    let free = free.unwrap_or_else(|| name.to_owned());
    taken.insert(free.clone());
    free
}

/// The texts around a key's placeholders, the last one included.
fn texts(key: &Key) -> Vec<&str> {
    let mut texts = vec![""];
    for segment in &key.template.segments {
        match (segment, texts.last_mut()) {
            (Segment::Literal(text), Some(last)) => *last = text,
            _ => texts.push(""),
        }
    }
    texts
}

/// What is the own of some of the keys that have a layout, inside `mod kinds`.
pub(super) fn kinds(cx: Cx<'_>, skip: usize, take: usize) -> TokenStream {
    let keys = key::generated(cx.schema).enumerate();
    let shared = keys.filter(|(at, _)| cx.layouts().get(*at).is_some());
    let shared = shared.skip(skip).take(take);
    shared
        .map(|(at, (_, key))| kind(cx, position(at), key))
        .collect()
}

fn kind(cx: Cx<'_>, index: u16, key: &Key) -> TokenStream {
    let (rt, name) = (cx.rt(), ident::camel(&key.name));
    let structure = structure::of(cx, key);
    let (index, texts) = (Literal::u16_unsuffixed(index), texts(key));
    quote! {
        pub enum #name {}
        impl #rt::Kind for #name {
            type Structure = #structure;
            type Schema = super::Schema;
            const INDEX: usize = #index;
            const TEXTS: &'static [&'static str] = &[#(#texts),*];
        }
    }
}

/// Some of the types inside `mod params`.
pub(super) fn emit(cx: Cx<'_>, skip: usize, take: usize) -> TokenStream {
    let layouts = cx.layouts().all.iter().skip(skip).take(take);
    layouts.map(|layout| layout.emit(cx)).collect()
}

impl Layout {
    pub(crate) fn name(&self) -> Ident {
        ident::ident(&self.name)
    }

    fn slots<'a>(&self, cx: Cx<'a>) -> Vec<Slot<'a>> {
        let slots = self.params.iter().map(|(id, _)| Slot {
            id: *id,
            param: &cx.schema[*id],
            optional: false,
        });
        slots.collect()
    }

    fn emit(&self, cx: Cx<'_>) -> TokenStream {
        let slots = self.slots(cx);
        let borrows = slots.iter().any(|slot| slot.borrows(cx));
        let name = self.name();
        let ty = |lifetime: TokenStream| match borrows {
            true => quote!(#name<#lifetime, K>),
            false => quote!(#name<K>),
        };
        let (definition, key) = (self.definition(cx, &slots, borrows), self.key(cx, &slots));
        let (rt, anonymous) = (cx.rt(), ty(quote!('_)));
        let traits = traits(cx, &slots, &anonymous);
        let fixed = ty(quote!('static));
        let stops = self.params.iter().map(|(_, stop)| *stop);
        let params = param::constants(
            cx,
            &quote!(impl<K: #rt::Kind> #fixed),
            slots.iter().zip(stops),
        );
        quote! {
            #definition
            impl<K: #rt::Kind> #rt::Key for #anonymous {
                #key
            }
            impl<K: #rt::Kind> #rt::Extendable for #anonymous {}
            #traits
            #params
        }
    }

    fn definition(&self, cx: Cx<'_>, slots: &[Slot<'_>], borrows: bool) -> TokenStream {
        let (rt, name) = (cx.rt(), self.name());
        let words: Vec<String> = slots
            .iter()
            .map(|slot| doc::code(slot.param.name.as_str()))
            .collect();
        let docs = doc::own(&format!("Any key by {}.", words.join(" and ")));
        let generics = if borrows { quote!('a, K) } else { quote!(K) };
        let fields = slots.iter().map(|slot| {
            let (docs, field) = (slot.docs(), slot.ident());
            let ty = slot.field_type(cx, &quote!('a));
            quote!(#docs pub #field: #rt::Of<K, #ty>)
        });
        quote! {
            #docs
            pub struct #name<#generics> { #(#fields),* }
        }
    }

    /// What the trait asks for.
    fn key(&self, cx: Cx<'_>, slots: &[Slot<'_>]) -> TokenStream {
        let (rt, option, some) = (cx.rt(), cx.option(), cx.some());
        let reader = param::reader(slots);
        let (mut writes, mut reads, mut fields) = (Vec::new(), Vec::new(), Vec::new());
        for (at, (slot, (_, stop))) in slots.iter().zip(&self.params).enumerate() {
            let (at, field) = (Literal::usize_unsuffixed(at), slot.ident());
            let write = slot.write(cx, &Place::Field(field.clone()), *stop);
            writes.push(quote!(out.literal(K::TEXTS[#at]); #write));
            let read = slot.read(cx, &reader, *stop);
            reads.push(quote!(#reader.literal(K::TEXTS[#at])?; let #field = #read?;));
            fields.push(field);
        }
        let last = Literal::usize_unsuffixed(slots.len());
        quote! {
            type Structure = K::Structure;
            type Schema = K::Schema;
            const INDEX: usize = K::INDEX;
            fn write(&self, out: &mut #rt::KeyBuf) {
                #(#writes)*
                out.literal(K::TEXTS[#last]);
            }
            fn read(#reader: &mut #rt::KeyParser<'_>) -> #option<Self> {
                #(#reads)*
                #reader.literal(K::TEXTS[#last])?;
                #some(Self { #(#fields),* })
            }
        }
    }
}

/// What a derive would make, without asking it of the kind too.
fn traits(cx: Cx<'_>, slots: &[Slot<'_>], ty: &TokenStream) -> TokenStream {
    let rt = cx.rt();
    let fields: Vec<Ident> = slots.iter().map(Slot::ident).collect();
    let copied = slots.iter().all(|slot| slot.is_copy(cx));
    let copy = copied.then(|| quote!(impl<K> ::core::marker::Copy for #ty {}));
    let clone = if copied {
        quote!(*self)
    } else {
        quote!(Self { #(#fields: ::core::clone::Clone::clone(&self.#fields)),* })
    };
    let shown = slots.iter().map(Slot::shown);
    let target = (quote!(<K>), ty.clone());
    let debug = debug::shown_as(cx, &target, &quote!(#rt::kind_name::<K>()), shown);
    quote! {
        #copy
        #[automatically_derived]
        impl<K> ::core::clone::Clone for #ty {
            fn clone(&self) -> Self {
                #clone
            }
        }
        #[automatically_derived]
        impl<K> ::core::cmp::PartialEq for #ty {
            fn eq(&self, other: &Self) -> bool {
                #(self.#fields == other.#fields)&&*
            }
        }
        #debug
    }
}

/// Whether a key's template shows its parts, so that its text is all there is to say of them.
pub(crate) fn shows_parts(key: &Key) -> bool {
    key.template.segments.iter().all(|segment| match segment {
        Segment::Literal(text) => !text.contains(['{', '}', '[', ']']),
        Segment::Param(_) => true,
        Segment::Optional(_) => false,
    })
}
