//! Streams: their entries, how they drop old ones, and the groups that read them.

use super::Lowering;
use super::declared::{Declared, unique_entries};
use super::fields::{text, words};
use super::structure::Written;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Acknowledge, ConsumerGroup, GiveUp, GroupStart, Name, StreamTrim, Structure};
use crate::node::{Node, NodeKind};
use crate::source::Span;
use crate::text::{Text, count, duration, snake};

impl Lowering<'_> {
    pub(super) fn stream(&mut self, declared: &Declared<'_>, node: &Node) -> Option<Structure> {
        let entry = node.get("entry")?;
        let id = match &entry.kind {
            NodeKind::Scalar { .. } => self.record_named(&Text::of(entry)?),
            NodeKind::Map(_) => {
                let name = format!("{}Entry", declared.name.camel());
                let made_from = format!("the entry of the key `{}`", declared.name);
                self.record_in_place(name, entry, declared.span, made_from)
            }
            _ => None,
        };
        let trim = self.trim(node);
        let groups = self.consumer_groups(node);
        let id = id?;
        self.written_fields.push(Written {
            record: id,
            span: entry.span,
            log: true,
        });
        Some(Structure::Stream {
            entry: id,
            trim: trim?,
            groups: groups?,
        })
    }

    pub(super) fn trim(&mut self, node: &Node) -> Option<Option<StreamTrim>> {
        let maxlen = text(node, "maxlen");
        let age = ["max_age", "minid"]
            .iter()
            .find_map(|field| text(node, field));
        if let (Some(maxlen), Some(age)) = (&maxlen, &age) {
            self.report(
                age.mistake(Code::E0605, "two rules for dropping entries")
                    .label("the server keeps to one of them")
                    .related(maxlen.span(), "the other one")
                    .help("keep `maxlen:` or `max_age:`"),
            );
            return None;
        }
        if let Some(text) = maxlen {
            let (text, approx) = approximate(&text);
            let count = self.accept(count(&text))?;
            if count == 0 {
                self.report(
                    text.mistake(Code::E0605, "a stream that keeps no entries")
                        .label("at least 1")
                        .help("write how many entries readers may be behind, such as `~1000`"),
                );
                return None;
            }
            return Some(Some(StreamTrim::MaxLen { count, approx }));
        }
        let Some(text) = age else { return Some(None) };
        let (text, approx) = approximate(&text);
        let age = self.accept(duration(&text))?;
        let ms = u64::try_from(age.as_millis()).ok()?;
        Some(Some(StreamTrim::MinAge { ms, approx }))
    }

    /// `groups: [mailer]` or `groups: { mailer: { … } }`.
    fn consumer_groups(&mut self, node: &Node) -> Option<Vec<ConsumerGroup>> {
        let Some(node) = node.get("groups") else {
            return Some(Vec::new());
        };
        if !matches!(node.kind, NodeKind::List(_)) {
            let groups: Vec<_> = unique_entries(node)
                .map(|entry| {
                    let name = self.accept(snake(&Text::key(entry)));
                    self.consumer_group(name?, entry.key_span, &entry.value)
                })
                .collect();
            return groups.into_iter().collect();
        }
        let names = self.group_names(node.items())?;
        let plain = |(name, span)| ConsumerGroup {
            name,
            about: None,
            start: GroupStart::First,
            ack: Acknowledge::After,
            min_idle_ms: None,
            heartbeat_ms: None,
            gives_up: None,
            span,
        };
        Some(names.into_iter().map(plain).collect())
    }

    fn group_names(&mut self, items: &[Node]) -> Option<Vec<(Name, Span)>> {
        let mut groups: Vec<(Name, Span)> = Vec::new();
        let mut fine = true;
        for item in items {
            let Some(name) = Text::of(item).and_then(|text| self.accept(snake(&text))) else {
                fine = false;
                continue;
            };
            if let Some((_, first)) = groups.iter().find(|(other, _)| *other == name) {
                let first = *first;
                let message = format!("the group `{name}` stands twice");
                self.report(
                    Diagnostic::error(Code::E0303, item.span, message)
                        .label("the second time")
                        .related(first, "the first time")
                        .help("remove one of the two"),
                );
                fine = false;
                continue;
            }
            groups.push((name, item.span));
        }
        fine.then_some(groups)
    }

    fn consumer_group(&mut self, name: Name, span: Span, node: &Node) -> Option<ConsumerGroup> {
        let start = match words(node, "start").as_deref() {
            Some("new") => GroupStart::New,
            _ => GroupStart::First,
        };
        let ack = match words(node, "ack").as_deref() {
            Some("before") => Acknowledge::Before,
            _ => Acknowledge::After,
        };
        let min_idle = self.milliseconds(node, "min_idle");
        let heartbeat = self.milliseconds(node, "heartbeat");
        let gives_up = self.gives_up(node);
        let group = ConsumerGroup {
            about: words(node, "about"),
            start,
            ack,
            min_idle_ms: min_idle?,
            heartbeat_ms: heartbeat?,
            gives_up: gives_up?,
            name,
            span,
        };
        self.is_whole(&group, node).then_some(group)
    }

    fn milliseconds(&mut self, node: &Node, field: &str) -> Option<Option<u64>> {
        let Some(text) = text(node, field) else {
            return Some(None);
        };
        let time = self.accept(duration(&text))?;
        let ms = u64::try_from(time.as_millis()).ok()?;
        Some(Some(ms))
    }

    fn gives_up(&mut self, node: &Node) -> Option<Option<GiveUp>> {
        let (Some(most), Some(name)) = (text(node, "max_deliveries"), text(node, "dead_letter"))
        else {
            // That both are needed has been told.
            return Some(None);
        };
        let key = self.key_named(&name);
        let max_deliveries = self.accept(count(&most))?;
        if max_deliveries == 0 {
            self.report(
                most.mistake(
                    Code::E0617,
                    "an entry that is given up before it is delivered",
                )
                .label("at least 1")
                .help("write how often somebody tries, such as `5`"),
            );
            return None;
        }
        Some(Some(GiveUp {
            max_deliveries,
            dead_letter: key?,
            span: name.span(),
        }))
    }

    /// What needs something else beside it has it.
    fn is_whole(&mut self, group: &ConsumerGroup, node: &Node) -> bool {
        let before = group.ack == Acknowledge::Before;
        let of_after = ["min_idle", "heartbeat", "dead_letter"]
            .iter()
            .find_map(|field| text(node, field));
        if let (true, Some(text)) = (before, of_after) {
            let message = format!("`{}` has nothing left to take over", group.name);
            self.report(
                text.mistake(Code::E0617, message)
                    .label("with `ack: before` no entry waits for an acknowledgement")
                    .help("write `ack: after`, or remove what is said of entries that nobody acknowledged"),
            );
            return false;
        }
        if let (Some(gives_up), None) = (&group.gives_up, group.min_idle_ms) {
            let message = format!("nobody delivers entries of `{}` again", group.name);
            self.report(
                Diagnostic::error(Code::E0617, gives_up.span, message)
                    .label("only what is taken over is delivered more than once")
                    .help("add `min_idle:`, longer than the work on an entry takes"),
            );
            return false;
        }
        self.is_in_time(group, node)
    }

    /// Somebody at work says so before the entry is taken over.
    fn is_in_time(&mut self, group: &ConsumerGroup, node: &Node) -> bool {
        let (Some(beat), Some(idle), Some(text)) = (
            group.heartbeat_ms,
            group.min_idle_ms,
            text(node, "heartbeat"),
        ) else {
            return true;
        };
        if beat < idle {
            return true;
        }
        self.report(
            text.mistake(Code::E0617, "a heartbeat that comes too late")
                .label("by then another consumer has taken the entry over")
                .help(
                    "write a third of `min_idle:`, so that one that is late or lost costs nothing",
                ),
        );
        false
    }
}

/// What stands behind a `~`, and whether there is one.
fn approximate<'a>(text: &Text<'a>) -> (Text<'a>, bool) {
    match text.text().strip_prefix('~') {
        Some(rest) => {
            let length = text.text().len();
            (text.part(length - rest.len()..length), true)
        }
        None => (*text, false),
    }
}
