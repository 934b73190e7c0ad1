#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use proptest::sample::select;

use super::testing::Table;
use super::{Matcher, check_ambiguity, sample};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{HashTag, ParamId, ParamType, Prefix, Segment, StringEncoding};

fn findings(table: &Table, text: &str, slot: Option<&str>) -> Vec<Diagnostic> {
    let mut sink = Sink::new();
    if let Some(resolved) = table.try_template(text, slot, &mut sink) {
        let fine = check_ambiguity(&resolved, table, &mut sink);
        assert_eq!(fine, !sink.has_errors());
    }
    sink.into_sorted()
}

fn codes(table: &Table, text: &str) -> Vec<(Code, u32, u32)> {
    let found = findings(table, text, None);
    assert!(found.iter().all(|d| d.help.is_some()));
    found
        .iter()
        .map(|d| (d.code.code().unwrap(), d.span.start, d.span.end))
        .collect()
}

fn raw() -> ParamType {
    ParamType::String {
        max: None,
        encoding: StringEncoding::Raw {
            reason: String::from("tested"),
        },
    }
}

/// a slug, b uuid, c rest, d raw, e u32, f enum, g hex(2), h slug
fn table() -> Table {
    let mut table = Table::new([
        ParamType::Slug { max: None },
        ParamType::Uuid,
        ParamType::Rest { max: None },
        raw(),
        ParamType::Unsigned(32),
    ]);
    let words = table.one_of(&["run", "running", "done"]);
    table.push(words);
    table.push(ParamType::Hex(2));
    table.push(ParamType::Slug { max: Some(9) });
    table
}

#[test]
fn clear_templates() {
    let table = table();
    for text in [
        "job:{a}",
        "job:{a}:{e}",
        "{b}{g}{a}",
        "{e}-{a}",
        "x:{c}",
        "{d}:x",
        "{d}:{a}",
        "{f}:{a}",
        "s:{a}[:{e}]",
        "{d}[:{e}]",
        "s[{g}]:x",
        "{b}[{a}]",
        "{f}-",
        "{f}{g}",
    ] {
        assert_eq!(codes(&table, text), [], "{text}");
    }
}

#[test]
fn a_minus_may_follow_a_number() {
    let table = Table::new([ParamType::TimestampMs, ParamType::Signed(8)]);
    assert_eq!(codes(&table, "{a}-{b}"), []);
    assert_eq!(codes(&table, "{a}{b}"), [(Code::E0404, 0, 3)]);
}

#[test]
fn a_placeholder_without_a_clear_end() {
    let table = table();
    for (text, start, end) in [
        ("{a}-{e}", 0, 3),
        ("{a}{b}", 0, 3),
        ("{e}0", 0, 3),
        ("{f}n", 0, 3),
        ("{d}{g}", 0, 3),
        ("s[:{e}]:{b}", 3, 6),
        ("{d}[:{e}]-", 0, 3),
    ] {
        assert_eq!(codes(&table, text), [(Code::E0404, start, end)], "{text}");
    }
    assert_eq!(codes(&table, "{c}:x"), [(Code::E0405, 0, 3)]);
    assert_eq!(codes(&table, "{c}[:{e}]"), [(Code::E0405, 0, 3)]);
}

#[test]
fn two_readings_are_shown() {
    let found = findings(&table(), "x:{a}-{h}", None);
    let help = found[0].help.as_deref().unwrap();
    let start = "`x:a--a` would be a = `a-`, h = `a`, or a = `a`, h = `-a`; put text";
    assert!(help.starts_with(start), "{help}");
}

#[test]
fn unknown_and_repeated_placeholders() {
    let table = table();
    assert_eq!(codes(&table, "x:{z}"), [(Code::E0304, 2, 5)]);
    assert_eq!(codes(&table, "{b}:{b}"), [(Code::E0403, 4, 7)]);
    assert_eq!(codes(&table, "{b}[:{b}]"), [(Code::E0403, 5, 8)]);
}

#[test]
fn slots() {
    let table = table();
    let slot = |text, slot| {
        let mut sink = Sink::new();
        let resolved = table.try_template(text, Some(slot), &mut sink);
        match resolved {
            Some(resolved) => Ok((resolved.template.segments, resolved.template.hash_tag)),
            None => Err(sink.into_sorted()[0].code.code().unwrap()),
        }
    };
    let literal = |text: &str| Segment::Literal(text.into());
    let param = |id| Segment::Param(ParamId(id));
    assert_eq!(
        slot("job:{b}:x", "b"),
        Ok((
            vec![literal("job:{"), param(1), literal("}:x")],
            HashTag::Param(ParamId(1))
        ))
    );
    assert_eq!(
        slot("{b}{g}", "b").unwrap().0,
        [literal("{"), param(1), literal("}"), param(6)]
    );
    assert_eq!(slot("job:{b}", "a"), Err(Code::E0406));
    assert_eq!(slot("job:{b}", "z"), Err(Code::E0304));
    assert_eq!(slot("job[:{b}]", "b"), Err(Code::E0406));
    assert_eq!(slot("{{x}}:{b}", "b"), Err(Code::E0406));
    assert_eq!(slot("{{x[:{b}]}}:{g}", "g"), Err(Code::E0406));
    assert_eq!(findings(&table, "x[:{{{b}}}]", None)[0].code, Code::E0407);
}

#[test]
fn samples_avoid_reserved_words_and_stops() {
    let table = table();
    let show = |text: &str, reserved: &[&str]| {
        let resolved = table.template(text);
        let id = resolved.places[0].0;
        let reserved: Vec<_> = reserved.iter().map(|w| (id, (*w).to_owned())).collect();
        sample(
            &table,
            &Prefix::default(),
            &resolved.template.segments,
            &reserved,
        )
        .unwrap()
    };
    assert_eq!(
        show("job:{b}:x", &[]),
        "job:00000000-0000-4000-8000-000000000000:x"
    );
    assert_eq!(show("q:{a}", &["example", "sample"]), "q:text");
    assert_eq!(show("{d}example", &[]), "anyexample");
    assert_eq!(show("{f}:{e}[:{g}]", &["run"]), "running:42:01");
    let all = ["example", "sample", "text", "any", "x", "y", "1", "2", "0"];
    assert_eq!(show("{a}", &all), "example0");
}

/// Templates over few letters and every kind of placeholder.
fn template() -> impl Strategy<Value = String> {
    let literal = select(vec!["a", "-", ":", "n", "0", "run"]);
    let param = select(vec!["{a}", "{c}", "{d}", "{e}", "{f}", "{h}"]);
    let optional = (literal.clone(), param.clone()).prop_map(|(text, p)| format!("[{text}{p}]"));
    let part = prop_oneof![
        3 => literal.prop_map(str::to_owned),
        3 => param.prop_map(str::to_owned),
        1 => optional,
    ];
    prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat())
}

fn words(letters: &[u8], most: usize) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..most {
        let until = all.len();
        for at in from..until {
            for letter in letters {
                let mut longer = all[at].clone();
                longer.push(*letter);
                all.push(longer);
            }
        }
        from = until;
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_key_of_a_clear_template_reads_in_two_ways(text in template()) {
        let table = table();
        if !findings(&table, &text, None).is_empty() {
            return Ok(());
        }
        let resolved = table.template(&text);
        let matcher = Matcher::new(&table, "", &resolved.template.segments);
        for key in words(b"an-:0", 4) {
            let readings = matcher.readings(&key, 2);
            prop_assert!(readings.len() < 2, "{}: {:?}", String::from_utf8_lossy(&key), readings);
        }
        let example = sample(&table, &Prefix::default(), &resolved.template.segments, &[]).unwrap();
        prop_assert!(matcher.matches(example.as_bytes()), "{}", example);
    }

    #[test]
    fn readings_that_are_shown_are_real(text in template()) {
        let table = table();
        for finding in findings(&table, &text, None) {
            let help = finding.help.unwrap();
            let Some((key, _)) = help.split_once("` would be ") else { continue };
            let mut sink = Sink::new();
            let resolved = table.try_template(&text, None, &mut sink).unwrap();
            let matcher = Matcher::new(&table, "", &resolved.template.segments);
            prop_assert_eq!(matcher.readings(&key.as_bytes()[1..], 2).len(), 2);
        }
    }
}
