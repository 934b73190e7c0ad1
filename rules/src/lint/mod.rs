//! Rules about one schema: what loads well and is a bad idea all the same.
//!
//! A rule is a file here and a line in [`ALL`]; its `//!` comment is its page, whose wrong example the rule finds and
//! whose right one it does not. Rules that the checker enforces by itself name its codes, so that nothing is found
//! twice. [`run`] asks every rule that the settings want. [`reference()`] is the page of all of them.

mod exceptions;
mod found;
mod gone;
mod reference;
mod run;
mod settings;
mod subject;
mod walk;
mod words;

mod l101_template_parseable;
mod l102_template_no_overlap;
mod l103_name_unique;
mod l104_param_typed;
mod l105_struct_declared;
mod l106_no_unknown_field;
mod l107_suppression_used;
mod l108_ref_resolves;
mod l109_edition_set;
mod l110_own_rule_valid;
mod l201_key_lower_case;
mod l202_key_namespaced;
mod l203_key_no_leading_param;
mod l204_key_no_glob_chars;
mod l205_key_max_length;
mod l206_param_bounded;
mod l207_env_not_hardcoded;
mod l208_singular_entity_consistent;
mod l301_ttl_explicit;
mod l302_ttl_unit_suffix;
mod l303_ttl_range;
mod l304_ttl_policy_declared;
mod l305_cache_ttl_jitter;
mod l306_lock_ttl_vs_work;
mod l307_heartbeat_vs_timeout;
mod l308_group_ttl_coherent;
mod l401_collection_bounded;
mod l402_big_value_budget;
mod l403_hash_over_json_string;
mod l404_enum_has_fallback;
mod l405_no_deny_unknown;
mod l406_unit_in_name;
mod l407_codec_versioned;
mod l408_counter_overflow;
mod l409_stream_has_group_policy;
mod l410_pubsub_not_durable;
mod l411_list_as_queue_has_recovery;
mod l412_index_declared;
mod l413_stream_trim_keeps_pending;
mod l501_cluster_same_slot;
mod l502_cluster_db_zero;
mod l503_cluster_hot_tag;
mod l504_server_feature_available;
mod l505_group_same_slot;
mod l604_atomic_group_declared;
mod l701_secret_not_in_key;
mod l702_secret_has_ttl;
mod l703_dsn_no_password;
mod l801_doc_entry;
mod l802_doc_example_matches;
mod l803_owner_set;
mod l804_deprecated_has_sunset;
mod l901_tombstone_for_removed;
mod l902_rename_declared;
mod l903_migration_pending;
mod l904_accept_expired;
mod l905_migration_unused;
mod l906_tombstone_for_removed_part;

pub use found::{Found, Report};
pub use gone::GonePart;
pub use reference::reference;
pub use run::{Outcome, run};
pub use settings::{Chosen, Sets, Settings, Unknown};
pub(crate) use settings::{Problem, severity_of};
pub use subject::{Given, Gone, Subject};
pub(crate) use words::nearest;

use redis_schema_model::diagnostic::Code;

use crate::rule::{Class, Meta, Set, Severity};

/// A rule about one schema.
#[derive(Debug, Clone, Copy)]
pub struct Lint {
    /// What it is called.
    pub meta: Meta,
    /// What happens on a finding unless somebody says otherwise.
    pub severity: Severity,
    /// Whether `--fix` can mend what it finds.
    pub fix: Fixable,
    /// First edition whose sets hold it: a schema of an older one is judged as before.
    pub since: u32,
    /// How it is held.
    pub by: By,
}

/// How a rule is held.
#[derive(Debug, Clone, Copy)]
pub enum By {
    /// This looks at the schema.
    Check(fn(&Subject<'_>, &mut Found<'_>)),
    /// The checker refuses the schema with one of these codes; no setting changes that.
    Codes(&'static [Code]),
    /// Said while the settings are read.
    Settings,
}

/// Whether what a rule finds can be mended without a human.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixable {
    /// No.
    No,
    /// Yes, and the keyspace stays as it is.
    Safe,
    /// Yes, but names of keys change, so that stored data is no longer found.
    Unsafe,
}

impl Lint {
    /// The smallest set that holds it.
    #[must_use]
    pub const fn set(&self) -> Set {
        match self.meta.class {
            Class::Lint { set } => set,
            Class::Breaking { .. } => Set::Strict,
        }
    }

    /// The page in Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        crate::page::page(self.meta.source)
    }
}

/// Every rule about one schema by its code.
pub const ALL: &[Lint] = &[
    l101_template_parseable::LINT,
    l102_template_no_overlap::LINT,
    l103_name_unique::LINT,
    l104_param_typed::LINT,
    l105_struct_declared::LINT,
    l106_no_unknown_field::LINT,
    l107_suppression_used::LINT,
    l108_ref_resolves::LINT,
    l109_edition_set::LINT,
    l110_own_rule_valid::LINT,
    l201_key_lower_case::LINT,
    l202_key_namespaced::LINT,
    l203_key_no_leading_param::LINT,
    l204_key_no_glob_chars::LINT,
    l205_key_max_length::LINT,
    l206_param_bounded::LINT,
    l207_env_not_hardcoded::LINT,
    l208_singular_entity_consistent::LINT,
    l301_ttl_explicit::LINT,
    l302_ttl_unit_suffix::LINT,
    l303_ttl_range::LINT,
    l304_ttl_policy_declared::LINT,
    l305_cache_ttl_jitter::LINT,
    l306_lock_ttl_vs_work::LINT,
    l307_heartbeat_vs_timeout::LINT,
    l308_group_ttl_coherent::LINT,
    l401_collection_bounded::LINT,
    l402_big_value_budget::LINT,
    l403_hash_over_json_string::LINT,
    l404_enum_has_fallback::LINT,
    l405_no_deny_unknown::LINT,
    l406_unit_in_name::LINT,
    l407_codec_versioned::LINT,
    l408_counter_overflow::LINT,
    l409_stream_has_group_policy::LINT,
    l410_pubsub_not_durable::LINT,
    l411_list_as_queue_has_recovery::LINT,
    l412_index_declared::LINT,
    l413_stream_trim_keeps_pending::LINT,
    l501_cluster_same_slot::LINT,
    l502_cluster_db_zero::LINT,
    l503_cluster_hot_tag::LINT,
    l504_server_feature_available::LINT,
    l505_group_same_slot::LINT,
    l604_atomic_group_declared::LINT,
    l701_secret_not_in_key::LINT,
    l702_secret_has_ttl::LINT,
    l703_dsn_no_password::LINT,
    l801_doc_entry::LINT,
    l802_doc_example_matches::LINT,
    l803_owner_set::LINT,
    l804_deprecated_has_sunset::LINT,
    l901_tombstone_for_removed::LINT,
    l902_rename_declared::LINT,
    l903_migration_pending::LINT,
    l904_accept_expired::LINT,
    l905_migration_unused::LINT,
    l906_tombstone_for_removed_part::LINT,
];

/// The rule of a code or name, in either case.
#[must_use]
pub fn by_name(text: &str) -> Option<&'static Lint> {
    let text = text.trim();
    ALL.iter().find(|lint| {
        lint.meta.code.eq_ignore_ascii_case(text) || lint.meta.name.eq_ignore_ascii_case(text)
    })
}

/// A rule: code, name, title, set, its file, how it is held, and what differs from a warning that cannot be mended.
macro_rules! lint {
    (
        $code:literal $name:literal, $title:literal, $set:ident, $file:literal, $by:expr
        $(, severity = $severity:ident)? $(, fix = $fix:ident)? $(,)?
    ) => {{
        #[allow(unused_imports)]
        use $crate::lint::{By::{Check, Codes, Settings as BySettings}, Fixable, Lint};
        #[allow(unused_mut, unused_assignments)]
        const SEVERITY: $crate::rule::Severity = {
            let mut severity = $crate::rule::Severity::Warn;
            $(severity = $crate::rule::Severity::$severity;)?
            severity
        };
        #[allow(unused_mut, unused_assignments)]
        const FIX: Fixable = {
            let mut fix = Fixable::No;
            $(fix = Fixable::$fix;)?
            fix
        };
        Lint {
            meta: $crate::rule::Meta {
                code: $code,
                name: $name,
                title: $title,
                class: $crate::rule::Class::Lint { set: $crate::rule::Set::$set },
                source: include_str!($file),
            },
            severity: SEVERITY,
            fix: FIX,
            since: 1,
            by: $by,
        }
    }};
}
pub(crate) use lint;
