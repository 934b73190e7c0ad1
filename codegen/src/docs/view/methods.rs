//! Generated methods and the commands they send.

use serde::Serialize;

use crate::catalog::{self, Atomicity, Facts, Method, Policy, Section, When};

/// Methods of one section.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SectionView {
    /// Its title.
    pub title: &'static str,
    /// Its methods.
    pub methods: Vec<MethodView>,
}

/// A method.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MethodView {
    /// Its name.
    pub name: &'static str,
    /// Its name, parameters and result.
    pub signature: String,
    /// What it does.
    pub about: &'static str,
    /// What it sends, case by case.
    pub sends: Vec<SentView>,
    /// `command`, `transaction`, `steps` or `nothing`.
    pub atomicity: &'static str,
    /// `read`, `idempotent` or `unsafe`, and what else under a condition.
    pub retry: String,
    /// Its complexity.
    pub cost: &'static str,
    /// Round trips, in words.
    pub round_trips: &'static str,
}

/// What a method sends in one case.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SentView {
    /// When; `null` for always.
    pub(crate) when: Option<&'static str>,
    /// The commands in order.
    pub(crate) commands: Vec<String>,
}

impl MethodView {
    /// The method for a key of these facts.
    pub(crate) fn new(method: &Method, facts: &Facts) -> Self {
        let sent = method.sent(facts);
        // Where all the key's integers are of one width, nothing has to be told apart.
        let is_only = sent.len() == 1;
        let words = |case| match case {
            When::Wide | When::Narrow | When::Reclaiming | When::Burying if is_only => None,
            case => when_words(case),
        };
        Self {
            name: method.name,
            signature: method.signature(),
            about: method.about,
            sends: sent
                .into_iter()
                .map(|(case, commands)| SentView {
                    when: words(case),
                    commands,
                })
                .collect(),
            atomicity: atomicity(method.atomicity(facts)),
            retry: method.retry_words(facts),
            cost: method.cost,
            round_trips: method.round_trips(facts),
        }
    }
}

const fn atomicity(atomicity: Atomicity) -> &'static str {
    match atomicity {
        Atomicity::Nothing => "nothing",
        Atomicity::Command => "command",
        Atomicity::Transaction => "transaction",
        Atomicity::Steps => "steps",
    }
}

/// When a case applies, in words; `None` for always.
pub(crate) const fn when_words(when: When) -> Option<&'static str> {
    match when {
        When::Always => None,
        When::Wide => Some("for an integer of 64 bits with a sign"),
        When::Narrow => Some("for a narrower integer"),
        When::Former => Some("for a field that had other names"),
        When::Waiting => Some("to wait"),
        When::Aged => Some("by age"),
        When::Reading => Some("only to read"),
        When::Reclaiming => Some("for a group without dead letters"),
        When::Burying => Some("for a group with dead letters"),
    }
}

pub(super) const fn title(section: Section) -> &'static str {
    match section {
        Section::Read => "Read",
        Section::Write => "Write",
        Section::Several => "With other keys",
        Section::Wait => "Wait",
        Section::Consumers => "Groups of consumers",
        Section::Held => "While it is held",
        Section::Fields => "Lifetimes of fields",
        Section::Key => "The key and its lifetime",
        Section::Family => "All keys of the kind",
    }
}

/// What sections are called where there are channels.
pub(crate) const fn channel_title(section: Section) -> &'static str {
    match section {
        Section::Read => "Look",
        Section::Write => "Speak",
        Section::Wait => "Listen",
        _ => "Several channels",
    }
}

/// The facts under which the methods of every key are shown.
pub(super) fn common() -> Facts {
    Facts::new(Policy::after_millis(1000).general())
}

/// The methods that every key and every kind of key has.
pub(crate) fn of_every_key() -> Vec<SectionView> {
    let facts = common();
    let methods = ["any", "family"].into_iter().flat_map(catalog::table_of);
    sections(methods, &facts, title)
}

/// Methods by section, in the order of the sections.
pub(super) fn sections<'m>(
    methods: impl IntoIterator<Item = &'m Method>,
    facts: &Facts,
    title: fn(Section) -> &'static str,
) -> Vec<SectionView> {
    let mut found: Vec<(Section, Vec<MethodView>)> = Vec::new();
    for method in methods {
        let view = MethodView::new(method, facts);
        match found
            .iter_mut()
            .find(|(section, _)| *section == method.section)
        {
            Some((_, list)) => list.push(view),
            None => found.push((method.section, vec![view])),
        }
    }
    found.sort_by_key(|(section, _)| *section);
    found
        .into_iter()
        .map(|(section, methods)| SectionView {
            title: title(section),
            methods,
        })
        .collect()
}
