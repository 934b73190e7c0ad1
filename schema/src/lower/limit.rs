//! Limits of calls, and what follows from them for the key's lifetime. Whether rules make sense together is checked later.

use super::Lowering;
use super::fields::text;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Expiry, Lifetime, LimitAlgorithm, LimitRule, OnWrite, RateLimit, Structure, TtlRule,
};
use crate::node::Node;
use crate::source::Span;
use crate::text::{Text, calls_of, limit};

impl Lowering<'_> {
    pub(super) fn rate_limit(&mut self, node: &Node) -> Option<RateLimit> {
        let algorithm = match node.get("algorithm").and_then(Node::text) {
            Some("sliding_log") => LimitAlgorithm::SlidingLog,
            _ => LimitAlgorithm::Gcra,
        };
        let rules = self.limit_rules(node.get("rules")?, algorithm);
        let max_cost = match text(node, "max_cost") {
            None => Some(None),
            Some(cost) => self.accept(calls_of(&cost, "cost")).map(Some),
        };
        let (rules, max_cost) = (rules?, max_cost?);
        if let (Some(cost), Some(place)) = (max_cost, text(node, "max_cost")) {
            self.passes(cost, &place, &rules)?;
        }
        Some(RateLimit {
            rules,
            algorithm,
            max_cost,
            span: node.span,
        })
    }

    fn limit_rules(&mut self, node: &Node, algorithm: LimitAlgorithm) -> Option<Vec<LimitRule>> {
        let items = node.items();
        if items.is_empty() {
            self.report(
                Diagnostic::error(Code::E1301, node.span, "a limiter without a rule")
                    .label("how many calls in how much time?")
                    .help("write for instance `rules: [60/1m]`"),
            );
            return None;
        }
        let rules: Vec<_> = items
            .iter()
            .map(|item| self.limit_rule(&Text::of(item)?, algorithm))
            .collect();
        rules.into_iter().collect()
    }

    fn limit_rule(&mut self, text: &Text<'_>, algorithm: LimitAlgorithm) -> Option<LimitRule> {
        let read = self.accept(limit(text))?;
        if let (Some((_, span)), LimitAlgorithm::SlidingLog) = (read.burst, algorithm) {
            self.report(burst_of_log(span));
            return None;
        }
        Some(LimitRule {
            calls: read.calls,
            window: read.window,
            burst: read.burst.map_or(read.calls, |(burst, _)| burst),
            span: text.span(),
        })
    }

    /// A cost that some rule never lets through cannot be paid.
    fn passes(&mut self, cost: u32, place: &Text<'_>, rules: &[LimitRule]) -> Option<()> {
        let Some(strictest) = rules.iter().min_by_key(|rule| rule.burst) else {
            return Some(());
        };
        if cost <= strictest.burst {
            return Some(());
        }
        let most = strictest.burst;
        self.report(
            place
                .mistake(Code::E1302, format!("a cost of {cost} could never be paid"))
                .label(format!("at most {most} come at once"))
                .related(strictest.span, "by this rule")
                .help(format!(
                    "write `max_cost: {most}` or less, or let more come at once"
                )),
        );
        None
    }

    /// How long a key lives: of a limiter until no call counts any more, which nobody has to say.
    pub(super) fn lifetime_under(
        &mut self,
        node: &Node,
        structure: Option<&Structure>,
    ) -> Option<Lifetime> {
        if node.get("rate_limit").is_none() {
            return self.lifetime(node);
        }
        if let Some(ttl) = node.get("ttl") {
            self.report(
                Diagnostic::error(Code::E1305, ttl.span, "a lifetime beside a limit of calls")
                    .label("follows from the rules")
                    .help("remove `ttl:`: the key goes when no call counts any more"),
            );
            return None;
        }
        match structure? {
            Structure::RateLimit(limiter) => Some(until_empty(limiter)),
            _ => self.lifetime(node),
        }
    }
}

/// Set by every call that is admitted; nobody else may change it.
fn until_empty(limiter: &RateLimit) -> Lifetime {
    Lifetime::Expires(Expiry {
        rule: TtlRule::After(limiter.lifetime()),
        on_write: OnWrite::SetOnce,
        refresh_on_read: false,
        jitter_permille: 0,
        env: None,
        audit: None,
    })
}

fn burst_of_log(span: Span) -> Diagnostic {
    Diagnostic::error(Code::E1306, span, "a burst of a log")
        .label("only `gcra` has a pace that a burst could be ahead of")
        .help("remove it and add a rule for a shorter window, such as `10/1s`, or write `algorithm: gcra`")
}
