//! What a cluster asks of a schema: one database, and units whose keys lie in one slot.

use super::consumers::burials;
use super::queues::processed;
use crate::alphabet::Language;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::{Draft, Header, Site};
use crate::model::{HashTag, Key, KeyId, ParamId, Structure, Topology, Unit};
use crate::source::Span;
use crate::template::{Params, Piece, flatten, stop_of};

pub(super) fn check(draft: &Draft, header: &Header, sink: &mut Sink) {
    if header.topology != Topology::Cluster {
        return;
    }
    for database in draft.databases.iter().flatten() {
        if let Some(span) = database.span.filter(|_| database.index != 0) {
            let message = format!("`{}` is database {}", database.name, database.index);
            sink.push(
                Diagnostic::error(Code::E0801, span, message)
                    .label("a cluster has database 0 only")
                    .help("let its keys live in database 0, told apart by their templates, or choose another `topology:`"),
            );
        }
    }
    for unit in draft.units.iter().flatten() {
        check_unit(draft, unit, sink);
    }
    for (id, _, group, gives_up) in burials(draft) {
        let together = Together {
            code: Code::E0804,
            span: gives_up.span,
            name: group.name.as_str(),
            label: "a cluster moves an entry within one slot",
            apart: "gives entries up to a stream of another slot",
            of: "both streams",
            or: "leave `dead_letter:` out and move such entries yourself",
        };
        together.check(draft, &[id, gives_up.dead_letter], sink);
    }
    for (id, key, queue, processing) in processed(draft) {
        let together = Together {
            code: Code::E0804,
            span: queue.span,
            name: key.name.as_str(),
            label: "a cluster moves a value within one slot",
            apart: "is worked on in a list of another slot",
            of: "both lists",
            or: "leave `processing:` out",
        };
        together.check(draft, &[id, processing], sink);
    }
    for (owner, id, key) in implied(draft) {
        beside(key).check(draft, &[owner, id], sink);
    }
}

/// What a key that another one declares is needed for in the same slot.
fn beside(key: &Key) -> Together<'_> {
    let name = key.name.as_str();
    match key.structure {
        Structure::QueueTasks { .. } => Together {
            code: Code::E1504,
            span: key.span,
            name,
            label: "a cluster hands out a task and what it carries in one slot",
            apart: "lies in another slot than its queue",
            of: "the queue",
            or: "declare a stream with a group of consumers",
        },
        Structure::ProgressEvents { .. } => Together {
            code: Code::E0805,
            span: key.span,
            name,
            label: "a cluster notes a report and tells of it in one slot",
            apart: "lies in another slot than its progress",
            of: "the progress",
            or: "leave `events:` out",
        },
        _ => Together {
            code: Code::E0805,
            span: key.span,
            name,
            label: "a cluster takes a lock and numbers the hold in one slot",
            apart: "lies in another slot than its lock",
            of: "the lock",
            or: "leave `fencing:` out",
        },
    }
}

/// Each key that another one declares, behind that one.
fn implied(draft: &Draft) -> impl Iterator<Item = (KeyId, KeyId, &Key)> {
    let keys = (0..).map(KeyId).zip(&draft.keys);
    keys.filter_map(|(id, key)| {
        let key = key.as_ref()?;
        Some((key.implied_by()?, id, key))
    })
}

fn check_unit(draft: &Draft, unit: &Unit, sink: &mut Sink) {
    let together = Together {
        code: Code::E0802,
        span: unit.span,
        name: unit.name.as_str(),
        label: "a cluster runs a unit in one slot",
        apart: "writes keys of different slots",
        of: "every key of the unit",
        or: "split the unit",
    };
    together.check(draft, &unit.writes, sink);
}

/// Keys that an operation needs in one slot, and how to speak of it.
struct Together<'a> {
    code: Code,
    span: Span,
    name: &'a str,
    label: &'static str,
    /// What it does with keys of different slots.
    apart: &'static str,
    /// Which keys the advice is for.
    of: &'static str,
    /// What else one could do.
    or: &'static str,
}

impl Together<'_> {
    fn check(&self, draft: &Draft, keys: &[KeyId], sink: &mut Sink) {
        let sites: Vec<(KeyId, &Site)> = (keys.iter())
            .filter_map(|id| Some((*id, draft.site(*id)?)))
            .collect();
        let [(first, first_site), rest @ ..] = sites.as_slice() else {
            return;
        };
        if rest.is_empty() {
            return;
        }
        let name = |id: &KeyId| draft.key_names.get(id.index()).map_or("", |(name, _)| name);
        let finding = |message: String| {
            Diagnostic::error(self.code, self.span, message)
                .label(self.label)
                .help(advice(draft, &sites, self.of, self.or))
        };
        for (id, site) in &sites {
            if let Some(why) = unproven(draft, site) {
                let message = format!("the slot of `{}` is not known", name(id));
                sink.push(finding(message).related(site.template.span, why));
                return;
            }
        }
        let differs =
            |(_, site): &&(KeyId, &Site)| site.template.hash_tag != first_site.template.hash_tag;
        if let Some((other, site)) = rest.iter().find(differs) {
            let lies = |id, site| format!("`{}` lies {}", name(id), lies(draft, site));
            sink.push(
                finding(format!("`{}` {}", self.name, self.apart))
                    .related(first_site.template.span, lies(first, first_site))
                    .related(site.template.span, lies(other, site)),
            );
        }
    }
}

/// Why a key's slot cannot be told from its placeholder or literal, if so.
fn unproven(draft: &Draft, site: &Site) -> Option<&'static str> {
    if site.template.hash_tag == HashTag::Whole {
        return Some("its slot is that of its whole name");
    }
    let shapes = flatten(&site.prefix.text, &site.template.segments);
    let holds = |id, brace: u8| {
        let alphabet = draft.alphabet(id, stop_of(draft, &shapes, id));
        alphabet.is_some_and(|alphabet| may_hold(&alphabet.language(), brace))
    };
    let leaks = |shape: &Vec<Piece>| leaks(shape, &holds);
    (shapes.iter().any(leaks))
        .then_some("a value in front of the closing brace may hold a brace itself")
}

/// Whether a value may open or close the tag before the template does.
fn leaks(shape: &[Piece], holds: &dyn Fn(ParamId, u8) -> bool) -> bool {
    // The brace that is due: the opening one, then the closing one.
    let mut due = b'{';
    for piece in shape {
        let mut text = match piece {
            Piece::Param(id) if holds(*id, due) => return true,
            Piece::Param(_) => continue,
            Piece::Literal(text) => text.as_bytes(),
        };
        while let Some(at) = text.iter().position(|byte| *byte == due) {
            if due == b'}' {
                return false;
            }
            due = b'}';
            text = &text[at + 1..];
        }
    }
    false
}

fn may_hold(language: &Language, byte: u8) -> bool {
    language
        .all_edges()
        .any(|edge| (edge.low..=edge.high).contains(&byte))
}

fn lies(draft: &Draft, site: &Site) -> String {
    match &site.template.hash_tag {
        HashTag::Whole => String::from("by its whole name"),
        HashTag::Param(id) => format!("by `{}`", draft.name(*id)),
        HashTag::Literal(text) => format!("by the text `{text}`"),
        HashTag::Mixed(_) => String::from("by several parts between braces"),
    }
}

/// What to type so that all keys share a slot.
fn advice(draft: &Draft, sites: &[(KeyId, &Site)], of: &str, or: &str) -> String {
    let shared = sites.first().and_then(|(_, first)| {
        let mut params = first.template.params().into_iter();
        params.find(|id| {
            sites
                .iter()
                .all(|(_, site)| site.template.params().contains(id))
        })
    });
    match shared {
        Some(id) => format!(
            "add `slot: {}` to {of}; keys that exist already need a migration, since their names change",
            draft.name(id)
        ),
        None => format!(
            "no placeholder stands in all of them: put one into every template and add `slot:`, or {or}"
        ),
    }
}
