//! Locks and semaphores: how they are held, and the keys that locks declare beside themselves.

use std::time::Duration;

use super::draft::Accessor;
use super::fields::{is_on, text};
use super::lifetime::expiry;
use super::{Lowering, Site};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Hold, Key, KeyId, Lifetime, Name, OnUnavailable, Segment, Structure, TtlRule};
use crate::node::Node;
use crate::source::Span;
use crate::template::{Resolved, check_ambiguity};
use crate::text::{Text, duration};

/// What stands behind a lock's name in that of its last number.
const BEHIND: &str = ":fence";

/// How long the last number is kept after a hold at least. Without it the server's clock goes on from where it is, so this
/// covers what a clock may be set back.
const KEPT: Duration = Duration::from_secs(24 * 3600);

/// The field of a key that says how it is held, if it is a lock or a semaphore.
pub(super) fn holder(node: &Node) -> Option<&Node> {
    node.get("lock").or_else(|| node.get("semaphore"))
}

impl Lowering<'_> {
    pub(super) fn lock(&mut self, node: &Node) -> Option<Structure> {
        Some(Structure::Lock {
            hold: self.hold(node)?,
            fenced: is_on(node, "fencing"),
        })
    }

    pub(super) fn semaphore(&mut self, node: &Node) -> Option<Structure> {
        let hold = self.hold(node);
        let permits = node.get("permits")?.text()?.parse().ok()?;
        Some(Structure::Semaphore {
            hold: hold?,
            permits,
        })
    }

    /// The lease, which is the key's lifetime.
    pub(super) fn lease(&mut self, node: &Node, held: &Node) -> Option<Lifetime> {
        let lease = text(held, "lease").map(|text| self.accept(duration(&text)));
        if let Some(ttl) = node.get("ttl") {
            self.report(
                Diagnostic::error(Code::E1201, ttl.span, "a lifetime beside a lease")
                    .label("how long a hold lasts is its lease")
                    .related(held.span, "the lease stands here")
                    .help(match Text::of(ttl) {
                        Some(text) => format!("remove `ttl:`, and write `lease: {}`", text.text()),
                        None => String::from("remove `ttl:`, and write `lease: 10s`"),
                    }),
            );
            return None;
        }
        Some(Lifetime::Expires(expiry(TtlRule::After(lease??))))
    }

    fn hold(&mut self, node: &Node) -> Option<Hold> {
        let mut time = |field| match text(node, field) {
            None => Some(None),
            Some(text) => self.accept(duration(&text)).map(Some),
        };
        let (wait, max_hold) = (time("wait"), time("max_hold"));
        let renew = node.get("renew").filter(|it| it.text() == Some("auto"));
        if let (Some(renew), None) = (renew, node.get("max_hold")) {
            self.report(
                Diagnostic::error(Code::E1202, renew.span, "a lease that is renewed for ever")
                    .label("a holder that hangs keeps everybody out")
                    .help("add `max_hold: 10m`, longer than the work takes"),
            );
            return None;
        }
        Some(Hold {
            wait: wait?,
            renew: renew.is_some(),
            max_hold: max_hold?,
        })
    }

    /// Declares a key beside each lock that numbers its holds.
    pub(super) fn fences(&mut self) {
        let declared = self.declared;
        for (at, one) in declared.keys.list.iter().enumerate() {
            let Some(fencing) = one.node.get("lock").and_then(|lock| lock.get("fencing")) else {
                continue;
            };
            if fencing.text() != Some("true") {
                continue;
            }
            let Ok(lock) = u32::try_from(at) else {
                continue;
            };
            let site = self.draft.sites.get(at).cloned().flatten();
            let site = site.and_then(|site| self.site_behind(site, BEHIND, fencing.span));
            let key = match (&site, self.draft.keys.get(at)) {
                (Some(site), Some(Some(key))) => Some(fence(key, KeyId(lock), site, fencing.span)),
                _ => None,
            };
            let name = fence_name(&one.name);
            self.beside(name, fencing.span, "the last number of a lock", site, key);
        }
    }

    /// Adds a key that another one declares.
    pub(super) fn beside(
        &mut self,
        name: Name,
        span: Span,
        what: &'static str,
        site: Option<Site>,
        key: Option<Key>,
    ) {
        self.draft.key_names.push((name.to_string(), span));
        self.draft.accessors.push(Accessor { name, span, what });
        self.draft.sites.push(site);
        self.draft.keys.push(key);
    }

    /// Where a key lies whose name is that of another with a text behind it, if it can be read back.
    pub(super) fn site_behind(&mut self, mut site: Site, text: &str, span: Span) -> Option<Site> {
        let template = &mut site.template;
        template.text.push_str(text);
        template.span = span;
        match template.segments.last_mut() {
            Some(Segment::Literal(last)) => last.push_str(text),
            _ => template.segments.push(Segment::Literal(text.to_owned())),
        }
        let places = template.params().into_iter().map(|id| (id, span));
        let resolved = Resolved {
            places: places.collect(),
            template: template.clone(),
        };
        check_ambiguity(&resolved, &self.draft, self.sink).then_some(site)
    }
}

fn fence_name(lock: &Name) -> Name {
    Name::new(format!("{lock}_fence"))
}

/// The key of the last number.
fn fence(lock: &Key, id: KeyId, site: &Site, span: Span) -> Key {
    let longest = match &lock.structure {
        Structure::Lock { hold, .. } => hold.max_hold.unwrap_or_default(),
        _ => Duration::ZERO,
    };
    let lease = match &lock.lifetime {
        Lifetime::Expires(expiry) => match expiry.rule {
            TtlRule::After(lease) => lease,
            TtlRule::EndOfDay => Duration::ZERO,
        },
        _ => Duration::ZERO,
    };
    let kept = KEPT.max(longest.max(lease).saturating_mul(2));
    Key {
        name: fence_name(&lock.name),
        about: Some(format!(
            "The number of the last hold of `{}`; each new one is higher.",
            lock.name
        )),
        template: site.template.clone(),
        lifetime: Lifetime::Expires(expiry(TtlRule::After(kept))),
        structure: Structure::Fence { lock: id },
        on_unavailable: OnUnavailable::default(),
        size: None,
        deprecated: None,
        was: lock.was.iter().map(|was| format!("{was}_fence")).collect(),
        span,
        ..lock.clone()
    }
}
