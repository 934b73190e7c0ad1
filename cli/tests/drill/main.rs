//! A drill: small damage to a keyspace's schema, pages and generated code, each of which some command must notice, while
//! the undamaged tree raises no alarm. What breaks data must also be told for what it is.
//!
//! `cargo test -p redis-schema-cli --test drill -- --nocapture` prints what was tried and what noticed it.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod damage;
mod keyspace;
#[path = "../cli/sandbox.rs"]
mod sandbox;
mod tally;

use damage::{Damage, Expected};
use keyspace::Keyspace;
use tally::Tally;

/// Every damage done to one example must be noticed.
fn drill(name: &str) {
    let keyspace = Keyspace::copy(name);
    keyspace.assert_no_alarm();
    let mut tally = Tally::default();
    for damage in Damage::of_schema(&keyspace.schema) {
        let noticed = keyspace.with_schema(&damage.text, |keyspace| match damage.expected {
            Expected::Refused => keyspace.check_refuses(),
            Expected::Told => keyspace.check_refuses().or_else(|| keyspace.pages_differ()),
            Expected::Break(codes) => keyspace.check_refuses().or_else(|| {
                let pages = keyspace.pages_differ();
                let code = keyspace.diff_finds(codes);
                pages.and(code)
            }),
        });
        tally.add(damage.kind, &damage.place, noticed);
    }
    for page in keyspace.pages() {
        for (place, text) in damage::lines(&keyspace.read(&page)) {
            let noticed = keyspace.with_file(&page, &text, Keyspace::pages_differ);
            tally.add("a line of a page", &format!("{page}:{place}"), noticed);
        }
    }
    let code = keyspace.read(keyspace::CODE);
    for (place, text) in damage::lines(&code) {
        let noticed = keyspace.with_file(keyspace::CODE, &text, Keyspace::code_differs);
        tally.add("a line of generated code", &place, noticed);
    }
    tally.finish(name);
}

#[test]
fn docpipe() {
    drill("docpipe");
}

#[test]
fn faultline() {
    drill("faultline");
}

#[test]
fn image2model() {
    drill("image2model");
}

#[test]
fn image2model_actual() {
    drill("image2model-actual");
}

#[test]
fn legal_docs() {
    drill("legal-docs");
}
