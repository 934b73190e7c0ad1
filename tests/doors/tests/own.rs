//! Structs of one's own stand at rest as the schema says.

#![allow(clippy::unwrap_used)]

use redis_schema::value::{Date, TimestampMs, Uuid};
use redis_schema_tests_doors::audit_log::Entry;
use redis_schema_tests_doors::shop::{Item, OrderStatus};
use redis_schema_tests_doors::{Order, audit, shop};
use serde_json::json;

fn order() -> Order {
    Order {
        status: OrderStatus::Placed,
        customer: 7,
        items: vec![Item::new("cup", 350)],
        note: None,
        placed_at: TimestampMs::new(5),
        parcels: 2,
    }
}

#[test]
fn a_document_has_the_declared_form() {
    let stored = json!({
        "status": "placed",
        "customer": 7,
        "items": [{ "name": "cup", "cents": 350 }],
        "placed_at": 5,
        "parcels": 2,
    });
    assert_eq!(serde_json::to_value(order()).unwrap(), stored);
    assert_eq!(serde_json::from_value::<Order>(stored).unwrap(), order());
}

#[test]
fn declared_defaults_stand_for_what_is_absent() {
    let mut stored = serde_json::to_value(order()).unwrap();
    stored.as_object_mut().unwrap().remove("parcels");
    assert_eq!(serde_json::from_value::<Order>(stored).unwrap().parcels, 1);
}

#[test]
fn accessors_take_it() {
    let key = shop::keys::order(Uuid::nil());
    let set = key.set(&order()).packed().unwrap();
    let set = String::from_utf8(set).unwrap();
    assert!(set.contains(r#"{"status":"placed","customer":7,"#), "{set}");
    let _: redis_schema::Command<Option<Order>> = key.get();
}

#[test]
fn a_record_has_its_fields() {
    let entry = Entry {
        customer: 7,
        deed: audit::Deed::Order,
        weight: 3,
        follows: audit::Deed::Cancel,
        day: Date::from_ordinal_date(2024, 60).unwrap(),
        details: None,
        at: TimestampMs::new(5),
    };
    let sent = audit::keys::log(Uuid::nil()).xadd(&entry).packed().unwrap();
    let sent = String::from_utf8(sent).unwrap();
    for (field, value) in [
        ("deed", "order"),
        ("follows", "cancel"),
        ("day", "2024-02-29"),
    ] {
        let written = format!("\r\n{field}\r\n${}\r\n{value}\r\n", value.len());
        assert!(sent.contains(&written), "{sent}");
    }
    assert!(!sent.contains("details"), "{sent}");
    let out_of_range = Entry { weight: 6, ..entry };
    assert!(
        audit::keys::log(Uuid::nil())
            .xadd(&out_of_range)
            .packed()
            .is_err()
    );
}
