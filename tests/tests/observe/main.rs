//! What a store tells of itself: complete, labelled by template, and never with a key or a value in it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod metrics;
mod page;
mod patterns;
mod spans;
mod stats;

use redis_schema_test_server::{Protocol, Server};

#[redis_schema::redis_schema("tests/observe/observed.redis.yaml")]
mod observed {}

use observed::Store;

/// What must never be told.
const SECRET: &str = "hunter2";

async fn store(server: &Server) -> Store {
    Store::connect(&server.url(Protocol::Resp3, 0))
        .await
        .unwrap()
}

/// Sends a command by another connection.
fn tell(server: &Server, words: &[&str]) {
    let mut connection = server.connect(Protocol::Resp2, 0);
    let mut cmd = redis::cmd(words[0]);
    words[1..].iter().for_each(|word| {
        cmd.arg(word);
    });
    cmd.exec(&mut connection).unwrap();
}
