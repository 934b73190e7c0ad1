//! Families of cluster slots: by what the slot of each kind of key is decided, where the keys live in a cluster.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::{Group, HashTag, Key, Schema, Topology};

use super::cx::Cx;
use super::{doc, ident, key};

/// The tags of keys that more than a placeholder decides, each once.
fn tags(schema: &Schema) -> Vec<&HashTag> {
    let mut found = Vec::new();
    for (_, key) in key::generated(schema) {
        let tag = &key.template.hash_tag;
        let counts = matches!(tag, HashTag::Literal(_) | HashTag::Mixed(_));
        if counts && !found.contains(&tag) {
            found.push(tag);
        }
    }
    found
}

/// The family of a key, by name; `None` where slots do not matter.
pub(crate) fn family(schema: &Schema, key: &Key) -> Option<Ident> {
    if schema.topology != Topology::Cluster {
        return None;
    }
    Some(match &key.template.hash_tag {
        HashTag::Param(id) => format_ident!("By{}", ident::camel(&schema[*id].name)),
        HashTag::Whole => format_ident!("Of{}", ident::camel(&key.name)),
        tag => {
            let place = tags(schema).iter().position(|other| *other == tag);
            format_ident!("Tag{}", place.unwrap_or_default() + 1)
        }
    })
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
fn words(schema: &Schema, key: &Key) -> String {
    match &key.template.hash_tag {
        HashTag::Param(id) => format!("`{}` decides the slot.", schema[*id].name.as_str()),
        HashTag::Whole => format!(
            "The whole name decides the slot: each `{}` has its own.",
            key.name.as_str()
        ),
        HashTag::Literal(text) => format!("All lie in the slot of {}.", doc::code(text)),
        HashTag::Mixed(_) => format!(
            "What stands between the braces of `{}` decides the slot.",
            key.template.text
        ),
    }
}

/// The families, each with the first key that belongs to it.
fn families(schema: &Schema) -> Vec<(Ident, &Key)> {
    let mut found: Vec<(Ident, &Key)> = Vec::new();
    for (_, key) in key::generated(schema) {
        if let Some(family) = family(schema, key)
            && !found.iter().any(|(known, _)| *known == family)
        {
            found.push((family, key));
        }
    }
    found
}

/// How many families there are.
pub(super) fn count(schema: &Schema) -> usize {
    families(schema).len()
}

/// Some of their types inside `mod slots`.
pub(super) fn emit(cx: Cx<'_>, skip: usize, take: usize) -> TokenStream {
    let rt = cx.rt();
    let families = families(cx.schema).into_iter().skip(skip).take(take);
    let types = families.map(|(name, key)| {
        let docs = doc::own(&words(cx.schema, key));
        quote! {
            #docs
            #[derive(Clone, Copy, Debug)]
            pub enum #name {}
            impl #rt::SlotFamily for #name {}
        }
    });
    types.collect()
}
