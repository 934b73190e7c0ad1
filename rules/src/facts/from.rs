//! From a checked schema to its facts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use redis_schema_model::model;
use redis_schema_model::source::Span;

use super::{
    Accepted, Channel, Database, Expiry, Facts, Group, Header, Key, Lifetime, OnWrite, Pack,
    Policy, Prefix, Size, Tombstone, TtlRule, Unit,
};

mod compared;
mod structures;
mod templates;
mod types;

/// A schema while its facts are taken.
struct Source<'a> {
    schema: &'a model::Schema,
    /// Keys and channels by the place of their declaration, which types written inside them share.
    owners: HashMap<Span, &'a str>,
    /// Types of which the server compares what is written.
    compared: HashSet<model::TypeId>,
}

impl From<&model::Schema> for Facts {
    fn from(schema: &model::Schema) -> Self {
        let keys = schema.keys.iter().map(|key| (key.span, key.name.as_str()));
        let channels = schema
            .channels
            .iter()
            .map(|channel| (channel.span, channel.name.as_str()));
        let source = Source {
            schema,
            owners: keys.chain(channels).collect(),
            compared: compared::types(schema),
        };
        source.facts()
    }
}

/// Things by name.
fn named<'a, T: 'a, F>(
    list: &'a [T],
    name: impl Fn(&'a T) -> &'a model::Name,
    fact: impl Fn(&'a T) -> F,
) -> BTreeMap<String, F> {
    // In order before there are facts, which are large to move.
    let mut named: Vec<(&str, &T)> = list.iter().map(|it| (name(it).as_str(), it)).collect();
    named.sort_unstable_by_key(|(name, _)| *name);
    let facts = named.into_iter();
    facts
        .map(|(name, it)| (name.to_owned(), fact(it)))
        .collect()
}

/// The same of what is told apart by more than its name.
fn by_id<'a, I: Copy, T: 'a, F>(
    list: impl Iterator<Item = (I, &'a T)>,
    name: impl Fn(&'a T) -> &'a model::Name,
    fact: impl Fn(I, &'a T) -> F,
) -> BTreeMap<String, F> {
    let mut named: Vec<(&str, I, &T)> = list.map(|(id, it)| (name(it).as_str(), id, it)).collect();
    named.sort_unstable_by_key(|(name, _, _)| *name);
    let facts = named.into_iter();
    facts
        .map(|(name, id, it)| (name.to_owned(), fact(id, it)))
        .collect()
}

impl Source<'_> {
    fn facts(&self) -> Facts {
        let schema = self.schema;
        Facts {
            schema: header(schema),
            policy: Policy {
                max_key_bytes: schema.policy.max_key_bytes,
                max_value_bytes: schema.policy.max_value_bytes,
            },
            databases: named(&schema.databases, |one| &one.name, database),
            params: named(&schema.params, |one| &one.name, |one| self.param(one)),
            types: self.types(),
            keys: by_id(
                model::KeyId::each(schema),
                |one| &one.name,
                |id, one| self.key(id, one),
            ),
            channels: named(&schema.channels, |one| &one.name, |one| self.channel(one)),
            units: named(&schema.units, |one| &one.name, |one| self.unit(one)),
            groups: named(&schema.groups, |one| &one.name, |one| self.group(one)),
            packs: named(&schema.packs, |one| &one.name, |one| self.pack(one)),
            tombstones: named(
                &schema.tombstones,
                |one| &one.name,
                |one| self.tombstone(one),
            ),
            accept: schema.accept.iter().map(accepted).collect(),
        }
    }

    fn key(&self, id: model::KeyId, key: &model::Key) -> Key {
        Key {
            template: self.template(&key.template),
            prefix: prefix(&key.prefix),
            database: self.schema[key.database].index,
            lifetime: lifetime(&key.lifetime),
            field_ttl: key.field_ttl.as_ref().map(expiring),
            replica_ok: key.replica_ok,
            durability: class(key.durability),
            on_unavailable: self.on_unavailable(&key.on_unavailable),
            structure: self.structure(id, key),
            bits: key
                .bits
                .iter()
                .map(|bit| format!("{}={}", bit.name, bit.offset))
                .collect(),
            size: key.size.map(|(bytes, keys)| Size { bytes, keys }),
            reserved: key
                .reserved
                .iter()
                .map(|(param, word)| format!("{}={word}", self.schema[*param].name))
                .collect(),
            deprecated: key.deprecated.clone(),
            owner: key.owner.clone(),
            was: key.was.clone(),
        }
    }

    fn on_unavailable(&self, said: &model::OnUnavailable) -> Option<String> {
        let read = match &said.read {
            model::Fallback::Error => None,
            model::Fallback::Absent => Some("absent".to_owned()),
            model::Fallback::Load => Some("load".to_owned()),
            model::Fallback::Value(value) => Some(self.default(value)),
            model::Fallback::Allow => Some("allow".to_owned()),
            model::Fallback::Deny => Some("deny".to_owned()),
        };
        let words = [read, said.skip_writes.then(|| "skip writes".to_owned())];
        let words: Vec<String> = words.into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    fn channel(&self, channel: &model::Channel) -> Channel {
        Channel {
            template: self.template(&channel.template),
            prefix: prefix(&channel.prefix),
            sharded: channel.sharded,
            durable: channel.durable,
            message: self.value(&channel.message),
        }
    }

    fn unit(&self, unit: &model::Unit) -> Unit {
        Unit {
            writes: self.key_names(&unit.writes),
        }
    }

    fn group(&self, group: &model::Group) -> Group {
        Group {
            by: self.schema[group.by].name.to_string(),
            members: self.key_names(&group.members),
        }
    }

    fn pack(&self, pack: &model::Pack) -> Pack {
        Pack {
            database: pack.database.map(|id| self.schema[id].name.to_string()),
            patterns: pack.patterns.clone(),
        }
    }

    fn tombstone(&self, tombstone: &model::Tombstone) -> Tombstone {
        Tombstone {
            template: self.template(&tombstone.template),
            prefix: prefix(&tombstone.prefix),
            database: self.schema[tombstone.database].index,
            removed_in: tombstone.removed_in,
        }
    }

    fn key_names(&self, ids: &[model::KeyId]) -> Vec<String> {
        ids.iter()
            .map(|id| self.schema[*id].name.to_string())
            .collect()
    }
}

fn header(schema: &model::Schema) -> Header {
    let flavour = match schema.server.flavour {
        model::Flavour::Redis => "redis",
        model::Flavour::Valkey => "valkey",
    };
    let topology = match schema.topology {
        model::Topology::Standalone => "standalone",
        model::Topology::Sentinel => "sentinel",
        model::Topology::Cluster => "cluster",
    };
    Header {
        name: schema.name.to_string(),
        version: schema.version,
        edition: schema.edition,
        owner: schema.owner.clone(),
        server_min: schema.server.min.to_string(),
        flavour: flavour.to_owned(),
        topology: topology.to_owned(),
    }
}

fn database(database: &model::Database) -> Database {
    Database {
        index: database.index,
        external: database.external.clone(),
        durability: class(database.durability),
    }
}

fn class(durability: Option<model::Durability>) -> Option<String> {
    durability.map(|class| class.word().to_owned())
}

fn accepted(accepted: &model::Accepted) -> Accepted {
    Accepted {
        rule: accepted.rule.clone(),
        path: accepted.path.clone(),
        owner: accepted.owner.clone(),
        reason: accepted.reason.clone(),
        expires: accepted.expires.clone(),
        migration: accepted.migration.clone(),
    }
}

fn prefix(prefix: &model::Prefix) -> Prefix {
    Prefix {
        text: prefix.text.clone(),
        env: prefix.env.clone(),
    }
}

fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn lifetime(lifetime: &model::Lifetime) -> Lifetime {
    match lifetime {
        model::Lifetime::None { reason } => Lifetime {
            rule: TtlRule::None,
            reason: Some(reason.clone()),
            expiry: None,
        },
        model::Lifetime::External => Lifetime {
            rule: TtlRule::External,
            reason: None,
            expiry: None,
        },
        model::Lifetime::Expires(expiry) => expiring(expiry),
    }
}

fn expiring(expiry: &model::Expiry) -> Lifetime {
    Lifetime {
        rule: match expiry.rule {
            model::TtlRule::After(after) => TtlRule::AfterMs(ms(after)),
            model::TtlRule::EndOfDay => TtlRule::EndOfDay,
        },
        reason: None,
        expiry: Some(Expiry {
            on_write: match expiry.on_write {
                model::OnWrite::Refresh => OnWrite::Refresh,
                model::OnWrite::Keep => OnWrite::Keep,
                model::OnWrite::SetOnce => OnWrite::SetOnce,
            },
            refresh_on_read: expiry.refresh_on_read,
            jitter_permille: expiry.jitter_permille,
            env: expiry.env.clone(),
            audit_ms: expiry.audit.map(|(from, to)| (ms(from), ms(to))),
        }),
    }
}
