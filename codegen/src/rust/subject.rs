//! What keys and channels have in common: a type with the parameters, and functions that make one.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use redis_schema_model::model::{Name, ParamId, Prefix, Template};

use super::cx::{Cx, allow_many};
use super::param::{self, Slot};
use super::template::Parts;
use super::{doc, ident};

/// A key or channel about to be emitted.
pub(crate) struct Subject<'a> {
    pub(crate) name: &'a Name,
    pub(crate) docs: TokenStream,
    /// The same in one line, for the functions that make one.
    pub(crate) line: TokenStream,
    pub(crate) deprecated: Option<&'a str>,
    pub(crate) parts: Parts<'a>,
}

/// What a function makes: the type without its arguments, the function that makes one, and what follows the
/// first argument of the type.
pub(crate) struct Made {
    pub(crate) what: TokenStream,
    pub(crate) make: TokenStream,
    pub(crate) family: Option<TokenStream>,
}

impl Made {
    /// One of a type without further arguments.
    pub(crate) fn plain(what: TokenStream, make: TokenStream) -> Self {
        Self {
            what,
            make,
            family: None,
        }
    }
}

impl<'a> Subject<'a> {
    pub(crate) fn new(
        cx: Cx<'a>,
        name: &'a Name,
        template: &'a Template,
        reserved: &'a [(ParamId, String)],
    ) -> Self {
        Self {
            name,
            docs: TokenStream::new(),
            line: TokenStream::new(),
            deprecated: None,
            parts: Parts::new(cx, template, reserved),
        }
    }

    /// Says what it is: in full on the type, in one line on the functions. A short description needs no more
    /// than the line in either place.
    pub(crate) fn document(&mut self, about: Option<&str>, summary: &str) {
        self.line = doc::line(about, summary);
        let short = about.is_none_or(|about| about.trim().lines().count() == 1);
        self.docs = if short {
            self.line.clone()
        } else {
            doc::with_summary(about, summary)
        };
    }

    pub(crate) fn slots(&self) -> &[Slot<'a>] {
        &self.parts.slots
    }

    pub(crate) fn type_name(&self) -> Ident {
        ident::camel(self.name)
    }

    /// `<'a>` where a parameter borrows.
    pub(crate) fn generics(&self, cx: Cx<'_>) -> Option<TokenStream> {
        self.arguments(cx, &quote!('a))
    }

    /// `<lifetime>` where a parameter borrows.
    pub(crate) fn arguments(&self, cx: Cx<'_>, lifetime: &TokenStream) -> Option<TokenStream> {
        param::arguments(cx, self.slots(), lifetime)
    }

    /// The type with its parameters as public fields, and what is derived for it.
    pub(crate) fn definition(&self, cx: Cx<'_>) -> TokenStream {
        let secret = self.slots().iter().any(|slot| slot.param.secret);
        let mut traits = vec![quote!(Clone)];
        if self.slots().iter().all(|slot| slot.is_copy(cx)) {
            traits.push(quote!(Copy));
        }
        if !secret {
            traits.push(quote!(Debug));
        }
        traits.push(quote!(PartialEq));
        let debug = secret.then(|| self.debug(cx));
        let (docs, name, generics) = (&self.docs, self.type_name(), self.generics(cx));
        let fields = self.slots().iter().map(|slot| slot.field(cx));
        let body = if self.slots().is_empty() {
            quote!(;)
        } else {
            quote!({ #(#fields),* })
        };
        quote! {
            #docs
            #[derive(#(#traits),*)]
            pub struct #name #generics #body
            #debug
        }
    }

    /// `Debug` that leaves out what is secret.
    fn debug(&self, cx: Cx<'_>) -> TokenStream {
        let (name, anonymous) = (self.type_name(), self.arguments(cx, &quote!('_)));
        let fields = self.slots().iter().map(Slot::shown);
        super::debug::implementation(cx, &quote!(#name #anonymous), self.name, fields)
    }

    /// Builder calls on the facts: the prefix.
    pub(crate) fn prefix(cx: Cx<'_>, prefix: &Prefix) -> TokenStream {
        let rt = cx.rt();
        if prefix.text.is_empty() && prefix.env.is_none() {
            return TokenStream::new();
        }
        let text = &prefix.text;
        let variable = match &prefix.env {
            Some(variable) => {
                let some = cx.some();
                quote!(#some(#variable))
            }
            None => cx.none(),
        };
        quote!(.prefix(#rt::Prefix::new(#text, #variable)))
    }

    /// `write` and `read` of the trait.
    pub(crate) fn conversions(&self, cx: Cx<'_>) -> TokenStream {
        let (rt, option) = (cx.rt(), cx.option());
        let (write, read, key) = (self.parts.write(), self.parts.read(), self.parts.reader());
        quote! {
            fn write(&self, out: &mut #rt::KeyBuf) {
                #write
            }
            fn read(#key: &mut #rt::KeyParser<'_>) -> #option<Self> {
                #read
            }
        }
    }

    pub(crate) fn deprecation(&self) -> Option<TokenStream> {
        self.deprecated.map(|note| {
            let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
            quote!(#[deprecated(note = #note)])
        })
    }

    /// The function that makes one without a store.
    pub(crate) fn constructor(&self, cx: Cx<'_>, made: &Made) -> TokenStream {
        let (docs, deprecated) = (&self.line, self.deprecation());
        let (function, ty) = (ident::snake(self.name), self.type_name());
        let (generics, arguments) = (self.generics(cx), self.arguments(cx, &quote!('a)));
        let parameters = self.slots().iter().map(|slot| slot.argument(cx));
        let value = self.value(cx, &quote!(#ty));
        let many = allow_many(self.slots().len());
        let Made { what, make, family } = made;
        quote! {
            #docs
            #deprecated
            #many
            pub fn #function #generics(#(#parameters),*) -> #what<#ty #arguments #family> {
                #make(#value)
            }
        }
    }

    /// The store's method that makes one. `module` is where the type is.
    pub(crate) fn method(&self, cx: Cx<'_>, module: &Ident, made: &Made) -> TokenStream {
        let (docs, deprecated) = (&self.line, self.deprecation());
        let (function, name) = (ident::snake(self.name), self.type_name());
        let ty = quote!(#module::#name);
        let (generics, arguments) = (self.generics(cx), self.arguments(cx, &quote!('a)));
        let parameters = self.slots().iter().map(|slot| slot.argument(cx));
        let value = self.value(cx, &ty);
        let Made { what, make, family } = made;
        let on = quote!(#what<'_, #ty #arguments #family>);
        let many = allow_many(self.slots().len() + 1);
        quote! {
            #docs
            #deprecated
            #many
            pub fn #function #generics(&self, #(#parameters),*) -> #on {
                #make(#value, &self.0)
            }
        }
    }

    /// The struct expression from the arguments of the same names.
    fn value(&self, cx: Cx<'_>, ty: &TokenStream) -> TokenStream {
        if self.slots().is_empty() {
            return ty.clone();
        }
        let fields = self.slots().iter().map(|slot| slot.filled(cx));
        quote!(#ty { #(#fields),* })
    }
}
