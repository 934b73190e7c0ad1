#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde::ser::{SerializeStruct as _, Serializer};
use serde::{Deserialize, Serialize};

use super::{Format as _, Json};

/// Every kind of thing that serde knows.
#[derive(Debug, Clone, Serialize)]
enum Any {
    Nothing,
    Unit(()),
    Flag(bool),
    Small(i8, u8, i16, u16),
    Numbers {
        wide: (i128, u128),
        #[serde(rename = "a \"name\"\n")]
        whole: [i64; 2],
        positive: u64,
        halves: (i32, u32),
    },
    Floats(f32, f64),
    Char(char),
    Text(String),
    Shown(Shown),
    Bytes(Bytes),
    Perhaps(Option<Box<Any>>),
    Wrapped(Wrapped),
    List(Vec<Any>),
    Named(BTreeMap<String, Any>),
    Numbered(BTreeMap<i32, Any>),
    Lettered(BTreeMap<char, bool>),
    Flagged(BTreeMap<bool, ()>),
    Chosen(BTreeMap<Choice, u8>),
    Record(Box<Record>),
    Loose(serde_json::Value),
}

#[derive(Debug, Clone, Serialize)]
struct Wrapped(Box<Any>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
enum Choice {
    #[serde(rename = "this \\ one")]
    This,
    That,
}

#[derive(Debug, Clone, Serialize)]
struct Record {
    first: Any,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<Any>,
    #[serde(flatten)]
    rest: BTreeMap<String, Any>,
}

/// Shown in pieces.
#[derive(Debug, Clone)]
struct Shown(Vec<String>);

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        struct Display<'a>(&'a [String]);
        impl std::fmt::Display for Display<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.iter().try_for_each(|piece| f.write_str(piece))
            }
        }
        to.collect_str(&Display(&self.0))
    }
}

#[derive(Debug, Clone)]
struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

/// Texts of all lengths around those that are looked at together, with and without what is escaped.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{0,40}",
        "[a-z\"\\\\\n\u{7f}\u{80}é\u{1}\u{1f} !#]{0,40}",
        "\\PC{0,40}",
        any::<String>(),
    ]
}

fn leaf() -> impl Strategy<Value = Any> {
    prop_oneof![
        Just(Any::Nothing),
        Just(Any::Unit(())),
        any::<bool>().prop_map(Any::Flag),
        any::<(i8, u8, i16, u16)>().prop_map(|(a, b, c, d)| Any::Small(a, b, c, d)),
        any::<((i128, u128), [i64; 2], u64, (i32, u32))>().prop_map(
            |(wide, whole, positive, halves)| Any::Numbers {
                wide,
                whole,
                positive,
                halves
            }
        ),
        (
            proptest::num::f32::ANY,
            prop_oneof![proptest::num::f64::ANY, Just(1.0), Just(f64::NAN)]
        )
            .prop_map(|(a, b)| Any::Floats(a, b)),
        any::<char>().prop_map(Any::Char),
        text().prop_map(Any::Text),
        text().prop_map(|text| Any::Loose(text.into())),
        any::<f64>().prop_map(|number| Any::Loose(number.into())),
        vec(text(), 0..3).prop_map(|pieces| Any::Shown(Shown(pieces))),
        vec(any::<u8>(), 0..5).prop_map(|bytes| Any::Bytes(Bytes(bytes))),
        btree_map(any::<char>(), any::<bool>(), 0..3).prop_map(Any::Lettered),
        btree_map(any::<bool>(), Just(()), 0..3).prop_map(Any::Flagged),
        btree_map(
            prop_oneof![Just(Choice::This), Just(Choice::That)],
            any::<u8>(),
            0..3
        )
        .prop_map(Any::Chosen),
    ]
}

fn value() -> impl Strategy<Value = Any> {
    leaf().prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            option::of(inner.clone()).prop_map(|it| Any::Perhaps(it.map(Box::new))),
            inner
                .clone()
                .prop_map(|it| Any::Wrapped(Wrapped(Box::new(it)))),
            vec(inner.clone(), 0..5).prop_map(Any::List),
            btree_map(text(), inner.clone(), 0..4).prop_map(Any::Named),
            btree_map(any::<i32>(), inner.clone(), 0..4).prop_map(Any::Numbered),
            (
                inner.clone(),
                option::of(inner.clone()),
                btree_map(text(), inner, 0..3)
            )
                .prop_map(|(first, second, rest)| {
                    Any::Record(Box::new(Record {
                        first,
                        second,
                        rest,
                    }))
                }),
        ]
    })
}

fn written(value: &impl Serialize) -> Result<String, super::Problem> {
    Json::<()>::write(value, |bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

proptest! {
    #[test]
    fn bytes_are_those_of_serde_json(value in value()) {
        prop_assert_eq!(written(&value).unwrap(), serde_json::to_string(&value).unwrap());
    }
}

#[test]
fn every_byte_is_escaped_wherever_it_stands() {
    for length in 1..40 {
        for at in 0..length {
            for code in 0..=0x82 {
                let mut text = vec!['x'; length];
                text[at] = char::from(code);
                let text: String = text.into_iter().collect();
                assert_eq!(written(&text), Ok(serde_json::to_string(&text).unwrap()));
            }
        }
    }
}

/// What serde_json's own types tell it, whichever of its features somebody else has switched on.
#[test]
fn serde_json_is_understood() {
    struct Private(&'static str);
    impl Serialize for Private {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            let mut parts = to.serialize_struct(self.0, 1)?;
            parts.serialize_field(self.0, "17")?;
            parts.end()
        }
    }
    for name in [
        "$serde_json::private::Number",
        "$serde_json::private::RawValue",
    ] {
        let value = (Private(name), [Private(name)]);
        assert_eq!(
            written(&value).unwrap(),
            serde_json::to_string(&value).unwrap()
        );
    }
}

#[test]
fn what_is_no_key_is_refused() {
    let lists = BTreeMap::from([(vec![1], 2)]);
    assert!(serde_json::to_string(&lists).is_err());
    assert!(written(&lists).is_err());
    let nothing = BTreeMap::from([((), 2)]);
    assert!(written(&nothing).is_err());
    // The thread's buffer serves the next value.
    assert_eq!(written(&[1, 2]).unwrap(), "[1,2]");
}

#[test]
fn a_type_that_cannot_be_written_is_an_error() {
    struct Never;
    impl Serialize for Never {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("secret"))
        }
    }
    struct Unshown;
    impl std::fmt::Display for Unshown {
        fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            Err(std::fmt::Error)
        }
    }
    impl Serialize for Unshown {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            to.collect_str(self)
        }
    }
    assert!(!written(&[Some(Never)]).unwrap_err().contains("secret"));
    assert!(written(&Unshown).is_err());
}

#[test]
fn what_is_written_is_read() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Both {
        text: String,
        list: Vec<f64>,
        keys: BTreeMap<u8, Option<char>>,
    }
    let both = Both {
        text: "a \"line\"\nand another".to_owned(),
        list: vec![0.1, -2.0, 1e300],
        keys: BTreeMap::from([(1, None), (2, Some('\u{1}'))]),
    };
    let text = written(&both).unwrap();
    assert_eq!(Json::<()>::read::<Both>(text.into_bytes()), Ok(both));
}
