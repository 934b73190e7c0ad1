//! Lifetimes. Which fields go together has been checked.

use std::time::Duration;

use super::Lowering;
use super::fields::text;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Expiry, Lifetime, OnWrite, TtlRule};
use crate::node::{Node, NodeKind};
use crate::text::{Text, duration, duration_range, environment, permille};

/// Half the lifetime: beyond it jitter is no variation but another lifetime.
const LARGEST_JITTER: u16 = 499;

impl Lowering<'_> {
    pub(super) fn lifetime(&mut self, node: &Node) -> Option<Lifetime> {
        let Some(ttl) = node.get("ttl") else {
            return node.get("external").map(|_| Lifetime::External);
        };
        match &ttl.kind {
            NodeKind::Scalar { .. } => {
                let after = self.short_form(&Text::of(ttl)?)?;
                Some(Lifetime::Expires(expiry(TtlRule::After(after))))
            }
            NodeKind::Map(_) => match ttl.get("none") {
                Some(reason) => self.never(reason),
                None => self.expiry(ttl),
            },
            _ => None,
        }
    }

    fn short_form(&mut self, text: &Text<'_>) -> Option<Duration> {
        let never = [
            "none",
            "never",
            "no",
            "-1",
            "0",
            "infinite",
            "forever",
            "persistent",
        ];
        if never.contains(&text.text().to_lowercase().as_str()) {
            self.report(
                text.mistake(Code::E0601, format!("`{}` is not a duration", text.text()))
                    .label("does it never expire?")
                    .help("write `ttl: { none: \"why it may stay for ever\" }`"),
            );
            return None;
        }
        self.accept(duration(text))
    }

    fn never(&mut self, reason: &Node) -> Option<Lifetime> {
        let text = Text::of(reason)?;
        let says_nothing = ["", "true", "false", "yes", "no", "~", "null", "none"];
        if says_nothing.contains(&text.text().trim().to_lowercase().as_str()) {
            self.report(
                text.mistake(Code::E0602, "a key that never expires, without a reason")
                    .label("why?")
                    .help("write `ttl: { none: \"why it may stay for ever\" }`"),
            );
            return None;
        }
        Some(Lifetime::None {
            reason: text.text().to_owned(),
        })
    }

    fn expiry(&mut self, node: &Node) -> Option<Lifetime> {
        let rule = match (text(node, "default"), text(node, "at")) {
            (Some(text), _) => self.accept(duration(&text)).map(TtlRule::After),
            (None, Some(at)) if at.text() == "end_of_day" => Some(TtlRule::EndOfDay),
            _ => return None,
        };
        let env = text(node, "env").map(|text| self.accept(environment(&text)));
        let jitter = text(node, "jitter").map(|text| self.jitter(&text));
        let audit = text(node, "range").map(|text| self.audit(&text, rule));
        let mut expiry = expiry(rule?);
        expiry.on_write = match node.get("on_write").and_then(Node::text) {
            Some("keep") => OnWrite::Keep,
            Some("set_once") => OnWrite::SetOnce,
            _ => OnWrite::Refresh,
        };
        expiry.refresh_on_read = node.get("on_read").is_some();
        expiry.env = match env {
            Some(name) => Some(name?),
            None => None,
        };
        expiry.jitter_permille = match jitter {
            Some(share) => share?,
            None => 0,
        };
        expiry.audit = match audit {
            Some(range) => Some(range?),
            None => None,
        };
        self.check_refresh(&expiry, node)?;
        Some(Lifetime::Expires(expiry))
    }

    /// The lifetime of a field, if it is to have one; `None` when it is wrong.
    pub(super) fn field_lifetime(&mut self, node: Option<&Node>) -> Option<Option<Expiry>> {
        let Some(node) = node else {
            return Some(None);
        };
        if let NodeKind::Scalar { .. } = &node.kind {
            let after = self.accept(duration(&Text::of(node)?))?;
            return Some(Some(expiry(TtlRule::After(after))));
        }
        let after = text(node, "default").and_then(|text| self.accept(duration(&text)));
        let jitter = text(node, "jitter").map(|text| self.jitter(&text));
        let mut expiry = expiry(TtlRule::After(after?));
        if node.get("on_write").and_then(Node::text) == Some("keep") {
            expiry.on_write = OnWrite::Keep;
        }
        expiry.jitter_permille = match jitter {
            Some(share) => share?,
            None => 0,
        };
        Some(Some(expiry))
    }

    /// A lifetime that is set once cannot start anew by reading.
    fn check_refresh(&mut self, expiry: &Expiry, node: &Node) -> Option<()> {
        if !expiry.refresh_on_read || expiry.on_write != OnWrite::SetOnce {
            return Some(());
        }
        let place = |field| node.get(field).map_or(node.span, |node| node.span);
        self.report(
            Diagnostic::error(
                Code::E0602,
                place("on_read"),
                "a lifetime that is set once, and starts anew",
            )
            .label("reading would lengthen it")
            .related(place("on_write"), "nothing may lengthen it")
            .help("remove `on_read:`, or write `on_write: keep`"),
        );
        None
    }

    fn jitter(&mut self, text: &Text<'_>) -> Option<u16> {
        let share = self.accept(permille(text))?;
        if share > LARGEST_JITTER {
            self.report(
                text.mistake(Code::E0602, format!("a jitter of {}", text.text()))
                    .label("must be below 50%")
                    .help("write for instance `jitter: 10%`"),
            );
            return None;
        }
        Some(share)
    }

    fn audit(&mut self, text: &Text<'_>, rule: Option<TtlRule>) -> Option<(Duration, Duration)> {
        let range = self.accept(duration_range(text))?;
        if let Some(TtlRule::After(after)) = rule
            && after < range.0
        {
            self.report(
                text.mistake(Code::E0602, "an audit would refuse every key")
                    .label("the lifetime is shorter than this")
                    .help("let the range begin below `default:`, since a key's remaining life only shrinks"),
            );
            return None;
        }
        Some(range)
    }
}

pub(super) fn expiry(rule: TtlRule) -> Expiry {
    Expiry {
        rule,
        on_write: OnWrite::Refresh,
        refresh_on_read: false,
        jitter_permille: 0,
        env: None,
        audit: None,
    }
}
