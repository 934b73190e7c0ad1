//! Queues of work, and the keys that they declare beside themselves.

use std::time::Duration;

use super::Lowering;
use super::declared::Declared;
use super::fields::text;
use super::value::Role;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Backoff, Keep, Key, KeyId, Lifetime, Name, OnUnavailable, Structure, WorkQueue,
};
use crate::node::Node;
use crate::source::Span;
use crate::text::{Text, count, duration, snake};

/// What stands behind a queue's name in that of what its tasks carry.
pub(super) const BEHIND: &str = ":tasks";

const DONE: Duration = Duration::from_secs(3600);
const DEAD: Duration = Duration::from_secs(14 * 24 * 3600);
const MAX_DEAD: u32 = 10_000;
/// Each call may have to look at as many as there are too many.
const MOST_DEAD: u32 = 1_000_000;

impl Lowering<'_> {
    pub(super) fn work(&mut self, declared: &Declared<'_>, node: &Node) -> Option<Structure> {
        let payload = node
            .get("payload")
            .and_then(|it| self.value(it, Role::Whole));
        let lease = text(node, "lease").and_then(|it| self.accept(duration(&it)));
        let backoff = self.backoff(node.get("backoff"));
        let priorities = self.priorities(declared, node);
        let keep = self.keep(node.get("keep"));
        Some(Structure::Queue(WorkQueue {
            payload: payload?,
            lease: lease?,
            max_attempts: node.get("max_attempts")?.text()?.parse().ok()?,
            backoff: backoff?,
            priorities: priorities?,
            keep: keep?,
            span: node.span,
        }))
    }

    fn backoff(&mut self, node: Option<&Node>) -> Option<Option<Backoff>> {
        let Some(node) = node else {
            return Some(None);
        };
        let first = text(node, "first").and_then(|it| self.accept(duration(&it)));
        let max = text(node, "max").and_then(|it| self.accept(duration(&it)));
        Some(Some(Backoff {
            first: first?,
            max: max?,
        }))
    }

    fn keep(&mut self, node: Option<&Node>) -> Option<Keep> {
        let mut time = |field, otherwise| match node.and_then(|node| text(node, field)) {
            Some(text) => self.accept(duration(&text)),
            None => Some(otherwise),
        };
        let (done, dead) = (time("done", DONE), time("dead", DEAD));
        let max_dead = match node.and_then(|node| text(node, "max_dead")) {
            Some(text) => self.max_dead(&text),
            None => Some(MAX_DEAD),
        };
        Some(Keep {
            done: done?,
            dead: dead?,
            max_dead: max_dead?,
        })
    }

    fn max_dead(&mut self, text: &Text<'_>) -> Option<u32> {
        let most = self.accept(count(text))?;
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        if (1..=MOST_DEAD).contains(&most) {
            return Some(most);
        }
        self.report(
            text.mistake(Code::E1502, format!("{} dead tasks are kept", text.text()))
                .label("between 1 and 1M")
                .help("write for instance `max_dead: 10k`"),
        );
        None
    }

    fn priorities(&mut self, declared: &Declared<'_>, node: &Node) -> Option<Vec<Name>> {
        let Some(list) = node.get("priorities") else {
            return Some(Vec::new());
        };
        self.named_apart(declared, "Priority", "the priorities", list.span)?;
        let mut names: Vec<(Name, Span)> = Vec::new();
        let mut fine = true;
        for item in list.items() {
            let Some(name) = Text::of(item).and_then(|text| self.accept(snake(&text))) else {
                fine = false;
                continue;
            };
            let same = |(other, _): &&(Name, Span)| other.camel() == name.camel();
            if let Some((other, place)) = names.iter().find(same) {
                let message = format!("`{other}` and `{name}` are one priority");
                self.report(
                    Diagnostic::error(Code::E1503, item.span, message)
                        .label("the same name in the generated code")
                        .related(*place, "here first")
                        .help("remove one of the two, or give it another name"),
                );
                fine = false;
            }
            names.push((name, item.span));
        }
        if fine && !(2..=16).contains(&names.len()) {
            let message = format!("{} in a list of priorities", names.len());
            self.report(
                Diagnostic::error(Code::E1503, list.span, message)
                    .label("from two to sixteen")
                    .help("name those there are, as in `priorities: [high, low]`, or remove the field where all tasks are alike"),
            );
            return None;
        }
        fine.then(|| names.into_iter().map(|(name, _)| name).collect())
    }

    /// How long a queue lives: while there is work, and then as long as is known of what was done.
    pub(super) fn while_work_lasts(&mut self, node: &Node, queue: &Node) -> Option<Lifetime> {
        if let Some(ttl) = node.get("ttl") {
            self.report(
                Diagnostic::error(Code::E1501, ttl.span, "a lifetime beside a queue")
                    .label("work that waits would be gone with the key")
                    .related(queue.span, "the queue stands here")
                    .help("remove `ttl:`; how long is known of what is over stands in `keep:`"),
            );
            return None;
        }
        Some(while_work_lasts())
    }

    /// Declares a key beside each queue for what its tasks carry.
    pub(super) fn carried(&mut self) {
        let declared = self.declared;
        for (at, one) in declared.keys.list.iter().enumerate() {
            let Some(queue) = one.node.get("queue") else {
                continue;
            };
            let Ok(id) = u32::try_from(at) else {
                continue;
            };
            let site = self.draft.sites.get(at).cloned().flatten();
            let site = site.and_then(|site| self.site_behind(site, BEHIND, queue.span));
            let key = match (&site, self.draft.keys.get(at)) {
                (Some(site), Some(Some(key))) => {
                    let template = site.template.clone();
                    Some(Key {
                        template,
                        ..tasks(key, KeyId(id), queue.span)
                    })
                }
                _ => None,
            };
            let name = tasks_name(&one.name);
            self.beside(
                name,
                queue.span,
                "what the tasks of a queue carry",
                site,
                key,
            );
        }
    }
}

fn tasks_name(queue: &Name) -> Name {
    Name::new(format!("{queue}_tasks"))
}

fn while_work_lasts() -> Lifetime {
    Lifetime::None {
        reason: String::from(
            "it stays while there is work, and expires with what is known of work that is over",
        ),
    }
}

/// The key of what the tasks carry.
fn tasks(queue: &Key, id: KeyId, span: Span) -> Key {
    Key {
        name: tasks_name(&queue.name),
        about: Some(format!(
            "What the tasks of `{}` carry, and what is known of each.",
            queue.name
        )),
        lifetime: while_work_lasts(),
        structure: Structure::QueueTasks { queue: id },
        on_unavailable: OnUnavailable::default(),
        size: None,
        deprecated: None,
        was: queue.was.iter().map(|was| format!("{was}_tasks")).collect(),
        span,
        ..queue.clone()
    }
}
