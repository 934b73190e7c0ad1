#![allow(clippy::unwrap_used)]

use std::net::IpAddr;

use proptest::prelude::*;

use super::{Alphabet, Language};

fn holds(language: &Language, text: &str) -> bool {
    language.contains(text.as_bytes())
}

fn check(alphabet: &Alphabet, members: &[&str], strangers: &[&str]) {
    let language = alphabet.language();
    for text in members {
        assert!(holds(&language, text), "{alphabet:?} lacks {text}");
    }
    for text in strangers {
        assert!(!holds(&language, text), "{alphabet:?} holds {text}");
    }
    assert!(language.contains(&language.shortest()));
}

#[test]
fn fixed_lengths() {
    check(
        &Alphabet::Uuid,
        &["00000000-0000-4000-8000-000000000000"],
        &[
            "",
            "00000000-0000-4000-8000-00000000000",
            "00000000-0000-4000-8000-00000000000G",
            "0000000000000000-4000-8000-000000000000",
            "ABCDEF00-0000-4000-8000-000000000000",
        ],
    );
    check(
        &Alphabet::Ulid,
        &["01ARZ3NDEKTSV4RRFFQ69G5FAV"],
        &[
            "81ARZ3NDEKTSV4RRFFQ69G5FAV",
            "01ARZ3NDEKTSV4RRFFQ69G5FAI",
            "01arz3ndektsv4rrffq69g5fav",
        ],
    );
    check(&Alphabet::Hex(2), &["0f", "00"], &["", "0", "0F", "000"]);
    check(
        &Alphabet::Date("YYYY-MM-DD".into()),
        &["2024-01-31", "0000-12-01", "2024-10-10"],
        &[
            "2024-13-01",
            "2024-00-01",
            "2024-01-00",
            "2024-01-32",
            "2024-1-1",
            "20240101",
        ],
    );
    check(
        &Alphabet::Date("DDMMYYYY".into()),
        &["31122024"],
        &["12312024", "3112202"],
    );
}

#[test]
fn words_may_be_prefixes_of_each_other() {
    let words = Alphabet::Words(vec!["run".into(), "running".into(), "done".into()]);
    check(
        &words,
        &["run", "running", "done"],
        &["", "runn", "runs", "d"],
    );
    assert!(words.continues(b'n'));
    assert!(!words.continues(b'd'));
}

#[test]
fn text_without_bounds() {
    let none = None;
    check(
        &Alphabet::Slug { max: none },
        &["a", "A-b_c.9"],
        &["", "a:b", "é", "a b"],
    );
    check(&Alphabet::Slug { max: Some(3) }, &["abc"], &["abcd"]);
    check(
        &Alphabet::Percent { max: Some(3) },
        &["a~b", "%20", "%C3%A9", "a%3A"],
        &[
            "",
            "%41",
            "%e9",
            "%C3",
            "%C3a",
            "%80",
            "a b",
            "abcd",
            "%C3%A9%C3%A9",
            "%",
            "%2",
        ],
    );
    check(
        &Alphabet::Raw {
            max: Some(4),
            stop: Some(b':'),
        },
        &["a", "é", " *", "{}"],
        &["", "a:b", "abcde"],
    );
    let raw = Alphabet::Raw {
        max: None,
        stop: None,
    }
    .language();
    assert!(!raw.contains(b"\xff") && !raw.contains(b"a\xc3") && raw.contains("€😀".as_bytes()));
    check(&Alphabet::Anything, &["", "x"], &[]);
}

#[test]
fn addresses() {
    check(
        &Alphabet::Ip,
        &[
            "0.0.0.0",
            "255.255.255.255",
            "192.168.1.1",
            "::",
            "::1",
            "1::",
            "fe80::1",
            "2001:db8::8a2e:370:7334",
            "1:2:3:4:5:6:7:8",
            "::ffff:1.2.3.4",
            "1:0:2:3:4:5:6:7",
            "1::2:3:4:5:6",
        ],
        &[
            "",
            "256.1.1.1",
            "01.1.1.1",
            "1.1.1",
            "1.1.1.1.1",
            ":",
            ":::",
            "1:2:3:4:5:6:7",
            "FE80::1",
            "1:2:3:4:5:6:7:8:9",
            "1::2::3",
            "01::",
            "12345::",
            ":1",
            "1:",
            "cafe",
            "1.2.3.4:",
            "1:2:3:4:5:6:7::",
        ],
    );
}

proptest! {
    #[test]
    fn numbers_are_exactly_those_of_their_width(text in "-?[0-9]{1,5}", other in "[-0-9+ ]{0,4}") {
        for text in [text, other] {
            let canonical = |value: Option<String>| value.as_deref() == Some(text.as_str());
            prop_assert_eq!(
                holds(&Alphabet::Unsigned(8).language(), &text),
                canonical(text.parse::<u8>().ok().map(|n| n.to_string()))
            );
            prop_assert_eq!(
                holds(&Alphabet::Unsigned(16).language(), &text),
                canonical(text.parse::<u16>().ok().map(|n| n.to_string()))
            );
            prop_assert_eq!(
                holds(&Alphabet::Signed(8).language(), &text),
                canonical(text.parse::<i8>().ok().map(|n| n.to_string()))
            );
        }
    }

    #[test]
    fn the_widest_numbers_are_held(a in any::<u64>(), b in any::<i64>()) {
        prop_assert!(holds(&Alphabet::Unsigned(64).language(), &a.to_string()));
        prop_assert!(holds(&Alphabet::Signed(64).language(), &b.to_string()));
        let beyond = (u128::from(u64::MAX) + 1 + u128::from(a)).to_string();
        prop_assert!(!holds(&Alphabet::Unsigned(64).language(), &beyond));
    }

    #[test]
    fn every_address_is_held(bits in any::<u128>(), mask in any::<u128>(), mask2 in any::<u128>()) {
        // Masks make runs of zeros likely.
        let language = Alphabet::Ip.language();
        for value in [bits, bits & mask & mask2, bits & 0xFFFF_FFFF, bits & 0xFFFF] {
            let v6 = IpAddr::from(value.to_be_bytes()).to_string();
            prop_assert!(holds(&language, &v6), "{}", v6);
            let v4 = IpAddr::from((bits as u32).to_be_bytes()).to_string();
            prop_assert!(holds(&language, &v4));
        }
    }

    #[test]
    fn what_is_held_as_v4_is_one(text in "[0-9.]{7,11}") {
        let is_v4 = text.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.to_string() == text);
        prop_assert_eq!(holds(&Alphabet::Ip.language(), &text), is_v4);
    }

    #[test]
    fn percent_encoding_is_held(text in any::<String>().prop_filter("empty", |t| !t.is_empty())) {
        use std::fmt::Write as _;
        let mut encoded = String::new();
        for byte in text.bytes() {
            if super::is_unreserved(byte) {
                encoded.push(char::from(byte));
            } else {
                write!(encoded, "%{byte:02X}").unwrap();
            }
        }
        let max = u32::try_from(text.len()).unwrap();
        let enough = Alphabet::Percent { max: Some(max) }.language();
        prop_assert!(holds(&enough, &encoded));
        let short = Alphabet::Percent { max: Some(max - 1) }.language();
        prop_assert!(!holds(&short, &encoded));
        let raw = Alphabet::Raw { max: None, stop: None }.language();
        prop_assert!(holds(&raw, &text));
    }
}
