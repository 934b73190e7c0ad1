//! Keys of every policy and structure, and a server that tells what their methods send.

use std::collections::HashSet;
use std::future::Future;

use redis_schema::__generated_0_1 as rt;
use redis_schema::{Command, Handle, Lifetime, Result, RetryClass, Store};
use redis_schema_codegen::catalog::{self, Facts, Method, Only, Policy, Retry, Trips, When};
use redis_schema_test_server::{Protocol, Server};
use tokio::runtime::Runtime;

use crate::cost::{Cost, Costs};
use crate::monitor::Monitor;
use crate::pattern::{Names, Sent, announces, is_one_of};
use crate::probed::MILLIS;
pub use crate::probed::{Probed, Schema, any_of};
use crate::recorder::Recorder;
use crate::tape::{Tape, Taped, state};

/// The policies under test, as the runtime and as the catalog know them.
pub const POLICIES: [(Lifetime, Policy); 10] = [
    (Lifetime::after_millis(MILLIS), Policy::after_millis(MILLIS)),
    (
        Lifetime::after_millis(MILLIS).keep(),
        Policy::after_millis(MILLIS).keep(),
    ),
    (Lifetime::NEVER, Policy::NEVER),
    (
        Lifetime::after_millis(MILLIS).refresh_on_read(),
        Policy::after_millis(MILLIS).refresh_on_read(),
    ),
    (
        Lifetime::after_millis(MILLIS + 1).keep().refresh_on_read(),
        Policy::after_millis(MILLIS + 1).keep().refresh_on_read(),
    ),
    (
        Lifetime::after_millis(MILLIS).jitter_permille(100),
        Policy::after_millis(MILLIS).jitter_permille(100),
    ),
    (
        Lifetime::after_millis(MILLIS)
            .jitter_permille(15)
            .keep()
            .refresh_on_read()
            .legacy(),
        Policy::after_millis(MILLIS)
            .jitter_permille(15)
            .keep()
            .refresh_on_read()
            .legacy(),
    ),
    (
        Lifetime::after_millis(MILLIS).keep().legacy(),
        Policy::after_millis(MILLIS).keep().legacy(),
    ),
    (
        Lifetime::end_of_day().refresh_on_read(),
        Policy::end_of_day().refresh_on_read(),
    ),
    (Lifetime::end_of_day().keep(), Policy::end_of_day().keep()),
];

/// The policy under which costs are committed.
const COSTED: Lifetime = POLICIES[0].0;

/// Runs methods and compares what arrives with what the catalog announces.
pub struct Probe {
    table: &'static str,
    policy: usize,
    pub facts: Facts,
    names: Names,
    monitor: Monitor,
    connection: redis::Connection,
    pub store: Store,
    runtime: Runtime,
    checked: HashSet<(&'static str, When)>,
    retried: HashSet<(&'static str, Retry)>,
    costs: Costs,
    // Last: it must outlive the connections.
    server: Server,
}

impl Probe {
    /// A probe of one table of the catalog under one policy.
    pub fn new(table: &'static str, policy: usize) -> Self {
        Self::on(Server::start(), table, policy)
    }

    /// As [`new`](Self::new), on a server whose fields have lifetimes of their own.
    pub fn newer(table: &'static str, policy: usize) -> Self {
        Self::on(Server::start_newer(), table, policy)
    }

    fn on(server: Server, table: &'static str, policy: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let url = server.url(Protocol::Resp3, 0);
        let store = runtime.block_on(Store::connect::<Schema>(&url)).unwrap();
        Self {
            table,
            policy,
            facts: Facts::new(POLICIES[policy].1),
            names: Names {
                key: b"probed:1".to_vec(),
                other: b"probed:2".to_vec(),
            },
            monitor: Monitor::new(&server),
            connection: server.connect(Protocol::Resp3, 0),
            store,
            runtime,
            checked: HashSet::new(),
            retried: HashSet::new(),
            costs: Costs::default(),
            server,
        }
    }

    /// The key `probed:1`.
    pub fn key<S: rt::structure::Structure, const P: usize>(&self) -> Handle<Probed<S, P>> {
        Handle::new(Probed::new(1))
    }

    /// The key `probed:2`.
    pub fn other<S: rt::structure::Structure, const P: usize>(&self) -> Handle<Probed<S, P>> {
        Handle::new(Probed::new(2))
    }

    /// Runs raw commands that prepare a method, unseen.
    pub fn prepare(&mut self, commands: &[&str]) {
        for command in commands {
            let mut cmd = redis::Cmd::new();
            for word in command.split(' ') {
                cmd.arg(word);
            }
            cmd.exec(&mut self.connection).unwrap();
        }
        self.monitor.seen();
    }

    /// Runs a method's command on a synchronous connection, and once more as its class allows.
    #[track_caller]
    pub fn check<R>(&mut self, name: &'static str, command: Command<R>) {
        self.check_case(name, When::Always, command);
    }

    /// Runs a method's command in one of its cases.
    #[track_caller]
    pub fn check_case<R>(&mut self, name: &'static str, when: When, command: Command<R>) {
        let retry = self.expect_class(name, command.retry_class());
        self.count_from_here();
        let mut taped = Tape::new(&mut self.connection);
        if let Err(error) = command.query(&mut taped) {
            panic!("{name} under policy {}: {error}", self.policy);
        }
        let tape = taped.stop();
        self.counted(name, when, Some(tape.len()));
        self.compare(name, when);
        self.repeat(name, retry, size_of::<R>() != 0, &tape);
    }

    /// Asserts the class of a command that is not run.
    #[track_caller]
    pub fn check_class<R>(&mut self, name: &'static str, command: Command<R>) {
        self.expect_class(name, command.retry_class());
    }

    /// Runs a method that takes several steps, or none, on a synchronous connection.
    #[track_caller]
    pub fn check_steps<R>(
        &mut self,
        name: &'static str,
        run: impl FnOnce(&mut redis::Connection) -> Result<R>,
    ) {
        self.count_from_here();
        if let Err(error) = run(&mut self.connection) {
            panic!("{name} under policy {}: {error}", self.policy);
        }
        self.counted(name, When::Always, None);
        self.compare(name, When::Always);
    }

    /// Runs a method that only a store has.
    #[track_caller]
    pub fn check_async<R>(
        &mut self,
        name: &'static str,
        run: impl AsyncFnOnce(&Store) -> Result<R>,
    ) {
        let store = self.store.clone();
        self.count_from_here();
        if let Err(error) = self.block_on(async { run(&store).await.map(drop) }) {
            panic!("{name} under policy {}: {error}", self.policy);
        }
        self.counted(name, When::Always, None);
        self.compare(name, When::Always);
    }

    /// Does what a method needs beforehand, unseen.
    #[track_caller]
    pub fn arrange<T>(&mut self, run: impl AsyncFnOnce(&Store) -> Result<T>) -> T {
        let store = self.store.clone();
        let arranged = self.block_on(run(&store)).unwrap();
        self.monitor.seen();
        arranged
    }

    /// Compares what a method would send: for commands that only newer servers know.
    #[track_caller]
    pub fn check_unsent<R>(&mut self, name: &'static str, command: Command<R>) {
        self.expect_class(name, command.retry_class());
        let mut recorder = Recorder::default();
        // The recorder's answers mean nothing.
        drop(command.query(&mut recorder));
        self.compare_with(name, When::Always, &recorder.sent);
    }

    /// Compares what the parts of a method that only a store has would send: for commands that no server here knows.
    #[track_caller]
    pub fn check_unsent_parts(&mut self, name: &'static str, parts: impl FnOnce(&mut Recorder)) {
        let mut recorder = Recorder::default();
        parts(&mut recorder);
        self.compare_with(name, When::Always, &recorder.sent);
    }

    fn count_from_here(&mut self) {
        redis::cmd("CONFIG")
            .arg("RESETSTAT")
            .exec(&mut self.connection)
            .unwrap();
    }

    /// Notes what the server has counted since.
    fn counted(&mut self, name: &'static str, when: When, trips: Option<usize>) {
        // What goes on for ever is counted by nobody.
        let endless = matches!(self.table, "stream" | "consumers" | "progress");
        if self.method(name).trips == Trips::Several && endless {
            return;
        }
        let cost = Cost::counted(&mut self.connection, trips);
        match when {
            When::Always => self.costs.add(name, cost),
            case => self.costs.add(&format!("{name}, {case:?}"), cost),
        }
    }

    /// Asserts that a command's class is one that the catalog announces.
    #[track_caller]
    fn expect_class(&mut self, name: &'static str, class: RetryClass) -> Retry {
        let method = self.method(name);
        let announced: Vec<Retry> = method.retries(&self.facts).collect();
        let Some(retry) = announced
            .iter()
            .copied()
            .find(|retry| retry.class() == class.as_str())
        else {
            panic!(
                "{}.{name} is {class}, announced as {announced:?} under {:?}",
                self.table, self.facts
            );
        };
        self.retried.insert((name, retry));
        retry
    }

    /// Sends the same once more, as after a lost reply, and asserts what the catalog promises of that.
    #[track_caller]
    fn repeat(&mut self, name: &'static str, retry: Retry, answers: bool, tape: &[Taped]) {
        if retry == Retry::Unsafe {
            return;
        }
        let before = state(&mut self.connection);
        let mut same_answer = true;
        for taped in tape {
            same_answer &= taped.again(&mut self.connection);
        }
        let after = state(&mut self.connection);
        self.monitor.seen();
        // A moment is all that these leave, and the second run comes at another.
        let tells_time = name == "heartbeat"
            || self.table == "semaphore" && name == "renew_as"
            || self.table == "queue" && name == "extend";
        let same = before == after || tells_time;
        assert!(same, "{}.{name} changes more", self.table);
        // What is drawn at random or tells the time may differ.
        let moves = name.contains("rand") || name.ends_with("pending_entries");
        if matches!(retry, Retry::Idempotent | Retry::Tokened) && answers && !moves {
            assert!(same_answer, "{}.{name} answers otherwise", self.table);
        }
    }

    fn block_on<R>(&self, future: impl Future<Output = R>) -> R {
        self.runtime.block_on(future)
    }

    #[track_caller]
    fn compare(&mut self, name: &'static str, when: When) {
        let arrived = self.monitor.seen();
        self.compare_with(name, when, &arrived);
    }

    #[track_caller]
    fn compare_with(&mut self, name: &'static str, when: When, arrived: &[Sent]) {
        let method = self.method(name);
        let cases = method.sent(&self.facts);
        let Some((_, announced)) = cases.into_iter().find(|(case, _)| *case == when) else {
            panic!("{}.{name} has no case {when:?}", self.table);
        };
        let as_announced = match method.trips {
            Trips::Several => is_one_of(&announced, arrived, &self.names),
            _ => announces(&announced, arrived, &self.names),
        };
        assert!(
            as_announced,
            "{}.{name} ({when:?}) under {:?}\nannounced: {announced:#?}\narrived: {:#?}",
            self.table,
            self.facts,
            readable(arrived)
        );
        self.checked.insert((name, when));
    }

    #[track_caller]
    fn method(&self, name: &'static str) -> &'static Method {
        match catalog::table_of(self.table).find(|method| method.name == name) {
            Some(method) => method,
            None => panic!("the catalog has no {}.{name}", self.table),
        }
    }

    /// Asserts that every case of every method of the table was run, but for lifetimes of fields.
    pub fn finish(self) {
        self.finish_with("", |method| method.only != Only::Expiring);
    }

    /// Asserts that every method on lifetimes of fields was run; `variant` ends the name of the table of costs.
    pub fn finish_fields(self, variant: &str) {
        self.finish_with(variant, |method| method.only == Only::Expiring);
    }

    fn finish_with(self, variant: &str, wanted: impl Fn(&Method) -> bool) {
        if POLICIES[self.policy].0 == COSTED {
            self.costs.compare(&format!("{}{variant}", self.table));
        }
        let unchecked: Vec<_> = catalog::table_of(self.table)
            .filter(|method| wanted(method))
            .flat_map(|method| method.cases.iter().map(|case| (method.name, case.when)))
            .filter(|case| !self.checked.contains(case))
            .collect();
        assert!(
            unchecked.is_empty(),
            "{}: never run: {unchecked:?}",
            self.table
        );
        let untold: Vec<_> = catalog::table_of(self.table)
            .filter(|method| wanted(method))
            .filter(|method| self.retried.iter().any(|(name, _)| *name == method.name))
            .flat_map(|method| {
                method
                    .retries(&self.facts)
                    .map(|retry| (method.name, retry))
            })
            .filter(|retry| !self.retried.contains(retry))
            .collect();
        assert!(untold.is_empty(), "{}: never seen: {untold:?}", self.table);
        drop(self.server);
    }
}

fn readable(commands: &[Vec<Vec<u8>>]) -> Vec<String> {
    commands
        .iter()
        .map(|words| {
            let words = words
                .iter()
                .map(|word| String::from_utf8_lossy(word).into_owned());
            words.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// Runs a generic function once for every policy.
macro_rules! every_policy {
    ($run:ident) => {
        $run::<0>();
        $run::<1>();
        $run::<2>();
        $run::<3>();
        $run::<4>();
        $run::<5>();
        $run::<6>();
        $run::<7>();
        $run::<8>();
        $run::<9>();
    };
}

/// Runs a function that knows of one policy.
macro_rules! once {
    ($run:ident) => {
        $run();
    };
}

pub(crate) use {every_policy, once};
