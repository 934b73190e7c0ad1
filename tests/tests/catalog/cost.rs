//! What each accessor costs a server: calls as `INFO commandstats` counts them, and round trips, beside the best
//! that one would write by hand.
//!
//! The committed tables are of keys with `ttl: 1h`. `UPDATE=1 cargo test -p redis-schema-tests --test catalog` writes our
//! side anew; the other side is written by hand, and a new accessor fails until somebody has thought of it. By hand
//! means: with the same promise, the lifetime in the same transaction and the same answer. What costs more says why.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Calls by command, and round trips; `None` where the caller decides how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    calls: BTreeMap<String, u64>,
    trips: Option<usize>,
}

impl Cost {
    /// What a server counted since its statistics were reset.
    pub fn counted(connection: &mut redis::Connection, trips: Option<usize>) -> Self {
        let info: String = redis::cmd("INFO")
            .arg("commandstats")
            .query(connection)
            .unwrap();
        let calls = info.lines().filter_map(|line| {
            let (name, facts) = line.strip_prefix("cmdstat_")?.split_once(':')?;
            let calls = facts.strip_prefix("calls=")?.split(',').next()?;
            // What the measuring itself sends, and how connections are opened.
            let set_up = ["config|", "info", "hello", "client|", "ping"];
            let own = set_up.iter().any(|part| name.starts_with(part));
            (!own).then(|| (name.replace('|', ":"), calls.parse().unwrap()))
        });
        Self {
            calls: calls.collect(),
            trips,
        }
    }

    fn total(&self) -> u64 {
        self.calls.values().sum()
    }

    fn is_at_most(&self, best: &Self) -> bool {
        self.total() <= best.total() && self.trips <= best.trips
    }

    /// `exec expire hset*2 multi | 1`.
    fn text(&self) -> String {
        let calls = self.calls.iter().map(|(name, calls)| match calls {
            1 => name.clone(),
            many => format!("{name}*{many}"),
        });
        let calls = calls.collect::<Vec<_>>().join(" ");
        let trips = self.trips.map_or("-".to_owned(), |trips| trips.to_string());
        format!("{calls} | {trips}")
    }

    fn parse(calls: &str, trips: &str) -> Option<Self> {
        let call = |word: &str| match word.split_once('*') {
            None => Some((word.to_owned(), 1)),
            Some((name, calls)) => Some((name.to_owned(), calls.parse().ok()?)),
        };
        let trips = match trips {
            "-" => None,
            number => Some(number.parse().ok()?),
        };
        let calls = calls.split_whitespace().map(call).collect::<Option<_>>()?;
        Some(Self { calls, trips })
    }
}

/// The costs of one table's accessors in the order in which they were run.
#[derive(Default)]
pub struct Costs {
    found: Vec<(String, Cost)>,
}

impl Costs {
    /// Adds what one run cost. The same accessor may cost something else in another case.
    pub fn add(&mut self, label: &str, cost: Cost) {
        let mut number = 1;
        loop {
            let name = match number {
                1 => label.to_owned(),
                number => format!("{label} ({number})"),
            };
            match self.found.iter().find(|(known, _)| *known == name) {
                None => return self.found.push((name, cost)),
                Some((_, known)) if *known == cost => return,
                Some(_) => number += 1,
            }
        }
    }

    /// Compares with the committed table, and our side with the other.
    pub fn compare(&self, table: &str) {
        // What only servers with a module have is not counted here.
        if self.found.is_empty() {
            return;
        }
        let path: PathBuf = [
            env!("CARGO_MANIFEST_DIR"),
            "tests/catalog/costs",
            &format!("{table}.txt"),
        ]
        .iter()
        .collect();
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        let best = best(&committed);
        let current = self.text(&best);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, current).unwrap();
            return;
        }
        assert!(
            committed == current,
            "{} is not what was counted; run with UPDATE=1 and look at the difference:\n{current}",
            path.display()
        );
        for (name, cost) in &self.found {
            let Some(best) = best.get(name) else {
                panic!("{table}: nobody has written down the best for {name}");
            };
            assert!(
                cost.is_at_most(&best.cost) == best.reason.is_empty(),
                "{table}.{name}: {} against {} by hand, for the reason {:?}",
                cost.text(),
                best.cost.text(),
                best.reason
            );
        }
    }

    fn text(&self, best: &BTreeMap<String, Best>) -> String {
        let mut out = String::from(
            "# accessor | calls | round trips | calls by hand | round trips by hand | why more\n",
        );
        for (name, cost) in &self.found {
            let (best, reason) = match best.get(name) {
                None => ("? | ?".to_owned(), ""),
                Some(best) => (best.cost.text(), best.reason.as_str()),
            };
            let line = format!("{name} | {} | {best} | {reason}", cost.text());
            writeln!(out, "{}", line.trim_end_matches([' ', '|'])).unwrap();
        }
        out
    }
}

/// The side that is written by hand.
struct Best {
    cost: Cost,
    /// Why ours costs more; empty when it does not.
    reason: String,
}

fn best(table: &str) -> BTreeMap<String, Best> {
    table
        .lines()
        .filter_map(|line| {
            let mut columns = line.split('|').map(str::trim);
            let name = columns.next()?.to_owned();
            let cost = Cost::parse(columns.nth(2)?, columns.next()?)?;
            let reason = columns.next().unwrap_or_default().to_owned();
            Some((name, Best { cost, reason }))
        })
        .collect()
}

#[test]
fn costs_are_compared_by_calls_and_round_trips() {
    let cost = |calls, trips| Cost::parse(calls, trips).unwrap();
    let best = cost("multi hset*2 exec", "1");
    assert!(cost("multi hset expire exec", "1").is_at_most(&best));
    assert!(cost("hset", "1").is_at_most(&best));
    assert!(!cost("multi hset*2 expire exec", "1").is_at_most(&best));
    assert!(!cost("hset", "2").is_at_most(&best));
    assert_eq!(cost("hset*2 exec", "1").text(), "exec hset*2 | 1");
}
