//! # B911 VERSION_RAISED
//!
//! The schema says the number of a version that was released and is not that version any more. Programs, snapshots
//! and migrations tell versions apart by the number alone. Raise `version:`; a released file is never changed.

use super::{Rule, breaking, records};

pub(super) const RULE: Rule = records::rule(breaking!(
    "B911" "VERSION_RAISED",
    "the schema differs from the released version of its number",
    Rolling,
    [],
    "b911_version_raised.rs"
));
