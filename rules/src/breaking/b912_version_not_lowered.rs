//! # B912 VERSION_NOT_LOWERED
//!
//! The number of the schema is lower than one that was released, most often after a merge. A number is never used
//! twice. Write the next one.

use super::{Rule, breaking, records};

pub(super) const RULE: Rule = records::rule(breaking!(
    "B912" "VERSION_NOT_LOWERED",
    "the schema's version is lower than one that was released",
    Rolling,
    [],
    "b912_version_not_lowered.rs"
));
