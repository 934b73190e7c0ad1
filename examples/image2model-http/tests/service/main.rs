//! The service as its callers see it, with a Redis that comes and goes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod http;

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use http::{Answer, Client};
use redis_schema_test_server::{Protocol, Server};
use serde_json::{Value, json};

/// The service in a process of its own.
struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    client: Client,
}

impl Running {
    fn start(server: &Server) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_example-image2model-http"))
            .env("REDIS_URL", server.url(Protocol::Resp3, 0))
            .env("LISTEN", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line
            .strip_prefix("listening on http://")
            .unwrap()
            .to_owned();
        let client = Client {
            address,
            key: "hunter2",
        };
        Self {
            child,
            lines,
            client,
        }
    }

    /// Asks it to end, and waits until it has; the last line it wrote.
    fn end(&mut self) -> String {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        let last = self.lines.next().unwrap().unwrap();
        assert!(self.child.wait().unwrap().success());
        last
    }

    /// What it has logged; once it has ended.
    fn log(&mut self) -> String {
        let log = self.child.stderr.take().unwrap();
        std::io::read_to_string(log).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn files() -> Value {
    json!({ "files": [
        { "file_id": "front", "name": "front.png", "size": 48_000, "content_type": null },
        { "file_id": "back", "name": "back.png", "size": 48_000, "content_type": null },
    ] })
}

/// A new job's path.
fn job(client: &Client) -> String {
    let job = client.post("/jobs", &files()).is(201).json();
    format!("/jobs/{}", job["job_id"].as_str().unwrap())
}

#[test]
fn a_job_from_beginning_to_end() {
    let server = Server::start();
    let service = Running::start(&server);
    let client = &service.client;
    let job = job(client);
    let fresh = client.get(&job).is(200).json();
    assert_eq!(
        (&fresh["status"], &fresh["total_files"]),
        (&json!("pending"), &json!(2))
    );
    assert_eq!(
        client.get("/jobs").is(200).json()["jobs"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    client.post(&format!("{job}/start"), &Value::Null).is(204);
    let step = json!({ "percent": 40, "message": "mesh" });
    client
        .post(&format!("{job}/files/front/progress"), &step)
        .is(204);
    let progress = client.get(&format!("{job}/progress")).is(200);
    assert_eq!(progress.json()["files"], json!({ "back": 0, "front": 40 }));
    assert_eq!(progress.header("x-degraded"), None);

    let result =
        json!({ "model_id": "m", "url": "https://models.example/m.glb", "duration": 1200 });
    client
        .post(&format!("{job}/files/front/result"), &result)
        .is(204);
    client
        .post(&format!("{job}/files/back/result"), &Value::Null)
        .is(204);
    client.post(&format!("{job}/finish"), &Value::Null).is(204);
    let ended = client.get(&job).is(200).json();
    assert_eq!(
        (&ended["status"], &ended["failed_files"]),
        (&json!("failed"), &json!(1))
    );

    client.call("DELETE", &job, &Value::Null).is(204);
    client.get(&job).is(404);
}

#[test]
fn a_job_is_its_owners_and_wrong_input_is_told() {
    let server = Server::start();
    let service = Running::start(&server);
    let client = &service.client;
    let job = job(client);
    let other = Client {
        key: "somebody else",
        ..client.clone()
    };
    other.get(&job).is(404);
    other.call("DELETE", &job, &Value::Null).is(404);
    client.post("/jobs", &json!({ "files": [] })).is(400);
    client.get("/jobs/no-job").is(400);
    let step = json!({ "percent": 101, "message": null });
    client
        .post(&format!("{job}/files/front/progress"), &step)
        .is(400);
    let step = json!({ "percent": 1, "message": null });
    let wrong = client
        .post(&format!("{job}/files/a:b/progress"), &step)
        .is(400);
    assert!(
        wrong.body.contains("progress:{job_id}:files") && !wrong.body.contains("a:b"),
        "{wrong:?}"
    );
    // A file that the job does not have is not made up.
    client
        .post(&format!("{job}/files/side/progress"), &step)
        .is(404);
}

#[test]
fn progress_that_was_not_begun_begins_with_the_first_step() {
    let server = Server::start();
    let service = Running::start(&server);
    let client = &service.client;
    let job = job(client);
    let mut connection = server.connect(Protocol::Resp2, 2);
    redis_schema::redis::cmd("FLUSHDB")
        .exec(&mut connection)
        .unwrap();
    let step = json!({ "percent": 20, "message": null });
    client
        .post(&format!("{job}/files/front/progress"), &step)
        .is(204);
    let progress = client.get(&format!("{job}/progress")).is(200);
    assert_eq!(progress.json()["files"], json!({ "back": 0, "front": 20 }));
}

#[test]
fn events_go_on_where_a_reader_left_off() {
    let server = Server::start();
    let service = Running::start(&server);
    let client = &service.client;
    let job = job(client);
    let step = |percent| {
        let step = json!({ "percent": percent, "message": null });
        client
            .post(&format!("{job}/files/front/progress"), &step)
            .is(204);
    };
    let path = format!("{job}/events");
    let mut events = client.events(&path, None);
    step(10);
    let (seen, first) = events.next().unwrap();
    assert_eq!((&first["percent"], &first["done"]), (&json!(10), &json!(0)));
    drop(events);
    step(20);
    step(30);
    let mut events = client.events(&path, Some(&seen));
    let percents: Vec<Value> = (0..2)
        .map(|_| events.next().unwrap().1["percent"].clone())
        .collect();
    assert_eq!(percents, [20, 30]);
}

#[test]
fn who_calls_too_often_is_told_when_to_come_back() {
    let server = Server::start();
    let service = Running::start(&server);
    let client = &service.client;
    let refused = eventually(|| client.get("/jobs"), |answer| answer.status == 429);
    assert_eq!(refused.json()["error"], "more than 600 calls in 60 s");
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.header("ratelimit-limit"), Some("600"));
    assert_eq!(refused.header("ratelimit-remaining"), Some("0"));
    let other = Client {
        key: "somebody else",
        ..client.clone()
    };
    other.get("/jobs").is(200);
}

/// Asks until the answer is as it should be: how long a recovery takes is not for the test to say.
fn eventually(ask: impl Fn() -> Answer, is_so: impl Fn(&Answer) -> bool) -> Answer {
    let started = Instant::now();
    loop {
        let answer = ask();
        if is_so(&answer) {
            return answer;
        }
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "still {answer:?}"
        );
    }
}

#[test]
fn without_redis_it_degrades_and_with_redis_it_recovers() {
    let mut server = Server::start();
    let mut service = Running::start(&server);
    let client = service.client.clone();
    let known = job(&client);
    assert_eq!(client.get("/health").is(200).json()["state"], "ok");

    server.stop();
    let started = Instant::now();
    let missing = client.get(&known).is(503);
    assert_eq!(missing.header("retry-after"), Some("1"));
    client.post("/jobs", &files()).is(503);
    let progress = client.get(&format!("{known}/progress")).is(200);
    assert_eq!(progress.json()["files"], json!({}));
    assert_eq!(progress.header("x-degraded"), Some("limits, progress"));
    assert!(
        started.elapsed() < Duration::from_secs(60),
        "{:?}",
        started.elapsed()
    );
    let health = client.get("/health").is(503).json();
    assert_eq!(health["state"], "down");
    assert_eq!(
        health["redis"]["nodes"][0]["checks"][0]["reasons"][0]["code"],
        "unreachable"
    );
    client.get("/health/live").is(200);
    assert!(
        service.child.try_wait().unwrap().is_none(),
        "the process has ended"
    );

    server.restart();
    eventually(|| client.get("/health"), |answer| answer.status == 200);
    let again = eventually(
        || client.post("/jobs", &files()),
        |answer| answer.status == 201 && answer.header("x-degraded").is_none(),
    );
    let again = format!("/jobs/{}", again.json()["job_id"].as_str().unwrap());
    client.get(&again).is(200);
    // The server came back empty.
    client.get(&known).is(404);
    assert!(service.end().starts_with("ended"));
    // Whoever runs it can see when that was, and no caller's key.
    let log = service.log();
    let (gone, back) = (log.find("cannot connect"), log.find("connected again"));
    assert!(gone.is_some() && gone < back, "{log}");
    assert!(!log.contains(client.key), "{log}");
}

#[test]
fn what_keeps_it_from_starting_is_said() {
    let server = Server::start();
    let ended = Command::new(env!("CARGO_BIN_EXE_example-image2model-http"))
        .env(
            "REDIS_URL",
            format!("redis://app:hunter2@127.0.0.1:{}", server.port()),
        )
        .env("LISTEN", "127.0.0.1:0")
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(
        said.contains("cannot serve: access denied by the server"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn a_full_redis_is_down_for_writers_while_reads_go_on() {
    let server = Server::start();
    let service = Running::start(&server);
    let client = &service.client;
    let known = job(client);
    let limit = |bytes: &str| {
        let mut connection = server.connect(Protocol::Resp2, 0);
        let mut set = redis_schema::redis::cmd("CONFIG");
        set.arg("SET")
            .arg("maxmemory")
            .arg(bytes)
            .exec(&mut connection)
            .unwrap();
    };
    limit("1");
    assert_eq!(client.get("/health").is(503).json()["state"], "down");
    client.post("/jobs", &files()).is(503);
    // A transaction is refused even when it only reads; everything else that reads goes on.
    client.get(&known).is(503);
    client.get("/jobs").is(200);
    client.get(&format!("{known}/progress")).is(200);
    limit("0");
    client.get(&known).is(200);
    client.post("/jobs", &files()).is(201);
    client.get("/health").is(200);
}

#[test]
fn metrics_speak_of_templates_and_never_of_keys() {
    let server = Server::start();
    let service = Running::start(&server);
    let client = &service.client;
    let job = job(client);
    client.get(&job).is(200);
    let metrics = client.get("/metrics").is(200);
    for part in [
        "# HELP redis_schema_operations_total ",
        "redis_schema_operations_total{template=\"session:{job_id}\",operation=\"GET\",outcome=\"ok\"} 1",
        "redis_schema_hits_total{template=\"session:{job_id}\",operation=\"GET\"} 1",
        "redis_schema_operation_duration_seconds_bucket{template=\"session:{job_id}\",operation=\"GET\",le=\"+Inf\"} 1",
    ] {
        assert!(metrics.body.contains(part), "{part} in {}", metrics.body);
    }
    let id = job.rsplit('/').next().unwrap();
    assert!(!metrics.body.contains(id), "{}", metrics.body);
    assert!(!metrics.body.contains("hunter2"), "{}", metrics.body);
}

#[test]
fn it_ends_when_asked_whoever_still_listens() {
    let server = Server::start();
    let mut service = Running::start(&server);
    let client = service.client.clone();
    let job = job(&client);
    let mut events = client.events(&format!("{job}/events"), None);
    assert_eq!(service.end(), "ended, every call answered");
    assert!(events.next().is_none());
}
