//! Families of cluster slots: by what the slot of each kind of key, and of each sharded channel, is decided, where
//! they live in a cluster.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::{Channel, Group, HashTag, Key, Name, Schema, Template, Topology};

use super::cx::Cx;
use super::{doc, ident, key};

/// What lies in a slot: a key, or a sharded channel.
#[derive(Clone, Copy)]
struct Lies<'a> {
    name: &'a Name,
    template: &'a Template,
}

impl<'a> Lies<'a> {
    fn key(key: &'a Key) -> Self {
        let (name, template) = (&key.name, &key.template);
        Self { name, template }
    }

    fn channel(channel: &'a Channel) -> Self {
        let (name, template) = (&channel.name, &channel.template);
        Self { name, template }
    }

    /// All that code is emitted for, keys first.
    fn all(schema: &'a Schema) -> impl Iterator<Item = Self> {
        let keys = key::generated(schema).map(|(_, key)| Self::key(key));
        let channels = schema.channels.iter().filter(|channel| channel.sharded);
        keys.chain(channels.map(Self::channel))
    }
}

/// What is known of the families of a schema: found once, asked for by every key.
#[derive(Default)]
pub(super) struct Families {
    /// The tags that more than a placeholder decides, with their numbers.
    tags: HashMap<HashTag, usize>,
    /// The first that belongs to each family, by its place among all that code is emitted for.
    firsts: Vec<usize>,
}

impl Families {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut found = Self::default();
        if schema.topology != Topology::Cluster {
            return found;
        }
        for one in Lies::all(schema) {
            let tag = &one.template.hash_tag;
            let counts = matches!(tag, HashTag::Literal(_) | HashTag::Mixed(_));
            if counts && !found.tags.contains_key(tag) {
                found.tags.insert(tag.clone(), found.tags.len() + 1);
            }
        }
        let mut known = HashSet::new();
        for (place, one) in Lies::all(schema).enumerate() {
            if known.insert(found.named(schema, one)) {
                found.firsts.push(place);
            }
        }
        found
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.firsts.len()
    }

    fn named(&self, schema: &Schema, one: Lies<'_>) -> Ident {
        match &one.template.hash_tag {
            HashTag::Param(id) => format_ident!("By{}", ident::camel(&schema[*id].name)),
            HashTag::Whole => format_ident!("Of{}", ident::camel(one.name)),
            tag => format_ident!("Tag{}", self.tags.get(tag).copied().unwrap_or_default()),
        }
    }
}

/// The family of a key, by name; `None` where slots do not matter.
pub(crate) fn family(cx: Cx<'_>, key: &Key) -> Option<Ident> {
    (cx.schema.topology == Topology::Cluster)
        .then(|| cx.families().named(cx.schema, Lies::key(key)))
}

/// The family of a channel, by name; `None` where slots do not matter: others than sharded ones are everywhere.
pub(super) fn of_channel(cx: Cx<'_>, channel: &Channel) -> Option<Ident> {
    let matters = cx.schema.topology == Topology::Cluster && channel.sharded;
    matters.then(|| cx.families().named(cx.schema, Lies::channel(channel)))
}

/// What to know of a group whose keys lie in more slots of the cluster than one.
pub(crate) fn spread(schema: &Schema, group: &Group) -> Option<&'static str> {
    let together = HashTag::Param(group.by);
    let mut members = group.members.iter();
    let spread = schema.topology == Topology::Cluster
        && members.any(|id| schema[*id].template.hash_tag != together);
    spread.then_some(
        "Its keys lie in several slots of the cluster: each server is asked for its own, and nothing is done to \
         all of them at one moment.",
    )
}

/// What decides, in words.
fn words(schema: &Schema, one: Lies<'_>) -> String {
    match &one.template.hash_tag {
        HashTag::Param(id) => format!("`{}` decides the slot.", schema[*id].name.as_str()),
        HashTag::Whole => format!(
            "The whole name decides the slot: each `{}` has its own.",
            one.name.as_str()
        ),
        HashTag::Literal(text) => format!("All lie in the slot of {}.", doc::code(text)),
        HashTag::Mixed(_) => format!(
            "What stands between the braces of `{}` decides the slot.",
            one.template.text
        ),
    }
}

/// Some of the families' types inside `mod slots`.
pub(super) fn emit(cx: Cx<'_>, skip: usize, take: usize) -> TokenStream {
    let (rt, families) = (cx.rt(), cx.families());
    let all: Vec<Lies<'_>> = Lies::all(cx.schema).collect();
    let some = families.firsts.iter().skip(skip).take(take);
    let types = some.filter_map(|place| all.get(*place)).map(|one| {
        let name = families.named(cx.schema, *one);
        let docs = doc::own(&words(cx.schema, *one));
        quote! {
            #docs
            #[derive(Clone, Copy, Debug)]
            pub enum #name {}
            impl #rt::SlotFamily for #name {}
        }
    });
    types.collect()
}
