//! The committed files are what the emitter writes today.

use proc_macro2::{TokenStream, TokenTree};
use redis_schema_codegen::rust::{Options, emit, emit_file};
use redis_schema_model::load::{MapLoader, load};
use redis_schema_model::model::Schema;
use snapbox::{Assert, Data};

const NAMES: [&str; 5] = ["degrading", "everything", "names", "newest", "plain"];

fn path(name: &str, ending: &str) -> std::path::PathBuf {
    [
        env!("CARGO_MANIFEST_DIR"),
        "golden",
        &format!("{name}.{ending}"),
    ]
    .iter()
    .collect()
}

fn schema(name: &str) -> Schema {
    let file = format!("{name}.redis.yaml");
    let mut loader = MapLoader::new();
    loader.insert(&file, std::fs::read(path(name, "redis.yaml")).unwrap());
    let loaded = load(&loader, &file);
    loaded
        .schema
        .unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// `SNAPSHOTS=overwrite` writes the files anew.
#[test]
fn committed_files_are_current() {
    let assert = Assert::new().action_env("SNAPSHOTS");
    for name in NAMES {
        let written = emit_file(&schema(name), &Options::new());
        assert.eq(
            Data::text(written).raw(),
            Data::read_from(&path(name, "rs"), None).raw(),
        );
    }
}

/// The tokens without what a printer may add: commas at the end of a list.
fn bare(tokens: &TokenStream) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for tree in tokens.clone() {
        match tree {
            TokenTree::Group(group) => {
                out.push(format!("{:?}", group.delimiter()));
                out.extend(bare(&group.stream()));
                out.push("end".into());
            }
            tree => out.push(tree.to_string()),
        }
    }
    let closes = |next: Option<&String>| next.is_none_or(|next| next == "end" || next == ">");
    let keep: Vec<bool> = (0..out.len())
        .map(|index| out[index] != "," || !closes(out.get(index + 1)))
        .collect();
    let mut keep = keep.into_iter();
    out.retain(|_| keep.next().unwrap_or(true));
    out
}

#[test]
fn the_file_holds_what_the_macro_expands_to() {
    for name in NAMES {
        let schema = schema(name);
        let included = Options::new().included();
        let file: TokenStream = emit_file(&schema, &included).parse().unwrap();
        let tokens = emit(&schema, &Options::new());
        assert!(bare(&file) == bare(&tokens), "{name}");
    }
}

#[test]
fn the_same_schema_gives_the_same_text() {
    for name in NAMES {
        let (one, other) = (schema(name), schema(name));
        let options = Options::new();
        assert_eq!(emit_file(&one, &options), emit_file(&other, &options));
    }
}

#[test]
fn the_runtime_may_have_another_name() {
    let options = Options::new().krate("::elsewhere::redis_schema");
    let text = emit_file(&schema("everything"), &options);
    assert!(text.contains("use ::elsewhere::redis_schema::__generated_0_1 as rt;"));
    assert!(text.contains(r#"crate = "::elsewhere::redis_schema::__generated_0_1::serde""#));
    assert!(!text.contains("use ::redis_schema"));
}

/// The code of so many simple keys.
fn simple(count: usize) -> String {
    let key = |index: usize| {
        format!(
            "  job_{index}x: {{ key: \"job{index}:{{id}}\", ttl: 1h, about: Job, string: string }}\n"
        )
    };
    let keys: String = (0..count).map(key).collect();
    let text = format!(
        "edition: 1\nschema: many\nversion: 1\nparams: {{ id: {{ type: uuid, about: Who }} }}\nkeys:\n{keys}"
    );
    let loaded = redis_schema_model::load::load_text(&text);
    let schema = loaded
        .schema
        .unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    emit_file(&schema, &Options::new())
}

/// Thin enough: what a simple key adds to the file, documentation included, and what the compiler has to look at.
#[test]
fn a_simple_key_is_a_few_lines() {
    const MORE: usize = 900;
    let (few, many) = (simple(2), simple(2 + MORE));
    let each = (many.lines().count() - few.lines().count()) as f64 / MORE as f64;
    assert!(each <= 20.0, "{each} lines a key");
    let adds = |word: &str, each: usize| {
        let added = many.matches(word).count() - few.matches(word).count();
        assert_eq!(added, each * MORE, "`{word}`");
    };
    // A name for the type that keys with these parameters share, and what is this key's own.
    adds("pub struct ", 0);
    adds("pub type ", 1);
    adds("pub enum ", 1);
    adds("impl ", 1);
    // The two functions that make handles.
    adds("fn ", 2);
    adds("#[", 0);
    adds("!(", 0);
    adds("rt::Spec::simple(", 1);
}
