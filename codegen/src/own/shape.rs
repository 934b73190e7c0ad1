use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Error, Fields, ItemStruct, Path, Result, Token};

/// A struct that can stand for a declared one has named fields and nothing to fill in.
pub(super) fn check(item: &ItemStruct) -> Result<()> {
    if !matches!(item.fields, Fields::Named(_)) {
        return Err(Error::new_spanned(
            &item.ident,
            "the schema's fields have names, so the struct's must too: `struct Name { field: Type }`",
        ));
    }
    if !item.generics.params.is_empty() {
        return Err(Error::new_spanned(
            &item.generics,
            "the schema names one type, so the struct cannot have parameters",
        ));
    }
    item.attrs.iter().try_for_each(own_serde)
}

/// Two implementations of serde's traits would collide in a way that is hard to read.
fn own_serde(attribute: &Attribute) -> Result<()> {
    if !attribute.path().is_ident("derive") {
        return Ok(());
    }
    let derived = attribute
        .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
        .unwrap_or_default();
    let serde = derived.iter().find(|path| {
        let name = path.segments.last().map(|last| last.ident.to_string());
        matches!(name.as_deref(), Some("Serialize" | "Deserialize"))
    });
    serde.map_or(Ok(()), |path| {
        let message =
            "#[redis_schema] derives serde's traits itself, in the schema's form: remove them here";
        Err(Error::new(path.span(), message))
    })
}
