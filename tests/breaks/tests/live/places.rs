//! Prefixes, databases and servers: B106 to B108.

use redis_schema::{Schema, Settings};
use redis_schema_test_breaks::{b106, b107, b108};
use redis_schema_test_server::{Protocol, Server};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B106", Live(key_same_namespace)),
    ("B107", Live(key_same_db)),
    ("B108", Live(key_same_instance)),
];

fn key_same_namespace(stage: &mut Stage<'_>) {
    use b106::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).set(b"pen"));
    assert_eq!(stage.run(after::keys::cart(id).get()), None);
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen.unwrap(), b"pen");
    prefixes_of_installations(stage);
}

/// What an installation has set for the old version.
fn installed<S: Schema>() -> Settings {
    Settings::from_lookup::<S>(|name| (name == "SHOP_PREFIX").then(|| "eu:".into())).unwrap()
}

fn prefixes_of_installations(stage: &mut Stage<'_>) {
    use b106::two::{after, before, compatible};
    let (id, url) = (Uuid::new_v4(), stage.server.url(stage.protocol, 0));
    stage.wait(async {
        let store = before::Store::connect_with(&url, installed::<before::Schema>());
        store.await.unwrap().cart(id).set(b"pen").await.unwrap();
        let store = after::Store::connect_with(&url, installed::<after::Schema>());
        let seen = store.await.unwrap().cart(id).get().await.unwrap();
        assert_eq!(seen, None, "back at the default");
        let store = compatible::Store::connect_with(&url, installed::<compatible::Schema>());
        let seen = store.await.unwrap().cart(id).get().await.unwrap();
        assert_eq!(seen.unwrap(), b"pen");
    });
}

fn key_same_db(stage: &mut Stage<'_>) {
    use b107::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let old = stage.open(before::Store::builder());
    let new = stage.open(after::Store::builder());
    let twin = stage.open(compatible::Store::builder());
    stage.wait(async {
        old.cart(id).set(b"pen").await.unwrap();
        assert_eq!(new.cart(id).get().await.unwrap(), None, "left behind");
        new.cart(id).set(b"ink").await.unwrap();
        let seen = old.cart(id).get().await.unwrap();
        assert_eq!(seen.unwrap(), b"pen", "each works in its own");
        assert_eq!(twin.cart(id).get().await.unwrap().unwrap(), b"pen");
    });
}

/// Runs a program of its own, because what an environment holds belongs to a whole process.
fn program(version: &str, id: Uuid, common: &str, own: &str) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_cart"))
        .args([version, &id.to_string()])
        .env_clear()
        .env("REDIS_URL", common)
        .env("SHOP_MAIN_REDIS_URL", own)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn key_same_instance(stage: &mut Stage<'_>) {
    use b108::one::before;
    let own = Server::start();
    let (common, url) = (
        stage.server.url(stage.protocol, 0),
        own.url(stage.protocol, 0),
    );
    let id = Uuid::new_v4();
    let cart = before::keys::cart(id).set(b"pen");
    cart.query(&mut own.connect(Protocol::Resp2, 0)).unwrap();
    assert_eq!(program("before", id, &common, &url), "pen");
    assert_eq!(program("after", id, &common, &url), "nothing");
    assert_eq!(program("compatible", id, &common, &url), "pen");
}
