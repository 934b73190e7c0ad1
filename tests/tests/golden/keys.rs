//! Keys: built and read back, refused where the schema says so, never printed where it says so.

use std::borrow::Cow;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use redis_schema::{ErrorKind, Handle, Key, family};
use redis_schema_tests::everything::{Kind, keys};
use redis_schema_tests::own::{UserId, UserName};
use uuid::Uuid;

use redis_schema::__generated_0_1::value::{Date, Hashed, TimestampMs, TimestampS};

const ID: Uuid = Uuid::from_u128(0x1234);
const DIGEST: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn day() -> Date {
    Date::from_ordinal_date(2026, 34).unwrap()
}

/// Builds the key, compares it, and reads the parameters back.
#[track_caller]
fn there_and_back<K: Key + Clone + PartialEq>(handle: &Handle<K>, expected: &str) {
    let name = handle.key().unwrap();
    assert_eq!(String::from_utf8_lossy(&name), expected);
    let read = family::<K>().parse(&name).unwrap();
    let again = Handle::new(read.expect("the key is one of its own kind"));
    assert_eq!(again.key().unwrap(), name);
    for wrong in [
        format!("{expected}!"),
        format!("x{expected}"),
        String::new(),
    ] {
        assert!(family::<K>().parse(wrong).unwrap().is_none());
    }
}

#[test]
fn every_kind_of_parameter() {
    there_and_back(&keys::text(), "app:text");
    there_and_back(&keys::document(ID), &format!("app:doc:{ID}"));
    there_and_back(&keys::raw_bytes(7), "app:bytes:7");
    there_and_back(&keys::one_phase(-7), "app:phase:-7");
    there_and_back(&keys::one_kind(Kind::First), "app:kind:1st");
    there_and_back(&keys::one_digest(DIGEST), &format!("app:digest:{DIGEST}"));
    there_and_back(&keys::one_day(day()), "app:day:20260203");
    there_and_back(&keys::visitors(day()), "app:visitors:2026-02-03");
    there_and_back(&keys::hits([127, 0, 0, 1].into()), "app:hits:127.0.0.1");
    there_and_back(
        &keys::hits("2001:db8::1".parse().unwrap()),
        "app:hits:2001:db8::1",
    );
    there_and_back(&keys::one_percent("a.b-c_D"), "app:percent:a.b-c_D");
    there_and_back(&keys::labelled("50 %/ä"), "app:label:50%20%25%2F%C3%A4");
    there_and_back(&keys::odd_one("a:b"), "app:odd:a:b/end");
    there_and_back(
        &keys::moment_key(TimestampS::new(5), TimestampMs::new(-6)),
        "app:at:5:-6",
    );
    there_and_back(&keys::one_money(UserId::from(9)), "app:money:9");
}

#[test]
fn shapes_of_templates() {
    there_and_back(&keys::slotted(ID), &format!("app:slot:{{{ID}}}:x"));
    there_and_back(&keys::braces(3), "app:braces{:}[3]");
    there_and_back(&keys::maybe_day(Kind::Second, None), "app:stat:second");
    there_and_back(
        &keys::maybe_day(Kind::Second, Some(day())),
        "app:stat:second:2026-02-03",
    );
    there_and_back(&keys::maybe_name(None), "app:maybe");
    let name = UserName::try_from(String::from("ann")).unwrap();
    there_and_back(&keys::maybe_name(Some(name)), "app:maybe:ann");
    there_and_back(
        &keys::three(DIGEST, Kind::First, 4),
        &format!("app:three:{DIGEST}:1st:4"),
    );
    there_and_back(&keys::record(ID), &format!("record:{ID}"));
}

#[test]
fn the_rest_of_a_key_may_be_anything() {
    let name = keys::tree("a:b/c!").key().unwrap();
    assert_eq!(name, b"app:tree:a:b/c!");
    let read = family::<keys::Tree<'_>>().parse(&name).unwrap().unwrap();
    assert_eq!(read.path, "a:b/c!");
    assert_eq!(keys::tree("").key().unwrap_err().kind(), ErrorKind::Param);
}

#[test]
fn hashed_texts_are_read_back_as_digests() {
    let name = keys::mailed("ann@example.org").key().unwrap();
    let read = family::<keys::Mailed<'_>>().parse(&name).unwrap().unwrap();
    assert!(matches!(read.mail, Hashed::Digest(_)));
    assert_eq!(
        keys::mailed("x").key().unwrap().len(),
        "app:mail::x".len() + 64
    );
    assert_eq!(Handle::new(read).key().unwrap(), name);
}

#[test]
fn what_is_outside_its_alphabet_is_refused() {
    let refused = |error: redis_schema::Error| {
        assert_eq!(error.kind(), ErrorKind::Param);
        error.to_string()
    };
    let error = refused(keys::one_percent("a:b").key().unwrap_err());
    assert!(error.contains("`slug_name`"), "{error}");
    refused(keys::one_percent("x".repeat(65)).key().unwrap_err());
    refused(keys::one_digest("00FF").key().unwrap_err());
    refused(keys::odd_one("a/b").key().unwrap_err());
    refused(keys::labelled("").key().unwrap_err());
    let bad = family::<keys::MaybeName>().parse("app:maybe:-ann").unwrap();
    assert!(bad.is_none(), "the user's own type refuses it");
}

#[test]
fn another_template_s_word_is_no_parameter() {
    assert_eq!(
        keys::queued("a", "wait").key().unwrap_err().kind(),
        ErrorKind::Param
    );
    there_and_back(&keys::waiting("a"), "app:q:a:wait");
    there_and_back(&keys::queued("a", "waiting"), "app:q:a:waiting");
    let read = family::<keys::Queued<'_>>().parse("app:q:a:wait").unwrap();
    assert!(read.is_none());
}

/// The kind stands for the type's name, and keys of two kinds are of two types although they have the same parameters.
#[test]
fn keys_that_share_their_parameters_show_their_own_name() {
    let document = keys::Document { id: ID };
    assert_eq!(format!("{document:?}"), format!("Document {{ id: {ID} }}"));
    assert_eq!(document, document.clone());
    assert_ne!(document, keys::Document { id: Uuid::nil() });
    let keys::Document { id } = document;
    assert_eq!(id, ID);
    let labelled = keys::Labelled {
        label: Cow::Borrowed("a b"),
    };
    assert_eq!(labelled.clone(), labelled);
    assert_eq!(format!("{labelled:?}"), "Labelled { label: \"a b\" }");
}

/// One parameter, read up to another text.
#[test]
fn a_text_behind_a_parameter_is_part_of_what_keys_share() {
    use redis_schema_tests::names::keys;
    assert_eq!(keys::until_dot("a-x").key().unwrap(), b"dot:a-x.x");
    assert_eq!(keys::until_dash("a.x").key().unwrap(), b"dash:a.x-x");
    let ends_early = |name: redis_schema::Result<Vec<u8>>| name.unwrap_err().kind();
    assert_eq!(ends_early(keys::until_dot("a.x").key()), ErrorKind::Param);
    assert_eq!(ends_early(keys::until_dash("a-x").key()), ErrorKind::Param);
    there_and_back(&keys::until_dot("a-x"), "dot:a-x.x");
    there_and_back(&keys::until_dash("a.x"), "dash:a.x-x");
    there_and_back(&keys::shared(1, 2), "shared:1:2");
    there_and_back(&keys::k(1), "k:1");
    there_and_back(&keys::braced(1), "{braced}:1");
}

#[test]
fn secret_parameters_are_never_printed() {
    let key = keys::OneDigest {
        digest: Cow::Borrowed(DIGEST),
    };
    assert_eq!(format!("{key:?}"), "OneDigest { digest: <secret> }");
    let two = keys::Two {
        id: ID,
        slug_name: Cow::Borrowed("a"),
    };
    assert!(format!("{two:?}").contains("slug_name: \"a\""));
}

#[test]
fn some_parameters_make_a_pattern() {
    let command = family::<keys::Two<'_>>();
    assert_eq!(command.pattern().unwrap(), b"app:two:*:*");
    let known = keys::Two::ID.is(ID);
    assert!(format!("{known:?}").starts_with("Partial"));
}

/// What is accepted comes back; what is refused is told. Nothing else happens.
fn round_trip<K: Key + Clone + PartialEq + std::fmt::Debug>(key: K) -> Result<(), TestCaseError> {
    match Handle::new(key.clone()).key() {
        Ok(name) => {
            let read = family::<K>().parse(&name).unwrap();
            prop_assert_eq!(read, Some(key));
        }
        Err(error) => prop_assert_eq!(error.kind(), ErrorKind::Param),
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_comes_back_or_is_refused(text in any::<String>(), slug in "[a-zA-Z0-9._-]{1,64}") {
        round_trip(keys::Labelled { label: text.clone().into() })?;
        round_trip(keys::OddOne { odd: text.clone().into() })?;
        round_trip(keys::Tree { path: text.clone().into() })?;
        round_trip(keys::OnePercent { slug_name: text.clone().into() })?;
        round_trip(keys::Two { id: ID, slug_name: slug.clone().into() })?;
        round_trip(keys::Queued { slug_name: slug.into(), r#type: text.into() })?;
    }

    #[test]
    fn any_number_and_address_comes_back(number in any::<i64>(), bits in any::<u128>(), day in 0..3_652_000_u64) {
        round_trip(keys::OnePhase { signed: number })?;
        round_trip(keys::Document { id: Uuid::from_u128(bits) })?;
        round_trip(keys::Hits { address: std::net::Ipv6Addr::from(bits).into() })?;
        let second = TimestampS::new(number);
        round_trip(keys::MomentKey { second, milli: TimestampMs::new(number / 2) })?;
        let first = Date::from_ordinal_date(0, 1).unwrap();
        let day = first + std::time::Duration::from_secs(86_400 * day);
        round_trip(keys::OneDay { compact_day: day })?;
        round_trip(keys::MaybeDay { kind: Kind::Second, day: Some(day) })?;
    }

    #[test]
    fn any_bytes_are_a_key_of_at_most_one_reading(name in proptest::collection::vec(any::<u8>(), 0..40)) {
        let name = [b"app:label:".as_slice(), &name].concat();
        if let Some(read) = family::<keys::Labelled<'_>>().parse(&name).unwrap() {
            prop_assert_eq!(Handle::new(read).key().unwrap(), name);
        }
    }
}
