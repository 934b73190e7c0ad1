//! Operations that wait, each with a connection to itself, through every fault.

use std::time::Duration;

use redis_schema::codec::Text;
use redis_schema::stream::{GroupReadOptions, KeepAll, Position, ReadOptions};
use redis_schema::structure::{List, Stream, ZSet};
use redis_schema::{Handle, ListEnd, Store};

use crate::consumers::Patient;
use crate::covered::{MAY_WAIT, WAITING};
use crate::probe::{Probe, Probed, once};
use crate::streams::Event;

type Line = Probed<List<Text<String>>, 0>;
type Log = Probed<Stream<Event, KeepAll>, 0>;
type Scores = Probed<ZSet<Text<String>, f64>, 0>;

/// Longer than an answer takes, so that only what is lost is waited for.
const WAIT: Duration = Duration::from_millis(300);

#[test]
fn what_waits_answers_once_or_says_why_not() {
    once!(run);
}

fn run() {
    pops();
    reads();
}

fn reads() {
    let mut streams = Probe::new("stream", 0);
    let mut consumers = Probe::new("consumers", 0);
    for name in MAY_WAIT {
        let probe = match name {
            "read" => &mut consumers,
            _ => &mut streams,
        };
        probe.prepare(&["DEL probed:1", "XADD probed:1 * kind a"]);
        probe.prepare(&["XGROUP CREATE probed:1 g 0"]);
        probe.check_async(name, async |store: &Store| {
            let log = Handle::with(Log::new(1), store);
            match name {
                "xread" => {
                    let options = ReadOptions::new().block(WAIT);
                    log.xread(Position::Start, options).await.map(drop)
                }
                "read_group" => {
                    let options = GroupReadOptions::new().block(WAIT);
                    log.read_group("g", "c", options).await.map(drop)
                }
                "read" => {
                    let options = ReadOptions::new().block(WAIT);
                    log.group(Patient).read("c", options).await.map(drop)
                }
                other => panic!("{other} is not driven"),
            }
        });
    }
}

fn pops() {
    let mut lists = Probe::new("list", 0);
    let mut scores = Probe::new("zset", 0);
    for name in WAITING {
        let probe = match name.starts_with("bz") {
            true => &mut scores,
            false => &mut lists,
        };
        probe.prepare(&["DEL probed:1", "DEL probed:2"]);
        match name.starts_with("bz") {
            true => probe.prepare(&["ZADD probed:1 1 a 2 b"]),
            false => probe.prepare(&["RPUSH probed:1 a b"]),
        }
        probe.check_async(name, async |store: &Store| {
            let list = Handle::with(Line::new(1), store);
            let scores = Handle::with(Scores::new(1), store);
            match name {
                "blpop" => list.blpop(WAIT).await.map(drop),
                "brpop" => list.brpop(WAIT).await.map(drop),
                "blmove" => {
                    let to = Handle::with(Line::new(2), store);
                    let moved = list.blmove(ListEnd::Left, &to, ListEnd::Right, WAIT);
                    moved.await.map(drop)
                }
                "bzpopmin" => scores.bzpopmin(WAIT).await.map(drop),
                "bzpopmax" => scores.bzpopmax(WAIT).await.map(drop),
                other => panic!("{other} is not driven"),
            }
        });
    }
}
