//! What lies under a key, part by part.

use super::tombstones;
use super::types::Types;
use super::{Comparison, Thread};
use crate::breaking::change::{Change, Class};
use crate::facts::{At, ConsumerGroup, Difference, Fact, Hold, Key, Show, Structure, Ty, Value};

impl<'a> Comparison<'a> {
    pub(super) fn structures(
        &self,
        thread: &Thread<'a>,
        old: &'a Key,
        new: &'a Key,
        types: &mut Types<'a, '_>,
        out: &mut Vec<Change<'a>>,
    ) {
        let mut value = |role, old, new, types: &mut Types<'a, '_>| {
            self.value(thread, Class::Rest, role, old, new, types, out);
        };
        match (&old.structure, &new.structure) {
            (Structure::String { value: a }, Structure::String { value: b }) => {
                value("value", a, b, types)
            }
            (
                Structure::List {
                    member: a,
                    order: o,
                    processing: l,
                },
                Structure::List {
                    member: b,
                    order: p,
                    processing: m,
                },
            ) => {
                value("member", a, b, types);
                differ(thread, "order", o, p, out);
                let now = l.as_deref().map(|name| self.key_now(name).unwrap_or(name));
                if now != m.as_deref() {
                    differ(thread, "processing", l, m, out);
                }
            }
            (Structure::Set { member: a }, Structure::Set { member: b })
            | (Structure::Geo { member: a }, Structure::Geo { member: b }) => {
                value("member", a, b, types)
            }
            (Structure::HyperLogLog { element: a }, Structure::HyperLogLog { element: b }) => {
                value("element", a, b, types);
            }
            (
                Structure::HashMap { field: f, value: v },
                Structure::HashMap { field: g, value: w },
            ) => {
                value("map_key", f, g, types);
                value("value", v, w, types);
            }
            (
                Structure::Zset {
                    member: a,
                    score: s,
                },
                Structure::Zset {
                    member: b,
                    score: t,
                },
            ) => {
                value("member", a, b, types);
                differ(thread, "score", s, t, out);
            }
            (Structure::Counter { ty: a }, Structure::Counter { ty: b }) => {
                self.ty(thread, Class::Rest, "counter", a, b, types, out);
            }
            (Structure::JsonDocument { ty: a }, Structure::JsonDocument { ty: b }) => {
                self.ty(thread, Class::Rest, "document", a, b, types, out);
            }
            (Structure::Hash { record: a }, Structure::Hash { record: b }) => {
                let node = types.node(a, b);
                types.root(node, Class::Rest, thread.uses[0]);
            }
            (
                Structure::Stream {
                    entry: a,
                    trim: t,
                    groups: g,
                    policies: p,
                    removed: r,
                },
                Structure::Stream {
                    entry: b,
                    trim: u,
                    groups: h,
                    policies: q,
                    removed: s,
                },
            ) => {
                let node = types.node(a, b);
                types.root(node, Class::Entry, thread.uses[0]);
                differ(thread, "trim", t, u, out);
                differ(thread, "groups", g, h, out);
                let there = |name: &str| h.iter().any(|group| group == name);
                let what = "key.structure.group.tombstone";
                for (name, difference) in tombstones::differences(what, r, s, there) {
                    let path = format!("{}.groups.{name}", thread.path);
                    out.push(Change {
                        path,
                        ..thread.change(difference)
                    });
                }
                for name in g.iter().filter(|name| h.contains(name)) {
                    self.consumer_group(thread, name, p.get(name), q.get(name), out);
                }
            }
            (
                Structure::RateLimit {
                    algorithm: a,
                    rules: r,
                    max_cost: c,
                },
                Structure::RateLimit {
                    algorithm: b,
                    rules: s,
                    max_cost: d,
                },
            ) => {
                differ(thread, "algorithm", a, b, out);
                differ(thread, "rules", r, s, out);
                differ(thread, "max_cost", c, d, out);
            }
            (
                Structure::Lock {
                    hold: a,
                    fencing: f,
                },
                Structure::Lock {
                    hold: b,
                    fencing: g,
                },
            ) => {
                holds(thread, a, b, out);
                differ(thread, "fencing", f, g, out);
            }
            (
                Structure::Semaphore {
                    permits: p,
                    hold: a,
                },
                Structure::Semaphore {
                    permits: q,
                    hold: b,
                },
            ) => {
                holds(thread, a, b, out);
                differ(thread, "permits", p, q, out);
            }
            (
                Structure::Cache {
                    value: v,
                    stale_ms: s,
                    negative_ms: n,
                    load_lease_ms: l,
                    tags: t,
                },
                Structure::Cache {
                    value: w,
                    stale_ms: r,
                    negative_ms: m,
                    load_lease_ms: k,
                    tags: u,
                },
            ) => {
                value("value", v, w, types);
                differ(thread, "stale_ms", s, r, out);
                differ(thread, "negative_ms", n, m, out);
                differ(thread, "load_lease_ms", l, k, out);
                let now = t.iter().map(|name| self.key_now(name).unwrap_or(name));
                if !now.eq(u.iter().map(String::as_str)) {
                    differ(thread, "tags", t, u, out);
                }
            }
            (
                Structure::Queue {
                    payload: v,
                    lease_ms: l,
                    max_attempts: n,
                    backoff: x,
                    priorities: p,
                    keep_done_ms: d,
                    keep_dead_ms: k,
                    max_dead: m,
                },
                Structure::Queue {
                    payload: w,
                    lease_ms: l2,
                    max_attempts: n2,
                    backoff: x2,
                    priorities: p2,
                    keep_done_ms: d2,
                    keep_dead_ms: k2,
                    max_dead: m2,
                },
            ) => {
                value("value", v, w, types);
                differ(thread, "lease_ms", l, l2, out);
                differ(thread, "max_attempts", n, n2, out);
                differ(thread, "backoff", x, x2, out);
                differ(thread, "priorities", p, p2, out);
                differ(thread, "keep_done_ms", d, d2, out);
                differ(thread, "keep_dead_ms", k, k2, out);
                differ(thread, "max_dead", m, m2, out);
            }
            (
                Structure::Session {
                    data: d,
                    idle_ms: i,
                    touch_after_ms: t,
                    index: x,
                },
                Structure::Session {
                    data: e,
                    idle_ms: j,
                    touch_after_ms: u,
                    index: y,
                },
            ) => {
                value("value", d, e, types);
                differ(thread, "idle_ms", i, j, out);
                differ(thread, "touch_after_ms", t, u, out);
                let now = x.as_deref().map(|name| self.key_now(name).unwrap_or(name));
                if now != y.as_deref() {
                    differ(thread, "index", x, y, out);
                }
            }
            (Structure::SessionIndex { session: a }, Structure::SessionIndex { session: b }) => {
                if self.key_now(a).unwrap_or(a) != b {
                    differ(thread, "session", a, b, out);
                }
            }
            (
                Structure::Progress {
                    item: i,
                    max: m,
                    allow_decrease: d,
                    allow_unknown: u,
                    events: e,
                    message: s,
                },
                Structure::Progress {
                    item: j,
                    max: n,
                    allow_decrease: c,
                    allow_unknown: v,
                    events: f,
                    message: t,
                },
            ) => {
                value("map_key", i, j, types);
                match (s, t) {
                    (Some(s), Some(t)) => value("value", s, t, types),
                    _ => differ(thread, "message", &said(s), &said(t), out),
                }
                differ(thread, "max", m, n, out);
                differ(thread, "allow_decrease", d, c, out);
                differ(thread, "allow_unknown", u, v, out);
                let part = if e.is_some() == f.is_some() {
                    "trim"
                } else {
                    "events"
                };
                differ(thread, part, e, f, out);
            }
            (a, b) if a.word() == b.word() => {}
            (a, b) => differ(thread, "kind", &a.word(), &b.word(), out),
        }
    }

    /// How a group works that both versions have.
    fn consumer_group(
        &self,
        thread: &Thread<'a>,
        name: &str,
        old: Option<&ConsumerGroup>,
        new: Option<&ConsumerGroup>,
        out: &mut Vec<Change<'a>>,
    ) {
        let mut old = old.cloned().unwrap_or_default();
        let dead = old.dead_letter.take();
        old.dead_letter = dead.map(|name| self.key_now(&name).map_or(name.clone(), str::to_owned));
        let new = new.cloned().unwrap_or_default();
        let mut differences = Vec::new();
        old.compare(&new, &At::root("key.structure.group"), &mut differences);
        let path = format!("{}.groups.{name}", thread.path);
        out.extend(differences.into_iter().map(|difference| Change {
            path: path.clone(),
            ..thread.change(difference)
        }));
    }

    /// A value: its format, what it names, its type.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn value(
        &self,
        thread: &Thread<'a>,
        class: Class,
        role: &str,
        old: &'a Value,
        new: &'a Value,
        types: &mut Types<'a, '_>,
        out: &mut Vec<Change<'a>>,
    ) {
        // The format is told of values and of members; both are all there is to most structures.
        let owner = if role == "value" { "value" } else { "member" };
        let prefix = class.prefix();
        let mut say = |aspect: &str, was: String, is: String| {
            let difference = Difference {
                what: format!("{prefix}{owner}.{aspect}"),
                old: was,
                new: is,
            };
            // What a format does to a value depends on the value.
            let types = Some((self.plain_old(&old.ty), self.plain_new(&new.ty)));
            out.push(Change {
                types,
                ..thread.change(difference)
            });
        };
        if old.codec != new.codec {
            say("codec", old.codec.clone(), new.codec.clone());
        }
        if old.zstd_over != new.zstd_over {
            let shown = |over: Option<u32>| {
                over.map_or_else(|| "none".to_owned(), |over| format!("zstd over {over}"))
            };
            say("zstd_over", shown(old.zstd_over), shown(new.zstd_over));
        }
        if self.refers_now(old) != new.refers {
            differ(thread, "refers", &old.refers, &new.refers, out);
        }
        self.ty(thread, class, role, &old.ty, &new.ty, types, out);
    }

    /// What a value of the old version names, by the names of the new.
    fn refers_now(&self, old: &Value) -> Option<String> {
        let refers = old.refers.as_deref()?;
        let now = |name: &str| self.key_now(name).unwrap_or(name).to_owned();
        Some(match refers.split_once('.') {
            None => now(refers),
            Some((key, param)) => {
                format!("{}.{}", now(key), self.param_now(param).unwrap_or(param))
            }
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn ty(
        &self,
        thread: &Thread<'a>,
        class: Class,
        role: &str,
        old: &'a Ty,
        new: &'a Ty,
        types: &mut Types<'a, '_>,
        out: &mut Vec<Change<'a>>,
    ) {
        let prefix = class.prefix();
        let (differences, nodes) = types.differences(old, new, false);
        for difference in differences {
            let what = format!("{prefix}{}", difference.what(role));
            out.push(thread.change_of(difference, what));
        }
        for node in nodes {
            types.root(node, class, thread.uses[0]);
        }
    }
}

/// Whether a report may say more, in words.
fn said(message: &Option<Value>) -> Option<String> {
    message.as_ref().map(|message| message.ty.show())
}

/// How a lock or a permit is held.
fn holds<'a>(thread: &Thread<'a>, old: &Hold, new: &Hold, out: &mut Vec<Change<'a>>) {
    let mut differences = Vec::new();
    old.compare(new, &At::root("key.structure.hold"), &mut differences);
    out.extend(differences.into_iter().map(|it| thread.change(it)));
}

fn differ<'a, T: PartialEq + Show>(
    thread: &Thread<'a>,
    part: &str,
    old: &T,
    new: &T,
    out: &mut Vec<Change<'a>>,
) {
    if old != new {
        out.push(thread.change(Difference {
            what: format!("key.structure.{part}"),
            old: old.show(),
            new: new.show(),
        }));
    }
}
