//! Dead letters: the stream that takes them must be able to.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{ConsumerGroup, GiveUp, Key, KeyId, ParamId, Segment, Structure, Template};
use crate::template::Params;

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    for (_, key, group, gives_up) in burials(draft) {
        if let Some((what, label, help)) = unfit(draft, key, gives_up) {
            let name = draft.key_names.get(gives_up.dead_letter.index());
            let dead = name.map_or("", |(name, _)| name);
            let message = format!(
                "what `{}` gives up cannot go to `{dead}`: {what}",
                group.name
            );
            let finding = Diagnostic::error(Code::E0618, gives_up.span, message);
            let place = name.map(|(_, span)| *span);
            let finding = match place {
                Some(span) => finding.related(span, "declared here"),
                None => finding,
            };
            sink.push(finding.label(label).help(help));
        }
    }
}

/// Every group that gives entries up, with its stream.
pub(super) fn burials(
    draft: &Draft,
) -> impl Iterator<Item = (KeyId, &Key, &ConsumerGroup, &GiveUp)> {
    let keys = (0..).map(KeyId).zip(&draft.keys);
    keys.filter_map(|(id, key)| Some((id, key.as_ref()?)))
        .flat_map(|(id, key)| {
            let groups = match &key.structure {
                Structure::Stream { groups, .. } => groups.as_slice(),
                _ => &[],
            };
            groups
                .iter()
                .filter_map(move |group| Some((id, key, group, group.gives_up.as_ref()?)))
        })
}

/// Why a key cannot take the dead letters of another: what is wrong, how to label it, what to do.
fn unfit(draft: &Draft, key: &Key, gives_up: &GiveUp) -> Option<(String, &'static str, String)> {
    let dead = draft.key(gives_up.dead_letter)?;
    if dead.name == key.name {
        return Some((
            "it is the stream itself".to_owned(),
            "would be delivered again for ever",
            "name another stream of the same entries".to_owned(),
        ));
    }
    let (Structure::Stream { entry, .. }, Structure::Stream { entry: wanted, .. }) =
        (&dead.structure, &key.structure)
    else {
        return Some((
            format!("it is a {}", dead.structure.name()),
            "not a stream",
            format!("declare `{}` as a stream of the same entries", dead.name),
        ));
    };
    if entry != wanted {
        return Some((
            "its entries are of another type".to_owned(),
            "other entries",
            "declare the entry under `types:` and name that type in both streams".to_owned(),
        ));
    }
    if dead.database != key.database {
        return Some((
            "it lives in another database".to_owned(),
            "a script runs in one database",
            format!("let `{}` live where `{}` does (`in:`)", dead.name, key.name),
        ));
    }
    let own = Carried::by(&key.template);
    let carried = Carried::by(&dead.template);
    let lacks = |id: &&ParamId| !own.always.contains(id);
    let unknown = carried.always.iter().find(lacks).or_else(|| {
        let known = |id: &&ParamId| !own.always.contains(id) && !own.maybe.contains(id);
        carried.maybe.iter().find(known)
    })?;
    Some((
        format!("its `{}` would not be known", draft.name(*unknown)),
        "which of its keys?",
        format!(
            "leave `{{{}}}` out of the template of `{}`, or put it into that of `{}`",
            draft.name(*unknown),
            dead.name,
            key.name
        ),
    ))
}

/// The placeholders of a template: those of every key, and those that may be absent.
struct Carried {
    always: Vec<ParamId>,
    maybe: Vec<ParamId>,
}

impl Carried {
    fn by(template: &Template) -> Self {
        let always = template
            .segments
            .iter()
            .filter_map(|segment| match segment {
                Segment::Param(id) => Some(*id),
                _ => None,
            });
        let always: Vec<ParamId> = always.collect();
        let maybe = template.params();
        Self {
            maybe: maybe
                .into_iter()
                .filter(|id| !always.contains(id))
                .collect(),
            always,
        }
    }
}
