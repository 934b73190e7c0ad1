#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use proptest::sample::select;

use super::{Clash, Shapes, Token, Verdict};
use crate::alphabet::Alphabet;
use crate::model::{DateFormat, ParamType, Segment, StringEncoding};
use crate::template::testing::Table;
use crate::template::{Matcher, Params, Piece, flatten, stop_of};

fn raw() -> ParamType {
    ParamType::String {
        max: None,
        encoding: StringEncoding::Raw {
            reason: String::from("tested"),
        },
    }
}

/// Decides over templates in their order.
fn decide(table: &Table, templates: &[&[Segment]]) -> Verdict {
    let mut all = Shapes::default();
    for (owner, segments) in templates.iter().enumerate() {
        let shapes = flatten("", segments);
        for shape in &shapes {
            let mut tokens = Vec::new();
            for piece in shape {
                tokens.push(match piece {
                    Piece::Literal(text) => Token::Bytes(text.as_bytes()),
                    Piece::Param(id) => {
                        let stop = stop_of(table, &shapes, *id);
                        Token::Any(all.alphabet(table.alphabet(*id, stop).unwrap()))
                    }
                });
            }
            all.add(u32::try_from(owner).unwrap(), tokens);
        }
    }
    all.clashes()
}

/// The keys that two of the given templates share.
fn shared(table: &Table, texts: &[&str]) -> Vec<(u32, u32, String)> {
    let resolved: Vec<_> = texts.iter().map(|text| table.template(text)).collect();
    let segments: Vec<&[Segment]> = resolved.iter().map(|r| &*r.template.segments).collect();
    let verdict = decide(table, &segments);
    assert!(verdict.complete);
    for clash in &verdict.clashes {
        for owner in [clash.first, clash.second] {
            let matcher = Matcher::new(table, "", segments[owner as usize]);
            assert!(matcher.matches(&clash.key), "{clash:?}");
        }
    }
    let show = |c: Clash| (c.first, c.second, String::from_utf8(c.key).unwrap());
    verdict.clashes.into_iter().map(show).collect()
}

#[test]
fn usual_keyspaces_are_disjoint() {
    let table = Table::new([
        ParamType::Uuid,
        ParamType::Slug { max: None },
        ParamType::Ip,
    ]);
    let texts = [
        "job:{a}",
        "job:{a}:files",
        "job:{a}:file:{b}",
        "job:{a}:status",
        "rl:ip:{c}",
        "rl:key:{b}",
        "cache:{b}",
        "stat[:{b}]",
        "session:{a}",
        "jobs",
        "{a}",
    ];
    assert_eq!(shared(&table, &texts), []);
}

#[test]
fn equal_shapes_share_every_key() {
    let table = Table::new([ParamType::Hex(2), ParamType::Hex(2)]);
    assert_eq!(shared(&table, &["x:{a}", "x:{b}"]), [(0, 1, "x:01".into())]);
    let same = shared(&table, &["x", "x", "x"]);
    assert_eq!(same, [(0, 1, "x".into()), (0, 2, "x".into())]);
}

#[test]
fn a_literal_beside_a_placeholder() {
    let table = Table::new([ParamType::Slug { max: Some(4) }, ParamType::Unsigned(8)]);
    assert_eq!(
        shared(&table, &["q:{a}", "q:wait"]),
        [(0, 1, "q:wait".into())]
    );
    assert_eq!(shared(&table, &["q:{a}", "q:waiting"]), []);
    assert_eq!(shared(&table, &["q:{b}", "q:wait"]), []);
    assert_eq!(
        shared(&table, &["q:{b}", "q:256", "q:255"]),
        [(0, 2, "q:255".into())]
    );
    assert_eq!(shared(&table, &["{a}:x", "y:{a}"]), [(0, 1, "y:x".into())]);
}

#[test]
fn bounds_are_exact() {
    let slug = |max| ParamType::Slug { max: Some(max) };
    let table = Table::new([
        slug(200),
        slug(300),
        ParamType::Hex(250),
        ParamType::Hex(150),
    ]);
    assert_eq!(shared(&table, &["{a}", "{c}"]), []);
    assert_eq!(shared(&table, &["{b}", "{c}"]).len(), 1);
    assert_eq!(shared(&table, &["{a}", "{d}"]).len(), 1);
    assert_eq!(shared(&table, &["{a}:", "x{c}:"]), []);
}

#[test]
fn optional_parts_and_dates() {
    let date = |pattern: &str| ParamType::Date(DateFormat(pattern.into()));
    let table = Table::new([
        date("YYYY-MM"),
        date("YYYY-DD"),
        ParamType::Slug { max: None },
    ]);
    let both = shared(&table, &["s[:{a}]", "s:{b}", "s"]);
    let pairs: Vec<_> = both.iter().map(|(one, other, _)| (*one, *other)).collect();
    assert_eq!(pairs, [(0, 1), (0, 2)]);
    assert_eq!(both[1].2, "s");
    assert_eq!(shared(&table, &["s:{a}x", "s:{b}y"]), []);
}

#[test]
fn raw_text_gives_way_only_to_what_follows_it() {
    let table = Table::new([raw(), ParamType::Rest { max: None }, ParamType::Uuid]);
    assert_eq!(shared(&table, &["{a}:x", "{c}:x"]).len(), 1);
    assert_eq!(shared(&table, &["{a}:x", "b:b:x"]), []);
    assert_eq!(shared(&table, &["f:{b}", "f:{c}:x"]).len(), 1);
    assert_eq!(shared(&table, &["f:{b}", "g:{c}:x", "f:"]), []);
}

#[test]
fn words_and_percent() {
    let mut table = Table::default();
    let words = table.one_of(&["run", "running", "done"]);
    table.push(words);
    table.push(ParamType::String {
        max: None,
        encoding: StringEncoding::Percent,
    });
    assert_eq!(shared(&table, &["{a}", "runn"]), []);
    assert_eq!(
        shared(&table, &["{a}", "{a}ning"]),
        [(0, 1, "running".into())]
    );
    assert_eq!(shared(&table, &["{b}", "a b", "%41", "%3a"]), []);
    assert_eq!(shared(&table, &["{b}", "a%20b"]), [(0, 1, "a%20b".into())]);
}

#[test]
fn patterns_with_stars() {
    let mut all = Shapes::default();
    let any = all.alphabet(Alphabet::Anything);
    let uuid = all.alphabet(Alphabet::Uuid);
    all.add(0, [Token::Bytes(b"celery-"), Token::Any(any)]);
    all.add(1, [Token::Any(any), Token::Bytes(b":end")]);
    all.add(2, [Token::Bytes(b"job:"), Token::Any(uuid)]);
    all.add(3, [Token::Bytes(b"celery-")]);
    all.add(
        4,
        [Token::Bytes(b"x:"), Token::Any(uuid), Token::Bytes(b":end")],
    );
    let found = all.clashes();
    let pairs: Vec<_> = found.clashes.iter().map(|c| (c.first, c.second)).collect();
    assert_eq!(pairs, [(0, 1), (0, 3), (1, 4)]);
    assert!(found.clashes[0].key.starts_with(b"celery-"));
    assert!(found.clashes[0].key.ends_with(b":end"));
}

#[test]
fn hostile_keyspaces_end() {
    let mut all = Shapes::default();
    for max in 0..1500 {
        let slug = all.alphabet(Alphabet::Slug { max: Some(max + 1) });
        all.add(
            max,
            [Token::Any(slug), Token::Bytes(b":"), Token::Any(slug)],
        );
    }
    assert!(!all.clashes().complete);
}

/// Templates over few letters, of every kind of placeholder.
fn template() -> impl Strategy<Value = String> {
    let literal = select(vec!["a", "b", ":", "ab", "-", "0", "a:"]);
    let param = select(vec!["{a}", "{b}", "{c}", "{d}", "{e}"]);
    let optional = (select(vec![":", "-", "b"]), select(vec!["{f}", "{g}"]))
        .prop_map(|(text, param)| format!("[{text}{param}]"));
    let part = prop_oneof![
        4 => literal.prop_map(str::to_owned),
        3 => param.prop_map(str::to_owned),
        1 => optional,
    ];
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.concat())
}

fn small_table() -> Table {
    let mut table = Table::new([
        ParamType::Slug { max: Some(2) },
        ParamType::Unsigned(8),
        raw(),
    ]);
    let words = table.one_of(&["a", "ab", "b:"]);
    table.push(words);
    table.push(ParamType::Signed(8));
    table.push(ParamType::Slug { max: Some(1) });
    table.push(ParamType::Hex(1));
    table
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
    fn agrees_with_trying_every_short_key(one in template(), other in template()) {
        let table = small_table();
        let mut sink = crate::diagnostic::Sink::new();
        let (Some(one), Some(other)) = (
            table.try_template(&one, None, &mut sink),
            table.try_template(&other, None, &mut sink),
        ) else {
            return Ok(());
        };
        let matchers = [&one, &other].map(|r| Matcher::new(&table, "", &r.template.segments));
        let verdict = decide(&table, &[&one.template.segments, &other.template.segments]);
        prop_assert!(verdict.complete);
        match verdict.clashes.as_slice() {
            [] => {
                for key in words(b"ab:-0", 4) {
                    let both = matchers.iter().all(|matcher| matcher.matches(&key));
                    prop_assert!(!both, "{}", String::from_utf8_lossy(&key));
                }
            }
            [clash] => {
                for matcher in &matchers {
                    prop_assert!(matcher.matches(&clash.key), "{:?}", clash);
                }
            }
            more => prop_assert!(false, "{:?}", more),
        }
    }
}
