//! Findings in the light of what a server has.

use redis_schema_rules::facts::Facts;
use redis_schema_rules::rule::{Severity, Who};

use super::{Live, Shown};

/// What a finding's keys were called in the older version: keys, or `tombstones.NAME`.
pub(crate) fn names_before(one: &Shown, old: &Facts, new: &Facts) -> Vec<String> {
    let finding = one.finding();
    if finding.path.starts_with("tombstones.") {
        return vec![finding.path.clone()];
    }
    let before = |name: &String| {
        if old.keys.contains_key(name) {
            return Some(name.clone());
        }
        let was = new.keys.get(name).map(|key| &key.was)?;
        was.iter().find(|was| old.keys.contains_key(*was)).cloned()
    };
    finding.users.iter().filter_map(before).collect()
}

impl Shown {
    /// Whether it depends on data that lies on a server.
    pub(crate) fn is_of_data(&self) -> bool {
        let of_data = |who: &Who| matches!(who, Who::Readers | Who::Data);
        self.finding().who.iter().any(of_data)
    }

    /// Counts keys of one more kind.
    pub(crate) fn add(&mut self, live: Live) {
        let before = self.live.unwrap_or(Live {
            keys: 0,
            complete: true,
        });
        self.live = Some(Live {
            keys: before.keys.saturating_add(live.keys),
            complete: before.complete && live.complete,
        });
    }

    /// Without a key there is nothing that could be lost or misread; with some it is no mere warning. Old programs beside
    /// new ones break either way.
    pub(crate) fn weigh_anew(&mut self) {
        match self.live {
            Some(Live {
                keys: 0,
                complete: true,
            }) => {
                let who = &mut self.judged.finding.who;
                who.retain(|who| !matches!(who, Who::Readers | Who::Data));
                if who
                    .iter()
                    .all(|who| *who == Who::Source || *who == Who::Operations)
                {
                    self.judged.severity = Severity::Warn;
                }
            }
            Some(Live { keys: 1.., .. }) => self.judged.severity = Severity::Deny,
            _ => {}
        }
    }
}
