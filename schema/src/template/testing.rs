//! Templates for tests, without YAML.

use super::{Context, Params, Resolved, parse, resolve};
use crate::diagnostic::Sink;
use crate::model::{EnumType, Name, Param, ParamId, ParamType, TypeDef, TypeId, TypeKind, Variant};
use crate::text::testing::plain;

/// Parameters called `a`, `b`, `c`, … in order.
#[derive(Debug, Default)]
pub(crate) struct Table {
    params: Vec<Param>,
    types: Vec<TypeDef>,
}

impl Table {
    pub(crate) fn new(types: impl IntoIterator<Item = ParamType>) -> Self {
        let mut table = Self::default();
        for ty in types {
            table.push(ty);
        }
        table
    }

    pub(crate) fn push(&mut self, ty: ParamType) -> ParamId {
        let index = u32::try_from(self.params.len()).unwrap_or_default();
        let letter = char::from(b'a' + u8::try_from(index).unwrap_or_default());
        self.params.push(Param {
            name: Name::new(letter),
            ty,
            about: None,
            secret: false,
            rust: None,
            was: Vec::new(),
            span: plain("").span(),
        });
        ParamId(index)
    }

    /// The type of a parameter that is one of these words.
    pub(crate) fn one_of(&mut self, words: &[&str]) -> ParamType {
        let variant = |word: &&str| Variant {
            name: Name::new(*word),
            text: (*word).to_owned(),
            about: None,
        };
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or_default());
        self.types.push(TypeDef {
            name: Name::new("Words"),
            about: None,
            kind: TypeKind::Enum(EnumType {
                variants: words.iter().map(variant).collect(),
                other: None,
                flow: Vec::new(),
            }),
            range: None,
            was: Vec::new(),
            span: plain("").span(),
        });
        ParamType::Enum(id)
    }

    /// Reads and resolves a template that is known to be well-formed.
    pub(crate) fn template(&self, text: &str) -> Resolved {
        let mut sink = Sink::new();
        let resolved = self.try_template(text, None, &mut sink);
        assert_eq!(sink.into_sorted(), [], "{text}");
        resolved.unwrap_or_else(|| unreachable!("no finding and no template"))
    }

    pub(crate) fn try_template(
        &self,
        text: &str,
        slot: Option<&str>,
        sink: &mut Sink,
    ) -> Option<Resolved> {
        let names: Vec<&str> = self.params.iter().map(|p| p.name.as_str()).collect();
        let find = |name: &str| {
            let at = names.iter().position(|known| *known == name)?;
            u32::try_from(at).ok().map(ParamId)
        };
        let context = Context {
            prefix: "",
            slot: slot.map(plain),
            params: &find,
            known: &names,
        };
        let parts = parse(&plain(text), sink)?;
        resolve(&plain(text), &parts, &context, sink)
    }
}

impl Params for Table {
    fn find_param(&self, id: ParamId) -> Option<&Param> {
        self.params.get(id.index())
    }

    fn find_type(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.index())
    }
}
