//! Operations between a store and its server, and a proxy that does harm in between.

use std::future::Future;
use std::time::{Duration, Instant};

use redis_schema::__generated_0_1 as rt;
use redis_schema::{
    Command, ErrorKind, Handle, Lifetime, Result, RetryClass, Settings, Store, VersionCheck,
};
use redis_schema_codegen::catalog::{self, Facts, Policy, When};
use redis_schema_test_server::{FaultProxy, Protocol, Server};
use tokio::runtime::Runtime;

use crate::counted;
use crate::covered::{Covered, MAY_WAIT, WAITING};
use crate::point::{self, Plain};
use crate::probed::MILLIS;
pub use crate::probed::{Probed, Schema, any_of};
use crate::report::{self, Outcome, Ran};

/// The one policy of the keys.
pub const POLICIES: [(Lifetime, Policy); 1] =
    [(Lifetime::after_millis(MILLIS), Policy::after_millis(MILLIS))];

/// How long an answer may take where something is in the way.
const DEADLINE: Duration = Duration::from_millis(60);
/// What a loaded machine may add to that.
pub const MARGIN: Duration = Duration::from_secs(15);
/// How long it may take where nothing is.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs operations through the fault of this pass.
pub struct Probe {
    table: &'static str,
    pub facts: Facts,
    store: Store,
    proxy: FaultProxy,
    connection: redis::Connection,
    runtime: Runtime,
    /// The operation that is run.
    number: usize,
    covered: Covered,
    // Last: it must outlive the connections.
    server: Server,
}

impl Probe {
    pub fn new(table: &'static str, policy: usize) -> Self {
        Self::on(Server::start(), table, policy)
    }

    /// On a server whose fields have lifetimes of their own.
    pub fn newer(table: &'static str, policy: usize) -> Self {
        Self::on(Server::start_newer(), table, policy)
    }

    fn on(server: Server, table: &'static str, policy: usize) -> Self {
        let proxy = FaultProxy::start(server.port());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let allowed = match point::current() {
            None => PATIENCE,
            Some(_) => DEADLINE,
        };
        let open = Store::builder::<Schema>()
            .url(&proxy.url(Protocol::Resp3, 0))
            .settings(Settings::DECLARED)
            .response_timeout(allowed)
            // Opening is not under test, and has no more time than anything else.
            .check_server(false)
            .check_version(VersionCheck::Ignore)
            // Whatever is bounded by this alone takes too long.
            .connect_timeout(PATIENCE)
            .wait_for(PATIENCE)
            .back_off(Duration::from_millis(1), Duration::from_millis(4))
            .open();
        Self {
            table,
            facts: Facts::new(POLICIES[policy % POLICIES.len()].1),
            store: runtime.block_on(open).unwrap(),
            connection: server.connect(Protocol::Resp3, 0),
            proxy,
            runtime,
            number: 0,
            covered: Covered::default(),
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
        let (class, store) = (command.retry_class(), self.store.clone());
        self.drive(name, class, async {
            store.pipeline((command,)).await.map(drop)
        });
    }

    /// The class is a matter of the catalogue's own tests.
    pub fn check_class<R>(&mut self, _: &'static str, command: Command<R>) {
        drop(command);
    }

    pub fn check_unsent<R>(&mut self, _: &'static str, command: Command<R>) {
        drop(command);
    }

    /// On a connection of the user's own, past the proxy.
    pub fn check_steps<R>(
        &mut self,
        _: &'static str,
        run: impl FnOnce(&mut redis::Connection) -> Result<R>,
    ) {
        drop(run(&mut self.connection));
    }

    /// Runs an operation that only a store has through the fault of this pass.
    pub fn check_async<R>(
        &mut self,
        name: &'static str,
        run: impl AsyncFnOnce(&Store) -> Result<R>,
    ) {
        let (class, store) = (self.class_of(name), self.store.clone());
        self.drive(name, class, async { run(&store).await.map(drop) });
    }

    /// Does what an operation needs beforehand, with nothing in the way.
    pub fn arrange<T>(&mut self, run: impl AsyncFnOnce(&Store) -> Result<T>) -> T {
        self.connection_is_up();
        let store = self.store.clone();
        // The pass before may have left an answer that never comes.
        let arranged = self.runtime.block_on(run(&store));
        arranged.unwrap()
    }

    pub fn finish(self) {
        self.covered.assert_all_of(self.table, false);
        drop(self.server);
    }

    pub fn finish_fields(self, _: &str) {
        self.covered.assert_all_of(self.table, true);
        drop(self.server);
    }

    /// What the catalogue says of running it twice.
    fn class_of(&self, name: &str) -> RetryClass {
        let mut methods = catalog::table_of(self.table);
        let method = methods.find(|method| method.name == name).unwrap();
        let classes: Vec<&str> = method
            .retries(&self.facts)
            .map(|retry| retry.class())
            .collect();
        let all = [
            RetryClass::Unsafe,
            RetryClass::Tokened,
            RetryClass::Idempotent,
            RetryClass::Read,
        ];
        let worst = all
            .into_iter()
            .find(|class| classes.contains(&class.as_str()));
        worst.unwrap()
    }

    fn drive(
        &mut self,
        name: &'static str,
        class: RetryClass,
        run: impl Future<Output = Result<()>>,
    ) {
        self.number = point::next();
        self.covered.note(name);
        self.connection_is_up();
        counted::reset(&mut self.connection);
        match point::current() {
            None => self.plainly(name, run),
            Some(_) => self.through_fault(name, class, run),
        }
    }

    /// Notes what the operation does when nothing is in the way.
    fn plainly(&mut self, name: &'static str, run: impl Future<Output = Result<()>>) {
        let before = self.proxy.commands();
        match self.runtime.block_on(run) {
            Ok(()) => {}
            // What waits cannot be part of a batch.
            Err(error) if error.kind() == ErrorKind::Encode => {
                let waits = WAITING.contains(&name) || MAY_WAIT.contains(&name);
                assert!(waits, "{name}: {error}");
                return;
            }
            Err(error) => panic!("{}.{name}: {error}", self.table),
        }
        let calls = counted::calls(&mut self.connection);
        let plain = Plain {
            frames: self.proxy.commands() - before,
            tracked: counted::tracked(&calls),
        };
        point::note(name, self.number, plain);
    }

    fn through_fault(
        &mut self,
        name: &'static str,
        class: RetryClass,
        run: impl Future<Output = Result<()>>,
    ) {
        let Some((point, plain)) = point::current().zip(point::plain(name, self.number)) else {
            return;
        };
        let Some(rule) = point.rule(plain.frames) else {
            return;
        };
        self.proxy.inject(rule, point.fault.clone());
        let unstored = self.store.degraded().unstored;
        let start = Instant::now();
        let answer = self.runtime.block_on(async {
            let patience = DEADLINE + MARGIN;
            tokio::time::timeout(patience, run).await
        });
        let took = start.elapsed();
        let what = format!("{}.{name} ({class}) through {point:?}", self.table);
        let answer = answer.unwrap_or_else(|_| panic!("{what}: no answer and no error in time"));
        let fired = self.proxy.fired();
        self.proxy.clear();
        if answer.is_err() {
            self.proxy.cut();
            counted::settle(&mut self.connection);
        }
        // What was loaded is answered although it is not stored, which is told by a number of its own.
        let told = self.store.degraded().unstored > unstored;
        let tracked = plain.tracked.as_deref().filter(|_| !told);
        let ran = tracked.map(|tracked| {
            let runs = counted::runs(&mut self.connection, tracked);
            Ran::compared(&[runs], &[1])
        });
        report::judge(&Outcome {
            what,
            class,
            fired,
            ran: ran.unwrap_or_default(),
            error: answer.err(),
            took,
        });
    }

    /// The pass before may have left the connection broken; what is broken is opened again by the first call.
    fn connection_is_up(&mut self) {
        let key: Handle<Probed<rt::structure::Bitmap, 0>> = Handle::new(Probed::new(9));
        for _ in 0..200 {
            let exists = self.store.pipeline((key.exists(),));
            if self.runtime.block_on(exists).is_ok() {
                return;
            }
        }
        panic!("the store does not come back");
    }
}

/// Runs the operations of a table once plainly and once for every fault.
macro_rules! every_policy {
    ($run:ident) => {
        $crate::point::through_all(|| $run::<0>());
        $crate::report::finish(concat!(module_path!(), "::", stringify!($run)));
    };
}

/// The same for a table that knows of one policy.
macro_rules! once {
    ($run:ident) => {
        $crate::point::through_all($run);
        $crate::report::finish(concat!(module_path!(), "::", stringify!($run)));
    };
}

pub(crate) use {every_policy, once};
