//! A user's own struct in place of an emitted one: what the attribute on it adds.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use redis_schema_model::model::{Schema, StructType, TypeId, TypeKind};

use super::cx::{Cx, Facts, Place};
use super::{Options, ident, record, types, value_type};

/// What a user's struct must look like, and what it gets.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct UserStruct {
    /// The fields it must have, in the schema's order.
    pub fields: Vec<UserField>,
    /// Derives and attributes of the struct itself.
    pub attributes: TokenStream,
    /// Implementations beside it.
    pub impls: TokenStream,
}

/// One field of a user's struct.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct UserField {
    /// Its identifier.
    pub ident: Ident,
    /// The type it must have.
    pub ty: TokenStream,
    /// That type as the schema writes it.
    pub written: String,
    /// Serde's attribute for it; may be empty.
    pub attributes: TokenStream,
}

/// What the struct called `name` must look like to stand for a declared type whose fields are listed; `None`
/// for a type that is no such struct. `module` is the path of the schema's module as seen from the struct.
#[must_use]
pub fn user_struct(
    schema: &Schema,
    id: TypeId,
    name: &Ident,
    module: &TokenStream,
    options: &Options,
) -> Option<UserStruct> {
    let TypeKind::Struct(it) = &schema[id].kind else {
        return None;
    };
    let support = options.support();
    let facts = Facts::new(schema, &support);
    let place = Place {
        support: support.clone(),
        types: quote!(#module::),
        relative: quote!(#module::),
    };
    let cx = Cx::new(schema, &facts, &place);
    let (serde, strict) = (format!("{}::serde", cx.support()), types::strictness(it));
    Some(UserStruct {
        fields: fields(cx, it, name),
        attributes: quote! {
            #[derive(#support::serde::Serialize, #support::serde::Deserialize)]
            #[serde(crate = #serde #strict)]
        },
        impls: impls(cx, id, it, name),
    })
}

fn fields(cx: Cx<'_>, it: &StructType, name: &Ident) -> Vec<UserField> {
    let owner = name.to_string();
    it.fields
        .iter()
        .map(|field| UserField {
            ident: ident::snake(&field.name),
            ty: value_type::of(cx, &field.ty),
            written: super::describe::ty(cx.schema, &field.ty),
            attributes: types::attributes(cx, &owner, field).unwrap_or_default(),
        })
        .collect()
}

fn impls(cx: Cx<'_>, id: TypeId, it: &StructType, name: &Ident) -> TokenStream {
    let ty = quote!(#name);
    let defaults: Vec<_> = types::default_functions(cx, &it.fields).collect();
    let defaults = (!defaults.is_empty()).then(|| quote!(impl #ty { #(#defaults)* }));
    let bounds = cx.is_bounded(id).then(|| types::bounds(cx, it, &ty));
    let record = cx.is_recorded(id).then(|| record::emit(cx, it, &ty));
    quote!(#defaults #bounds #record)
}
