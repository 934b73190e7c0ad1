//! Reports of a progress: whether they are events too.

use redis_schema_model::model::{Progress, StreamTrim};

use super::Only;

/// Whether reports are events too, and what that adds to a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reports {
    /// Of how many events there are most, and whether there may be a few more.
    kept: Option<(u64, bool)>,
    /// They may say something besides.
    told: bool,
}

impl Reports {
    pub(super) const NONE: Self = Self {
        kept: None,
        told: false,
    };

    pub(super) fn of(progress: &Progress) -> Self {
        let kept = progress.events.as_ref().map(|events| match events.trim {
            StreamTrim::MaxLen { count, approx } => (count, approx),
            StreamTrim::MinAge { ms, approx } => (ms, approx),
        });
        let message = progress.events.as_ref().and_then(|it| it.message.as_ref());
        Self {
            kept,
            told: message.is_some(),
        }
    }

    pub(super) const fn events(count: u64, approx: bool, told: bool) -> Self {
        Self {
            kept: Some((count, approx)),
            told,
        }
    }

    /// Without numbers.
    pub(super) fn general(self) -> Self {
        Self {
            kept: self.kept.map(|(_, approx)| (0, approx)),
            ..self
        }
    }

    /// Whether there are methods that exist only so.
    pub(super) const fn have(&self, only: Only) -> bool {
        match only {
            Only::Told => self.told,
            _ => self.kept.is_some(),
        }
    }

    /// A command with what stands in braces filled in.
    pub(super) fn fill(&self, command: &str) -> String {
        let (keys, beside, kept) = match self.kept {
            None if command == "{snapshot}" => return "HGETALL key".to_owned(),
            None => ("1 key", "", String::new()),
            Some((count, approx)) => {
                let how = if approx { '~' } else { '=' };
                let count = match count {
                    0 => "count".to_owned(),
                    count => count.to_string(),
                };
                ("2 key events", " events", format!(" {how} {count}"))
            }
        };
        command
            .replace("{snapshot}", "EVAL snapshot {logged}")
            .replace("{logged}", keys)
            .replace("{events}", beside)
            .replace("{kept_events}", &kept)
    }
}
