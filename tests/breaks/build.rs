//! Accessors for every schema that the page of a rule about change shows, so that tests run what readers read.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

/// How the rules' own crate reads a page; without the crate itself, which would be built once more for this.
#[path = "../../rules/src/page.rs"]
mod page;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use page::{examples, page};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use redis_schema_codegen::rust::{Options, emit, module_lints};
use redis_schema_model::diagnostic::{Colour, human};
use redis_schema_model::load::load_text;

/// Where each rule is a file.
const RULES: &str = "../../rules/src/breaking";
/// What the examples below one `before` are gathered under, in order.
const STORIES: [&str; 5] = ["one", "two", "three", "four", "five"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={RULES}");
    let rules: TokenStream = rules().iter().map(|path| of_rule(path)).collect();
    let out = std::env::var_os("OUT_DIR").expect("Cargo sets it");
    std::fs::write(Path::new(&out).join("pages.rs"), rules.to_string()).unwrap();
}

/// The files of rules, `b215_unit_same.rs`, in order.
fn rules() -> Vec<PathBuf> {
    let files = std::fs::read_dir(RULES).expect("the rules");
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| code(path).is_some());
    files.sort();
    files
}

/// `b215` of `b215_unit_same.rs`.
fn code(path: &Path) -> Option<&str> {
    let (code, _) = path.file_stem()?.to_str()?.split_once('_')?;
    let number = code.strip_prefix('b')?;
    (number.len() == 3 && number.parse::<u16>().is_ok()).then_some(code)
}

/// `pub mod b215 { pub mod one { pub mod before {…} pub mod after {…} pub mod compatible {…} } }`.
fn of_rule(path: &Path) -> TokenStream {
    let code = code(path).expect("a rule");
    let source = std::fs::read_to_string(path).unwrap();
    let mut stories: Vec<Vec<TokenStream>> = Vec::new();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for example in examples(&page(&source)) {
        let roles = ["before", "after", "compatible"];
        let Some(role) = roles.into_iter().find(|role| example.has(role)) else {
            continue;
        };
        if role == "before" {
            stories.push(Vec::new());
            seen.clear();
        }
        let count = seen.entry(role).or_default();
        *count += 1;
        let name = match count {
            1 => format_ident!("{role}"),
            more => format_ident!("{role}_{more}"),
        };
        let story = stories.last_mut().expect("a `before` first");
        story.push(module(code, &name, &example.text));
    }
    if stories.is_empty() {
        return TokenStream::new();
    }
    let code = format_ident!("{code}");
    assert!(stories.len() <= STORIES.len(), "name more stories");
    let stories = stories.iter().zip(STORIES).map(|(modules, name)| {
        let name = format_ident!("{name}");
        quote! {
            #[doc = "What belongs to one `before`."]
            pub mod #name { #(#modules)* }
        }
    });
    quote! {
        #[doc = "The examples of one page."]
        pub mod #code { #(#stories)* }
    }
}

/// The accessors of one example, and its text.
fn module(code: &str, name: &Ident, text: &str) -> TokenStream {
    let loaded = load_text(text);
    let schema = loaded.schema.as_ref().unwrap_or_else(|| {
        let words = human(&loaded.diagnostics, &loaded.sources, Colour::Off);
        panic!("{code} {name}: {words}")
    });
    let (lints, items) = (module_lints(), emit(schema, &Options::new()));
    quote! {
        #[doc = "As the page shows it."]
        #lints
        pub mod #name {
            /// The schema.
            pub const YAML: &str = #text;
            #items
        }
    }
}
