//! Lifetimes.

use serde::{Deserialize, Serialize};

use super::fact::{At, Difference, Fact, facts, is_default, leaves};
use super::{Show, duration};

/// How long a key lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifetime {
    /// When it ends.
    pub rule: TtlRule,
    /// Why it never ends.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: Option<String>,
    /// What else is said when it ends.
    #[serde(default, skip_serializing_if = "is_default")]
    pub expiry: Option<Expiry>,
}

/// When a lifetime ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TtlRule {
    /// Never.
    None,
    /// Not ours to say.
    External,
    /// This many milliseconds after the write.
    AfterMs(u64),
    /// At the next midnight UTC.
    EndOfDay,
}

impl Show for TtlRule {
    fn show(&self) -> String {
        match self {
            Self::None => "none".to_owned(),
            Self::External => "external".to_owned(),
            Self::AfterMs(ms) => duration(*ms),
            Self::EndOfDay => "end of day".to_owned(),
        }
    }
}

leaves!(TtlRule, OnWrite, Option<Lifetime>);

impl Show for Lifetime {
    fn show(&self) -> String {
        let rule = self.rule.show();
        match &self.expiry {
            Some(expiry) if expiry.on_write != OnWrite::Refresh => {
                format!("{rule} ({})", expiry.on_write.show())
            }
            _ => rule,
        }
    }
}

facts! {
    /// How a lifetime is kept.
    pub struct Expiry {
        /// What a write does to the remaining lifetime.
        pub on_write: OnWrite,
        /// Whether reading starts it anew.
        #[serde(default, skip_serializing_if = "is_default")]
        pub refresh_on_read: bool,
        /// Random share of it, in thousandths.
        #[serde(default, skip_serializing_if = "is_default")]
        pub jitter_permille: u16,
        /// The variable that overrides it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub env: Option<String>,
        /// Range that an audit accepts, in milliseconds.
        #[serde(default, skip_serializing_if = "is_default")]
        pub audit_ms: Option<(u64, u64)>,
    }
}

impl Show for (u64, u64) {
    fn show(&self) -> String {
        format!("{}..{}", duration(self.0), duration(self.1))
    }
}

leaves!(Option<(u64, u64)>);

/// What a write does to the remaining lifetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnWrite {
    /// It starts anew.
    Refresh,
    /// It stays.
    Keep,
    /// It stays, and nothing can lengthen it.
    SetOnce,
}

impl Show for OnWrite {
    fn show(&self) -> String {
        match self {
            Self::Refresh => "refresh",
            Self::Keep => "keep",
            Self::SetOnce => "set_once",
        }
        .to_owned()
    }
}

impl Lifetime {
    /// The longest it may last by default, in milliseconds, jitter included; `None` when it never ends.
    #[must_use]
    pub fn longest_ms(&self) -> Option<u64> {
        let ms = match self.rule {
            TtlRule::None | TtlRule::External => return None,
            TtlRule::EndOfDay => 86_400_000,
            TtlRule::AfterMs(ms) => ms,
        };
        let jitter = self
            .expiry
            .as_ref()
            .map_or(0, |expiry| expiry.jitter_permille);
        Some(ms.saturating_add((ms / 1000).saturating_mul(u64::from(jitter))))
    }
}

/// A lifetime that begins or ceases to end is one difference, not one of each of its parts.
impl Fact for Lifetime {
    fn patterns(at: &str, out: &mut Vec<String>) {
        out.push(format!("{at}.rule"));
        out.push(format!("{at}.reason"));
        Expiry::patterns(at, out);
    }

    fn compare(&self, new: &Self, at: &At<'_>, out: &mut Vec<Difference>) {
        self.rule.compare(&new.rule, &at.field("rule"), out);
        match (&self.expiry, &new.expiry) {
            (Some(old), Some(new)) => old.compare(new, at, out),
            (None, None) => self.reason.compare(&new.reason, &at.field("reason"), out),
            _ => {}
        }
    }
}
