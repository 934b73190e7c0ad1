//! Whether prefixes that were set keep kinds of keys apart. Of the declared ones `check` has proven it.

use super::Settings;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{Segment, Spec};

impl Settings {
    /// Refuses prefixes under which two kinds of keys may have the same name: what is known of the declared
    /// ones says nothing about others.
    pub(crate) fn expect_apart(&self, specs: &'static [Spec]) -> Result<()> {
        if self.overrides.iter().all(|it| it.prefix.is_none()) {
            return Ok(());
        }
        let starts: Vec<Start<'_>> = specs
            .iter()
            .map(|spec| start(spec, self.prefix_of(spec)))
            .collect();
        for (at, one) in starts.iter().enumerate() {
            for other in &starts[at + 1..] {
                if is_same_place(one.spec, other.spec) && !are_apart(one, other) {
                    return Err(refused(one.spec, other.spec));
                }
            }
        }
        Ok(())
    }
}

fn is_same_place(one: &Spec, other: &Spec) -> bool {
    one.channel == other.channel && (one.channel || one.database == other.database)
}

fn are_apart(one: &Start<'_>, other: &Start<'_>) -> bool {
    let as_declared = one.is_declared() && other.is_declared();
    // What is apart behind one prefix is apart behind any other.
    let together = one.prefix == other.prefix && one.spec.prefix.text == other.spec.prefix.text;
    as_declared || together || differ(one, other)
}

/// What every name of a kind begins with.
struct Start<'a> {
    spec: &'static Spec,
    prefix: &'a [u8],
    /// The prefix, and what is fixed behind it.
    text: Vec<u8>,
    /// Nothing follows.
    is_whole: bool,
}

impl Start<'_> {
    /// Whether the prefix is the one of the schema.
    fn is_declared(&self) -> bool {
        self.prefix == self.spec.prefix.text.as_bytes()
    }
}

fn start<'a>(spec: &'static Spec, prefix: &'a [u8]) -> Start<'a> {
    let (text, is_whole) = match spec.segments {
        [] => match spec.template.split_once('{') {
            Some((text, _)) => (text, false),
            None => (spec.template, true),
        },
        [Segment::Literal(text)] => (*text, true),
        [Segment::Literal(text), ..] => (*text, false),
        _ => ("", false),
    };
    let text = [prefix, text.as_bytes()].concat();
    Start {
        spec,
        prefix,
        text,
        is_whole,
    }
}

/// Whether no name can begin in both ways.
fn differ(one: &Start<'_>, other: &Start<'_>) -> bool {
    let leads_to = |short: &Start<'_>, long: &Start<'_>| {
        long.text.starts_with(&short.text) && (!short.is_whole || short.text == long.text)
    };
    !leads_to(one, other) && !leads_to(other, one)
}

#[cold]
fn refused(one: &Spec, other: &Spec) -> Error {
    let variables: Vec<&str> = [one, other]
        .into_iter()
        .filter_map(|it| it.prefix.env)
        .collect();
    let advice = match variables.as_slice() {
        [] => "choose another prefix".to_owned(),
        [one, other] if one != other => format!("look at {one} and {other}"),
        [variable, ..] => format!("look at {variable}"),
    };
    let problem = format!(
        "its prefix does not keep it apart from `{}`: names of both may be the same; {advice}",
        other.template
    );
    Error::new(ErrorKind::Settings, one.template, problem)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::ffi::OsString;

    use super::*;
    use crate::key::Prefix;
    use crate::settings::Schema;

    /// Kinds whose prefixes may be set each by itself.
    enum Shop {}

    impl Schema for Shop {
        const NAME: &'static str = "shop";
        const VERSION: u32 = 1;
        const SPECS: &'static [Spec] = &[
            Spec::simple(0, "order", "order:{id}").prefix(Prefix::new("a:", Some("ORDERS"))),
            Spec::simple(1, "line", "{id}").prefix(Prefix::new("l:", Some("LINES"))),
            Spec::simple(2, "total", "total"),
            Spec::simple(3, "elsewhere", "order:{id}").database(1),
            Spec::simple(4, "part", "{id}:part").prefix(Prefix::new("l:", Some("LINES"))),
            Spec::simple(5, "news", "order:{id}").channel(),
        ];

        fn settings() -> Result<&'static Settings> {
            static SETTINGS: Settings = Settings::DECLARED;
            Ok(&SETTINGS)
        }
    }

    fn said(variables: &[(&str, &str)]) -> String {
        let found = |name: &str| {
            let mut set = variables.iter();
            set.find(|(set, _)| *set == name)
                .map(|(_, text)| OsString::from(text))
        };
        match Settings::from_lookup::<Shop>(found) {
            Ok(_) => "apart".to_owned(),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Settings);
                error.to_string()
            }
        }
    }

    #[test]
    fn prefixes_that_are_set_keep_kinds_apart_or_are_refused() {
        for apart in [
            &[][..],
            &[("ORDERS", "b:")],
            &[("ORDERS", "")],
            // What moves together stays apart, though both may begin with anything.
            &[("LINES", "m:")],
            &[("ORDERS", "l"), ("LINES", "a:")],
        ] {
            assert_eq!(said(apart), "apart", "{apart:?}");
        }
        for (together, words) in [
            (&[("ORDERS", "l:")][..], "look at ORDERS and LINES"),
            (&[("LINES", "a:")], "look at ORDERS and LINES"),
            (&[("LINES", "")], "look at"),
            (&[("LINES", "tot")], "look at LINES"),
            (
                &[("ORDERS", "x:"), ("LINES", "x:order")],
                "look at ORDERS and LINES",
            ),
        ] {
            let said = said(together);
            assert!(
                said.contains(words) && !said.contains("x:order"),
                "{together:?}: {said}"
            );
        }
    }

    #[test]
    fn settings_made_by_hand_are_looked_at_too() {
        let same = Settings::DECLARED.prefix_all::<Shop>("tenant:");
        let error = same.expect_apart(Shop::SPECS).unwrap_err();
        assert!(error.to_string().contains("names of both"), "{error}");
    }
}
