//! One kind of key.

use redis_schema_model::model::{
    Key, KeyId, Lifetime, OnWrite, Schema, Structure, Topology, TtlRule, Type, TypeKind,
};
use serde::Serialize;

use super::cache;
use super::fields::LayoutView;
use super::held;
use super::links::{Link, Links, anchor, shape, values};
use super::params::{self, ParamView};
use super::progress;
use super::shared::{on_read, on_write};
use super::template::{PrefixView, slot, whole};
use super::{limits, session, unavailable, work};
use crate::docs::{example, inspect, notation, usage, words};
use crate::rust::describe;

/// One kind of key.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct KeyView {
    /// Its name.
    pub name: String,
    /// The anchor of its description.
    pub anchor: String,
    /// The address of its description.
    pub href: String,
    /// What it holds.
    pub about: Option<String>,
    /// Who answers for it, be it for the whole schema.
    pub owner: Option<String>,
    /// Whether it has an owner of its own.
    pub own_owner: bool,
    /// Notice that it should no longer be used.
    pub deprecated: Option<String>,
    /// Earlier names.
    pub was: Vec<String>,
    /// Prefix and template.
    pub template: String,
    /// Its prefix.
    pub prefix: Option<PrefixView>,
    /// Whether the prefix is its own.
    pub own_prefix: bool,
    /// A made-up key.
    pub example: String,
    /// A glob for `SCAN`.
    pub pattern: String,
    /// Name of its database.
    pub database: String,
    /// Number of its database.
    pub index: u16,
    /// Its structure as the schema names it.
    pub structure: &'static str,
    /// What the structure is, in words.
    pub holds: &'static str,
    /// What `TYPE` answers.
    pub redis_type: &'static str,
    /// What it holds, as the schema writes it.
    pub content: Link,
    /// Its placeholders.
    pub params: Vec<ParamView>,
    /// Values that a placeholder may not take.
    pub reserved: Vec<ReservedView>,
    /// How long it lives.
    pub lifetime: LifetimeView,
    /// The values under it.
    pub values: Vec<ValueView>,
    /// The shape of its value, when it is described here and nowhere else.
    pub layout: Option<LayoutView>,
    /// A made-up value.
    pub sample: Option<SampleView>,
    /// What else there is to say about the structure.
    pub notes: Vec<NoteView>,
    /// Typical size.
    pub size: Option<SizeView>,
    /// What decides its cluster slot.
    pub slot: Option<String>,
    /// Keys that its values name.
    pub refers: Vec<ReferenceView>,
    /// Units that write it.
    pub units: Vec<Link>,
    /// Groups it belongs to.
    pub groups: Vec<Link>,
    /// Whether accessors are generated.
    pub generated: bool,
    /// How to use it from Rust.
    pub usage: Option<String>,
    /// `redis-cli` lines to look at it.
    pub inspect: String,
    /// The commands of a plain write, in order.
    pub on_write: Vec<String>,
    /// The commands of a plain read that starts the lifetime anew, in order.
    pub on_read: Vec<String>,
    /// Where its methods are shown; `null` when it has none.
    pub methods: Option<Link>,
}

/// What else there is to say about a structure.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NoteView {
    /// What it concerns.
    pub(crate) label: &'static str,
    /// What there is to say.
    pub(crate) text: String,
}

/// A value that a placeholder may not take.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReservedView {
    /// The placeholder.
    pub param: String,
    /// The value.
    pub value: String,
}

/// How long a key lives.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LifetimeView {
    /// In words.
    pub text: String,
    /// In few words.
    pub short: String,
    /// Milliseconds; `null` when it never expires or expires at the end of the day.
    pub millis: Option<u64>,
    /// Environment variable that overrides it.
    pub env: Option<String>,
    /// Remaining lifetimes an audit accepts, in words.
    pub audit: Option<String>,
    /// Whether no accessor can lengthen or remove it.
    pub fixed: bool,
}

/// A value and its part in the structure.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ValueView {
    /// `Value`, `Field`, `Member`, `Element`, …
    pub role: &'static str,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Link,
    /// How it stands at rest.
    pub encoding: String,
    /// From which size on it is compressed, in words.
    pub compressed: Option<String>,
    /// What its type says about itself.
    pub about: Option<String>,
}

/// A made-up value.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SampleView {
    /// `json` or `text`.
    pub language: &'static str,
    /// The value.
    pub text: String,
}

/// Typical size.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SizeView {
    /// Bytes a key.
    pub bytes: u64,
    /// Keys.
    pub keys: u64,
    /// Bytes of all keys.
    pub total: u64,
    /// In words.
    pub text: String,
}

/// A key named by values of another.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReferenceView {
    /// The key.
    pub key: Link,
    /// The placeholder the value fills; `null` when it is the whole name.
    pub param: Option<String>,
}

impl KeyView {
    /// Everything but where its methods are shown: that depends on the keys before it.
    pub(super) fn new(schema: &Schema, links: &Links<'_>, id: KeyId) -> Self {
        let key = &schema[id];
        let database = &schema[key.database];
        let generated = !matches!(key.structure, Structure::External(_));
        Self {
            name: key.name.as_str().to_owned(),
            anchor: anchor(key.name.as_str()),
            href: links.key(id),
            about: key.about.clone(),
            owner: key.owner.clone().or_else(|| schema.owner.clone()),
            own_owner: key.owner.is_some(),
            deprecated: key.deprecated.as_deref().map(deprecation),
            was: key.was.clone(),
            template: whole(schema, &key.prefix, &key.template),
            prefix: PrefixView::new(&key.prefix),
            own_prefix: key.prefix != schema.prefix,
            example: example::key(schema, key),
            pattern: inspect::pattern(schema, &key.prefix, &key.template),
            database: database.name.as_str().to_owned(),
            index: database.index,
            structure: key.structure.name(),
            holds: notation::structure_words(&key.structure),
            redis_type: notation::redis_type(&key.structure),
            content: Link {
                text: notation::content(schema, &key.structure),
                href: shape(key)
                    .map(|id| links.ty(id))
                    .filter(|href| *href != links.key(id)),
            },
            params: params::of_template(schema, links, &key.template),
            reserved: reserved(schema, key),
            lifetime: LifetimeView::of(key),
            values: value_views(schema, links, id),
            layout: own_layout(schema, links, id),
            sample: sample(schema, key),
            notes: notes(schema, key),
            size: key.size.map(|(bytes, keys)| SizeView::new(bytes, keys)),
            slot: slot(schema, &key.template.hash_tag).or_else(|| {
                (schema.topology == Topology::Cluster)
                    .then(|| "decided by the whole key".to_owned())
            }),
            refers: refers(schema, links, key),
            units: memberships(&schema.units, "units.md", |unit| {
                (&unit.name, unit.writes.contains(&id))
            }),
            groups: memberships(&schema.groups, "groups.md", |group| {
                (&group.name, group.members.contains(&id))
            }),
            generated,
            usage: usage::key(schema, key),
            inspect: inspect::key(schema, key),
            on_write: on_write(schema, key),
            on_read: on_read(schema, key),
            methods: None,
        }
    }
}

impl LifetimeView {
    /// Of a limiter it follows from the rules.
    fn of(key: &Key) -> Self {
        let mut this = Self::new(&key.lifetime);
        if let Structure::RateLimit(limiter) = &key.structure {
            let most = words::duration(limiter.lifetime());
            this.text = format!("until no call counts any more, at most {most}");
            this.short = format!("at most {}", words::short_duration(limiter.lifetime()));
        }
        if let Some(text) = held::lease(key).or_else(|| work::lifetime(key)) {
            this.text = text;
        }
        if let Some(lives) = session::lives(key) {
            this.text = lives;
        }
        if let Structure::ProgressEvents { .. } = &key.structure {
            this.text = "as long as the progress that it belongs to".to_owned();
        }
        this
    }

    fn new(lifetime: &Lifetime) -> Self {
        let expiry = match lifetime {
            Lifetime::Expires(expiry) => Some(expiry),
            _ => None,
        };
        Self {
            text: words::lifetime(lifetime),
            short: words::short_lifetime(lifetime),
            millis: expiry.and_then(|expiry| match expiry.rule {
                TtlRule::After(after) => u64::try_from(after.as_millis()).ok(),
                TtlRule::EndOfDay => None,
            }),
            env: expiry.and_then(|expiry| expiry.env.clone()),
            audit: expiry.and_then(|expiry| expiry.audit).map(|(low, high)| {
                format!("{} to {}", words::duration(low), words::duration(high))
            }),
            fixed: expiry.is_some_and(|expiry| expiry.on_write == OnWrite::SetOnce),
        }
    }
}

impl SizeView {
    fn new(bytes: u64, keys: u64) -> Self {
        let total = u128::from(bytes) * u128::from(keys);
        Self {
            bytes,
            keys,
            total: u64::try_from(total).unwrap_or(u64::MAX),
            text: format!(
                "about {} a key, {} keys: {} in all",
                words::bytes(u128::from(bytes)),
                words::grouped(u128::from(keys)),
                words::bytes(total)
            ),
        }
    }
}

/// A notice that says what it is.
fn deprecation(text: &str) -> String {
    if text.to_lowercase().starts_with("deprecated") {
        text.to_owned()
    } else {
        format!("Deprecated. {text}")
    }
}

fn reserved(schema: &Schema, key: &Key) -> Vec<ReservedView> {
    key.reserved
        .iter()
        .map(|(param, value)| ReservedView {
            param: schema[*param].name.as_str().to_owned(),
            value: value.clone(),
        })
        .collect()
}

fn value_views(schema: &Schema, links: &Links<'_>, id: KeyId) -> Vec<ValueView> {
    let here = links.key(id);
    values(&schema[id].structure)
        .into_iter()
        .map(|(role, value)| {
            let mut ty = links.value_link(value);
            // What is described right here needs no link.
            ty.href = ty.href.filter(|href| *href != here);
            ValueView {
                role,
                ty,
                encoding: notation::encoding(&value.encoding),
                compressed: notation::compressed(&value.encoding),
                about: super::fields::inherited(schema, &value.ty),
            }
        })
        .collect()
}

fn own_layout(schema: &Schema, links: &Links<'_>, id: KeyId) -> Option<LayoutView> {
    let shape = shape(&schema[id])?;
    let here = links.home(shape) == Some(super::links::User::Key(id.index()));
    here.then(|| LayoutView::new(schema, links, shape))
}

fn sample(schema: &Schema, key: &Key) -> Option<SampleView> {
    let json = match &key.structure {
        Structure::Hash(id) | Structure::Stream { entry: id, .. } => {
            return Some(record(schema, *id));
        }
        Structure::JsonDocument(ty) => example::json(schema, ty),
        Structure::HashMap { value, .. }
        | Structure::String(value)
        | Structure::List(value)
        | Structure::Set(value)
        | Structure::ZSet { member: value, .. }
            if is_composite(schema, &value.ty) =>
        {
            example::json(schema, &value.ty)
        }
        _ => return None,
    };
    Some(SampleView {
        language: "json",
        text: pretty(&json),
    })
}

/// One line for each field as it stands at rest.
fn record(schema: &Schema, id: redis_schema_model::model::TypeId) -> SampleView {
    let fields = match &schema[id].kind {
        TypeKind::Struct(kind) => kind.fields.as_slice(),
        _ => &[],
    };
    let json = example::record(schema, id);
    let width = fields
        .iter()
        .map(|field| field.name.as_str().len())
        .max()
        .unwrap_or(0);
    let lines: Vec<String> = fields
        .iter()
        .map(|field| {
            let name = field.name.as_str();
            let text = match json.get(name) {
                Some(serde_json::Value::String(text)) => text.clone(),
                Some(other) => example::compact(other),
                None => "…".to_owned(),
            };
            format!("{name:width$}  {text}")
        })
        .collect();
    SampleView {
        language: "text",
        text: lines.join("\n"),
    }
}

fn is_composite(schema: &Schema, ty: &Type) -> bool {
    match ty {
        Type::List(_) | Type::Map(_) => true,
        Type::Option(inner) => is_composite(schema, inner),
        Type::Named(id) => match &schema[*id].kind {
            TypeKind::Struct(_) | TypeKind::OneOf(_) => true,
            TypeKind::Enum(_) => false,
            TypeKind::Rust { repr: ty, .. } | TypeKind::Alias(ty) => is_composite(schema, ty),
        },
        _ => false,
    }
}

/// JSON on several lines; an empty object or list on one.
pub(super) fn pretty(json: &serde_json::Value) -> String {
    serde_json::to_string_pretty(json).unwrap_or_else(|_| json.to_string())
}

fn notes(schema: &Schema, key: &Key) -> Vec<NoteView> {
    let note = |label, text: String| NoteView { label, text };
    let mut notes = match &key.structure {
        Structure::ZSet { score, .. } => {
            vec![note("Score", notation::score(*score).to_owned())]
        }
        Structure::Stream { trim, groups, .. } => {
            let trim = trim.map(|trim| note("Keeps", notation::trim(trim)));
            let groups = groups.iter().map(|group| {
                let words = describe::consumer_group(schema, group);
                note("Group of consumers", words)
            });
            trim.into_iter().chain(groups).collect()
        }
        Structure::RateLimit(limiter) => limits::notes(limiter),
        Structure::Bitmap if !key.bits.is_empty() => {
            let bits = key.bits.iter();
            let bits = bits.map(|bit| format!("{} `{}`", bit.offset, bit.name));
            vec![note("Bits", bits.collect::<Vec<_>>().join(", "))]
        }
        _ => held::notes(schema, key),
    };
    notes.extend(cache::notes(schema, key));
    notes.extend(progress::notes(schema, key));
    notes.extend(work::notes(schema, key));
    notes.extend(session::notes(schema, key));
    let class = key.durability.map(words::durability);
    notes.extend(class.map(|text| note("May be lost", text.to_owned())));
    let queue = key.queue.as_ref();
    notes.extend(queue.map(|queue| note("Used", describe::in_order(schema, queue))));
    if key.replica_ok {
        let behind = "by a replica where there is one, which may be behind".to_owned();
        notes.push(note("Reads are answered", behind));
    }
    let without = unavailable::words(schema, key);
    let fields = key.field_ttl.as_ref();
    notes.extend(fields.map(|expiry| note("Each field lives", words::expires(expiry))));
    notes.extend(without.map(|text| note("Without the server", text)));
    notes
}

fn refers(schema: &Schema, links: &Links<'_>, key: &Key) -> Vec<ReferenceView> {
    values(&key.structure)
        .into_iter()
        .filter_map(|(_, value)| value.refers)
        .map(|(target, param)| ReferenceView {
            key: Link {
                text: schema[target].name.as_str().to_owned(),
                href: Some(links.key(target)),
            },
            param: param.map(|id| schema[id].name.as_str().to_owned()),
        })
        .collect()
}

fn memberships<T>(
    list: &[T],
    page: &str,
    member: impl Fn(&T) -> (&redis_schema_model::model::Name, bool),
) -> Vec<Link> {
    list.iter()
        .filter_map(|item| {
            let (name, is_member) = member(item);
            is_member.then(|| Link {
                text: name.as_str().to_owned(),
                href: Some(format!("{page}#{}", anchor(name.as_str()))),
            })
        })
        .collect()
}
