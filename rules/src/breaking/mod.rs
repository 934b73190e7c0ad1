//! Rules about change: what breaks between two versions of a schema, for whom, and until when.
//!
//! [`compare`] pairs the things of two versions by name, then by `was:`, and walks over their facts. Every difference
//! is a [`Change`]. Each rule judges the changes that it claims; what no rule and no entry of [`HARMLESS`] claims is
//! found by `B001`, so that an unknown kind of change counts as breaking.

mod bounds;
mod change;
mod closed;
mod consumers;
mod encoding;
mod engine;
mod finding;
mod formats;
mod harmless;
mod held;
mod holds;
mod horizon;
mod pair;
pub(crate) mod records;
mod reference;
mod trim;
mod walk;
mod width;
mod window;
mod work;

mod b001_change_classified;
mod b101_key_no_delete;
mod b102_key_same_template;
mod b103_key_param_same_set;
mod b104_key_param_same_encoding;
mod b105_key_param_no_widen_charset;
mod b106_key_same_namespace;
mod b107_key_same_db;
mod b108_key_same_instance;
mod b109_key_same_hash_tag;
mod b110_key_no_new_overlap;
mod b111_key_no_reuse_tombstoned;
mod b112_tombstone_no_delete;
mod b113_key_alias_no_early_drop;
mod b114_key_pattern_same_scope;
mod b115_part_no_reuse_tombstoned;
mod b116_part_tombstone_no_delete;
mod b201_struct_same_type;
mod b202_value_same_codec;
mod b203_value_same_envelope;
mod b204_value_type_no_narrow;
mod b205_value_type_no_widen;
mod b206_field_no_rename;
mod b207_field_no_add_required;
mod b208_field_no_require;
mod b209_field_no_delete;
mod b210_field_no_optionalize;
mod b211_field_no_add_if_strict;
mod b212_enum_variant_no_delete;
mod b213_enum_variant_no_add;
mod b214_enum_same_representation;
mod b215_unit_same;
mod b216_default_same;
mod b217_constraint_no_tighten;
mod b218_constraint_no_loosen;
mod b220_touch_same;
mod b301_member_same_encoding;
mod b302_score_same_meaning;
mod b303_list_same_ends;
mod b304_maxlen_no_shrink;
mod b305_maxlen_no_remove;
mod b306_stream_entry_compatible;
mod b307_stream_group_no_delete;
mod b308_stream_same_ack_mode;
mod b309_channel_same_name;
mod b310_channel_same_kind;
mod b311_message_compatible;
mod b312_hll_same_input;
mod b313_index_same_source;
mod b314_bitfield_same_layout;
mod b315_stream_same_take_over;
mod b316_stream_same_dead_letter;
mod b317_stream_deliveries_no_shrink;
mod b318_list_same_processing;
mod b319_stream_group_same_start;
mod b320_stream_keeps_heartbeat;
mod b401_lock_same_key;
mod b402_lock_same_token;
mod b403_lock_ttl_no_shrink;
mod b404_limiter_same_algorithm;
mod b405_limiter_same_window;
mod b407_cache_tag_same_scheme;
mod b408_atomic_group_no_split;
mod b409_counter_same_reset;
mod b410_claim_state_same;
mod b411_progress_same_max;
mod b412_progress_same_events;
mod b413_progress_same_direction;
mod b421_queue_lease_no_shrink;
mod b422_queue_attempts_no_shrink;
mod b423_queue_priorities_same_order;
mod b424_queue_keep_no_shrink;
mod b431_session_idle_no_shrink;
mod b432_session_same_index;
mod b501_ttl_no_add;
mod b502_ttl_no_remove;
mod b503_ttl_no_shrink;
mod b504_ttl_no_grow;
mod b505_ttl_same_policy;
mod b506_ttl_same_scope;
mod b601_durability_same_class;
mod b602_server_min_no_raise;
mod b603_acl_surface_no_grow;
mod b604_budget_no_grow;
mod b605_slot_spread_no_shrink;
mod b606_classification_no_downgrade;
mod b607_metric_label_same;
mod b608_owner_no_remove;
mod b701_accessor_no_delete;
mod b702_accessor_same_signature;
mod b703_module_same_path;
mod b704_doc_anchor_same;
mod b901_accept_known_rule;
mod b902_accept_used;
mod b903_accept_current;
mod b904_accept_with_migration;
mod b911_version_raised;
mod b912_version_not_lowered;

pub use change::{Change, Class, Sides, Use};
pub use engine::{Compared, claimants, compare, covers};
pub use finding::{Break, Deploy, Finding, Verdict};
pub use harmless::HARMLESS;
pub use horizon::Horizon;
pub use reference::reference;
pub use walk::Comparison;

use crate::rule::Meta;

/// A rule about change.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What it is called and how strict it is.
    pub meta: Meta,
    /// Which kinds of difference it judges, as [`crate::facts::Facts::patterns`] names them; `*` stands for one part of
    /// a name, `**` for any number of parts.
    pub claims: &'static [&'static str],
    /// What it says about a change that it claims.
    pub judge: fn(&Change<'_>, &Comparison<'_>) -> Verdict,
}

impl Rule {
    /// Whether it speaks of data and who handles it, not of callers' source alone.
    #[must_use]
    pub const fn is_of_data(&self) -> bool {
        !matches!(
            self.meta.class,
            crate::rule::Class::Breaking {
                level: crate::rule::Level::Source,
                ..
            }
        )
    }
}

/// Every rule about change by its code. A rule is a file here and a line in this list.
pub const ALL: &[Rule] = &[
    b001_change_classified::RULE,
    b101_key_no_delete::RULE,
    b102_key_same_template::RULE,
    b103_key_param_same_set::RULE,
    b104_key_param_same_encoding::RULE,
    b105_key_param_no_widen_charset::RULE,
    b106_key_same_namespace::RULE,
    b107_key_same_db::RULE,
    b108_key_same_instance::RULE,
    b109_key_same_hash_tag::RULE,
    b110_key_no_new_overlap::RULE,
    b111_key_no_reuse_tombstoned::RULE,
    b112_tombstone_no_delete::RULE,
    b113_key_alias_no_early_drop::RULE,
    b114_key_pattern_same_scope::RULE,
    b115_part_no_reuse_tombstoned::RULE,
    b116_part_tombstone_no_delete::RULE,
    b201_struct_same_type::RULE,
    b202_value_same_codec::RULE,
    b203_value_same_envelope::RULE,
    b204_value_type_no_narrow::RULE,
    b205_value_type_no_widen::RULE,
    b206_field_no_rename::RULE,
    b207_field_no_add_required::RULE,
    b208_field_no_require::RULE,
    b209_field_no_delete::RULE,
    b210_field_no_optionalize::RULE,
    b211_field_no_add_if_strict::RULE,
    b212_enum_variant_no_delete::RULE,
    b213_enum_variant_no_add::RULE,
    b214_enum_same_representation::RULE,
    b215_unit_same::RULE,
    b216_default_same::RULE,
    b217_constraint_no_tighten::RULE,
    b218_constraint_no_loosen::RULE,
    b220_touch_same::RULE,
    b301_member_same_encoding::RULE,
    b302_score_same_meaning::RULE,
    b303_list_same_ends::RULE,
    b304_maxlen_no_shrink::RULE,
    b305_maxlen_no_remove::RULE,
    b306_stream_entry_compatible::RULE,
    b307_stream_group_no_delete::RULE,
    b308_stream_same_ack_mode::RULE,
    b309_channel_same_name::RULE,
    b310_channel_same_kind::RULE,
    b311_message_compatible::RULE,
    b312_hll_same_input::RULE,
    b313_index_same_source::RULE,
    b314_bitfield_same_layout::RULE,
    b315_stream_same_take_over::RULE,
    b316_stream_same_dead_letter::RULE,
    b317_stream_deliveries_no_shrink::RULE,
    b318_list_same_processing::RULE,
    b319_stream_group_same_start::RULE,
    b320_stream_keeps_heartbeat::RULE,
    b401_lock_same_key::RULE,
    b402_lock_same_token::RULE,
    b403_lock_ttl_no_shrink::RULE,
    b404_limiter_same_algorithm::RULE,
    b405_limiter_same_window::RULE,
    b407_cache_tag_same_scheme::RULE,
    b408_atomic_group_no_split::RULE,
    b409_counter_same_reset::RULE,
    b410_claim_state_same::RULE,
    b411_progress_same_max::RULE,
    b412_progress_same_events::RULE,
    b413_progress_same_direction::RULE,
    b421_queue_lease_no_shrink::RULE,
    b422_queue_attempts_no_shrink::RULE,
    b423_queue_priorities_same_order::RULE,
    b424_queue_keep_no_shrink::RULE,
    b431_session_idle_no_shrink::RULE,
    b432_session_same_index::RULE,
    b501_ttl_no_add::RULE,
    b502_ttl_no_remove::RULE,
    b503_ttl_no_shrink::RULE,
    b504_ttl_no_grow::RULE,
    b505_ttl_same_policy::RULE,
    b506_ttl_same_scope::RULE,
    b601_durability_same_class::RULE,
    b602_server_min_no_raise::RULE,
    b603_acl_surface_no_grow::RULE,
    b604_budget_no_grow::RULE,
    b605_slot_spread_no_shrink::RULE,
    b606_classification_no_downgrade::RULE,
    b607_metric_label_same::RULE,
    b608_owner_no_remove::RULE,
    b701_accessor_no_delete::RULE,
    b702_accessor_same_signature::RULE,
    b703_module_same_path::RULE,
    b704_doc_anchor_same::RULE,
    b901_accept_known_rule::RULE,
    b902_accept_used::RULE,
    b903_accept_current::RULE,
    b904_accept_with_migration::RULE,
    b911_version_raised::RULE,
    b912_version_not_lowered::RULE,
];

/// The rule of a code or name, in either case.
#[must_use]
pub fn by_name(text: &str) -> Option<&'static Rule> {
    let text = text.trim();
    let is =
        |meta: &Meta| meta.code.eq_ignore_ascii_case(text) || meta.name.eq_ignore_ascii_case(text);
    ALL.iter().find(|rule| is(&rule.meta))
}

/// Head of a rule about change: code, name, title, level, who breaks. The page is the `//!` comment of the file.
macro_rules! breaking {
    ($code:literal $name:literal, $title:literal, $level:ident, [$($who:ident),*], $file:literal) => {
        $crate::rule::Meta {
            code: $code,
            name: $name,
            title: $title,
            class: $crate::rule::Class::Breaking {
                level: $crate::rule::Level::$level,
                breaks: &[$($crate::rule::Who::$who),*],
            },
            source: include_str!($file),
        }
    };
}
pub(crate) use breaking;
