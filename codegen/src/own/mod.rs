//! A user's own struct that stands for a declared one: its fields against the declared fields, and what is
//! added to it.

mod compare;
mod shape;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use redis_schema_model::model::{Schema, TypeId, TypeKind};
use syn::{Error, Fields, ItemStruct, Path, Result};

use crate::rust::{Options, UserField, UserStruct, user_struct};

/// Which declared type a struct stands for.
#[derive(Debug)]
pub struct Declared<'a> {
    /// The schema that declares it.
    pub schema: &'a Schema,
    /// Its name there.
    pub name: &'a str,
    /// Where that name was written.
    pub span: Span,
    /// Path of the schema's module as seen from the struct, where the struct's fields do not show it.
    pub module: Option<&'a Path>,
}

/// The struct with what makes it readable and writable as its declaration says.
///
/// # Errors
/// Everything in which it is not what the schema declares, each at its field.
pub fn expand(
    declared: &Declared<'_>,
    mut item: ItemStruct,
    options: &Options,
) -> Result<TokenStream> {
    let id = find(declared)?;
    shape::check(&item)?;
    let here = syn::parse_quote!(self);
    let module = declared.module.unwrap_or(&here);
    let wanted = wanted(declared, id, &item.ident, module, options)?;
    let module = compare::check(declared, id, &wanted.fields, &item)?;
    let wanted = self::wanted(declared, id, &item.ident, &module, options)?;
    let same = assertion(&wanted.fields, &item);
    decorate(&wanted.fields, &mut item);
    let UserStruct {
        attributes, impls, ..
    } = wanted;
    Ok(quote!(#attributes #item #impls #same))
}

fn wanted(
    declared: &Declared<'_>,
    id: TypeId,
    name: &Ident,
    module: &Path,
    options: &Options,
) -> Result<UserStruct> {
    let wanted = user_struct(declared.schema, id, name, &quote!(#module), options);
    wanted.ok_or_else(|| Error::new(declared.span, no_struct(declared.name)))
}

fn no_struct(name: &str) -> String {
    format!(
        "`{name}` has no fields in the schema, so no struct can stand for it; `rust:` with `as:` takes a type of yours as a whole"
    )
}

fn find(declared: &Declared<'_>) -> Result<TypeId> {
    let (schema, name) = (declared.schema, declared.name);
    let error = |message: String| Err(Error::new(declared.span, message));
    let Some((id, ty)) = TypeId::each(schema).find(|(_, ty)| ty.name.as_str() == name) else {
        let own: Vec<String> = schema
            .types
            .iter()
            .filter(|ty| matches!(&ty.kind, TypeKind::Struct(it) if it.rust.is_some()))
            .map(|ty| format!("`{}`", ty.name))
            .collect();
        let there = match own.as_slice() {
            [] => "it has none with `fields:` and `rust:`".to_owned(),
            own => format!("those with `fields:` and `rust:` are {}", own.join(", ")),
        };
        return error(format!("the schema declares no type `{name}`; {there}"));
    };
    match &ty.kind {
        TypeKind::Struct(it) if it.rust.is_some() => Ok(id),
        TypeKind::Struct(_) => error(format!(
            "the schema's module has a struct `{name}` of its own; to use this one instead, add `rust: crate::{name}` (its path) to the type's declaration"
        )),
        _ => error(no_struct(name)),
    }
}

/// The compiler's own check that every field has its type; what stands behind other names is seen by it alone.
fn assertion(wanted: &[UserField], item: &ItemStruct) -> TokenStream {
    let name = &item.ident;
    let checks = wanted.iter().filter_map(|wanted| {
        let written = item
            .fields
            .iter()
            .find(|it| it.ident.as_ref() == Some(&wanted.ident))?;
        let (field, ty) = (&written.ident, &wanted.ty);
        let span = syn::spanned::Spanned::span(&written.ty);
        Some(quote_spanned!(span=> let _: &#ty = &it.#field;))
    });
    quote!(const _: fn(&#name) = |it| { #(#checks)* };)
}

fn decorate(wanted: &[UserField], item: &mut ItemStruct) {
    let Fields::Named(fields) = &mut item.fields else {
        return;
    };
    for field in &mut fields.named {
        let wanted = wanted
            .iter()
            .find(|wanted| field.ident.as_ref() == Some(&wanted.ident));
        if let Some(attributes) = wanted.map(|it| &it.attributes) {
            let parsed: Result<Attributes> = syn::parse2(attributes.clone());
            field
                .attrs
                .extend(parsed.map(|it| it.0).unwrap_or_default());
        }
    }
}

struct Attributes(Vec<syn::Attribute>);

impl syn::parse::Parse for Attributes {
    fn parse(input: syn::parse::ParseStream<'_>) -> Result<Self> {
        syn::Attribute::parse_outer(input).map(Self)
    }
}
