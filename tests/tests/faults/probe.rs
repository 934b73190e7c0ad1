//! Keys whose operations go through a proxy that does harm.

use std::future::Future;
use std::marker::PhantomData;
use std::time::{Duration, Instant};

use redis_schema::__generated_0_1 as rt;
use redis_schema::{
    Command, ErrorKind, Handle, Lifetime, Param, Partial, Result, RetryClass, Settings, Store,
};
use redis_schema_codegen::catalog::{Facts, Policy, When};
use redis_schema_test_server::{FaultProxy, Protocol, Server};
use tokio::runtime::Runtime;

use crate::point::{self, Plain};
use crate::report;

const MILLIS: u64 = 3_607_000;

/// The one policy of these keys, as the catalogue's tests name it.
pub const POLICIES: [(Lifetime, Policy); 1] =
    [(Lifetime::after_millis(MILLIS), Policy::after_millis(MILLIS))];

/// How long an answer may take.
const DEADLINE: Duration = Duration::from_millis(60);
/// What a loaded machine may add to that.
const MARGIN: Duration = Duration::from_secs(10);

/// A key of structure `S`.
#[derive(Debug)]
pub struct Probed<S, const P: usize> {
    id: u32,
    structure: PhantomData<fn() -> S>,
}

impl<S, const P: usize> Clone for Probed<S, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, const P: usize> Copy for Probed<S, P> {}

impl<S, const P: usize> PartialEq for Probed<S, P> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<S, const P: usize> Probed<S, P> {
    pub const fn new(id: u32) -> Self {
        Self {
            id,
            structure: PhantomData,
        }
    }
}

impl<S: rt::structure::Structure, const P: usize> rt::Key for Probed<S, P> {
    type Structure = S;
    type Schema = Schema;
    const SPEC: rt::Spec = rt::Spec::new(
        0,
        "probed",
        "probed:{id}",
        &[rt::Segment::Literal("probed:"), rt::Segment::Param("id")],
    )
    .lifetime(POLICIES[P].0);

    fn write(&self, out: &mut rt::KeyBuf) {
        out.literal("probed:");
        out.integer(self.id);
    }

    fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
        key.literal("probed:")?;
        Some(Self::new(key.integer()?))
    }
}

impl<S: rt::structure::Structure, const P: usize> rt::Extendable for Probed<S, P> {}

/// The keys whose parameter is this.
pub fn any_of<S: rt::structure::Structure + 'static, const P: usize>(
    id: u32,
) -> Partial<Probed<S, P>> {
    let param = Param::new(
        "id",
        |out, id| out.integer(*id),
        |key: &Probed<S, P>| Some(&key.id),
    );
    param.is(id)
}

pub struct Schema;

impl rt::Schema for Schema {
    const NAME: &'static str = "probe";
    const VERSION: u32 = 1;
    const SPECS: &'static [rt::Spec] = &[<Probed<rt::structure::Bitmap, 0> as rt::Key>::SPEC];

    fn settings() -> Result<&'static Settings> {
        static DECLARED: Settings = Settings::DECLARED;
        Ok(&DECLARED)
    }
}

/// Runs operations through the fault of this pass.
pub struct Probe {
    pub facts: Facts,
    store: Store,
    proxy: FaultProxy,
    connection: redis::Connection,
    runtime: Runtime,
    /// Operations run so far, which names them: the order is the same in every pass.
    number: usize,
    // Last: it must outlive the connections.
    server: Server,
}

impl Probe {
    pub fn new(_: &'static str, policy: usize) -> Self {
        let server = Server::start();
        let proxy = FaultProxy::start(server.port());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let url = proxy.url(Protocol::Resp3, 0);
        let open = Store::builder::<Schema>()
            .url(&url)
            .settings(Settings::DECLARED)
            .response_timeout(DEADLINE)
            .back_off(Duration::from_millis(1), Duration::from_millis(4))
            .open();
        Self {
            facts: Facts::new(POLICIES[policy].1),
            store: runtime.block_on(open).unwrap(),
            connection: server.connect(Protocol::Resp3, 0),
            proxy,
            runtime,
            number: 0,
            server,
        }
    }

    pub fn key<S: rt::structure::Structure, const P: usize>(&self) -> Handle<Probed<S, P>> {
        Handle::new(Probed::new(1))
    }

    pub fn other<S: rt::structure::Structure, const P: usize>(&self) -> Handle<Probed<S, P>> {
        Handle::new(Probed::new(2))
    }

    pub fn prepare(&mut self, commands: &[&str]) {
        for command in commands {
            let mut cmd = redis::Cmd::new();
            for word in command.split(' ') {
                cmd.arg(word);
            }
            cmd.exec(&mut self.connection).unwrap();
        }
    }

    pub fn check_case<R>(&mut self, name: &'static str, _: When, command: Command<R>) {
        self.check(name, command);
    }

    /// Runs one operation through the fault of this pass.
    pub fn check<R>(&mut self, name: &'static str, command: Command<R>) {
        self.number += 1;
        let class = command.retry_class();
        self.connection_is_up();
        redis::cmd("CONFIG")
            .arg("RESETSTAT")
            .exec(&mut self.connection)
            .unwrap();
        let frames = self.proxy.commands();
        match point::current() {
            None => {
                let answer = self.run(command);
                let plain = Plain {
                    frames: self.proxy.commands() - frames,
                    tracked: self.tracked(),
                };
                // What blocks cannot be part of a batch; the tests of lists and streams have it.
                if answer.is_ok() {
                    point::note(name, self.number, plain);
                }
            }
            Some(point) => {
                let Some(plain) = point::plain(name, self.number) else {
                    return;
                };
                let Some(rule) = point.rule(plain.frames) else {
                    return;
                };
                self.proxy.inject(rule, point.fault.clone());
                let start = Instant::now();
                let answer = self.run(command).map(drop);
                let took = start.elapsed();
                self.proxy.clear();
                let what = format!("{name} ({class}) through {point:?}");
                self.judge(&what, class, &plain, answer, took);
            }
        }
    }

    /// The class is a matter of the catalogue's own tests.
    pub fn check_class<R>(&mut self, _: &'static str, command: Command<R>) {
        drop(command);
    }

    pub fn check_unsent<R>(&mut self, _: &'static str, command: Command<R>) {
        drop(command);
    }

    /// Steps of a caller are several operations; each of them is here by itself.
    pub fn check_steps<R>(
        &mut self,
        _: &'static str,
        run: impl FnOnce(&mut redis::Connection) -> Result<R>,
    ) {
        drop(run(&mut self.connection));
    }

    pub fn check_async<R>(&mut self, _: &'static str, run: impl AsyncFnOnce(&Store) -> Result<R>) {
        drop(run);
    }

    pub fn finish(self) {
        drop(self.server);
    }

    fn run<R>(&self, command: Command<R>) -> Result<R> {
        let answer = self.block_on(async {
            tokio::time::timeout(DEADLINE + MARGIN, self.store.pipeline((command,))).await
        });
        let answer = answer.expect("an answer, or an error, in bounded time");
        answer.map(|(value,)| value)
    }

    fn judge(
        &mut self,
        what: &str,
        class: RetryClass,
        plain: &Plain,
        answer: Result<()>,
        took: Duration,
    ) {
        let runs = plain.tracked.as_deref().map(|name| self.runs(name));
        let untold = answer.as_ref().err().map(redis_schema::Error::kind);
        report::add(|report| {
            report.operations += 1;
            report.faults += 1;
            report.longest = report.longest.max(took);
            match untold {
                None => report.answered += 1,
                Some(ErrorKind::Ambiguous) => report.ambiguous += 1,
                Some(_) => report.refused += 1,
            }
            if class == RetryClass::Unsafe && runs.is_some_and(|runs| runs > 1) {
                report.doubled.push(what.to_owned());
            }
            if answer.is_ok() && runs == Some(0) {
                report.lost.push(what.to_owned());
            }
        });
        assert!(took < DEADLINE + MARGIN, "{what} took {took:?}");
        // What has run, and whose answer is lost, is never told as refused.
        let has_run = runs.is_some_and(|runs| runs > 0);
        if class == RetryClass::Unsafe && has_run {
            assert!(
                !matches!(
                    untold,
                    Some(ErrorKind::Unavailable | ErrorKind::Busy | ErrorKind::Timeout)
                ),
                "{what}: {untold:?} although it has run"
            );
        }
    }

    /// The command that tells how often an operation ran.
    fn tracked(&mut self) -> Option<String> {
        let counts = self.counts();
        let has = |name: &str| counts.iter().any(|(known, _)| known == name);
        let whole = ["exec", "eval", "evalsha"]
            .into_iter()
            .find(|name| has(name));
        match (whole, counts.as_slice()) {
            (Some(name), _) => Some(name.to_owned()),
            (None, [(name, 1)]) => Some(name.clone()),
            _ => None,
        }
    }

    fn runs(&mut self, name: &str) -> u64 {
        let counts = self.counts();
        let found = counts.into_iter().find(|(known, _)| known == name);
        found.map_or(0, |(_, calls)| calls)
    }

    /// Calls by command since the statistics were reset, but for those of the measuring.
    fn counts(&mut self) -> Vec<(String, u64)> {
        let info: String = redis::cmd("INFO")
            .arg("commandstats")
            .query(&mut self.connection)
            .unwrap();
        let calls = info.lines().filter_map(|line| {
            let (name, facts) = line.strip_prefix("cmdstat_")?.split_once(':')?;
            let calls = facts.strip_prefix("calls=")?.split(',').next()?;
            let set_up = ["config|", "info", "hello", "client|", "ping", "select"];
            let own = set_up.iter().any(|part| name.starts_with(part));
            (!own).then(|| (name.to_owned(), calls.parse().unwrap()))
        });
        calls.collect()
    }

    /// The pass before may have left the connection broken; what is broken is opened again by the first call.
    fn connection_is_up(&mut self) {
        let key: Handle<Probed<rt::structure::Bitmap, 0>> = Handle::new(Probed::new(9));
        for _ in 0..200 {
            if self.block_on(self.store.pipeline((key.exists(),))).is_ok() {
                return;
            }
        }
        panic!("the store does not come back");
    }

    fn block_on<R>(&self, future: impl Future<Output = R>) -> R {
        self.runtime.block_on(future)
    }
}

/// Runs the operations of a table once plainly and once for every fault.
macro_rules! every_policy {
    ($run:ident) => {
        $crate::point::through_all(|| $run::<0>());
        $crate::report::finish(module_path!());
    };
}

pub(crate) use every_policy;
