//! Units and groups: what they send.

use redis_schema::{RetryClass, Schema as _, atomic};
use redis_schema_tests::everything::{Record, Schema, keys, units};
use redis_schema_tests::plain;
use uuid::Uuid;

#[test]
fn the_schema_lists_what_is_generated() {
    let names: Vec<_> = Schema::SPECS.iter().map(|spec| spec.name).collect();
    assert_eq!(names.first(), Some(&"text"));
    assert_eq!(names.last(), Some(&"words"));
    assert!(!names.contains(&"foreign"), "only described");
    for (index, spec) in Schema::SPECS.iter().enumerate() {
        assert_eq!(usize::from(spec.index), index, "{}", spec.name);
    }
    assert_eq!((Schema::NAME, Schema::VERSION), ("everything", 3));
    assert!(plain::Schema::settings().is_ok());
}

#[test]
fn documents_of_the_server_are_written_as_json_with_their_lifetime() {
    use redis_schema_tests::newest::{Profile, keys};
    let sent = |command: redis_schema::Result<Vec<u8>>| {
        let text = String::from_utf8(command.unwrap()).unwrap();
        let words = text
            .split("\r\n")
            .filter(|part| !part.starts_with(['*', '$']) || *part == "$");
        words.collect::<Vec<_>>().join(" ")
    };
    let profile = Profile::new("ann", Vec::new());
    let key = format!("profile:{ID}");
    assert_eq!(
        sent(keys::profile(ID).json_set(&profile).packed()).trim_end(),
        format!(r#"MULTI JSON.SET {key} $ {{"name":"ann","seen":[]}} EXPIRE {key} 3600 EXEC"#)
    );
    assert_eq!(
        sent(keys::profile(ID).json_get().packed()).trim_end(),
        format!("JSON.GET {key}")
    );
    let moments = sent(keys::moments(ID).json_set_nx(&Vec::new()).packed());
    assert!(moments.contains("$ [] NX EXPIRE"), "{moments}");
    assert!(moments.contains("3600 NX"), "{moments}");
    let long = Profile::new("x".repeat(21), Vec::new());
    assert!(keys::profile(ID).json_set_xx(&long).packed().is_err());
}

const ID: Uuid = Uuid::from_u128(1);

fn record() -> Record {
    use redis_schema::__generated_0_1::value::{Date, TimestampMs};
    use redis_schema_tests::everything::Status;
    use redis_schema_tests::own::Money;
    let day = Date::from_ordinal_date(2026, 1).unwrap();
    let price = Money { cents: 1 };
    Record::new(Status::Up, 1, day, price, "hidden", TimestampMs::new(1))
}

#[test]
fn a_unit_sends_what_the_keys_alone_would() {
    let record = record();
    let unit = units::Note {
        id: ID,
        record: &record,
    };
    let [command] = unit.commands(());
    assert_eq!(
        command.packed().unwrap(),
        keys::record(ID).hset(&record).packed().unwrap()
    );
    assert_eq!(format!("{unit:?}"), "Note { .. }");
    let class = atomic(unit.commands(())).retry_class().unwrap();
    assert_eq!(class, RetryClass::Idempotent);
}

#[test]
fn a_unit_of_every_structure() {
    let (members, items) = ([ID], [redis_schema_tests::everything::Point::new(0.0, 0.0)]);
    let scores = [(
        "a".to_owned(),
        redis_schema::__generated_0_1::value::TimestampMs::new(5),
    )];
    let fields = [("f".to_owned(), items[0].clone())];
    let digest = "0".repeat(64);
    let entry = redis_schema_tests::everything::Entry::new(
        redis_schema::__generated_0_1::value::TimestampMs::new(1),
        items[0].clone(),
        redis_schema_tests::everything::Kind::First,
        redis_schema::__generated_0_1::value::Date::from_ordinal_date(2026, 1).unwrap(),
    );
    let unit = units::Begin {
        id: ID,
        small: 1,
        address: [127, 0, 0, 1].into(),
        digest: digest.as_str().into(),
        user_name: None,
        raw_bytes: b"bytes",
        hits: &3,
        items: &items,
        members: &members,
        by_time: &scores,
        log: &entry,
        fields: &fields,
        one_digest: &digest,
        maybe_name: &4,
    };
    let sent: Vec<String> = unit
        .commands(())
        .into_iter()
        .map(|command| String::from_utf8(command.packed().unwrap()).unwrap())
        .collect();
    for (text, words) in sent.iter().zip([
        "SET", "SET", "RPUSH", "SADD", "ZADD", "XADD", "HSET", "SET", "SET",
    ]) {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(sent.len(), 9);
    let class = atomic(unit.commands(())).retry_class().unwrap();
    assert_eq!(class, RetryClass::Unsafe, "values are appended to lists");
}
