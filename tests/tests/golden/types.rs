//! Types: their texts and documents, their defaults and bounds.

use redis_schema::codec::{Check, Codec, Json, MsgPack};
use redis_schema_tests::everything::{
    Everything, Kind, Optional, Phase, Point, Record, Shape, Status,
};
use redis_schema_tests::own::{Money, UserId};
use serde_json::json;

use redis_schema::__generated_0_1 as rt;
use rt::value::{Date, Decimal, OffsetDateTime, TimestampMs, TimestampS, Ulid, Uuid};

fn point() -> Point {
    Point::new(1.5, -2.0)
}

fn everything() -> Everything {
    Everything::new(
        true,
        1,
        2,
        Decimal::new(150, 2),
        "text",
        [255, 0],
        Uuid::nil(),
        Ulid::nil(),
        [127, 0, 0, 1].into(),
        TimestampS::new(3),
        TimestampMs::new(4),
        OffsetDateTime::UNIX_EPOCH,
        vec![OffsetDateTime::UNIX_EPOCH],
        json!({ "free": [null] }),
        "00ff00ff",
        "na.me",
        "named",
        Date::from_ordinal_date(2026, 34).unwrap(),
        [("d".to_owned(), Date::from_ordinal_date(2026, 1).unwrap())].into(),
        UserId::from(7),
        Money { cents: 250 },
        vec![Money { cents: 5 }],
        Kind::First,
        Phase::Unknown("paused".to_owned()),
        point(),
        vec![point()],
        50,
        [("p".to_owned(), 100)].into(),
        "hidden",
        9,
        1,
    )
}

#[test]
fn a_document_stands_as_the_schema_says() {
    let text = Json::<Everything>::encode(&everything(), <[u8]>::to_vec).unwrap();
    let stored: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let point = json!({ "x": 1.5, "y": -2.0 });
    let expected = json!({
        "flag": true, "tiny": 1, "big": 2, "below": -7, "real": 1.0, "exact": "1.50",
        "text": "text", "blob": "/wA=", "who": "00000000-0000-0000-0000-000000000000",
        "other": "00000000000000000000000000", "where": "127.0.0.1", "at": 3, "at_ms": 4,
        "moment": "1970-01-01T00:00:00Z", "moments": ["1970-01-01T00:00:00Z"], "long": 60,
        "anything": { "free": [null] }, "code": "00ff00ff", "name": "na.me", "named": "named",
        "date": "20260203", "dates": { "d": "2026-01-01" }, "owner": 7, "price": "2.50",
        "prices": ["0.05"], "kind": "1st", "phase": "paused", "point": point, "points": [point],
        "percent": 50, "percents": { "p": 100 }, "on": true, "greeting": "hello", "silence": "",
        "kind_or_first": "second", "list": [], "password": "hidden", "total": 9, "done": 0,
        "gen": 1,
    });
    assert_eq!(stored, expected);
    assert_eq!(Json::<Everything>::decode(text).unwrap(), everything());
}

#[test]
fn messagepack_gives_back_what_it_was_given() {
    let bytes = MsgPack::<Everything>::encode(&everything(), <[u8]>::to_vec).unwrap();
    assert_eq!(MsgPack::<Everything>::decode(bytes).unwrap(), everything());
}

#[test]
fn absent_fields_have_their_defaults_and_former_names_count() {
    let mut stored = serde_json::to_value(everything()).unwrap();
    let fields = stored.as_object_mut().unwrap();
    let removed = [
        "below",
        "real",
        "long",
        "on",
        "greeting",
        "silence",
        "kind_or_first",
        "list",
        "done",
        "big",
    ];
    for name in removed {
        fields.remove(name).unwrap();
    }
    fields.insert("huge".into(), json!(2));
    fields.insert("a_field_of_tomorrow".into(), json!(1));
    let read: Everything = serde_json::from_value(stored).unwrap();
    assert_eq!(read, everything());
    assert_eq!(Optional::default(), Optional::new());
}

#[test]
fn bounds_name_the_field() {
    assert!(everything().check().is_ok());
    let broken = |change: fn(&mut Everything)| {
        let mut value = everything();
        change(&mut value);
        let broken = value.check().unwrap_err();
        format!("{} {}", broken.field, broken.rule)
    };
    assert_eq!(broken(|it| it.percent = 101), "percent must be 0 to 100");
    assert_eq!(broken(|it| it.points[0].x = 91.0), "x must be -90 to 90");
    assert!(broken(|it| it.code = "zz".into()).starts_with("code "));
    assert!(broken(|it| it.text = "x".repeat(256)).starts_with("text "));
    assert!(Shape::from(Point::new(91.0, 0.0)).check().is_err());
}

#[test]
fn one_of_is_told_apart_by_its_tag() {
    let nothing = serde_json::to_value(Shape::Nothing).unwrap();
    assert_eq!(nothing, json!({ "kind": "nothing" }));
    let spot = Shape::from(point());
    let stored = json!({ "kind": "spot", "x": 1.5, "y": -2.0 });
    assert_eq!(serde_json::to_value(&spot).unwrap(), stored);
    assert_eq!(serde_json::from_value::<Shape>(stored).unwrap(), spot);
}

#[test]
fn enums_are_their_texts() {
    assert_eq!(Kind::ALL.map_texts(), ["1st", "second", "type"]);
    assert_eq!("1st".parse::<Kind>().unwrap(), Kind::First);
    let unknown = "secret text".parse::<Kind>().unwrap_err().to_string();
    assert!(!unknown.contains("secret"));
    assert_eq!(format!("[{:>8}]", Kind::Second), "[  second]");
    let other = Phase::Unknown("paused".to_owned());
    assert_eq!("paused".parse::<Phase>().unwrap(), other);
    assert_eq!(other.as_str(), "paused");
}

trait Texts {
    fn map_texts(&self) -> Vec<&'static str>;
}

impl Texts for [Kind] {
    fn map_texts(&self) -> Vec<&'static str> {
        self.iter().map(|kind| kind.as_str()).collect()
    }
}

#[test]
fn transitions_are_those_of_the_flow() {
    assert!(Status::Up.can_become(Status::Down));
    assert!(!Status::Up.can_become(Status::Up));
    assert!(Phase::Queued.can_become(&Phase::Done));
    assert!(!Phase::Done.can_become(&Phase::Queued));
    assert!(!Phase::Unknown("x".to_owned()).can_become(&Phase::Done));
}

#[test]
fn secret_fields_are_never_printed() {
    let shown = format!("{:?}", everything());
    assert!(!shown.contains("hidden"), "{shown}");
    assert!(shown.contains("password: <secret>"));
    let record = Record::new(
        Status::Up,
        1,
        Date::from_ordinal_date(2026, 1).unwrap(),
        Money { cents: 1 },
        "hidden",
        TimestampMs::new(1),
    );
    assert!(!format!("{record:?}").contains("hidden"));
    assert_eq!((record.limited, record.done, record.ratio), (3, 0, None));
}

#[test]
fn records_name_their_fields() {
    use rt::Record as _;
    assert_eq!(Record::RATIO.name(), "ratio");
    assert_eq!(Record::FIELDS.len(), 12);
    assert_eq!(Record::TOUCH, [rt::Touch::Millis("updated_at")]);
}
