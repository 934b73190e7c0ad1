//! Templates: their parts as constants, writing a key and reading it back.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::{ParamId, Segment, Template};

use super::cx::Cx;
use super::ident;
use super::param::{self, Place, Slot, slots};

/// A template with the words its placeholders may not take.
pub(crate) struct Parts<'a> {
    cx: Cx<'a>,
    template: &'a Template,
    reserved: &'a [(ParamId, String)],
    pub(crate) slots: Vec<Slot<'a>>,
}

impl<'a> Parts<'a> {
    pub(crate) fn new(
        cx: Cx<'a>,
        template: &'a Template,
        reserved: &'a [(ParamId, String)],
    ) -> Self {
        Self {
            cx,
            template,
            reserved,
            slots: slots(cx, template),
        }
    }

    /// The parts as a constant expression.
    pub(crate) fn constant(&self) -> TokenStream {
        let parts = self.constants(&self.template.segments);
        quote!(&[#(#parts),*])
    }

    fn constants(&self, segments: &[Segment]) -> Vec<TokenStream> {
        let rt = self.cx.rt();
        let one = |segment: &Segment| match segment {
            Segment::Literal(text) => quote!(#rt::Segment::Literal(#text)),
            Segment::Param(id) => {
                let name = self.cx.schema[*id].name.as_str();
                quote!(#rt::Segment::Param(#name))
            }
            Segment::Optional(inner) => {
                let inner = self.constants(inner);
                quote!(#rt::Segment::Optional(&[#(#inner),*]))
            }
        };
        segments.iter().map(one).collect()
    }

    fn slot(&self, id: ParamId) -> Option<&Slot<'a>> {
        self.slots.iter().find(|slot| slot.id == id)
    }

    /// Words that a placeholder may not take here.
    fn reserved(&self, id: ParamId) -> Vec<&'a str> {
        let words = self.reserved.iter().filter(|(param, _)| *param == id);
        words.map(|(_, word)| word.as_str()).collect()
    }

    /// The statements of `fn write(&self, out: &mut KeyBuf)`.
    pub(crate) fn write(&self) -> TokenStream {
        let segments = &self.template.segments;
        let statements = segments.iter().enumerate().map(|(index, segment)| {
            let after = segments.get(index + 1..).unwrap_or_default();
            match segment {
                Segment::Literal(text) => quote!(out.literal(#text);),
                Segment::Param(id) => self.write_param(*id, false, after, &[]),
                Segment::Optional(inner) => self.write_optional(inner, after),
            }
        });
        quote!(#(#statements)*)
    }

    fn write_optional(&self, inner: &[Segment], after: &[Segment]) -> TokenStream {
        let some = self.cx.some();
        let Some(slot) = inner.iter().find_map(|part| match part {
            Segment::Param(id) => self.slot(*id),
            _ => None,
        }) else {
            return TokenStream::new();
        };
        let statements = inner.iter().enumerate().map(|(index, part)| match part {
            Segment::Literal(text) => quote!(out.literal(#text);),
            Segment::Param(id) => {
                let rest = inner.get(index + 1..).unwrap_or_default();
                self.write_param(*id, true, rest, after)
            }
            Segment::Optional(_) => TokenStream::new(),
        });
        let name = slot.ident();
        quote! {
            if let #some(value) = &self.#name {
                #(#statements)*
            }
        }
    }

    fn write_param(
        &self,
        id: ParamId,
        optional: bool,
        after: &[Segment],
        then: &[Segment],
    ) -> TokenStream {
        let Some(slot) = self.slot(id) else {
            return TokenStream::new();
        };
        let place = if optional {
            Place::Reference(format_ident!("value"))
        } else {
            Place::Field(slot.ident())
        };
        let write = slot.write(self.cx, &place, stop(after, then));
        let words = self.reserved(id);
        if words.is_empty() {
            return write;
        }
        let name = slot.param.name.as_str();
        quote! {
            let start = out.len();
            #write
            out.reserved(#name, start, &[#(#words),*]);
        }
    }

    /// First byte of the literal behind a placeholder.
    pub(crate) fn stop(&self, id: ParamId) -> Option<u8> {
        let segments = &self.template.segments;
        segments.iter().enumerate().find_map(|(index, segment)| {
            let after = segments.get(index + 1..).unwrap_or_default();
            match segment {
                Segment::Param(param) if *param == id => Some(stop(after, &[])),
                Segment::Optional(inner) => {
                    let place = inner
                        .iter()
                        .position(|part| matches!(part, Segment::Param(param) if *param == id))?;
                    Some(stop(inner.get(place + 1..).unwrap_or_default(), after))
                }
                _ => None,
            }
        })?
    }

    /// Name of the reader that no parameter has.
    pub(crate) fn reader(&self) -> Ident {
        param::reader(&self.slots)
    }

    /// The body of `fn read(key: &mut KeyParser<'_>) -> Option<Self>`.
    pub(crate) fn read(&self) -> TokenStream {
        let (key, some) = (self.reader(), self.cx.some());
        let segments = &self.template.segments;
        let mut statements = Vec::new();
        let mut fields = Vec::new();
        for (index, segment) in segments.iter().enumerate() {
            let after = segments.get(index + 1..).unwrap_or_default();
            let (name, value) = match segment {
                Segment::Literal(text) => {
                    statements.push(quote!(#key.literal(#text)?;));
                    continue;
                }
                Segment::Param(id) => {
                    let value = self.read_param(*id, after, &[]);
                    (self.field(*id), quote!(#value?))
                }
                Segment::Optional(inner) => self.read_optional(inner, after),
            };
            if after.is_empty() {
                fields.push(quote!(#name: #value));
            } else {
                statements.push(quote!(let #name = #value;));
                fields.push(quote!(#name));
            }
        }
        quote!(#(#statements)* #some(Self { #(#fields),* }))
    }

    fn field(&self, id: ParamId) -> Ident {
        ident::snake(&self.cx.schema[id].name)
    }

    fn read_optional(&self, inner: &[Segment], after: &[Segment]) -> (Ident, TokenStream) {
        let (key, some) = (self.reader(), self.cx.some());
        let mut field = format_ident!("none");
        let mut statements = Vec::new();
        let mut result = TokenStream::new();
        for (index, part) in inner.iter().enumerate() {
            let rest = inner.get(index + 1..).unwrap_or_default();
            match part {
                Segment::Literal(text) => statements.push(quote!(#key.literal(#text)?;)),
                Segment::Param(id) => {
                    field = self.field(*id);
                    let value = self.read_param(*id, rest, after);
                    if rest.is_empty() {
                        result = value;
                    } else {
                        statements.push(quote!(let value = #value?;));
                        result = quote!(#some(value));
                    }
                }
                Segment::Optional(_) => {}
            }
        }
        let body = if statements.is_empty() {
            result
        } else {
            quote!({ #(#statements)* #result })
        };
        (field, quote!(#key.optional(|#key| #body)))
    }

    fn read_param(&self, id: ParamId, after: &[Segment], then: &[Segment]) -> TokenStream {
        let key = self.reader();
        let Some(slot) = self.slot(id) else {
            return self.cx.none();
        };
        let read = slot.read(self.cx, &key, stop(after, then));
        let words = self.reserved(id);
        if words.is_empty() {
            read
        } else {
            quote!(#key.except(&[#(#words),*], |#key| #read))
        }
    }
}

/// First byte of what follows a placeholder, where that is a literal.
pub(super) fn stop(after: &[Segment], then: &[Segment]) -> Option<u8> {
    match after.first().or_else(|| then.first())? {
        Segment::Literal(text) => text.bytes().next(),
        Segment::Param(_) => None,
        Segment::Optional(inner) => stop(inner, &[]),
    }
}
