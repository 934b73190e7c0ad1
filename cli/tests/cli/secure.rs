//! The commands that talk to servers, where connections are encrypted and ask who somebody is, and where the
//! servers are several.

use std::process::{Command, Stdio};

use redis_schema_test_server::{
    Certificates, Cluster, MASTER_NAME, Node, Protocol, Sentinel, SentinelOptions, Server,
};
use serde_json::Value;

use crate::sandbox::{Outcome, SHOP, Sandbox};

const PASSWORD: &str = "hunter2";
const SENTINELS: &str = "of the sentinels";
const USER: [&str; 8] = [
    "ACL", "SETUSER", "ops", "on", ">hunter2", "~*", "&*", "+@all",
];

/// A schema from which a key was removed: what that breaks depends on the keys that are left.
const REMOVED: &str = "tombstones:\n  cart: { key: 'cart:{id}', removed_in: 1 }\n";

fn schema(version: u32, rest: &str) -> String {
    format!(
        "edition: 1\nschema: shop\nversion: {version}\nparams: {{ id: uuid }}\nkeys:\n  \
         order: {{ key: 'order:{{id}}', ttl: 1h, string: bytes }}\n{rest}"
    )
}

/// A name of the key that was removed.
fn cart(number: usize) -> String {
    format!("cart:5e0b2a1c-0d3e-4f5a-9b6c-{number:012x}")
}

struct Operator<'a> {
    sandbox: Sandbox,
    address: String,
    certificates: &'a Certificates,
}

impl<'a> Operator<'a> {
    fn new(address: String, certificates: &'a Certificates) -> Self {
        let sandbox = Sandbox::new();
        sandbox.write("shop.redis.yaml", SHOP);
        sandbox.write("old.redis.yaml", schema(1, REMOVED));
        sandbox.write("new.redis.yaml", schema(2, ""));
        Self {
            sandbox,
            address,
            certificates,
        }
    }

    /// A command with the address behind these words, and who the operator is behind that.
    fn command(&self, words: &[&str]) -> Command {
        let file = |name: &str| self.certificates.path(name).to_string_lossy().into_owned();
        let (ca, cert, key) = (file("ca.crt"), file("client.crt"), file("client.key"));
        let login = [
            "--user", "ops", "--cacert", &ca, "--cert", &cert, "--key", &key,
        ];
        let words = [words, &[&self.address], &login].concat();
        let mut command = self.sandbox.command(&words);
        command
            .env("REDISCLI_AUTH", PASSWORD)
            .env("REDIS_SENTINEL_AUTH", SENTINELS)
            .stdin(Stdio::null());
        command
    }

    /// Runs such a command.
    fn run(&self, words: &[&str]) -> Outcome {
        let outcome = Outcome::of(&self.command(words).output().unwrap());
        assert!(!format!("{outcome:?}").contains(PASSWORD), "{outcome:?}");
        assert!(!outcome.stderr.contains("warning"), "{outcome:?}");
        outcome
    }

    /// The addresses that health is told of.
    fn healthy(&self) -> Vec<String> {
        let outcome = self.run(&["health", "--format", "json"]).exits(0);
        let health: Value = serde_json::from_str(&outcome.stdout).unwrap();
        let nodes = health["nodes"].as_array().unwrap().iter();
        nodes
            .map(|node| node["address"].as_str().unwrap().to_owned())
            .collect()
    }

    fn sees_slow_commands(&self) {
        let outcome = self
            .run(&["slowlog", "--schema", "shop.redis.yaml"])
            .exits(0);
        assert!(
            outcome.stdout.contains("SET order:{order_id}"),
            "{}",
            outcome.stdout
        );
    }

    fn counts(&self, keys: usize) {
        let outcome = self
            .run(&["diff", "old.redis.yaml", "new.redis.yaml", "--live"])
            .exits(1);
        let words = format!("{keys} on the server");
        assert!(outcome.stdout.contains(&words), "{}", outcome.stdout);
    }
}

const ORDER: &str = "order:00000000-0000-4000-8000-000000000000";

/// Makes a server find everything slow, write an order, and find nothing slow.
fn slow(run: impl Fn(&[&str])) {
    run(&["CONFIG", "SET", "slowlog-log-slower-than", "0"]);
    run(&["SET", ORDER, "x"]);
    run(&["CONFIG", "SET", "slowlog-log-slower-than", "-1"]);
}

fn tell(server: &Server, words: &[&str]) {
    let mut connection = server.connect(Protocol::Resp2, 0);
    redis::Cmd::new().arg(words).exec(&mut connection).unwrap();
}

#[test]
fn an_encrypted_server_knows_the_operator() {
    let certificates = Certificates::make();
    let (server, url) = certificates.server(true);
    tell(&server, &USER);
    slow(|words| tell(&server, words));
    tell(&server, &["SET", &cart(1), "1"]);
    let operator = Operator::new(url.clone(), &certificates);
    assert_eq!(operator.healthy(), [url.trim_start_matches("rediss://")]);
    operator.sees_slow_commands();
    operator.counts(1);

    let strangers = operator.sandbox.run(&["health", &url]).exits(3);
    assert!(
        strangers.stdout.contains("certificate"),
        "{}",
        strangers.stdout
    );
    let plain = url.replace("rediss", "redis");
    let ca = certificates.path("ca.crt").to_string_lossy().into_owned();
    for (words, said) in [
        (
            &["health", &plain, "--cacert", &ca][..],
            "write `rediss://`",
        ),
        (
            &["health", &url, "--cacert", "absent.crt"],
            "cannot be read",
        ),
        (&["health", &url, "--cert", &ca], "--key <FILE>"),
    ] {
        let outcome = operator.sandbox.run(words).exits(2);
        assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
    }
}

#[test]
fn a_password_in_an_argument_is_warned_of_and_one_in_a_variable_is_not() {
    let server = Server::start();
    tell(&server, &USER);
    let sandbox = Sandbox::new();
    let address = |who: &str| format!("redis://{who}127.0.0.1:{}", server.port());
    let open = address("ops:hunter2@");
    let warned = sandbox.run(&["health", &open, "--live"]).exits(0);
    assert!(warned.stderr.contains("REDISCLI_AUTH"), "{}", warned.stderr);
    assert!(!warned.stderr.contains(PASSWORD), "{}", warned.stderr);
    let mut command = sandbox.command(&["health", "--live"]);
    let quiet = Outcome::of(&command.env("REDIS_URL", &open).output().unwrap()).exits(0);
    assert_eq!(quiet.stderr, "");
    let mut command = sandbox.command(&["health", &address(""), "--user", "ops"]);
    let denied = Outcome::of(&command.env("REDISCLI_AUTH", "hunter3").output().unwrap()).exits(1);
    assert!(denied.stdout.contains("access denied"), "{}", denied.stdout);
}

#[test]
fn sentinels_are_asked_for_the_master() {
    let certificates = Certificates::make();
    let options = SentinelOptions::default()
        .sentinel_password(SENTINELS)
        .secure(&certificates);
    let set = Sentinel::start_with(&options);
    for node in set.data() {
        node.run::<()>(&USER);
    }
    let master = &set.data()[set.master()];
    slow(|words| master.run(words));
    master.run::<()>(&["SET", &cart(1), "1"]);
    let sentinels: Vec<String> = set.sentinels().iter().map(Node::secure_host).collect();
    let address = format!("rediss+sentinel://{}/{MASTER_NAME}", sentinels.join(","));
    let operator = Operator::new(address, &certificates);
    assert_eq!(
        operator.healthy(),
        set.data().iter().map(Node::secure_host).collect::<Vec<_>>()
    );
    operator.sees_slow_commands();
    operator.counts(1);
    let mut command = operator.command(&["health"]);
    let denied = Outcome::of(
        &command
            .env("REDIS_SENTINEL_AUTH", "wrong")
            .output()
            .unwrap(),
    );
    let told = denied.exits(1).stdout;
    assert!(
        told.contains("sentinels may ask for a password of their own"),
        "{told}"
    );
    let wrong = operator.address.replace(MASTER_NAME, "nobody");
    let operator = Operator::new(wrong, &certificates);
    let outcome = operator.run(&["health"]).exits(3);
    assert!(
        outcome.stdout.contains("no master of this name"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn every_primary_of_a_cluster_is_asked() {
    let certificates = Certificates::make();
    let cluster = Cluster::start_secure(&certificates);
    let nodes = cluster.nodes();
    for node in nodes {
        node.run::<()>(&USER);
    }
    for number in 0..12 {
        let name = cart(number);
        let written = nodes[..3]
            .iter()
            .filter(|node| node.try_run::<()>(&["SET", &name, "1"]).is_some());
        assert_eq!(written.count(), 1, "{name}");
    }
    for node in &nodes[..3] {
        node.run::<()>(&["CONFIG", "SET", "slowlog-log-slower-than", "0"]);
    }
    assert!(
        nodes[..3]
            .iter()
            .any(|node| node.try_run::<()>(&["SET", ORDER, "x"]).is_some())
    );
    for node in &nodes[..3] {
        node.run::<()>(&["CONFIG", "SET", "slowlog-log-slower-than", "-1"]);
    }
    let hosts: Vec<String> = nodes.iter().map(Node::secure_host).collect();
    // One of them is enough to find the others, whatever the address calls it.
    for address in [
        format!("rediss+cluster://{}", hosts.join(",")),
        format!("rediss://{}", hosts[1]),
    ] {
        let operator = Operator::new(address, &certificates);
        assert_eq!(operator.healthy(), hosts[..3]);
        operator.sees_slow_commands();
        operator.counts(12);
    }
}
