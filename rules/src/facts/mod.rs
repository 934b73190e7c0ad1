//! The facts of a schema: everything about data and callers that a later version may break, in one canonical form.
//!
//! A released version is stored so, and two versions are compared so. Things are in order of their names; what is only
//! said to people (`about:`) is left out, so that a better description is no change. [`Facts::patterns`] lists every
//! kind of difference that two schemas can have; each must be classified by a rule.

mod fact;
mod from;
mod header;
mod json;
mod key;
mod lifetime;
mod names;
mod show;
mod template;
mod ty;
mod types;

pub use fact::{At, Difference, Fact};
pub use header::{Accepted, Channel, Database, Group, Header, Pack, Policy, Tombstone, Unit};
pub use json::{FORMAT, Glance, Snapshot, Unreadable};
pub use key::{ConsumerGroup, Hold, Key, LimitRule, Prefix, Size, Structure, Trim, Value};
pub use lifetime::{Expiry, Lifetime, OnWrite, TtlRule};
pub use show::{Show, duration};
pub use template::{Param, ParamTy, Segment, Template};
pub use ty::Ty;
pub use types::{Carried, Field, Kind, Range, Shape, TypeDef, Variant};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Everything about one version of a schema that the next may break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The schema as a whole.
    pub schema: Header,
    /// Limits on keys.
    #[serde(default, skip_serializing_if = "fact::is_default")]
    pub policy: Policy,
    /// Logical databases.
    pub databases: BTreeMap<String, Database>,
    /// Placeholders.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Param>,
    /// Types, those that were written in place of a name included.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, TypeDef>,
    /// Keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<String, Key>,
    /// Channels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<String, Channel>,
    /// Keys written together.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub units: BTreeMap<String, Unit>,
    /// Keys gathered by a parameter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<String, Group>,
    /// Keys of others.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub packs: BTreeMap<String, Pack>,
    /// Names and templates that must not come back yet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tombstones: BTreeMap<String, Tombstone>,
    /// Accepted breaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<Accepted>,
}

/// A thing with a name of its own, kept in a list of its kind.
pub trait Thing: Fact {
    /// What the kind is called in [`Facts::patterns`].
    const KIND: &'static str;

    /// Earlier names.
    fn was(&self) -> &[String];
}

macro_rules! things {
    ($($name:ty: $kind:literal $(, $was:ident)?;)*) => {$(
        impl Thing for $name {
            const KIND: &'static str = $kind;

            fn was(&self) -> &[String] {
                $(return &self.$was;)?
                #[allow(unreachable_code)]
                &[]
            }
        }
    )*};
}

things! {
    Database: "database";
    Param: "param", was;
    TypeDef: "type", was;
    Field: "field", was;
    Variant: "variant";
    Shape: "shape";
    Key: "key", was;
    Channel: "channel";
    Unit: "unit";
    Group: "group";
    Pack: "pack";
    Tombstone: "tombstone";
}

/// Places where a type stands; differences of types are named after them.
pub const ROLES: [&str; 7] = [
    "value", "member", "element", "map_key", "counter", "document", "field",
];

/// What may differ between two types in one place.
pub const TYPE_ASPECTS: [&str; 5] = ["kind", "unit", "optional", "max", "range"];

impl Facts {
    /// Every kind of difference between two schemas, e.g. `key.lifetime.rule`. Those of records, enums and what they
    /// hold come three times: of data at rest, of entries of streams (`entry.`), and of messages (`message.`).
    #[must_use]
    pub fn patterns() -> Vec<String> {
        let mut out = Vec::new();
        Header::patterns("schema", &mut out);
        Policy::patterns("policy", &mut out);
        thing::<Database>(&mut out);
        thing::<Param>(&mut out);
        thing::<Key>(&mut out);
        thing::<Channel>(&mut out);
        thing::<Unit>(&mut out);
        thing::<Group>(&mut out);
        thing::<Pack>(&mut out);
        thing::<Tombstone>(&mut out);
        out.push("accept".to_owned());
        thing::<TypeDef>(&mut out);
        let mut held = Vec::new();
        thing::<Field>(&mut held);
        thing::<Variant>(&mut held);
        thing::<Shape>(&mut held);
        types::kind_patterns(&mut held);
        type_patterns("field", &mut held);
        let mut message = held.clone();
        type_patterns("value", &mut message);
        message.extend(["value.codec", "value.zstd_over"].map(str::to_owned));
        out.extend(held.iter().map(|pattern| format!("entry.{pattern}")));
        out.extend(message.iter().map(|pattern| format!("message.{pattern}")));
        out.extend(message);
        for role in ROLES {
            type_patterns(role, &mut out);
        }
        out.extend(["member.codec", "member.zstd_over"].map(str::to_owned));
        out.sort();
        out.dedup();
        out
    }
}

fn type_patterns(role: &str, out: &mut Vec<String>) {
    for aspect in TYPE_ASPECTS {
        out.push(format!("{role}.type.{aspect}"));
    }
}

fn thing<T: Thing>(out: &mut Vec<String>) {
    for what in ["added", "removed", "name"] {
        out.push(format!("{}.{what}", T::KIND));
    }
    T::patterns(T::KIND, out);
}
