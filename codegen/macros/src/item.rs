//! What the attribute stands on.

use proc_macro2::{Ident, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, ItemStruct, Token, Visibility, braced};

/// What the attribute stands on.
pub(crate) enum Item {
    Module(Module),
    Struct(ItemStruct),
}

/// A module. Its body is never parsed: it is none of the attribute's business.
pub(crate) struct Module {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) name: Ident,
    /// Nothing for `mod name;`.
    pub(crate) body: Option<TokenStream>,
}

const PLACES: &str =
    "#[redis_schema] stands on a module (`pub mod shop {}`) or on a struct that the schema names";

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        ahead.call(Attribute::parse_outer)?;
        ahead.parse::<Visibility>()?;
        if ahead.peek(Token![mod]) {
            input.parse().map(Self::Module)
        } else if ahead.peek(Token![struct]) {
            input.parse().map(Self::Struct)
        } else {
            Err(ahead.error(PLACES))
        }
    }
}

impl Parse for Module {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        input.parse::<Token![mod]>()?;
        let name = input.parse()?;
        let body = if input.parse::<Option<Token![;]>>()?.is_some() {
            None
        } else {
            let content;
            braced!(content in input);
            Some(content.parse()?)
        };
        Ok(Self {
            attributes,
            visibility,
            name,
            body,
        })
    }
}
