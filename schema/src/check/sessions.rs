//! Sessions: times that fit each other, one placeholder that is a hash, and an index that is theirs alone.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{
    Key, ParamId, ParamType, Segment, Session, SessionIndex, StringEncoding, Structure,
};

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    for key in draft.keys.iter().flatten() {
        match &key.structure {
            Structure::Session(session) => {
                times(key, session, sink);
                placeholder(draft, key, sink);
                if let Some(index) = session.index {
                    of_index(draft, key, index, sink);
                }
                replicas(key, sink);
            }
            Structure::SessionIndex { .. } => {
                whose(key, sink);
                replicas(key, sink);
            }
            _ => {}
        }
    }
}

fn times(key: &Key, session: &Session, sink: &mut Sink) {
    if session.idle_ms > session.absolute_ms {
        let message = format!(
            "a session of `{}` ends before it can be idle for so long",
            key.name
        );
        sink.push(
            Diagnostic::error(Code::E1602, key.span, message)
                .label("`idle_ttl` is longer than `absolute_ttl`")
                .help("let `absolute_ttl` be as long as `idle_ttl` at least: it is when even one that is used ends"),
        );
    }
    if session.touch_after_ms >= session.idle_ms {
        let message = format!("use of a session of `{}` is never noted in time", key.name);
        sink.push(
            Diagnostic::error(Code::E1602, key.span, message)
                .label("it is over when `touch_after` is")
                .help("let `touch_after` be a part of `idle_ttl`, or leave it out: then it is a tenth"),
        );
    }
}

/// Its name tells a hash, so that nobody who reads the database can log in.
fn placeholder(draft: &Draft, key: &Key, sink: &mut Sink) {
    let Some((label, help)) = unfit(draft, key) else {
        return;
    };
    let message = format!("`{}` is not told by the hash of a token", key.name);
    sink.push(
        Diagnostic::error(Code::E1603, key.template.span, message)
            .label(label)
            .help(help),
    );
}

fn unfit(draft: &Draft, key: &Key) -> Option<(String, String)> {
    const DECLARE: &str = "declare it under `params:` as `session: { type: string, encode: hash }`";
    let params = key.template.params();
    let [id] = params.as_slice() else {
        let (label, help) = match params.len() {
            0 => ("no placeholder", "write `\"session:{session}\"`, and "),
            _ => (
                "several placeholders",
                "leave the hash of the token alone: a client has nothing else, what else is known of a session is `data`. And ",
            ),
        };
        return Some((label.to_owned(), format!("{help}{DECLARE}")));
    };
    let optional = |part: &Segment| matches!(part, Segment::Optional(_));
    if key.template.segments.iter().any(optional) {
        let label = "the placeholder may be absent".to_owned();
        return Some((label, "take out the square brackets".to_owned()));
    }
    unhashed(draft, *id).map(|name| {
        (
            format!("`{name}` is not hashed"),
            DECLARE.replace("session:", &format!("{name}:")),
        )
    })
}

/// The name of a placeholder that is no hash of a text.
fn unhashed(draft: &Draft, id: ParamId) -> Option<&str> {
    let param = draft.param(id)?;
    let hashed = matches!(
        &param.ty,
        ParamType::String {
            encoding: StringEncoding::Hash,
            max: None,
        }
    );
    (!hashed || param.rust.is_some()).then(|| param.name.as_str())
}

fn of_index(draft: &Draft, key: &Key, named: SessionIndex, sink: &mut Sink) {
    let Some(index) = draft.key(named.key) else {
        return;
    };
    let refused = |what: String, label: &'static str, help: String| {
        let message = format!("`{}` is no index of `{}`: {what}", index.name, key.name);
        Diagnostic::error(Code::E1604, named.span, message)
            .label(label)
            .related(index.span, "declared here")
            .help(help)
    };
    let Structure::SessionIndex { session } = index.structure else {
        let name = format!("{}_index", key.name);
        sink.push(refused(
            format!("it is a {}", index.structure.name()),
            "another structure",
            format!("declare a key of its own: `{name}: {{ key: \"sessions_of:{{user_id}}\", session_index: {{}} }}`"),
        ));
        return;
    };
    let Some(other) = draft.key(session).filter(|other| other.name != key.name) else {
        return;
    };
    sink.push(refused(
        format!("it has those of `{}`", other.name),
        "whose sessions would be revoked?",
        format!("declare an index for `{}` alone", key.name),
    ));
}

/// Somebody's sessions, not everybody's.
fn whose(key: &Key, sink: &mut Sink) {
    if !key.template.params().is_empty() {
        return;
    }
    let message = format!("`{}` is an index of everybody's sessions", key.name);
    sink.push(
        Diagnostic::error(Code::E1604, key.template.span, message)
            .label("no placeholder says whose")
            .help("write whose they are into the template: `\"sessions_of:{user_id}\"`"),
    );
}

/// A replica that is behind would let in whom the primary has shut out.
fn replicas(key: &Key, sink: &mut Sink) {
    if !key.replica_ok {
        return;
    }
    let message = format!("replicas cannot answer reads of `{}`", key.name);
    sink.push(
        Diagnostic::error(Code::E0803, key.span, message)
            .label("one that is behind has what was revoked")
            .help("take out `replica_ok`"),
    );
}
