//! # B904 ACCEPT_WITH_MIGRATION
//!
//! What breaks here never expires, so waiting mends nothing: somebody has to change the data. Such a break is
//! accepted only by a record that says `migration:`, the name under which your team finds the migration. The name
//! is not looked up; it stands there so that a reader of the schema, and the change log, lead to it.

use super::{Rule, breaking, records};

pub(super) const RULE: Rule = records::rule(breaking!(
    "B904" "ACCEPT_WITH_MIGRATION",
    "a break of data that never expires is accepted without a migration",
    Storage,
    [Readers, Data],
    "b904_accept_with_migration.rs"
));
