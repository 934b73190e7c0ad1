//! Fields of structs and records, and the variants of enums and unions.

use redis_schema_model::model::{EnumType, Field, OneOfType, Schema, StructType, Type, TypeKind};
use serde::Serialize;

use super::links::{Link, Links};
use crate::docs::{notation, words};

/// A field.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FieldView {
    /// Its name, also at rest.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Link,
    /// What it holds; the type's own description where the field has none.
    pub about: Option<String>,
    /// The value read where none is stored; `null` for secrets.
    pub default: Option<String>,
    /// Accepted values, in words.
    pub bounds: Option<String>,
    /// Unit of measure.
    pub unit: Option<String>,
    /// Its value is never printed.
    pub secret: bool,
    /// Set to the server's time by every write.
    pub touch: bool,
    /// How long it lives by itself, in words; `null` when only the key expires.
    pub lifetime: Option<String>,
    /// Names it is also read under.
    pub was: Vec<String>,
    /// Everything but the type and the meaning, in words.
    pub notes: Option<String>,
}

impl FieldView {
    fn new(schema: &Schema, links: &Links<'_>, field: &Field) -> Self {
        let shown = field.default.as_ref().filter(|_| !field.secret);
        let default = shown.map(|value| notation::default(schema, value));
        let mut this = Self {
            name: field.name.as_str().to_owned(),
            ty: links.type_link(&field.ty),
            about: field.about.clone().or_else(|| inherited(schema, &field.ty)),
            default,
            bounds: notation::bounds(schema, field),
            unit: field.unit.clone(),
            secret: field.secret,
            touch: field.touch,
            lifetime: field.ttl.as_ref().map(words::expires),
            was: field.was.clone(),
            notes: None,
        };
        this.notes = this.in_words();
        this
    }

    fn in_words(&self) -> Option<String> {
        let mut notes = Vec::new();
        notes.extend(self.unit.as_ref().map(|unit| format!("in {unit}")));
        notes.extend(self.bounds.clone());
        notes.extend(self.default.as_ref().map(|value| match value.as_str() {
            "empty" => "default empty".to_owned(),
            value => format!("default `{value}`"),
        }));
        if self.touch {
            notes.push("set by every write".to_owned());
        }
        notes.extend((self.lifetime.as_ref()).map(|lifetime| format!("lives {lifetime}")));
        if self.secret {
            notes.push("secret".to_owned());
        }
        if !self.was.is_empty() {
            let names: Vec<String> = self.was.iter().map(|name| format!("`{name}`")).collect();
            notes.push(format!("also read as {}", names.join(", ")));
        }
        (!notes.is_empty()).then(|| notes.join(" · "))
    }
}

/// What the declared type or placeholder of a field says about itself.
pub(crate) fn inherited(schema: &Schema, ty: &Type) -> Option<String> {
    match ty {
        Type::Named(id) => schema[*id].about.clone(),
        Type::Param(id) => schema[*id].about.clone(),
        Type::Option(inner) => inherited(schema, inner),
        _ => None,
    }
}

/// The fields of a struct.
pub(super) fn fields(schema: &Schema, links: &Links<'_>, kind: &StructType) -> Vec<FieldView> {
    kind.fields
        .iter()
        .map(|field| FieldView::new(schema, links, field))
        .collect()
}

/// A variant of an enum.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct VariantView {
    /// Its name.
    pub name: String,
    /// Its text at rest.
    pub text: String,
    /// What it means.
    pub about: Option<String>,
    /// The texts of the variants it may become; `null` when every change is allowed.
    pub next: Option<Vec<String>>,
}

/// The variants of an enum.
pub(super) fn variants(kind: &EnumType) -> Vec<VariantView> {
    let text = |index: &usize| kind.variants.get(*index).map(|next| next.text.clone());
    kind.variants
        .iter()
        .enumerate()
        .map(|(index, variant)| VariantView {
            name: variant.name.as_str().to_owned(),
            text: variant.text.clone(),
            about: variant.about.clone(),
            next: (!kind.flow.is_empty()).then(|| {
                let to = kind.flow.iter().filter(|(from, _)| *from == index);
                to.flat_map(|(_, to)| to.iter().filter_map(text)).collect()
            }),
        })
        .collect()
}

/// A shape of a tagged union.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ShapeView {
    /// Its name.
    pub name: String,
    /// The tag's text at rest.
    pub text: String,
    /// What it means.
    pub about: Option<String>,
    /// The struct it carries; `null` when its fields are listed here.
    #[serde(rename = "type")]
    pub ty: Option<Link>,
    /// Its fields, unless they are those of a type described elsewhere.
    pub fields: Vec<FieldView>,
}

/// The shapes of a tagged union.
pub(super) fn shapes(schema: &Schema, links: &Links<'_>, kind: &OneOfType) -> Vec<ShapeView> {
    kind.variants
        .iter()
        .map(|(variant, id)| {
            let own = links.home(*id).is_some();
            let fields = match &schema[*id].kind {
                TypeKind::Struct(kind) if own => fields(schema, links, kind),
                _ => Vec::new(),
            };
            ShapeView {
                name: variant.name.as_str().to_owned(),
                text: variant.text.clone(),
                about: variant.about.clone(),
                ty: (!own).then(|| links.type_link(&Type::Named(*id))),
                fields,
            }
        })
        .collect()
}

/// The shape of a type, wherever it is shown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LayoutView {
    /// Name of the type.
    pub name: String,
    /// `enum`, `struct`, `one_of`, `rust` or `alias`.
    pub kind: &'static str,
    /// Fields of a struct.
    pub fields: Vec<FieldView>,
    /// Whether reading a struct refuses other fields.
    pub strict: bool,
    /// Variants of an enum.
    pub variants: Vec<VariantView>,
    /// Whether the variants of an enum restrict what may follow them.
    pub flow: bool,
    /// Name of the variant that keeps an unknown text.
    pub other: Option<String>,
    /// Shapes of a union.
    pub shapes: Vec<ShapeView>,
    /// Property that tells the shapes of a union apart.
    pub tag: Option<String>,
    /// Type underneath an alias or a user's own type.
    pub target: Option<Link>,
    /// Path of a user's own type.
    pub rust: Option<String>,
    /// Accepted numbers of an alias.
    pub range: Option<String>,
}

impl LayoutView {
    pub(crate) fn new(
        schema: &Schema,
        links: &Links<'_>,
        id: redis_schema_model::model::TypeId,
    ) -> Self {
        let def = &schema[id];
        let mut this = Self {
            name: def.name.as_str().to_owned(),
            kind: "",
            fields: Vec::new(),
            strict: false,
            variants: Vec::new(),
            flow: false,
            other: None,
            shapes: Vec::new(),
            tag: None,
            target: None,
            rust: None,
            range: def.range.map(notation::range),
        };
        match &def.kind {
            TypeKind::Enum(kind) => {
                this.kind = "enum";
                this.variants = variants(kind);
                this.flow = !kind.flow.is_empty();
                this.other = kind.other.as_ref().map(|name| name.as_str().to_owned());
            }
            TypeKind::Struct(kind) => {
                this.kind = "struct";
                this.fields = fields(schema, links, kind);
                this.strict = kind.strict;
            }
            TypeKind::OneOf(kind) => {
                this.kind = "one_of";
                this.shapes = shapes(schema, links, kind);
                this.tag = Some(kind.tag.clone());
            }
            TypeKind::Rust { rust, repr } => {
                this.kind = "rust";
                this.rust = Some(rust.path().to_owned());
                this.target = Some(links.type_link(repr));
            }
            TypeKind::Alias(ty) => {
                this.kind = "alias";
                this.target = Some(links.type_link(ty));
            }
        }
        this
    }
}
