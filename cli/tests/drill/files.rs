//! Damage to schemas, pages and generated code, and which command noticed it.

use crate::damage::{self, Damage, Expected};
use crate::keyspace::{self, Keyspace};
use crate::tally::{Class, Tally};

/// Every damage to the files of one example.
pub(crate) fn files(name: &str, tally: &mut Tally) {
    let keyspace = Keyspace::copy(name);
    tally.alarms(&keyspace.alarms());
    for damage in Damage::of_schema(&keyspace.schema) {
        let noticed = keyspace.with_schema(&damage.text, |keyspace| noticed(keyspace, &damage));
        let place = format!("{name}: {}", damage.place);
        tally.add(Class::Schema, damage.kind, &place, noticed);
    }
    for page in keyspace.pages() {
        for (place, text) in damage::lines(&keyspace.read(&page)) {
            let noticed = keyspace.with_file(&page, &text, Keyspace::pages_differ);
            let place = format!("{name}: {page}:{place}");
            tally.add(Class::Page, "a line of a page", &place, noticed);
        }
    }
    let code = keyspace.read(keyspace::CODE);
    for (place, text) in damage::lines(&code) {
        let noticed = keyspace.with_file(keyspace::CODE, &text, Keyspace::code_differs);
        let place = format!("{name}: line {place}");
        tally.add(Class::Code, "a line of generated code", &place, noticed);
    }
}

/// What notices a damaged schema. A break must be told for what it is, and nothing else be told with it.
fn noticed(keyspace: &Keyspace, damage: &Damage) -> Option<String> {
    if let Some(check) = keyspace.check_refuses() {
        return Some(check);
    }
    match damage.expected {
        Expected::Refused => None,
        Expected::Told => keyspace.pages_differ(),
        Expected::Break(one_of, also) => {
            let told = keyspace.told();
            let is_told = told.iter().any(|code| one_of.contains(&code.as_str()));
            let known = |code: &String| [one_of, also].concat().contains(&code.as_str());
            let is_right = is_told && told.iter().all(known) && keyspace.pages_differ().is_some();
            is_right.then(|| "diff".to_owned())
        }
    }
}
