//! Written types against declared ones, by name. What hides behind other names is left to the compiler.

use redis_schema_model::model::{ParamType, Schema, Type as Declaration, TypeId, TypeKind};
use syn::{Error, GenericArgument, ItemStruct, Path, PathArguments, PathSegment, Result, Type};

use super::Declared;
use crate::rust::UserField;

/// Names that mean the same wherever they stand, or as good as.
const WELL_KNOWN: &[&str] = &[
    "bool",
    "char",
    "str",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "String",
    "Vec",
    "Option",
    "Box",
    "Cow",
    "HashMap",
    "BTreeMap",
    "HashSet",
    "BTreeSet",
    "IpAddr",
    "Uuid",
    "Ulid",
    "TimestampS",
    "TimestampMs",
    "DurationS",
    "DurationMs",
    "OffsetDateTime",
    "Decimal",
    "Duration",
    "Instant",
    "SystemTime",
];

/// Where the schema's module is, as seen from the struct: as it was told, or as the fields' types show it.
///
/// # Errors
/// Fields that are missing, undeclared, or of another type; each at its place.
pub(super) fn check(
    declared: &Declared<'_>,
    id: TypeId,
    wanted: &[UserField],
    item: &ItemStruct,
) -> Result<Path> {
    let mut compared = Compared {
        schema: declared.schema,
        module: None,
        hidden: names_helpers(declared.schema, id),
    };
    let mut errors = Errors(None);
    for field in &item.fields {
        let Some(name) = &field.ident else { continue };
        match wanted.iter().find(|wanted| wanted.ident == *name) {
            None => errors.push(Error::new_spanned(name, undeclared(declared, wanted, item))),
            Some(wanted) => {
                let Ok(expected) = syn::parse2(wanted.ty.clone()) else {
                    continue;
                };
                if !compared.may_be_same(&expected, &field.ty) {
                    let message = mistyped(declared, wanted, &expected);
                    errors.push(Error::new_spanned(&field.ty, message));
                }
            }
        }
    }
    for wanted in wanted.iter().filter(|wanted| lacks(item, wanted)) {
        errors.push(Error::new_spanned(&item.ident, missing(declared, wanted)));
    }
    let unknown = declared.module.is_none() && compared.module.is_none();
    // Other mistakes may be all that hides it.
    if errors.0.is_none() && unknown && compared.hidden {
        errors.push(Error::new_spanned(&item.ident, hidden()));
    }
    errors.into_result()?;
    let here = || syn::parse_quote!(self);
    Ok(declared
        .module
        .cloned()
        .or(compared.module)
        .unwrap_or_else(here))
}

/// Whether the implementation names something in the schema's module that no field's type names.
fn names_helpers(schema: &Schema, id: TypeId) -> bool {
    fn has_date(schema: &Schema, ty: &Declaration) -> bool {
        match ty {
            Declaration::Param(id) => matches!(schema[*id].ty, ParamType::Date(_)),
            Declaration::Option(inner) | Declaration::List(inner) | Declaration::Map(inner) => {
                has_date(schema, inner)
            }
            _ => false,
        }
    }
    match &schema[id].kind {
        TypeKind::Struct(it) => it.fields.iter().any(|field| has_date(schema, &field.ty)),
        _ => false,
    }
}

struct Errors(Option<Error>);

impl Errors {
    fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            None => self.0 = Some(error),
        }
    }

    fn into_result(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

fn lacks(item: &ItemStruct, wanted: &UserField) -> bool {
    !item
        .fields
        .iter()
        .any(|field| field.ident.as_ref() == Some(&wanted.ident))
}

fn missing(declared: &Declared<'_>, wanted: &UserField) -> String {
    format!(
        "the schema's `{}` has a field `{}` (`{}`), which is missing here: add `{}: {}`",
        declared.name,
        wanted.ident,
        wanted.written,
        wanted.ident,
        syn::parse2(wanted.ty.clone()).map_or_else(|_| wanted.written.clone(), |ty| short(&ty)),
    )
}

fn undeclared(declared: &Declared<'_>, wanted: &[UserField], item: &ItemStruct) -> String {
    let free: Vec<String> = wanted
        .iter()
        .filter(|wanted| lacks(item, wanted))
        .map(|wanted| format!("`{}`", wanted.ident))
        .collect();
    let help = match free.as_slice() {
        [] => "remove it, or declare it there".to_owned(),
        free => format!("still missing here: {}", free.join(", ")),
    };
    format!("the schema's `{}` has no such field; {help}", declared.name)
}

fn mistyped(declared: &Declared<'_>, wanted: &UserField, expected: &Type) -> String {
    format!(
        "`{}.{}` is `{}` in the schema: write `{}`",
        declared.name,
        wanted.ident,
        wanted.written,
        short(expected),
    )
}

fn hidden() -> &'static str {
    "the fields' types do not show where the schema's module is: add `module = \"crate::...\"` to the attribute"
}

/// What comparing the fields brings to light.
struct Compared<'a> {
    schema: &'a Schema,
    /// Path before the name of one of the schema's own types.
    module: Option<Path>,
    /// One of the schema's own types stands here under another name, or not at all.
    hidden: bool,
}

impl Compared<'_> {
    /// Whether the written type may be the expected one, as far as names tell.
    fn may_be_same(&mut self, expected: &Type, written: &Type) -> bool {
        let (Some(expected), Some((written, path))) =
            (last(expected), last_with_path(bare(written)))
        else {
            // Nothing that is written without a path, such as `&str` or `(u8, u8)`, can be declared.
            return !matches!(
                bare(written),
                Type::Reference(_) | Type::Tuple(_) | Type::Array(_) | Type::Slice(_)
            );
        };
        let name = expected.ident.to_string();
        let own = self.own(&name);
        if written.ident != expected.ident {
            self.hidden |= own.is_some();
            let known = |name: &str| WELL_KNOWN.contains(&name);
            let exact = known(&name) || own == Some(true);
            return !(exact && known(&written.ident.to_string()));
        }
        if own.is_some() {
            self.learn(path);
        }
        let (expected, written) = (arguments(expected), arguments(written));
        expected.len() == written.len()
            && expected
                .iter()
                .zip(written)
                .all(|(expected, written)| self.may_be_same(expected, written))
    }

    /// Whether a name is one of the schema's own types, and then whether nothing else can stand for it.
    fn own(&self, name: &str) -> Option<bool> {
        let ty = self
            .schema
            .types
            .iter()
            .find(|ty| ty.name.camel() == name)?;
        match &ty.kind {
            TypeKind::Enum(_) | TypeKind::OneOf(_) => Some(true),
            TypeKind::Struct(it) => it.rust.is_none().then_some(true),
            TypeKind::Alias(_) => Some(false),
            TypeKind::Rust { .. } => None,
        }
    }

    fn learn(&mut self, path: &Path) {
        let mut module = path.clone();
        module.segments.pop();
        if self.module.is_none() && !module.segments.is_empty() {
            // Without the `::` before the name.
            module.segments.pop_punct();
            self.module = Some(module);
        }
    }
}

/// A type without parentheses, and without the group that a macro may put around it.
fn bare(mut ty: &Type) -> &Type {
    while let Type::Paren(syn::TypeParen { elem, .. }) | Type::Group(syn::TypeGroup { elem, .. }) =
        ty
    {
        ty = elem;
    }
    ty
}

fn last_with_path(ty: &Type) -> Option<(&PathSegment, &Path)> {
    match ty {
        Type::Path(it) if it.qself.is_none() => Some((it.path.segments.last()?, &it.path)),
        _ => None,
    }
}

fn last(ty: &Type) -> Option<&PathSegment> {
    last_with_path(bare(ty)).map(|(last, _)| last)
}

fn arguments(segment: &PathSegment) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// A type as people write it: `Option<String>` for `::std::option::Option<::std::string::String>`.
fn short(ty: &Type) -> String {
    let Some(last) = last(ty) else {
        return "_".to_owned();
    };
    let arguments: Vec<String> = arguments(last).into_iter().map(short).collect();
    if arguments.is_empty() {
        return last.ident.to_string();
    }
    format!("{}<{}>", last.ident, arguments.join(", "))
}
