//! `health` and `slowlog` against real servers.

use redis_schema_test_server::{Protocol, Server};
use serde_json::Value;
use snapbox::str;

use crate::sandbox::Sandbox;

fn url(server: &Server) -> String {
    format!("redis://127.0.0.1:{}", server.port())
}

fn tell(server: &Server, words: &[&str]) {
    let mut connection = server.connect(Protocol::Resp2, 0);
    let mut cmd = redis::cmd(words[0]);
    words[1..].iter().for_each(|word| {
        cmd.arg(word);
    });
    cmd.exec(&mut connection).unwrap();
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_well_server_is_ok() {
    let server = Server::start();
    let sandbox = Sandbox::with_shop();
    let outcome = sandbox
        .run(&["health", &url(&server), "--schema", "shop.redis.yaml"])
        .exits(0);
    let first = format!("127.0.0.1:{} is ok\n  ok        connect ", server.port());
    assert!(outcome.stdout.starts_with(&first), "{}", outcome.stdout);
    let mut connection = server.connect(Protocol::Resp2, 0);
    let keys: Vec<String> = redis::cmd("KEYS").arg("*").query(&mut connection).unwrap();
    assert_eq!(keys, ["redis-schema:health:shop"]);
}

#[test]
fn a_full_server_is_down_by_its_writes() {
    let server = Server::start();
    tell(&server, &["CONFIG", "SET", "maxmemory", "1"]);
    let sandbox = Sandbox::new();
    let outcome = sandbox
        .run(&["health", &url(&server), "--format", "json"])
        .exits(1);
    let health = json(&outcome.stdout);
    assert_eq!(health["state"], "down");
    assert_eq!(
        (&health["ready"], &health["live"]),
        (&false.into(), &true.into())
    );
    let checks = health["nodes"][0]["checks"].as_array().unwrap();
    let write = checks
        .iter()
        .find(|check| check["name"] == "write")
        .unwrap();
    assert_eq!(write["reasons"][0]["code"], "out_of_memory");
    let alive = sandbox.run(&["health", &url(&server), "--live", "--format", "json"]);
    assert!(
        !alive.exits(0).stdout.contains("\"write\""),
        "nothing is written"
    );
    sandbox.run(&["health", &url(&server), "--live"]).exits(0);
    sandbox
        .run(&["health", &url(&server), "--read-only"])
        .exits(1);
}

#[test]
fn a_server_that_may_evict_what_must_stay_is_told() {
    let server = Server::start();
    tell(&server, &["CONFIG", "SET", "maxmemory", "100mb"]);
    tell(
        &server,
        &["CONFIG", "SET", "maxmemory-policy", "allkeys-lru"],
    );
    let sandbox = Sandbox::with_shop();
    let health = ["health", &url(&server), "--schema", "shop.redis.yaml"];
    sandbox.run(&health).exits(0);
    let shop = sandbox.read("shop.redis.yaml");
    sandbox.write(
        "shop.redis.yaml",
        shop.replacen("    ttl:", "    durability: durable\n    ttl:", 1),
    );
    let outcome = sandbox.run(&health).exits(1);
    let words = "must not be lost, and a full server evicts them by its policy `allkeys-lru`";
    assert!(outcome.stdout.contains(words), "{}", outcome.stdout);
}

#[test]
fn health_fits_a_terminal_and_says_numbers_as_people_do() {
    let server = Server::start();
    let sandbox = Sandbox::new();
    let url = url(&server);
    let mut command = sandbox.command(&["health", &url]);
    let output = command.env("COLUMNS", "80").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let memory = text.lines().find(|line| line.contains(" memory ")).unwrap();
    assert!(
        memory.contains("used ") && memory.contains("iB, "),
        "{text}"
    );
    // What has no room goes on below the facts.
    let goes_on = format!("\n{:25}", "");
    assert!(text.contains(&goes_on), "{text}");
}

#[test]
fn nobody_there_is_the_environments_fault() {
    let url = url(&Server::start());
    let sandbox = Sandbox::with_shop();
    let outcome = sandbox.run(&["health", &url]).exits(3);
    assert!(
        outcome.stdout.contains("is down\n  down      connect"),
        "{}",
        outcome.stdout
    );
    sandbox
        .run(&["slowlog", &url, "--schema", "shop.redis.yaml"])
        .exits(3)
        .says(str![[r#"
error: Redis cannot be reached: connection refused

"#]]);
}

#[test]
fn a_password_is_not_repeated() {
    let server = Server::start();
    tell(&server, &["CONFIG", "SET", "requirepass", "right"]);
    let sandbox = Sandbox::with_shop();
    let wrong = format!("redis://:hunter2@127.0.0.1:{}", server.port());
    for (url, code) in [(wrong.as_str(), 3), ("redis:/:hunter2@host", 2)] {
        for args in [
            &["health", url][..],
            &["slowlog", url, "--schema", "shop.redis.yaml"],
        ] {
            let outcome = sandbox.run(args);
            assert!(
                outcome.code == code || outcome.code == 1,
                "{args:?}: {outcome:?}"
            );
            assert!(
                !format!("{outcome:?}").contains("hunter2"),
                "{args:?}: {outcome:?}"
            );
        }
    }
    // Where no address is expected, too.
    for args in [
        &["health", "one", &wrong][..],
        &["health", "--timeout", &wrong],
        &["health", "--format", &wrong],
        &["health", "--schema", &wrong, "redis://localhost"],
        &["slowlog", "--url", &wrong],
        &["check", &wrong],
        &["diff", &wrong, &wrong],
        &[&format!("--{wrong}")],
    ] {
        let outcome = sandbox.run(args);
        assert!([2, 3].contains(&outcome.code), "{args:?}: {outcome:?}");
        let shown = format!("{outcome:?}");
        assert!(!shown.contains("hunter2"), "{args:?}: {outcome:?}");
    }
    let outcome = sandbox.run(&["health", &wrong]).exits(1);
    assert!(!outcome.stdout.contains(" \n"), "{}", outcome.stdout);
    assert!(
        outcome.stdout.contains("access denied"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn the_server_may_come_from_the_environment() {
    let server = Server::start();
    let sandbox = Sandbox::new();
    let run = |url: &str| {
        let mut command = sandbox.command(&["health", "--live"]);
        command.env("REDIS_URL", url).status().unwrap().code()
    };
    assert_eq!(run(&url(&server)), Some(0));
    assert_eq!(run(""), Some(2));
}

#[test]
fn a_key_of_the_schema_is_not_written_over() {
    let server = Server::start();
    let sandbox = Sandbox::new();
    sandbox.write(
        "any.redis.yaml",
        "edition: 1\nschema: any\nversion: 1\nparams: { all: rest }\nkeys:\n  \
         all: { key: \"{all}\", ttl: 1h, string: bytes }\n",
    );
    let outcome = sandbox
        .run(&["health", &url(&server), "--schema", "any.redis.yaml"])
        .exits(2);
    assert!(
        outcome.stderr.contains("--write-key NAME"),
        "{}",
        outcome.stderr
    );
    sandbox
        .run(&[
            "health",
            &url(&server),
            "--schema",
            "any.redis.yaml",
            "--read-only",
        ])
        .exits(0);
}

const ORDER: &str = "order:00000000-0000-4000-8000-000000000000";

/// A server that finds everything slow, with a few commands behind it.
fn slow() -> Server {
    let server = Server::start_with(&["--slowlog-log-slower-than", "0"]);
    tell(&server, &["SLOWLOG", "RESET"]);
    tell(&server, &["SET", ORDER, "hunter2"]);
    tell(&server, &["GET", ORDER]);
    tell(&server, &["PING"]);
    tell(&server, &["SET", "secret-session-hunter2", "x"]);
    tell(&server, &["CONFIG", "SET", "slowlog-log-slower-than", "-1"]);
    server
}

#[test]
fn slow_commands_are_told_by_template_and_without_values() {
    let server = slow();
    let sandbox = Sandbox::with_shop();
    let args = ["slowlog", &url(&server), "--schema", "shop.redis.yaml"];
    let outcome = sandbox.run(&args).exits(0);
    // The schema of this directory need not be named.
    let unnamed = sandbox.run(&["slowlog", &url(&server)]).exits(0);
    assert_eq!(unnamed.stdout, outcome.stdout);
    for line in [
        "SET order:{order_id}",
        "GET order:{order_id}",
        "SET (no template)",
    ] {
        assert_eq!(
            outcome.stdout.matches(line).count(),
            2,
            "{line}: {}",
            outcome.stdout
        );
    }
    assert!(!format!("{outcome:?}").contains("hunter2"), "{outcome:?}");
    assert!(outcome.stdout.contains("(3 words)"), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains("(1 words)"), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains(ORDER), "{}", outcome.stdout);
    assert!(
        outcome.stderr.contains("the server keeps none"),
        "{}",
        outcome.stderr
    );

    let shown = sandbox
        .run(&[&args[..], &["--show-keys"]].concat())
        .exits(0);
    assert!(shown.stdout.contains("secret-session-hunter2") && shown.stdout.contains(ORDER));
}

#[test]
fn the_log_as_json_names_no_keys_unless_asked() {
    let server = slow();
    let sandbox = Sandbox::with_shop();
    let args = [
        "slowlog",
        &url(&server),
        "--schema",
        "shop.redis.yaml",
        "--format",
        "json",
    ];
    let outcome = sandbox.run(&args).exits(0);
    assert!(!outcome.stdout.contains("hunter2"), "{}", outcome.stdout);
    let log = json(&outcome.stdout);
    assert_eq!(log["slower_than_us"], -1);
    let totals = log["totals"].as_array().unwrap();
    let set = totals
        .iter()
        .find(|total| total["command"] == "SET" && total["templates"][0] == "order:{order_id}");
    assert_eq!(set.unwrap()["count"], 1, "{log:#}");
    let one = sandbox
        .run(&[&args[..], &["--count", "1"]].concat())
        .exits(0);
    assert_eq!(json(&one.stdout)["entries"].as_array().unwrap().len(), 1);
}

#[test]
fn wrong_usage_is_told_before_a_server_is_asked() {
    let sandbox = Sandbox::with_shop();
    for args in [
        &["health", "redis://localhost", "--timeout", "0"][..],
        &[
            "slowlog",
            "redis://localhost",
            "--schema",
            "nothing.redis.yaml",
        ],
        &[
            "slowlog",
            "redis://localhost",
            "--schema",
            "shop.redis.yaml",
            "--count",
            "0",
        ],
    ] {
        let outcome = sandbox.run(args);
        assert!([2, 3].contains(&outcome.code), "{args:?}: {outcome:?}");
        assert!(!outcome.stderr.contains("reached"), "{args:?}: {outcome:?}");
    }
}

#[test]
fn findings_about_data_depend_on_the_keys_that_are_there() {
    let server = Server::start();
    let sandbox = Sandbox::new();
    let schema = |version: u32, rest: &str| {
        format!(
            "edition: 1\nschema: shop\nversion: {version}\nparams: {{ id: uuid }}\nkeys:\n  order: {{ key: 'order:{{id}}', ttl: 1h, string: bytes }}\n{rest}"
        )
    };
    let tombstone = "tombstones:\n  cart: { key: 'cart:{id}', removed_in: 1 }\n";
    sandbox.write("old.redis.yaml", schema(1, tombstone));
    sandbox.write("new.redis.yaml", schema(2, ""));
    let address = url(&server);
    let args = [
        "diff",
        "old.redis.yaml",
        "new.redis.yaml",
        "--live",
        &address,
    ];
    // Neighbours of the template do not count.
    tell(
        &server,
        &["SET", "cart:5e0b2a1c-0d3e-4f5a-9b6c-7d8e9f0a1b2c:more", "1"],
    );
    let outcome = sandbox.run(&args).exits(0);
    assert!(
        outcome.stdout.starts_with("warn B112 "),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.contains("no such key on the server"),
        "{}",
        outcome.stdout
    );
    tell(
        &server,
        &["SET", "cart:5e0b2a1c-0d3e-4f5a-9b6c-7d8e9f0a1b2c", "1"],
    );
    let outcome = sandbox.run(&args).exits(1);
    assert!(
        outcome.stdout.starts_with("deny B112 "),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.contains("1 on the server"),
        "{}",
        outcome.stdout
    );
    let closed = [
        "diff",
        "old.redis.yaml",
        "new.redis.yaml",
        "--live",
        "redis://127.0.0.1:1",
    ];
    sandbox.run(&closed).exits(3);
}

#[test]
fn databases_are_looked_through_at_once_and_no_page_twice() {
    let server = Server::start();
    let sandbox = Sandbox::new();
    let schema = |version: u32, graves: &str| {
        format!(
            "edition: 1\nschema: shop\nversion: {version}\ndatabases: {{ a: {{ index: 0 }}, b: {{ index: 1 }} }}\nparams: {{ id: uuid }}\nkeys:\n  order: {{ key: 'order:{{id}}', in: a, ttl: 1h, string: bytes }}\n{graves}"
        )
    };
    let graves = "tombstones:\n  cart: { key: 'cart:{id}', in: a, removed_in: 1 }\n  note: { key: 'note:{id}', in: b, removed_in: 1 }\n";
    sandbox.write("old.redis.yaml", schema(1, graves));
    sandbox.write("new.redis.yaml", schema(2, ""));
    let fill = "for i = 1, 30000 do redis.call('SET', string.format('%s:%08x-0d3e-4f5a-9b6c-7d8e9f0a1b2c', ARGV[1], i), '1') end";
    for (database, kind) in [(0, "cart"), (1, "note")] {
        let mut connection = server.connect(Protocol::Resp2, database);
        let mut eval = redis::cmd("EVAL");
        eval.arg(fill)
            .arg(0)
            .arg(kind)
            .exec(&mut connection)
            .unwrap();
    }
    tell(&server, &["CONFIG", "SET", "slowlog-max-len", "1000"]);
    tell(&server, &["CONFIG", "SET", "slowlog-log-slower-than", "0"]);
    let both = ["diff", "old.redis.yaml", "new.redis.yaml"];
    let outcome = sandbox
        .run(&[&both[..], &["--live", &url(&server)]].concat())
        .exits(1);
    assert_eq!(
        outcome.stdout.matches("30000 on the server").count(),
        2,
        "{}",
        outcome.stdout
    );
    assert!(!outcome.stderr.contains("looked at"), "{}", outcome.stderr);
    // The log has the newest first.
    let mut connection = server.connect(Protocol::Resp2, 0);
    let log: Vec<(u64, u64, u64, Vec<String>, String, String)> = redis::cmd("SLOWLOG")
        .arg("GET")
        .arg(1000)
        .query(&mut connection)
        .unwrap();
    let scans = log.iter().rev().filter(|entry| entry.3[0] == "SCAN");
    let clients: Vec<&str> = scans.map(|entry| entry.4.as_str()).collect();
    // About a thousand names a page.
    assert!((60..=62).contains(&clients.len()), "{clients:?}");
    let other = clients.iter().position(|client| *client != clients[0]);
    let last = clients.iter().rposition(|client| *client == clients[0]);
    assert!(other < last, "one after the other: {clients:?}");
}
