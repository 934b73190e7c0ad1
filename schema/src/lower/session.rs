//! Sessions and their indexes: what is written, and what follows from it for the key's lifetime. Whether it makes sense is checked later.

use std::time::Duration;

use super::Lowering;
use super::declared::Declared;
use super::fields::text;
use super::lifetime::expiry;
use super::value::Role;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{KeyId, Lifetime, OnWrite, Session, SessionIndex, Structure, TtlRule};
use crate::node::Node;
use crate::text::duration;

/// Where nothing is said, use is noted when this part of the idle time is over.
const TOUCH_PART: u64 = 10;

/// The field of a key that says what session it is, or that it is an index of sessions.
pub(super) fn of_sessions(node: &Node) -> Option<&Node> {
    node.get("session").or_else(|| node.get("session_index"))
}

impl Lowering<'_> {
    pub(super) fn session(&mut self, node: &Node) -> Option<Structure> {
        let data = self.value(node.get("data")?, Role::Whole);
        let idle = self.session_time(node, "idle_ttl");
        let absolute = self.session_time(node, "absolute_ttl");
        let touch = match node.get("touch_after") {
            None => idle.map(|idle| idle / TOUCH_PART),
            Some(_) => self.session_time(node, "touch_after"),
        };
        let index = match text(node, "index") {
            None => Some(None),
            Some(name) => self.key_named(&name).map(|key| {
                let span = name.span();
                Some(SessionIndex { key, span })
            }),
        };
        Some(Structure::Session(Session {
            data: data?,
            idle_ms: idle?,
            absolute_ms: absolute?,
            touch_after_ms: touch?,
            index: index?,
        }))
    }

    fn session_time(&mut self, node: &Node, field: &str) -> Option<u64> {
        let text = text(node, field)?;
        let time = self.accept(duration(&text))?;
        u64::try_from(time.as_millis()).ok()
    }

    /// The index of whichever session names it.
    pub(super) fn session_index(&mut self, declared: &Declared<'_>) -> Option<Structure> {
        let name = declared.name.as_str();
        let names_it = |other: &Declared<'_>| {
            let session = other.node.get("session");
            let index = session.and_then(|session| session.get("index"));
            index.and_then(Node::text) == Some(name)
        };
        let at = self.declared.keys.list.iter().position(names_it);
        if let Some(session) = at.and_then(|at| u32::try_from(at).ok()) {
            return Some(Structure::SessionIndex {
                session: KeyId(session),
            });
        }
        self.report(
            Diagnostic::error(Code::E1604, declared.span, format!("`{name}` is an index of no sessions"))
                .label("no `session:` names it")
                .help(format!(
                    "write `index: {name}` into the `session:` whose users' sessions are to be found together, or remove it"
                )),
        );
        None
    }

    /// How long sessions, or an index of them, live at most: nobody says it beside `absolute_ttl`.
    pub(super) fn session_lifetime(
        &mut self,
        node: &Node,
        said: &Node,
        structure: Option<&Structure>,
    ) -> Option<Lifetime> {
        if let Some(ttl) = node.get("ttl") {
            self.report(
                Diagnostic::error(Code::E1601, ttl.span, "a lifetime beside a session's")
                    .label("follows from `idle_ttl` and `absolute_ttl`")
                    .related(
                        said.span,
                        "they stand here, or with the session of this index",
                    )
                    .help("remove `ttl:`"),
            );
            return None;
        }
        let (millis, on_write) = match structure? {
            Structure::Session(session) => (session.absolute_ms, OnWrite::Keep),
            Structure::SessionIndex { session } => (self.absolute_of(*session)?, OnWrite::Refresh),
            _ => return None,
        };
        let mut expiry = expiry(TtlRule::After(Duration::from_millis(millis)));
        expiry.on_write = on_write;
        Some(Lifetime::Expires(expiry))
    }

    /// The longest time of a session that may be declared further down, where it is also accepted or refused.
    fn absolute_of(&self, session: KeyId) -> Option<u64> {
        let declared = self.declared.keys.list.get(session.index())?;
        let written = text(declared.node.get("session")?, "absolute_ttl")?;
        let time = duration(&written).ok()?;
        u64::try_from(time.as_millis()).ok()
    }
}
