//! The exact text of findings in every form.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use redis_schema_model::diagnostic::{
    Code, Colour, Diagnostic, Tally, github, human, human_one, json, line, sarif,
};
use redis_schema_model::source::{FileId, Sources, Span};
use serde_json::{Value, json as value};

const TEXT: &str = "edition: 1\nschema: shop\nparams:\n  id: { type: hx(64), about: é🔑 }\n  id: uuid # a, b: 100%\n";

fn sources() -> Sources {
    let mut sources = Sources::new();
    sources.add("my schemas/shop,1.redis.yaml", TEXT);
    sources
}

fn at(word: &str) -> Span {
    let start = TEXT.find(word).expect("a word of the text");
    Span::new(FileId(0), start, start + word.len())
}

fn findings() -> Vec<Diagnostic> {
    let again = TEXT.rfind("id:").unwrap();
    vec![
        Diagnostic::error(Code::E0205, at("hx(64)"), "unknown parameter type")
            .label("no type is called `hx`")
            .help("did you mean `hex(64)`?"),
        Diagnostic::warning(
            Code::E0105,
            Span::new(FileId(0), again, again + 2),
            "`id` is there twice",
        )
        .label("here again")
        .related(at("id: {"), "first here"),
    ]
}

#[test]
fn for_people() {
    let shown = human(&findings(), &sources(), Colour::Off);
    assert_eq!(
        shown,
        "\
error: [E0205] unknown parameter type
 --> my schemas/shop,1.redis.yaml:4:15
  |
4 |   id: { type: hx(64), about: é🔑 }
  |               ^^^^^^ no type is called `hx`
  |
  = help: did you mean `hex(64)`?

warning: [E0105] `id` is there twice
 --> my schemas/shop,1.redis.yaml:5:3
  |
4 |   id: { type: hx(64), about: é🔑 }
  |   ----- first here
5 |   id: uuid # a, b: 100%
  |   ^^ here again

1 error, 1 warning
"
    );
}

#[test]
fn colours_only_when_asked_for() {
    let [first, _] = findings().try_into().unwrap();
    assert!(!human_one(&first, &sources(), Colour::Off).contains('\u{1b}'));
    assert!(human_one(&first, &sources(), Colour::On).contains("\u{1b}["));
}

#[test]
fn many_findings_are_cut_and_counted() {
    let many = vec![findings().remove(0); 75];
    let shown = human(&many, &sources(), Colour::Off);
    assert_eq!(shown.matches("[E0205]").count(), 50);
    assert!(
        shown.ends_with("\n\n... and 25 more\n75 errors\n"),
        "{shown}"
    );
    assert_eq!(human(&[], &sources(), Colour::Off), "");
    assert_eq!(Tally::of(&[]).to_string(), "no findings");
}

#[test]
fn places_far_apart_and_in_other_files_have_windows_of_their_own() {
    let mut sources = sources();
    let long = format!("first: 1\n{}last: 2\n", "x: 0\n".repeat(100_000));
    let end = long.len();
    let far = sources.add("far.yaml", long);
    let finding = Diagnostic::error(
        Code::E0105,
        Span::new(far, end - 8, end - 4),
        "three places",
    )
    .label("one")
    .related(Span::new(far, 0, 5), "two")
    .related(at("shop"), "three");
    assert_eq!(
        human_one(&finding, &sources, Colour::Off),
        "\
error: [E0105] three places
      --> far.yaml:100002:1
       |
100002 | last: 2
       | ^^^^ one
       |
      ::: far.yaml:1:1
       |
     1 | first: 1
       | ----- two
       |
      ::: my schemas/shop,1.redis.yaml:2:9
       |
     2 | schema: shop
       |         ---- three"
    );
}

#[test]
fn a_file_without_text_is_named() {
    let mut sources = Sources::new();
    let file = sources.add("gone.yaml", "");
    let finding = Diagnostic::error(
        Code::E0211,
        Span::new(file, 0, 0),
        "there is no file `gone.yaml`",
    )
    .help("look again");
    assert_eq!(
        human_one(&finding, &sources, Colour::Off),
        "error: [E0211] there is no file `gone.yaml`\n--> gone.yaml\n = help: look again"
    );
}

#[test]
fn line_by_line() {
    assert_eq!(
        line(&findings(), &sources()),
        "\
my schemas/shop,1.redis.yaml:4:15: error: [E0205] unknown parameter type; did you mean `hex(64)`?
my schemas/shop,1.redis.yaml:5:3: warning: [E0105] `id` is there twice
"
    );
}

#[test]
fn for_programs() {
    let text = json(&findings(), &sources());
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(
        lines[0],
        value!({
            "type": "finding", "code": "E0205", "title": "a word that the field does not know", "severity": "error",
            "message": "unknown parameter type", "label": "no type is called `hx`", "help": "did you mean `hex(64)`?",
            "span": {
                "file": "my schemas/shop,1.redis.yaml",
                "start": { "line": 4, "column": 15, "byte": 46 },
                "end": { "line": 4, "column": 21, "byte": 52 },
            },
            "related": [],
        })
    );
    assert_eq!(lines[1]["help"], Value::Null);
    assert_eq!(lines[1]["related"][0]["message"], "first here");
    assert_eq!(lines[1]["related"][0]["span"]["start"]["line"], 4);
    assert_eq!(
        lines[2],
        value!({ "type": "summary", "errors": 1, "warnings": 1, "notes": 0 })
    );
    assert_eq!(json(&[], &sources()).lines().count(), 1);
}

#[test]
fn for_pull_requests() {
    let mut findings = findings();
    findings[0].message = "100%: a,b\r\nc".into();
    assert_eq!(
        github(&findings, &sources()),
        "\
::error file=my schemas/shop%2C1.redis.yaml,line=4,endLine=4,col=15,endColumn=21,title=E0205 a word that the field does not know::100%25: a,b%0D%0Ac%0Ano type is called `hx`%0Adid you mean `hex(64)`?
::warning file=my schemas/shop%2C1.redis.yaml,line=5,endLine=5,col=3,endColumn=5,title=E0105 the same name twice::`id` is there twice%0Ahere again
"
    );
}

#[test]
fn as_sarif() {
    let mut findings = findings();
    findings.push(Diagnostic::note(Code::E0205, at("🔑 }"), "wide"));
    let log: Value = serde_json::from_str(&sarif(&findings, &sources())).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 2);
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
    }
    let place = |i: usize| &run["results"][i]["locations"][0]["physicalLocation"];
    assert_eq!(
        place(0)["artifactLocation"]["uri"],
        "my%20schemas/shop%2C1.redis.yaml"
    );
    assert_eq!(
        place(0)["region"],
        value!({ "startLine": 4, "startColumn": 15, "endLine": 4, "endColumn": 21 })
    );
    // The key is two UTF-16 units wide.
    assert_eq!(
        place(2)["region"],
        value!({ "startLine": 4, "startColumn": 31, "endLine": 4, "endColumn": 35 })
    );
    assert_eq!(
        run["results"][1]["relatedLocations"][0]["message"]["text"],
        "first here"
    );
    assert_eq!(run["results"][1]["level"], "warning");
    assert_eq!(run["results"][2]["level"], "note");
}
