use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{DefaultValue, Field, Type, TypeKind};

use super::{refused, right, ty, wrong};

fn types(declarations: &str) -> String {
    format!("params: {{ pid: slug, kind: u16 }}\ntypes:\n{declarations}")
}

/// A record `R` with these fields, one a line, beside an enum `E` and an alias `A`.
fn record(fields: &[&str]) -> String {
    let lines: String = fields
        .iter()
        .map(|field| format!("      {field}\n"))
        .collect();
    types(&format!(
        "  E: {{ enum: [one, two] }}\n  A: {{ type: u8, range: 1..9 }}\n  Own: {{ rust: \"crate::Own\", as: string }}\n  R:\n    fields:\n{lines}"
    ))
}

fn field(line: &str) -> Field {
    let schema = right(&record(&["n: u32", line]));
    let TypeKind::Struct(record) = &ty(&schema, "R").kind else {
        panic!("a record");
    };
    record.fields[1].clone()
}

#[track_caller]
fn bad_field(line: &str, code: Code, place: &str, help: &str) {
    refused(&record(&["n: u32", line]), code, place, help);
}

#[test]
fn every_type_expression() {
    let boxed = |ty| Box::new(ty);
    for (text, expected) in [
        ("bool", Type::Bool),
        ("u16", Type::Unsigned(16)),
        ("i8", Type::Signed(8)),
        ("f32", Type::Float(32)),
        ("decimal", Type::Decimal),
        ("bytes", Type::Bytes),
        ("any", Type::Any),
        ("hex(8)", Type::Hex(8)),
        ("duration_ms", Type::DurationMs),
        ("string?", Type::Option(boxed(Type::String { max: None }))),
        ("[u8]", Type::List(boxed(Type::Unsigned(8)))),
        (
            "{ string: [u8?] }",
            Type::Map(boxed(Type::List(boxed(Type::Option(boxed(
                Type::Unsigned(8),
            )))))),
        ),
        (
            "\"{string: u8}?\"",
            Type::Option(boxed(Type::Map(boxed(Type::Unsigned(8))))),
        ),
        ("{ type: string, max: 9 }", Type::String { max: Some(9) }),
        (
            "{ type: \"slug?\", max: 9 }",
            Type::Option(boxed(Type::Slug { max: Some(9) })),
        ),
    ] {
        assert_eq!(field(&format!("f: {text}")).ty, expected, "{text}");
    }
    let schema = right(&record(&["f: E", "g: pid"]));
    let TypeKind::Struct(record) = &ty(&schema, "R").kind else {
        panic!("a record");
    };
    assert!(matches!(record.fields[0].ty, Type::Named(id) if schema[id].name.as_str() == "E"));
    assert!(matches!(record.fields[1].ty, Type::Param(id) if schema[id].name.as_str() == "pid"));
}

#[test]
fn unknown_types() {
    bad_field("f: strng", Code::E0305, "strng", "did you mean `string`?");
    bad_field("f: Ee", Code::E0305, "Ee", "did you mean `E`?");
    bad_field("f: [JobState]", Code::E0305, "JobState", "declare it");
    bad_field("f: Integer", Code::E0305, "Integer", "`i64`");
    bad_field("f: \"Vec<u8>\"", Code::E0305, "Vec", "`[T]`");
    bad_field("f: \"Option<u8>\"", Code::E0305, "Option", "`T?`");
    bad_field("f: hx(4)", Code::E0305, "hx(4)", "did you mean `hex(4)`?");
    bad_field("f: string(9)", Code::E0501, "9", "max: 9");
    bad_field("f: hex(x)", Code::E0501, "x", "hex(64)");
    bad_field(
        "f: \"json<u8>\"",
        Code::E0510,
        "json",
        "write the type alone",
    );
    bad_field("f: u8??", Code::E0511, "u8??", "one `?`");
    bad_field("f: { u8: u8 }", Code::E0501, "u8", "{string: T}");
    bad_field("f: [u8, u8]", Code::E0501, "[u8, u8]", "[string]");
    bad_field("f: []", Code::E0501, "[]", "[string]");
}

#[test]
fn defaults() {
    for (line, expected) in [
        ("f: { type: bool, default: true }", DefaultValue::Bool(true)),
        ("f: { type: i8, default: -5 }", DefaultValue::Int(-5)),
        ("f: { type: f64, default: 0.5 }", DefaultValue::Float(0.5)),
        (
            "f: { type: string, default: \"\" }",
            DefaultValue::Text(String::new()),
        ),
        (
            "f: { type: decimal, default: \"1.50\" }",
            DefaultValue::Text("1.50".into()),
        ),
        (
            "f: { type: timestamp_ms, default: 0 }",
            DefaultValue::Int(0),
        ),
        ("f: { type: [u8], default: [] }", DefaultValue::Empty),
        (
            "f: { type: { string: u8 }, default: {} }",
            DefaultValue::Empty,
        ),
        ("f: { type: A, default: 9 }", DefaultValue::Int(9)),
    ] {
        assert_eq!(field(line).default, Some(expected), "{line}");
    }
    assert!(matches!(
        field("f: { type: E, default: two }").default,
        Some(DefaultValue::Variant(_, 1))
    ));
}

#[test]
fn wrong_defaults() {
    for (line, place, help) in [
        ("f: { type: bool, default: 1 }", "1", "`true`"),
        ("f: { type: u8, default: 256 }", "256", "from 0 to 255"),
        (
            "f: { type: u8, default: 5, range: 10..20 }",
            "5",
            "from 10 to 20",
        ),
        ("f: { type: A, default: 0 }", "0", "from 1 to 9"),
        ("f: { type: f64, default: NaN }", "NaN", "number"),
        (
            "f: { type: uuid, default: nil }",
            "nil",
            "write one such as `",
        ),
        (
            "f: { type: string, default: abc, max: 2 }",
            "abc",
            "at most 2 bytes",
        ),
        ("f: { type: E, default: tow }", "tow", "did you mean `two`?"),
        ("f: { type: E, default: nine }", "nine", "such as `one`"),
        ("f: { type: [u8], default: [1] }", "[1]", "default: []"),
        ("f: { type: any, default: 0 }", "0", "T?"),
        ("f: { type: u8?, default: 0 }", "0", "remove the `?`"),
        ("f: { type: Own, default: x }", "x", "T?"),
        ("f: { type: u8, default: [] }", "[]", "default: 0"),
    ] {
        bad_field(line, Code::E0505, place, help);
    }
}

#[test]
fn ranges_and_longest_lengths() {
    assert_eq!(
        field("f: { type: u8, range: 0..100 }").range,
        Some((0, 100))
    );
    assert_eq!(field("f: { type: i8, max: 5 }").range, Some((-128, 5)));
    assert_eq!(field("f: A").range, Some((1, 9)));
    assert_eq!(field("f: { type: A, range: 2..3 }").range, Some((2, 3)));
    assert_eq!(field("f: { type: f64, range: 0..1 }").range, Some((0, 1)));
    assert_eq!(
        field("f: { type: u32, max: n }")
            .max_field
            .unwrap()
            .as_str(),
        "n"
    );
    bad_field(
        "f: { type: u8, range: 0..256 }",
        Code::E0506,
        "0..256",
        "wider type",
    );
    bad_field("f: { type: A, range: 0..3 }", Code::E0506, "0..3", "narrow");
    bad_field(
        "f: { type: string, range: 0..3 }",
        Code::E0506,
        "0..3",
        "`max:`",
    );
    bad_field("f: { type: u8, range: 3 }", Code::E0506, "3", "two dots");
    bad_field("f: { type: u8, range: 3..a }", Code::E0506, "a", "0..100");
    bad_field(
        "f: { type: u8, max: nn }",
        Code::E0314,
        "nn",
        "did you mean `n`?",
    );
    bad_field(
        "f: { type: u8, max: total_files }",
        Code::E0314,
        "total_files",
        "a field beside",
    );
    bad_field(
        "f: { type: u8, max: 300 }",
        Code::E0507,
        "300",
        "wider type",
    );
    bad_field(
        "f: { type: u8, max: 5, range: 0..9 }",
        Code::E0507,
        "5",
        "keep one",
    );
    bad_field("f: { type: bool, max: 5 }", Code::E0507, "5", "remove it");
    bad_field(
        "f: { type: string, max: n }",
        Code::E0507,
        "n",
        "longest length",
    );
    bad_field("f: { type: string, max: 0 }", Code::E0507, "0", "max: 255");
    bad_field(
        "f: { type: pid, max: 5 }",
        Code::E0507,
        "5",
        "put `max:` there",
    );
}

#[test]
fn fields_have_names_of_their_own() {
    bad_field("N: u8", Code::E0308, "N", "another name");
    bad_field("2nd: u8", Code::E0301, "2nd", "`nd`");
    bad_field("f: { type: u8, was: n }", Code::E0310, "n", "remove it");
    assert_eq!(
        field("createdAt: { type: u8, was: [made, born] }").was,
        ["made", "born"]
    );
    let long = field("f: { type: string, about: Words, unit: words, secret: true }");
    assert_eq!(
        (long.about.as_deref(), long.unit.as_deref()),
        (Some("Words"), Some("words"))
    );
    assert!(long.secret);
}

#[test]
fn enums() {
    let schema = right(&types(
        "  E:\n    enum: { a: { text: A, about: First }, in-progress: {}, c: ~ }\n    other: Unknown\n    flow: { a: [in-progress, c] }\n",
    ));
    let TypeKind::Enum(list) = &ty(&schema, "E").kind else {
        panic!("an enum");
    };
    let texts: Vec<&str> = list.variants.iter().map(|v| v.text.as_str()).collect();
    assert_eq!(texts, ["A", "in-progress", "c"]);
    assert_eq!(list.other.as_ref().unwrap().as_str(), "Unknown");
    assert_eq!(list.flow, [(0, vec![1, 2])]);
    for (text, code, place, help) in [
        ("{ enum: [] }", Code::E0502, "[]", "at least one"),
        ("{ enum: [a, b, a] }", Code::E0502, "a", "remove one"),
        ("{ enum: [4xx] }", Code::E0301, "4xx", "text:"),
        ("{ enum: [a_b, a-b] }", Code::E0308, "a-b", "keep its text"),
        (
            "{ enum: { a: { text: \"\" } } }",
            Code::E0502,
            "\"\"",
            "write the text",
        ),
        ("{ enum: [a, b], other: B }", Code::E0504, "B", "Unknown"),
        (
            "{ enum: [a, b], other: unknown }",
            Code::E0301,
            "unknown",
            "`Unknown`",
        ),
        (
            "{ enum: [a, bcd], flow: { a: [bdc] } }",
            Code::E0503,
            "bdc",
            "did you mean `bcd`?",
        ),
        (
            "{ enum: [a, b], flow: { zzz: [a] } }",
            Code::E0503,
            "zzz",
            "such as `a`",
        ),
    ] {
        refused(&types(&format!("  E: {text}\n")), code, place, help);
    }
}

#[test]
fn unions() {
    let schema = right(&types(
        "  E: { one_of: { started: {}, moved: P, ended: { at: timestamp_ms } }, tag: kind }\n  P: { fields: { x: u8 } }\n",
    ));
    let TypeKind::OneOf(union) = &ty(&schema, "E").kind else {
        panic!("a union");
    };
    assert_eq!(union.tag, "kind");
    let names: Vec<String> = union
        .variants
        .iter()
        .map(|(_, id)| schema[*id].name.to_string())
        .collect();
    assert_eq!(names, ["EStarted", "P", "EEnded"]);
    for (text, code, place, help) in [
        ("{ one_of: {} }", Code::E0513, "{}", "at least one"),
        (
            "{ one_of: { a: { type: { type: u8 } } } }",
            Code::E0513,
            "a",
            "another tag",
        ),
        ("{ one_of: { a: u8 } }", Code::E0606, "u8", "fields:"),
        ("{ one_of: { a: S } }", Code::E0606, "S", "fields:"),
        ("{ one_of: { a: X } }", Code::E0305, "X", "declare it"),
        (
            "{ one_of: { a-b: {}, a_b: {} } }",
            Code::E0308,
            "a_b",
            "another name",
        ),
    ] {
        refused(
            &types(&format!("  S: {{ enum: [a] }}\n  E: {text}\n")),
            code,
            place,
            help,
        );
    }
}

#[test]
fn own_types() {
    let schema = right(&types(
        "  M: { rust: \"crate::M\", as: decimal }\n  J: { rust: \"crate::J\", fields: { a: u8 } }\n",
    ));
    let TypeKind::Rust { rust, repr } = &ty(&schema, "M").kind else {
        panic!("a type of the user's");
    };
    assert_eq!((rust.path(), repr), ("crate::M", &Type::Decimal));
    let TypeKind::Struct(record) = &ty(&schema, "J").kind else {
        panic!("a record");
    };
    assert_eq!(record.rust.as_ref().unwrap().path(), "crate::J");
    refused(&types("  M: { as: string }\n"), Code::E0512, "M", "rust:");
}

#[test]
fn types_that_hold_themselves() {
    for (text, place) in [
        ("  R: { fields: { r: R } }\n", "r"),
        ("  R: { fields: { r: \"R?\" } }\n", "r"),
        (
            "  R: { fields: { a: S } }\n  S: { fields: { b: \"T?\" } }\n  T: { fields: { c: R } }\n",
            "a",
        ),
        (
            "  R: { one_of: { a: S } }\n  S: { fields: { b: R } }\n",
            "R",
        ),
        ("  A: { type: A }\n", "A"),
        ("  A: { type: B }\n  B: { type: A }\n", "A"),
    ] {
        let found = wrong(&types(text));
        assert_eq!(found, [(Code::E0508, place.to_owned())], "{text}");
    }
    right(&types("  R: { fields: { r: [R], m: { string: R } } }\n"));
}

#[test]
fn touched_fields() {
    let hash = |field: &str| {
        format!(
            "types: {{ R: {{ fields: {{ at: {field} }} }} }}\nkeys:\n  h: {{ key: h, ttl: 1h, hash: R }}\n"
        )
    };
    right(&hash("{ type: timestamp_ms, touch: on_write }"));
    refused(
        &hash("{ type: u64, touch: on_write }"),
        Code::E0509,
        "on_write",
        "timestamp_ms",
    );
    refused(
        &hash("{ type: timestamp_s?, touch: on_write }"),
        Code::E0509,
        "on_write",
        "remove the `?`",
    );
    let both = format!(
        "{}  s: {{ key: s, ttl: 1h, list: R }}\n",
        hash("{ type: timestamp_ms, touch: on_write }")
    );
    refused(&both, Code::E0509, "at", "record of its own");
}

#[test]
fn a_type_that_failed_is_told_once() {
    let body = types(
        "  R: { fields: { a: Nope } }\n  S: { fields: { r: R, s: [R] } }\n  A: { type: R }\n",
    ) + "keys:\n  k: { key: k, ttl: 1h, hash: R }\n  l: { key: l, ttl: 1h, string: json<A> }\n";
    assert_eq!(wrong(&body), [(Code::E0305, "Nope".to_owned())]);
}
