//! Parameters of keys and channels: their fields, arguments, writing and reading.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use redis_schema_model::model::{Param, ParamId, ParamType, Segment, StringEncoding, Template};

use super::cx::Cx;
use super::{doc, ident, value_type};

/// A parameter in its place in a template.
#[derive(Clone, Copy)]
pub(crate) struct Slot<'a> {
    pub(crate) id: ParamId,
    pub(crate) param: &'a Param,
    /// It stands in an optional segment.
    pub(crate) optional: bool,
}

/// The parameters of a template in order of appearance.
pub(crate) fn slots<'a>(cx: Cx<'a>, template: &Template) -> Vec<Slot<'a>> {
    let mut out = Vec::new();
    let mut push = |id: ParamId, optional| {
        let param = &cx.schema[id];
        if !out.iter().any(|slot: &Slot<'_>| slot.id == id) {
            out.push(Slot {
                id,
                param,
                optional,
            });
        }
    };
    for segment in &template.segments {
        match segment {
            Segment::Literal(_) => {}
            Segment::Param(id) => push(*id, false),
            Segment::Optional(inner) => {
                for part in inner {
                    if let Segment::Param(id) = part {
                        push(*id, true);
                    }
                }
            }
        }
    }
    out
}

/// `<lifetime>` where one of the parameters borrows.
pub(crate) fn arguments(
    cx: Cx<'_>,
    slots: &[Slot<'_>],
    lifetime: &TokenStream,
) -> Option<TokenStream> {
    let borrows = slots.iter().any(|slot| slot.borrows(cx));
    borrows.then(|| quote!(<#lifetime>))
}

/// Name of the reader that no parameter has.
pub(crate) fn reader(slots: &[Slot<'_>]) -> Ident {
    let taken = slots.iter().any(|slot| slot.param.name.as_str() == "key");
    ident::ident(if taken { "__key" } else { "key" })
}

/// The parameters as constants, for scans of keys of which some are known: each with the first byte of the literal that
/// follows it. `head` is what stands before the braces.
pub(crate) fn constants<'s>(
    cx: Cx<'_>,
    head: &TokenStream,
    slots: impl ExactSizeIterator<Item = (&'s Slot<'s>, Option<u8>)>,
) -> Option<TokenStream> {
    if slots.len() < 2 {
        return None;
    }
    let params = slots.map(|(slot, stop)| slot.constant(cx, stop));
    Some(quote!(#head { #(#params)* }))
}

/// How a parameter's value is held.
enum Hold {
    /// By value, `Copy`.
    Copy(TokenStream),
    /// By value, of a user's own type.
    Users(TokenStream),
    /// `Cow<'a, str>`.
    Text,
    /// `Hashed<'a>`.
    Hashed,
}

/// Whether the text behind a parameter decides where its value ends.
pub(crate) fn ends_at_text(param: &Param) -> bool {
    matches!(
        param.ty,
        ParamType::String {
            encoding: StringEncoding::Raw { .. },
            ..
        }
    )
}

impl Slot<'_> {
    pub(crate) fn ident(&self) -> Ident {
        ident::snake(&self.param.name)
    }

    fn hold(&self, cx: Cx<'_>) -> Hold {
        if let Some(rust) = &self.param.rust {
            return Hold::Users(cx.user(rust.path()));
        }
        match &self.param.ty {
            ParamType::String {
                encoding: StringEncoding::Hash,
                ..
            } => Hold::Hashed,
            ParamType::Slug { .. }
            | ParamType::Hex(_)
            | ParamType::String { .. }
            | ParamType::Rest { .. } => Hold::Text,
            ty => Hold::Copy(value_type::built_in(cx, ty)),
        }
    }

    /// Whether its value borrows.
    pub(crate) fn borrows(&self, cx: Cx<'_>) -> bool {
        matches!(self.hold(cx), Hold::Text | Hold::Hashed)
    }

    /// Whether its value is `Copy`.
    pub(crate) fn is_copy(&self, cx: Cx<'_>) -> bool {
        matches!(self.hold(cx), Hold::Copy(_))
    }

    /// Type of the value, without the `Option` of an optional segment.
    pub(crate) fn value_type(&self, cx: Cx<'_>, lifetime: &TokenStream) -> TokenStream {
        let rt = cx.rt();
        match self.hold(cx) {
            Hold::Copy(ty) | Hold::Users(ty) => ty,
            Hold::Text => quote!(#rt::Cow<#lifetime, str>),
            Hold::Hashed => quote!(#rt::value::Hashed<#lifetime>),
        }
    }

    /// Type of the field that holds it.
    pub(crate) fn field_type(&self, cx: Cx<'_>, lifetime: &TokenStream) -> TokenStream {
        let ty = self.value_type(cx, lifetime);
        if self.optional {
            let option = cx.option();
            quote!(#option<#ty>)
        } else {
            ty
        }
    }

    /// The public field with its documentation.
    pub(crate) fn field(&self, cx: Cx<'_>) -> TokenStream {
        let (docs, name) = (self.docs(), self.ident());
        let ty = self.field_type(cx, &quote!('a));
        quote!(#docs pub #name: #ty)
    }

    pub(crate) fn docs(&self) -> TokenStream {
        match &self.param.about {
            Some(about) => doc::paragraphs([about.as_str()]),
            None => doc::own(&format!("The `{}`.", self.param.name.as_str())),
        }
    }

    /// The argument of a constructor.
    pub(crate) fn argument(&self, cx: Cx<'_>) -> TokenStream {
        let name = self.ident();
        let ty = match self.hold(cx) {
            Hold::Copy(_) | Hold::Users(_) => self.field_type(cx, &quote!('a)),
            // `None` alone would not tell what it is none of.
            Hold::Text | Hold::Hashed if self.optional => {
                let option = cx.option();
                quote!(#option<&'a str>)
            }
            Hold::Text | Hold::Hashed => {
                let (into, ty) = (cx.into(), self.value_type(cx, &quote!('a)));
                quote!(impl #into<#ty>)
            }
        };
        quote!(#name: #ty)
    }

    /// The field of a struct expression, from the constructor's argument.
    pub(crate) fn filled(&self, cx: Cx<'_>) -> TokenStream {
        let name = self.ident();
        match self.hold(cx) {
            Hold::Copy(_) | Hold::Users(_) => quote!(#name),
            Hold::Text | Hold::Hashed if self.optional => {
                quote!(#name: #name.map(::core::convert::Into::into))
            }
            Hold::Text | Hold::Hashed => quote!(#name: #name.into()),
        }
    }

    /// A value of it, given as an expression, in the form that does not borrow.
    pub(crate) fn fixed(&self, cx: Cx<'_>, value: TokenStream) -> TokenStream {
        match self.hold(cx) {
            Hold::Text => quote!(#value.into_owned()),
            Hold::Hashed => quote!(#value.into_owned()),
            Hold::Copy(_) | Hold::Users(_) => value,
        }
    }

    /// What `Debug` is told of it: its name, its field, whether it is secret.
    pub(crate) fn shown(&self) -> (String, Ident, bool) {
        (
            self.param.name.as_str().to_owned(),
            self.ident(),
            self.param.secret,
        )
    }

    /// The constant that picks keys by it. `stop` is the first byte of the literal that follows.
    fn constant(&self, cx: Cx<'_>, stop: Option<u8>) -> TokenStream {
        let (rt, some) = (cx.rt(), cx.some());
        let name = self.param.name.as_str();
        let docs = doc::own(&format!("Picks keys by their `{name}`."));
        let constant = ident::upper(&self.param.name);
        let ty = self.value_type(cx, &quote!('static));
        let field = self.ident();
        let value = Ident::new("value", proc_macro2::Span::call_site());
        let write = self.write(cx, &Place::Reference(value), stop);
        let read = if self.optional {
            quote!(key.#field.as_ref())
        } else {
            quote!(#some(&key.#field))
        };
        quote! {
            #docs
            pub const #constant: #rt::Param<Self, #ty> =
                #rt::Param::new(#name, |out, value| { #write }, |key| #read);
        }
    }

    /// The statement that writes it. `stop` is the first byte of the literal that follows.
    pub(crate) fn write(&self, cx: Cx<'_>, place: &Place, stop: Option<u8>) -> TokenStream {
        let name = self.param.name.as_str();
        let text = match &self.param.rust {
            Some(_) => self.plain(cx, place),
            None => place.reference(),
        };
        match &self.param.ty {
            ParamType::Uuid => quote!(out.uuid(#text);),
            ParamType::Ulid => quote!(out.ulid(#text);),
            ParamType::Ip => quote!(out.ip(#text);),
            ParamType::Unsigned(_) | ParamType::Signed(_) => {
                let number = match &self.param.rust {
                    Some(_) => self.plain_value(cx, place),
                    None => place.value(),
                };
                quote!(out.integer(#number);)
            }
            ParamType::TimestampS | ParamType::TimestampMs => {
                let place = place.path();
                quote!(out.integer(#place.get());)
            }
            ParamType::Enum(_) => {
                let place = place.path();
                quote!(out.literal(#place.as_str());)
            }
            ParamType::Date(format) => {
                let pattern = format.pattern();
                quote!(out.date(#name, #text, #pattern);)
            }
            ParamType::Slug { max } => {
                let max = limit(*max);
                quote!(out.slug(#name, #text, #max);)
            }
            ParamType::Hex(length) => {
                let length = Literal::u32_unsuffixed(*length);
                quote!(out.hex(#name, #text, #length);)
            }
            ParamType::String { max, encoding } => {
                let limit = limit(*max);
                match encoding {
                    StringEncoding::Percent => quote!(out.percent(#name, #text, #limit);),
                    StringEncoding::Hash => {
                        let value = self.hashed(cx, place);
                        quote!(out.hashed(#name, #value, #limit);)
                    }
                    StringEncoding::Raw { .. } => {
                        let stop = stop_byte(cx, stop);
                        quote!(out.raw(#name, #text, #limit, #stop);)
                    }
                }
            }
            ParamType::Rest { max } => {
                let (max, none) = (limit(*max), cx.none());
                quote!(out.raw(#name, #text, #max, #none);)
            }
        }
    }

    fn hashed(&self, cx: Cx<'_>, place: &Place) -> TokenStream {
        let rt = cx.rt();
        match &self.param.rust {
            Some(_) => {
                let text = self.plain_value(cx, place);
                quote!(&#rt::value::Hashed::from(#text))
            }
            None => place.reference(),
        }
    }

    /// The built-in value of a user's own type, borrowed.
    fn plain(&self, cx: Cx<'_>, place: &Place) -> TokenStream {
        let value = self.plain_value(cx, place);
        quote!(&#value)
    }

    fn plain_value(&self, cx: Cx<'_>, place: &Place) -> TokenStream {
        let (rt, ty) = (cx.rt(), value_type::built_in(cx, &self.param.ty));
        let value = place.reference();
        quote!(#rt::plain::<#ty, _>(#value))
    }

    /// The expression that reads it: an `Option`.
    pub(crate) fn read(&self, cx: Cx<'_>, key: &Ident, stop: Option<u8>) -> TokenStream {
        let rt = cx.rt();
        let call = self.read_built_in(cx, key, stop);
        match (&self.param.rust, self.hold(cx)) {
            (Some(_), _)
                if matches!(
                    self.param.ty,
                    ParamType::String {
                        encoding: StringEncoding::Hash,
                        ..
                    }
                ) =>
            {
                // A digest does not tell the text that a user's type is made of.
                let none = cx.none();
                quote!(#none)
            }
            (Some(_), _) => quote!(#call.and_then(#rt::through)),
            (None, Hold::Text) => quote!(#call.map(#rt::Cow::Owned)),
            (None, _) => call,
        }
    }

    fn read_built_in(&self, cx: Cx<'_>, key: &Ident, stop: Option<u8>) -> TokenStream {
        let rt = cx.rt();
        match &self.param.ty {
            ParamType::Uuid => quote!(#key.uuid()),
            ParamType::Ulid => quote!(#key.ulid()),
            ParamType::Ip => quote!(#key.ip()),
            ParamType::Unsigned(_) | ParamType::Signed(_) if self.param.rust.is_some() => {
                let ty = value_type::built_in(cx, &self.param.ty);
                quote!(#key.integer::<#ty>())
            }
            ParamType::Unsigned(_) | ParamType::Signed(_) => quote!(#key.integer()),
            ParamType::TimestampS => quote!(#key.integer().map(#rt::value::TimestampS::new)),
            ParamType::TimestampMs => quote!(#key.integer().map(#rt::value::TimestampMs::new)),
            ParamType::Enum(_) => quote!(#key.text_enum()),
            ParamType::Date(format) => {
                let pattern = format.pattern();
                quote!(#key.date(#pattern))
            }
            ParamType::Slug { max } => {
                let max = limit(*max);
                quote!(#key.slug(#max))
            }
            ParamType::Hex(length) => {
                let length = Literal::u32_unsuffixed(*length);
                quote!(#key.hex(#length))
            }
            ParamType::String { max, encoding } => {
                let max = limit(*max);
                match encoding {
                    StringEncoding::Percent => quote!(#key.percent(#max)),
                    StringEncoding::Hash => quote!(#key.hashed()),
                    StringEncoding::Raw { .. } => {
                        let stop = stop_byte(cx, stop);
                        quote!(#key.raw(#max, #stop))
                    }
                }
            }
            ParamType::Rest { max } => {
                let (max, none) = (limit(*max), cx.none());
                quote!(#key.raw(#max, #none))
            }
        }
    }
}

fn limit(max: Option<u32>) -> TokenStream {
    match max.map(Literal::u32_unsuffixed) {
        Some(max) => quote!(#max),
        None => quote!(usize::MAX),
    }
}

fn stop_byte(cx: Cx<'_>, stop: Option<u8>) -> TokenStream {
    match stop {
        Some(byte) => {
            let (some, byte) = (cx.some(), Literal::byte_character(byte));
            quote!(#some(#byte))
        }
        None => cx.none(),
    }
}

/// Where a value to be written is found.
pub(crate) enum Place {
    /// A field of `self`.
    Field(Ident),
    /// A variable that refers to it.
    Reference(Ident),
}

impl Place {
    fn reference(&self) -> TokenStream {
        match self {
            Self::Field(name) => quote!(&self.#name),
            Self::Reference(name) => name.to_token_stream(),
        }
    }

    fn value(&self) -> TokenStream {
        match self {
            Self::Field(name) => quote!(self.#name),
            Self::Reference(name) => quote!(*#name),
        }
    }

    fn path(&self) -> TokenStream {
        match self {
            Self::Field(name) => quote!(self.#name),
            Self::Reference(name) => name.to_token_stream(),
        }
    }
}
