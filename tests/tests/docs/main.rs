//! Reference pages: what they say, that they are always the same, and that no text can break them.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod commands;
mod golden;
mod hostile;
mod pages;
mod snippets;
mod templates;
mod usage;

use redis_schema_codegen::docs::{Options, render};
use redis_schema_codegen::files::FileSet;
use redis_schema_model::load::load_text;
use redis_schema_model::model::Schema;

/// The schema that has one of everything.
const EVERYTHING: &str = include_str!("everything.redis.yaml");

/// A schema that must be right.
#[track_caller]
fn schema(text: &str) -> Schema {
    let loaded = load_text(text);
    match loaded.schema {
        Some(schema) => schema,
        None => panic!("{:#?}", loaded.diagnostics),
    }
}

fn pages(schema: &Schema) -> FileSet {
    render(schema, &Options::default()).unwrap()
}

/// An amount with its currency: what a user's own type looks like to a schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Money(String);

impl From<Money> for String {
    fn from(money: Money) -> Self {
        money.0
    }
}

impl From<String> for Money {
    fn from(text: String) -> Self {
        Self(text)
    }
}
