//! Names of single bits.

use super::Lowering;
use super::declared::{Declared, unique_entries};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Bit;
use crate::node::Node;
use crate::source::Span;
use crate::text::{Text, snake, whole};

impl Lowering<'_> {
    /// The bits of a bitmap that have names, in order of their offsets; `None` when one of them is wrong.
    pub(super) fn bits(&mut self, declared: &Declared<'_>) -> Option<Vec<Bit>> {
        let bitmap = declared.node.get("bitmap");
        let Some(node) = bitmap.and_then(|bitmap| bitmap.get("bits")) else {
            return Some(Vec::new());
        };
        self.named_apart(declared, "Bit", "the bits", node.span)?;
        let mut bits: Vec<(Bit, Span)> = Vec::new();
        let mut fine = true;
        for entry in unique_entries(node) {
            let name = self.accept(snake(&Text::key(entry)));
            let (Some(name), Some(offset)) = (name, offset(&entry.value)) else {
                fine = false;
                continue;
            };
            let bit = Bit { name, offset };
            if let Some(finding) = clash(&bit, entry.key_span, &bits) {
                self.report(finding);
                fine = false;
            }
            bits.push((bit, entry.key_span));
        }
        bits.sort_by_key(|(bit, _)| bit.offset);
        fine.then(|| bits.into_iter().map(|(bit, _)| bit).collect())
    }

    /// The type of such names is called after the key; no other key may be called so.
    pub(super) fn named_apart(
        &mut self,
        declared: &Declared<'_>,
        behind: &str,
        what: &str,
        span: Span,
    ) -> Option<()> {
        let own = format!("{}{behind}", declared.name.camel());
        let keys = &self.declared.keys.list;
        let Some(other) = keys.iter().find(|key| key.name.camel() == own) else {
            return Some(());
        };
        let message = format!(
            "{what} of `{}` and the key `{}` are both `{own}` in Rust",
            declared.name, other.name
        );
        let finding = Diagnostic::error(Code::E0308, span, message)
            .label("becomes a type of this name")
            .related(other.span, "and so does this key")
            .help("give the key another name");
        self.report(finding);
        None
    }
}

fn offset(node: &Node) -> Option<u32> {
    u32::try_from(whole(node.text()?)?).ok()
}

/// What keeps a bit from standing beside those before it.
fn clash(bit: &Bit, span: Span, before: &[(Bit, Span)]) -> Option<Diagnostic> {
    let same_place = before.iter().find(|(other, _)| other.offset == bit.offset);
    if let Some((other, place)) = same_place {
        let message = format!(
            "`{}` and `{}` are both bit {}",
            other.name, bit.name, bit.offset
        );
        return Some(
            Diagnostic::error(Code::E0616, span, message)
                .label("the same offset again")
                .related(*place, "here first")
                .help("give each name an offset of its own"),
        );
    }
    let camel = bit.name.camel();
    let (other, place) = before
        .iter()
        .find(|(other, _)| other.name.camel() == camel)?;
    let message = format!(
        "`{}` and `{}` are both `{camel}` in Rust",
        other.name, bit.name
    );
    Some(
        Diagnostic::error(Code::E0308, span, message)
            .label("the same identifier")
            .related(*place, "here first")
            .help("give one of them another name"),
    )
}
