//! A proxy between a client and a server that does harm where a test tells it to.
//!
//! It understands frames, so a fault hits one command and not some bytes of a stream: the third `INCR` is
//! not forwarded, or it is and its reply never comes back. Everything else passes unchanged and in order.
//!
//! ```no_run
//! use redis_schema_test_server::{Fault, FaultProxy, Protocol, Server, When};
//!
//! let server = Server::start();
//! let proxy = FaultProxy::start(server.port());
//! proxy.inject(When::command("INCR").nth(3), Fault::reply_lost());
//! // … connect to `proxy.url(Protocol::Resp3, 0)` and count …
//! assert_eq!(proxy.fired(), 1);
//! ```
//!
//! The proxy lives on a thread and a runtime of its own, so it goes on whatever the test's runtime does.
//! What sets a connection up (`HELLO`, `AUTH`, `SELECT`, `CLIENT`, `READONLY`, `PING`) is not counted, unless a rule
//! names it. After `PSYNC`, `SYNC` and `MONITOR` a connection's bytes are no longer looked at.

mod fault;
mod frame;
mod pump;

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener as Listener};
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub use fault::{Fault, Harm, Side, When};

use crate::Protocol;
use fault::Rules;

/// A running proxy. It ends, with all its connections, when it is dropped.
#[derive(Debug)]
pub struct FaultProxy {
    port: u16,
    state: Arc<State>,
    end: Option<watch::Sender<bool>>,
    thread: Option<JoinHandle<()>>,
}

/// What the proxy and its connections share.
#[derive(Debug)]
struct State {
    upstream: AtomicU16,
    refuses: AtomicBool,
    connections: AtomicU64,
    rules: Mutex<Rules>,
    /// Grows to end every connection there is.
    generation: watch::Sender<u64>,
    /// Connections by the generation they were made in.
    open: Mutex<BTreeMap<u64, u64>>,
    /// Tells of each that has ended.
    ended: Condvar,
}

/// A connection as long as there is one.
struct Open<'s> {
    state: &'s State,
    generation: u64,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        *self.state.open().entry(self.generation).or_default() -= 1;
        self.state.ended.notify_all();
    }
}

impl State {
    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, u64>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FaultProxy {
    /// Starts a proxy in front of a loopback port. Nothing need listen there yet.
    ///
    /// # Panics
    /// No port or thread is to be had.
    #[must_use]
    pub fn start(upstream: u16) -> Self {
        let listener = Listener::bind(("127.0.0.1", 0)).expect("free port");
        let port = listener.local_addr().expect("address").port();
        listener.set_nonblocking(true).expect("non-blocking");
        let state = Arc::new(State {
            upstream: AtomicU16::new(upstream),
            refuses: AtomicBool::new(false),
            connections: AtomicU64::new(0),
            rules: Mutex::default(),
            generation: watch::channel(0).0,
            open: Mutex::default(),
            ended: Condvar::new(),
        });
        let (end, ended) = watch::channel(false);
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("runtime");
            runtime.block_on(accept(listener, shared, ended));
        });
        Self {
            port,
            state,
            end: Some(end),
            thread: Some(thread),
        }
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where a database of the server behind it is.
    #[must_use]
    pub fn url(&self, protocol: Protocol, database: u16) -> String {
        crate::url(self.port, protocol, database)
    }

    /// Does harm to a command. Of several rules that fit a command, the oldest one counts.
    pub fn inject(&self, when: When, fault: Fault) {
        self.state.rules().add(when, fault);
    }

    /// Forgets every rule and count; connections that are silent stay so.
    pub fn clear(&self) {
        *self.state.rules() = Rules::default();
    }

    /// How many commands have come since the start or the last [`clear`](Self::clear).
    #[must_use]
    pub fn commands(&self) -> u64 {
        self.state.rules().commands()
    }

    /// How often a command of this name has come since the start or the last [`clear`](Self::clear).
    #[must_use]
    pub fn count(&self, name: &str) -> u64 {
        self.state.rules().count(name)
    }

    /// How often harm was done since the start or the last [`clear`](Self::clear).
    #[must_use]
    pub fn fired(&self) -> u64 {
        self.state.rules().fired()
    }

    /// How many connections were made in all.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.state.connections.load(Ordering::Relaxed)
    }

    /// Ends every connection there is with a reset, and returns when they have ended. New ones are made as before.
    pub fn cut(&self) {
        let mut open = self.state.open();
        let mut next = 0;
        self.state.generation.send_modify(|generation| {
            *generation += 1;
            next = *generation;
        });
        while open.range(..next).any(|(_, count)| *count > 0) {
            open = self
                .state
                .ended
                .wait(open)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// From now on new connections are closed at once (`true`) or let through (`false`).
    pub fn refuse(&self, refuses: bool) {
        self.state.refuses.store(refuses, Ordering::SeqCst);
    }

    /// Leads new connections to another server.
    pub fn lead_to(&self, upstream: u16) {
        self.state.upstream.store(upstream, Ordering::SeqCst);
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.end.take();
        if let Some(thread) = self.thread.take() {
            // It fails only after a panic in the proxy, which has been printed.
            let _ = thread.join();
        }
    }
}

/// Accepts connections until the proxy is dropped; the runtime's end closes those that are left.
async fn accept(listener: Listener, state: Arc<State>, mut ended: watch::Receiver<bool>) {
    let listener = TcpListener::from_std(listener).expect("listener");
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = ended.changed() => return,
        };
        let Ok((client, _)) = accepted else { continue };
        state.connections.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(serve(client, Arc::clone(&state)));
    }
}

async fn serve(client: TcpStream, state: Arc<State>) {
    // Subscribed first: a cut that comes now must not be missed.
    let mut cut = state.generation.subscribe();
    let open = {
        let mut open = state.open();
        let generation = *cut.borrow_and_update();
        *open.entry(generation).or_default() += 1;
        Open {
            state: &state,
            generation,
        }
    };
    carry(client, &state, &mut cut).await;
    drop(open);
}

async fn carry(client: TcpStream, state: &State, cut: &mut watch::Receiver<u64>) {
    if state.refuses.load(Ordering::SeqCst) {
        let _ = client.set_zero_linger();
        return;
    }
    let upstream = SocketAddr::from(([127, 0, 0, 1], state.upstream.load(Ordering::SeqCst)));
    let Ok(server) = TcpStream::connect(upstream).await else {
        let _ = client.set_zero_linger();
        return;
    };
    // Small packets must not wait for each other: the proxy is no network.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let end = pump::run(&client, &server, &state.rules, cut).await;
    if end == pump::End::Reset {
        let _ = client.set_zero_linger();
    }
}
