//! `allow:` beside things and by path.

use redis_schema_rules::lint::Chosen;

use crate::{codes, found, schema};

const NONE: [&str; 0] = [];

#[test]
fn an_exception_covers_the_thing_and_what_stands_in_it() {
    let text = schema(
        "params: { id: uuid }
keys:
  cart:
    key: \"cart:{id}\"
    ttl: 1h
    allow: { L406: prices are in the shop's own unit }
    hash: { price: u64, cost: u64 }
",
    );
    assert_eq!(codes(&text), NONE);
    assert_eq!(
        codes(&text.replace(
            "    allow: { L406: prices are in the shop's own unit }\n",
            ""
        )),
        ["L406", "L406"]
    );
}

#[test]
fn fields_parameters_types_and_channels_take_exceptions_of_their_own() {
    let text = schema(
        "params:
  name: { type: string, encode: percent, allow: { PARAM_BOUNDED: checked at sign-up } }
types:
  Plan: { enum: [free, paid], allow: { L404: never grows } }
  Cart: { fields: { plan: Plan, price: { type: u64, allow: { L406: in cents by law } } } }
  Event: { one_of: { paid: { amount: { type: u64, allow: { L406: in cents by law } } } } }
keys:
  cart: { key: \"cart:{name}\", ttl: 1h, string: json<Cart> }
channels:
  events: { channel: \"Events:{name}\", message: Event, allow: { L201: as others call it } }
",
    );
    assert_eq!(codes(&text), NONE);
}

#[test]
fn a_field_called_allow_is_a_field() {
    let text = schema(
        "params: { id: uuid }
keys:
  a: { key: \"a:{id}\", ttl: 1h, hash: { allow: bool, other: { type: u32 } } }
  b: { key: \"b:{id}\", ttl: 1h, hash: { allow: { type: u32 } } }
",
    );
    assert_eq!(codes(&text), NONE);
}

#[test]
fn paths_name_places_and_stars_any_name() {
    let keys = "keys:
  a: { key: a, ttl: { none: kept }, set: slug }
  b: { key: b, ttl: { none: kept }, set: slug }
";
    let with = |path: &str| {
        let allow = format!(
            "policy: {{ lint: {{ allow: [{{ rule: L401, path: {path}, reason: small }}] }} }}\n"
        );
        codes(&schema(&(allow + keys)))
    };
    assert_eq!(with("keys.a"), ["L401"]);
    assert_eq!(with("keys.*"), NONE);
    assert_eq!(with("keys"), NONE);
    assert_eq!(with("keys.c"), ["L107", "L401", "L401"]);
}

#[test]
fn an_exception_needs_a_rule_a_reason_and_a_finding() {
    let key = |allow: &str| {
        let text = schema(&format!(
            "params: {{ id: uuid }}\nkeys:\n  a: {{ key: \"a:{{id}}\", ttl: 1h, string: bytes, allow: {allow} }}\n"
        ));
        found(&text, &Chosen::default())
    };
    let told = |code: &str, place: &str| vec![(code.to_owned(), place.to_owned())];
    assert_eq!(key("{ L9999: why }"), told("L107", "L9999"));
    assert_eq!(key("{ L401: why }"), told("L107", "L401"));
    assert_eq!(key("{ L401: \"\" }"), told("L107", "L401"));
    assert_eq!(key("{ L301: why }"), told("L107", "L301"));
    // Strict rules are not asked, so nobody knows.
    assert_eq!(key("{ L803: why }"), vec![]);
}
