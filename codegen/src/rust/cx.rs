//! What every emitter needs to know about the schema as a whole.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_model::model::{Schema, Structure, Type, TypeId, TypeKind};

use super::layout::Layouts;
use super::slot::Families;
use super::{consumers, rule};

/// Facts computed once for a schema.
pub(crate) struct Facts {
    /// Names that the emitted modules define, so that prelude names of the same spelling are qualified.
    defined: BTreeSet<String>,
    /// By type: it declares bounds, in itself or in something it holds.
    bounded: Vec<bool>,
    /// By type: it lies in hashes or streams.
    recorded: Vec<bool>,
    /// The parameters that keys have in common.
    pub(crate) layouts: Layouts,
    /// What decides the slots of keys.
    pub(super) families: Families,
    /// Path of the support module, for attributes that want text.
    pub(crate) support: String,
}

impl Facts {
    pub(crate) fn new(schema: &Schema, support: &TokenStream) -> Self {
        let layouts = Layouts::of(schema);
        Self {
            defined: defined(schema, &layouts),
            bounded: rule::bounded(schema),
            recorded: recorded(schema),
            layouts,
            families: Families::of(schema),
            support: compact(support),
        }
    }
}

/// Tokens without the blanks that their display puts between them.
pub(crate) fn compact(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "")
}

/// An attribute for clippy where a function takes more arguments than it lets pass, `self` included.
pub(crate) fn allow_many(arguments: usize) -> Option<TokenStream> {
    const MANY: usize = 7;
    (arguments > MANY).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

/// An attribute for clippy where a type nests deeper than it lets pass.
pub(crate) fn allow_nesting<'t>(
    types: impl IntoIterator<Item = &'t TokenStream>,
) -> Option<TokenStream> {
    const DEEP: usize = 4;
    let deep = |ty: &TokenStream| ty.to_string().matches('<').count() >= DEEP;
    types
        .into_iter()
        .any(deep)
        .then(|| quote!(#[allow(clippy::type_complexity)]))
}

fn defined(schema: &Schema, layouts: &Layouts) -> BTreeSet<String> {
    let types = schema.types.iter().map(|it| it.name.camel());
    let keys = schema.keys.iter().map(|it| it.name.camel());
    let channels = schema.channels.iter().map(|it| it.name.camel());
    let units = schema.units.iter().map(|it| it.name.camel());
    let groups = schema.groups.iter().map(|it| it.name.camel());
    let consumers = consumers::streams(schema)
        .flat_map(consumers::groups)
        .map(|it| it.name.camel());
    types
        .chain(keys)
        .chain(channels)
        .chain(units)
        .chain(groups)
        .chain(layouts.names().map(str::to_owned))
        .chain(consumers)
        .collect()
}

fn recorded(schema: &Schema) -> Vec<bool> {
    let mut recorded = vec![false; schema.types.len()];
    for key in &schema.keys {
        if let Structure::Hash(id) | Structure::Stream { entry: id, .. } = &key.structure
            && let Some(flag) = recorded.get_mut(id.index())
        {
            *flag = true;
        }
    }
    recorded
}

/// The schema and the place that code is emitted for.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    pub(crate) schema: &'a Schema,
    facts: &'a Facts,
    place: &'a Place,
}

/// Where emitted code stands.
pub(crate) struct Place {
    /// The support module as seen from here.
    pub(crate) support: TokenStream,
    /// Put before the names of the schema's own types.
    pub(crate) types: TokenStream,
    /// Put before a user's path that is relative to the schema's module.
    pub(crate) relative: TokenStream,
}

impl Place {
    /// The root of the schema's module.
    pub(crate) fn root() -> Self {
        Self {
            support: quote!(rt),
            types: TokenStream::new(),
            relative: TokenStream::new(),
        }
    }

    /// A module in a module inside it, where nothing is in scope.
    pub(crate) fn inner() -> Self {
        Self {
            support: quote!(super::super::rt),
            types: quote!(super::super::),
            relative: quote!(super::super::),
        }
    }

    /// A module inside it.
    pub(crate) fn nested() -> Self {
        Self {
            support: quote!(rt),
            types: quote!(super::),
            relative: quote!(super::),
        }
    }
}

impl<'a> Cx<'a> {
    pub(crate) const fn new(schema: &'a Schema, facts: &'a Facts, place: &'a Place) -> Self {
        Self {
            schema,
            facts,
            place,
        }
    }

    /// The support module.
    pub(crate) const fn rt(self) -> &'a TokenStream {
        &self.place.support
    }

    /// Path of the support module from anywhere, as text.
    pub(crate) fn support(self) -> &'a str {
        &self.facts.support
    }

    /// Put before the names of the schema's own types.
    pub(crate) const fn types(self) -> &'a TokenStream {
        &self.place.types
    }

    /// A user's own path as seen from here.
    pub(crate) fn user(self, path: &str) -> TokenStream {
        let tokens: TokenStream = path.parse().unwrap_or_default();
        let relative =
            !path.contains("::") || path.starts_with("self::") || path.starts_with("super::");
        if relative {
            let prefix = &self.place.relative;
            quote!(#prefix #tokens)
        } else {
            tokens
        }
    }

    /// The parameters that keys have in common.
    pub(crate) const fn layouts(self) -> &'a Layouts {
        &self.facts.layouts
    }

    /// What decides the slots of keys.
    pub(super) const fn families(self) -> &'a Families {
        &self.facts.families
    }

    /// Whether a type declares bounds.
    pub(crate) fn is_bounded(self, id: TypeId) -> bool {
        self.facts.bounded.get(id.index()).copied().unwrap_or(false)
    }

    /// Whether a type lies in hashes or streams.
    pub(crate) fn is_recorded(self, id: TypeId) -> bool {
        self.facts
            .recorded
            .get(id.index())
            .copied()
            .unwrap_or(false)
    }

    /// A name of the standard prelude, qualified where the schema defines the same.
    fn prelude(
        self,
        name: &str,
        bare: fn() -> TokenStream,
        path: fn() -> TokenStream,
    ) -> TokenStream {
        if self.facts.defined.contains(name) {
            path()
        } else {
            bare()
        }
    }

    pub(crate) fn option(self) -> TokenStream {
        self.prelude(
            "Option",
            || quote!(Option),
            || quote!(::std::option::Option),
        )
    }

    pub(crate) fn some(self) -> TokenStream {
        self.prelude(
            "Some",
            || quote!(Some),
            || quote!(::std::option::Option::Some),
        )
    }

    pub(crate) fn none(self) -> TokenStream {
        self.prelude(
            "None",
            || quote!(None),
            || quote!(::std::option::Option::None),
        )
    }

    pub(crate) fn ok(self) -> TokenStream {
        self.prelude("Ok", || quote!(Ok), || quote!(::std::result::Result::Ok))
    }

    pub(crate) fn string(self) -> TokenStream {
        self.prelude(
            "String",
            || quote!(String),
            || quote!(::std::string::String),
        )
    }

    pub(crate) fn vec(self) -> TokenStream {
        self.prelude("Vec", || quote!(Vec), || quote!(::std::vec::Vec))
    }

    pub(crate) fn into(self) -> TokenStream {
        self.prelude("Into", || quote!(Into), || quote!(::std::convert::Into))
    }

    /// The empty structs that only a `one_of` names: variants without content, so no structs at all.
    pub(crate) fn is_hollow(self, id: TypeId) -> bool {
        match &self.schema[id].kind {
            TypeKind::Struct(it) => {
                let is_empty = it.fields.is_empty() && !it.strict;
                is_empty && it.rust.is_none() && !self.is_named_elsewhere(id)
            }
            _ => false,
        }
    }

    fn is_named_elsewhere(self, id: TypeId) -> bool {
        let in_types = self.schema.types.iter().any(|it| match &it.kind {
            TypeKind::Struct(it) => it.fields.iter().any(|field| names(&field.ty, id)),
            TypeKind::Alias(ty) | TypeKind::Rust { repr: ty, .. } => names(ty, id),
            TypeKind::Enum(_) | TypeKind::OneOf(_) => false,
        });
        let in_keys = self.schema.keys.iter().any(|it| match &it.structure {
            Structure::String(it)
            | Structure::List(it)
            | Structure::Set(it)
            | Structure::HyperLogLog(it)
            | Structure::Geo(it) => names(&it.ty, id),
            Structure::ZSet { member, .. } => names(&member.ty, id),
            Structure::HashMap { field, value } => names(&field.ty, id) || names(&value.ty, id),
            Structure::Hash(it) | Structure::Stream { entry: it, .. } => *it == id,
            Structure::Counter(ty) | Structure::JsonDocument(ty) => names(ty, id),
            Structure::Cache(it) => names(&it.value.ty, id),
            Structure::Queue(it) => names(&it.payload.ty, id),
            Structure::Session(it) => names(&it.data.ty, id),
            Structure::Progress(it) => {
                let events = it.events.as_ref();
                let message = events.and_then(|events| events.message.as_ref());
                names(&it.item.ty, id) || message.is_some_and(|it| names(&it.ty, id))
            }
            Structure::Bitmap
            | Structure::CacheTag
            | Structure::QueueTasks { .. }
            | Structure::SessionIndex { .. }
            | Structure::RateLimit(_)
            | Structure::Lock { .. }
            | Structure::Semaphore { .. }
            | Structure::Fence { .. }
            | Structure::ProgressEvents { .. }
            | Structure::External(_) => false,
        });
        let in_channels = self
            .schema
            .channels
            .iter()
            .any(|it| names(&it.message.ty, id));
        let in_one_of = self.schema.types.iter().any(
            |it| matches!(&it.kind, TypeKind::OneOf(it) if it.variants.iter().any(|(_, ty)| *ty == id)),
        );
        in_types || in_keys || in_channels || !in_one_of
    }
}

fn names(ty: &Type, id: TypeId) -> bool {
    match ty {
        Type::Named(named) => *named == id,
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => names(inner, id),
        _ => false,
    }
}
