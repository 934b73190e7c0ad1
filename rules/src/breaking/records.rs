//! Findings about the schema's own records: what it accepts, and its version.

use super::finding::{Deploy, Finding, Verdict};
use super::horizon::Horizon;
use super::{
    Rule, b901_accept_known_rule, b902_accept_used, b903_accept_current, b904_accept_with_migration,
};
use super::{b911_version_raised, b912_version_not_lowered};
use crate::facts::Accepted;
use crate::rule::Class;

/// A rule about records, which judges no change.
pub(super) const fn rule(meta: crate::rule::Meta) -> Rule {
    Rule {
        meta,
        claims: &[],
        judge: |_, _| Verdict::NotMine,
    }
}

fn about(rule: &Rule, what: &str, path: &str, old: String, new: String, fix: String) -> Finding {
    let Class::Breaking { level, breaks } = rule.meta.class else {
        return about(
            &super::b001_change_classified::RULE,
            what,
            path,
            old,
            new,
            fix,
        );
    };
    Finding {
        code: rule.meta.code.to_owned(),
        name: rule.meta.name.to_owned(),
        level,
        path: path.to_owned(),
        what: what.to_owned(),
        old,
        new,
        who: breaks.to_vec(),
        horizon: Horizon::Instant,
        deploy: Deploy::Any,
        fix,
        users: Vec::new(),
    }
}

fn record(rule: &Rule, record: &Accepted, old: &str, new: String, fix: String) -> Finding {
    about(
        rule,
        "accept",
        &record.path,
        format!("{} {old}", record.rule),
        new,
        fix,
    )
}

pub(crate) fn unknown(accepted: &Accepted) -> Finding {
    let fix = "name a rule by its code or name; `redis-schema explain` lists them".to_owned();
    record(
        &b901_accept_known_rule::RULE,
        accepted,
        "accepted",
        "no such rule".to_owned(),
        fix,
    )
}

pub(crate) fn unused(accepted: &Accepted) -> Finding {
    let fix = "remove the record, or mend its path".to_owned();
    record(
        &b902_accept_used::RULE,
        accepted,
        "accepted",
        "found nowhere".to_owned(),
        fix,
    )
}

pub(crate) fn expired(accepted: &Accepted) -> Finding {
    let fix = format!(
        "take the change back, or let {} give it a new day",
        accepted.owner
    );
    let until = format!("until {}", accepted.expires);
    record(&b903_accept_current::RULE, accepted, "accepted", until, fix)
}

pub(crate) fn without_migration(accepted: &Accepted, finding: &Finding) -> Finding {
    let fix =
        "write the migration that mends the data into `migrations/NAME`, and say `migration: NAME`"
            .to_owned();
    let mut found = record(
        &b904_accept_with_migration::RULE,
        accepted,
        "accepted",
        "no migration".to_owned(),
        fix,
    );
    found.users.clone_from(&finding.users);
    found.horizon = finding.horizon;
    found
}

pub(crate) fn not_raised(version: u32, first: &str) -> Finding {
    let fix = format!("write `version: {}`", version.saturating_add(1));
    about(
        &b911_version_raised::RULE,
        "version",
        "version",
        format!("{version} released"),
        format!("changed at {first}"),
        fix,
    )
}

pub(crate) fn lowered(released: u32, version: u32) -> Finding {
    about(
        &b912_version_not_lowered::RULE,
        "version",
        "version",
        format!("{released} released"),
        version.to_string(),
        format!("write `version: {}`", released.saturating_add(1)),
    )
}
