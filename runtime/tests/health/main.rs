//! Health of real servers: each way of not being well is seen, and told as what it is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::Command;
use std::time::Duration;

use redis_schema::health::{Health, Limits, Probe, State};
use redis_schema_test_server::{Protocol, Server};

/// No check of a server that is well takes this long, on whatever machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.watch = Duration::ZERO;
    // A busy machine is not an unhealthy server.
    (limits.timeout, limits.ping, limits.clock) = (PATIENCE, PATIENCE, PATIENCE);
    limits
}

async fn probe(server: &Server, limits: Limits) -> Health {
    let url = server.url(Protocol::Resp2, 0);
    Probe::new(&url).unwrap().limits(limits).run().await
}

fn codes(health: &Health) -> Vec<(&'static str, State, &'static str)> {
    health
        .reasons()
        .iter()
        .map(|(_, check, reason)| (check.name, reason.state, reason.code))
        .collect()
}

fn tell(server: &Server, words: &[&str]) {
    let mut connection = server.connect(Protocol::Resp2, 0);
    let mut cmd = redis::cmd(words[0]);
    words[1..].iter().for_each(|word| {
        cmd.arg(word);
    });
    cmd.exec(&mut connection).unwrap();
}

#[tokio::test]
async fn a_well_server_is_ok_and_the_probes_key_expires() {
    for protocol in Protocol::ALL {
        let server = Server::start();
        let probe = Probe::new(&server.url(protocol, 3)).unwrap();
        let health = probe.key("app:health").limits(limits()).run().await;
        assert_eq!(codes(&health), [], "{health}");
        assert!(health.is_ready() && health.is_live());
        let names: Vec<&str> = health.nodes[0]
            .checks
            .iter()
            .map(|check| check.name)
            .collect();
        assert_eq!(
            names,
            [
                "connect",
                "ping",
                "write",
                "server",
                "role",
                "memory",
                "persistence",
                "clock",
                "clients"
            ]
        );
        let mut connection = server.connect(protocol, 3);
        let left: i64 = redis::cmd("PTTL")
            .arg("app:health")
            .query(&mut connection)
            .unwrap();
        assert!((1..=10_000).contains(&left), "{left}");
        let keys: u64 = redis::cmd("DBSIZE").query(&mut connection).unwrap();
        assert_eq!(keys, 1);
    }
}

#[tokio::test]
async fn a_full_server_answers_pings_and_is_down() {
    let server = Server::start();
    tell(&server, &["CONFIG", "SET", "maxmemory", "1"]);
    let health = probe(&server, limits()).await;
    assert_eq!(
        codes(&health),
        [
            ("write", State::Down, "out_of_memory"),
            ("memory", State::Degraded, "memory.limit"),
        ]
    );
    assert!(!health.is_ready());
    assert!(health.is_live());
    tell(&server, &["CONFIG", "SET", "maxmemory", "0"]);
    assert!(probe(&server, limits()).await.is_ready());
}

#[tokio::test]
async fn a_server_that_cannot_save_is_down_for_writers_and_there_for_readers() {
    let place = std::env::temp_dir().join(format!("redis-schema-test-{}", std::process::id()));
    std::fs::create_dir(&place).unwrap();
    let server = Server::start_with(&["--save", "3600 1", "--dir", place.to_str().unwrap()]);
    // It has nowhere to save to any more.
    std::fs::remove_dir_all(&place).unwrap();
    tell(&server, &["SET", "a", "b"]);
    tell(&server, &["BGSAVE"]);
    redis_schema_test_server::eventually("the snapshot has failed", || {
        let mut connection = server.connect(Protocol::Resp2, 0);
        let info: String = redis::cmd("INFO")
            .arg("persistence")
            .query(&mut connection)
            .unwrap();
        info.contains("rdb_last_bgsave_status:err")
    });
    let unsaved = ("persistence", State::Degraded, "persistence.snapshot");
    let health = probe(&server, limits()).await;
    let unwritten = ("write", State::Down, "write.persistence");
    assert_eq!(codes(&health), [unwritten, unsaved]);
    // It refuses even to be pinged, but not to be read from.
    let mut reading = limits();
    reading.read_only = true;
    let health = probe(&server, reading).await;
    assert_eq!(codes(&health), [unsaved]);
    assert!(health.is_ready() && health.is_live());
}

#[tokio::test]
async fn what_is_no_cluster_is_told_apart_from_one() {
    let server = Server::start();
    let probe = Probe::new(&format!("redis+cluster://127.0.0.1:{}", server.port())).unwrap();
    let health = probe.limits(limits()).run().await;
    assert_eq!(codes(&health), [("cluster", State::Down, "cluster.none")]);
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_told_apart_from_a_server_that_is_down() {
    // No name at all, so that nobody is asked.
    let probe = Probe::new("redis://nowhere..invalid").unwrap();
    let health = probe.limits(limits()).run().await;
    assert!(!health.is_live());
    let told = health.to_string();
    assert!(
        told.contains("the name of its host cannot be resolved"),
        "{told}"
    );
}

#[tokio::test]
async fn evictions_are_seen_while_they_happen() {
    let server =
        Server::start_with(&["--maxmemory", "3mb", "--maxmemory-policy", "allkeys-random"]);
    let url = server.url(Protocol::Resp2, 0);
    let fill = std::thread::spawn(move || {
        let client = redis::Client::open(url).unwrap();
        let mut connection = client.get_connection().unwrap();
        for n in 0..4000 {
            let value = vec![b'x'; 2000];
            redis::cmd("SET")
                .arg(n)
                .arg(value)
                .exec(&mut connection)
                .unwrap();
        }
        let info: String = redis::cmd("INFO")
            .arg("stats")
            .query(&mut connection)
            .unwrap();
        assert!(!info.contains("evicted_keys:0\r\n"));
    });
    let mut seen = false;
    while !seen && !fill.is_finished() {
        let mut limits = limits();
        limits.watch = Duration::from_millis(20);
        let health = probe(&server, limits).await;
        seen = codes(&health).contains(&("clients", State::Degraded, "clients.evictions"));
    }
    fill.join().unwrap();
    assert!(seen);
    // What happened before is no news.
    let health = probe(&server, limits()).await;
    let evictions = ("clients", State::Degraded, "clients.evictions");
    assert!(!codes(&health).contains(&evictions), "{health}");
}

#[tokio::test]
async fn a_replica_is_down_for_writers_and_ok_for_readers() {
    let primary = Server::start_with(&["--repl-diskless-sync-delay", "0"]);
    let port = primary.port().to_string();
    let replica = Server::start_with(&["--replicaof", "127.0.0.1", &port]);
    let mut read_only = limits();
    read_only.read_only = true;
    // The first copy takes a moment.
    let mut health = probe(&replica, read_only.clone()).await;
    while health.state() != State::Ok {
        health = probe(&replica, read_only.clone()).await;
    }
    let health = probe(&replica, limits()).await;
    assert_eq!(
        codes(&health),
        [
            ("write", State::Down, "read_only"),
            ("role", State::Degraded, "role.replica"),
        ]
    );
    let mut two = limits();
    two.replicas = Some(2);
    while !codes(&probe(&primary, limits()).await).is_empty() {}
    let health = probe(&primary, two).await;
    assert_eq!(codes(&health), [("role", State::Degraded, "role.replicas")]);

    drop(primary);
    let mut health = probe(&replica, read_only.clone()).await;
    while health.state() == State::Ok {
        health = probe(&replica, read_only.clone()).await;
    }
    assert_eq!(codes(&health), [("role", State::Degraded, "role.link")]);
}

#[tokio::test]
async fn checks_do_not_wait_for_each_other() {
    let server = Server::start();
    tell(&server, &["CLIENT", "PAUSE", "60000", "WRITE"]);
    let mut limits = limits();
    // Longer than the others take, on a busy machine too.
    limits.timeout = Duration::from_secs(3);
    let health = probe(&server, limits).await;
    assert_eq!(codes(&health), [("write", State::Down, "timeout")]);
    assert!(health.is_live());
    tell(&server, &["CLIENT", "UNPAUSE"]);
}

#[tokio::test]
async fn a_frozen_server_is_neither_ready_nor_live() {
    let server = Server::start();
    let mut connection = server.connect(Protocol::Resp2, 0);
    let info: String = redis::cmd("INFO")
        .arg("server")
        .query(&mut connection)
        .unwrap();
    let pid = info
        .lines()
        .find_map(|line| line.strip_prefix("process_id:"))
        .unwrap();
    let signal = |name: &str| {
        let done = Command::new("kill").args([name, pid]).status().unwrap();
        assert!(done.success());
    };
    signal("-STOP");
    let mut limits = limits();
    limits.timeout = Duration::from_millis(200);
    let health = probe(&server, limits).await;
    signal("-CONT");
    // The system accepts connections in the server's name, so it may be seen at either step.
    assert!(!health.is_ready() && !health.is_live(), "{health}");
    assert!(
        codes(&health).iter().any(|found| found.2 == "timeout"),
        "{health}"
    );
}

#[tokio::test]
async fn a_loading_server_is_live_and_not_ready() {
    let server = Server::start_with(&[
        "--enable-debug-command",
        "local",
        "--loading-process-events-interval-bytes",
        "1024",
    ]);
    let mut connection = server.connect(Protocol::Resp2, 0);
    redis::cmd("DEBUG")
        .arg("POPULATE")
        .arg(20_000)
        .exec(&mut connection)
        .unwrap();
    tell(&server, &["CONFIG", "SET", "key-load-delay", "500"]);
    let client = server.client(Protocol::Resp2, 0);
    let reload = std::thread::spawn(move || {
        let mut connection = client.get_connection().unwrap();
        redis::cmd("DEBUG")
            .arg("RELOAD")
            .exec(&mut connection)
            .unwrap();
    });
    let loading = ("persistence", State::Down, "persistence.loading");
    let mut health = probe(&server, limits()).await;
    while !codes(&health).contains(&loading) && !reload.is_finished() {
        health = probe(&server, limits()).await;
    }
    tell(&server, &["CONFIG", "SET", "key-load-delay", "0"]);
    reload.join().unwrap();
    assert!(health.is_live(), "{health}");
    let codes = codes(&health);
    assert!(codes.contains(&loading), "{health}");
    assert!(
        codes.contains(&("ping", State::Down, "loading")),
        "{health}"
    );
    assert!(probe(&server, limits()).await.is_ready());
}

#[tokio::test]
async fn nobody_there_is_down_and_says_where() {
    let url = {
        let server = Server::start();
        server.url(Protocol::Resp2, 0)
    };
    let health = Probe::new(&url).unwrap().run().await;
    assert_eq!(codes(&health), [("connect", State::Down, "unreachable")]);
    assert!(!health.is_live());
}

#[tokio::test]
async fn wrong_credentials_are_told_without_them() {
    let server = Server::start();
    tell(&server, &["CONFIG", "SET", "requirepass", "right"]);
    let address = format!("127.0.0.1:{}", server.port());
    for url in [
        format!("redis://{address}"),
        format!("redis://:hunter2@{address}"),
    ] {
        let health = Probe::new(&url).unwrap().run().await;
        assert_eq!(codes(&health)[0].2, "denied", "{health}");
        assert!(health.is_live(), "whoever refuses is there");
        let shown = format!(
            "{health} {health:?} {}",
            serde_json::to_string(&health).unwrap()
        );
        assert!(
            !shown.contains("hunter2") && shown.contains(&address),
            "{shown}"
        );
    }
}
