//! Templates of keys, channels and tombstones.

use super::Lowering;
use super::fields::text;
use crate::model::{Prefix, Template};
use crate::node::Node;
use crate::template::{Context, check_ambiguity, parse, resolve, warn_of_lookalikes};

impl Lowering<'_> {
    /// The template under a field, its placeholders resolved and its keys proven to read back in one way.
    pub(super) fn template(
        &mut self,
        node: &Node,
        field: &str,
        prefix: &Prefix,
    ) -> Option<Template> {
        let written = text(node, field)?;
        let parts = parse(&written, self.sink)?;
        let declared = self.declared;
        warn_of_lookalikes(&written, &declared.params.names(), self.sink);
        let context = Context {
            prefix: &prefix.text,
            slot: text(node, "slot"),
            params: &|name| declared.param(name),
            known: &declared.params.names(),
        };
        let resolved = resolve(&written, &parts, &context, self.sink)?;
        let clear = check_ambiguity(&resolved, &self.draft, self.sink);
        clear.then_some(resolved.template)
    }
}
