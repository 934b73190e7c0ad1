//! # B904 ACCEPT_WITH_MIGRATION
//!
//! What breaks here never expires, so waiting mends nothing: somebody has to change the data. Such a break is
//! accepted only by a record that says `migration:`, the name of a file in the folder `migrations` beside the schema,
//! without its ending. Nothing here runs it; `check` finds one that is not there (L903), and the change log leads to it.

use super::{Rule, breaking, records};

pub(super) const RULE: Rule = records::rule(breaking!(
    "B904" "ACCEPT_WITH_MIGRATION",
    "a break of data that never expires is accepted without a migration",
    Storage,
    [Readers, Data],
    "b904_accept_with_migration.rs"
));
