//! The proxy does what it is told to the command it is told, and nothing to the others.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use redis_schema_test_server::{Fault, FaultProxy, Harm, Protocol, Server, When, eventually};

/// As in [`Fault::all`].
const DELAY: Harm = Harm::Delay(Duration::from_millis(20));

fn connect(proxy: &FaultProxy) -> redis::Connection {
    let client = redis::Client::open(proxy.url(Protocol::Resp3, 0)).unwrap();
    client.get_connection().unwrap()
}

fn incr(connection: &mut redis::Connection) -> redis::RedisResult<i64> {
    redis::cmd("INCR").arg("n").query(connection)
}

fn count(server: &Server) -> i64 {
    let mut connection = server.connect(Protocol::Resp2, 0);
    let count: Option<i64> = redis::cmd("GET").arg("n").query(&mut connection).unwrap();
    count.unwrap_or(0)
}

#[test]
fn every_fault_hits_the_third_command_alone() {
    let server = Server::start();
    for fault in Fault::all() {
        let mut plain = server.connect(Protocol::Resp2, 0);
        redis::cmd("FLUSHALL").exec(&mut plain).unwrap();
        let proxy = FaultProxy::start(server.port());
        proxy.inject(When::command("incr").nth(3), fault.clone());
        let mut connection = connect(&proxy);
        assert_eq!(incr(&mut connection).unwrap(), 1);
        assert_eq!(incr(&mut connection).unwrap(), 2);
        assert_eq!(proxy.fired(), 0);
        if [Fault::black_hole(), Fault::reply(Harm::Silence)].contains(&fault) {
            // Nothing will come, however long one waits.
            let moment = Some(Duration::from_millis(50));
            connection.set_read_timeout(moment).unwrap();
        }
        let delays = [Fault::request(DELAY), Fault::reply(DELAY)].contains(&fault);
        let started = Instant::now();
        let third = incr(&mut connection);
        assert_eq!(third.is_ok(), delays, "{fault:?}");
        assert!(!delays || started.elapsed() >= Duration::from_millis(20));
        assert_eq!(proxy.fired(), 1, "{fault:?}");
        let expected = if fault.runs() { 3 } else { 2 };
        // Who has given up waiting does not know whether it has run by now.
        eventually("the command has run", || count(&server) >= expected);
        assert_eq!(count(&server), expected, "{fault:?}");
        let mut again = connect(&proxy);
        assert_eq!(incr(&mut again).unwrap(), expected + 1);
        assert_eq!(proxy.count("INCR"), 4);
    }
}

#[test]
fn answers_come_in_order() {
    let server = Server::start();
    let proxy = FaultProxy::start(server.port());
    proxy.inject(When::command("INCR").nth(2), Fault::error("LOADING wait"));
    let mut connection = connect(&proxy);
    let mut pipeline = redis::pipe();
    pipeline
        .cmd("INCR")
        .arg("n")
        .cmd("INCR")
        .arg("n")
        .cmd("INCR")
        .arg("n");
    let packed = pipeline.get_packed_pipeline();
    use redis::ConnectionLike as _;
    let replies = connection.req_packed_commands(&packed, 0, 3).unwrap();
    assert_eq!(replies[0], redis::Value::Int(1));
    assert!(matches!(&replies[1], redis::Value::ServerError(error) if error.code() == "LOADING"));
    assert_eq!(replies[2], redis::Value::Int(2));
    assert_eq!(proxy.commands(), 3);
}

#[test]
fn connections_can_be_cut_refused_and_led_elsewhere() {
    let (server, other) = (Server::start(), Server::start());
    let proxy = FaultProxy::start(server.port());
    let mut connection = connect(&proxy);
    assert_eq!(incr(&mut connection).unwrap(), 1);
    proxy.cut();
    incr(&mut connection).unwrap_err();
    proxy.refuse(true);
    let client = redis::Client::open(proxy.url(Protocol::Resp2, 0)).unwrap();
    assert!(client.get_connection().is_err());
    proxy.refuse(false);
    proxy.lead_to(other.port());
    assert_eq!(incr(&mut connect(&proxy)).unwrap(), 1);
    assert_eq!((count(&server), count(&other)), (1, 1));
}

#[test]
fn messages_pass_between_replies() {
    let server = Server::start();
    let proxy = FaultProxy::start(server.port());
    for protocol in Protocol::ALL {
        let client = redis::Client::open(proxy.url(protocol, 0)).unwrap();
        let mut listening = client.get_connection().unwrap();
        let mut listener = listening.as_pubsub();
        listener.subscribe("news").unwrap();
        let mut connection = connect(&proxy);
        let heard: i64 = redis::cmd("PUBLISH")
            .arg("news")
            .arg("x")
            .query(&mut connection)
            .unwrap();
        assert_eq!(heard, 1);
        let message = listener.get_message().unwrap();
        assert_eq!(message.get_payload::<String>().unwrap(), "x");
    }
}
