//! Callers at work, and exact account of what they were told.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use redis_schema::{ErrorKind, Result};
use tokio::task::{JoinHandle, block_in_place};

use crate::several::Store;

/// Callers at work: each has counters of its own, so that nobody else's work hides what became of its.
pub struct Callers {
    stop: Arc<AtomicBool>,
    seen: Arc<Seen>,
    callers: Vec<JoinHandle<Account>>,
}

/// What all callers have seen so far.
#[derive(Debug, Default)]
pub struct Seen {
    rounds: AtomicU64,
    /// Writes refused because the server is full.
    full: AtomicU64,
    reads: AtomicU64,
}

/// What a caller was told.
#[derive(Debug)]
pub struct Account {
    pub id: u32,
    /// Of `INCR` inside a transaction, and of a script that counts.
    pub counted: [Told; 2],
    pub operations: u64,
    pub reads_refused: u64,
    pub refused: BTreeMap<String, u64>,
    pub longest: Duration,
}

/// What was told of the writes to one counter.
#[derive(Debug, Default, Clone, Copy)]
pub struct Told {
    pub acknowledged: u64,
    pub ambiguous: u64,
}

impl Callers {
    /// A caller for each number, that counts and reads as fast as it can.
    pub fn start(store: &Store, ids: impl IntoIterator<Item = u32>) -> Self {
        let (stop, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(Seen::default()));
        let callers = ids.into_iter().map(|id| {
            let (stop, seen) = (Arc::clone(&stop), Arc::clone(&seen));
            tokio::spawn(call(store.clone(), id, stop, seen))
        });
        Self {
            callers: callers.collect(),
            stop,
            seen,
        }
    }

    /// Waits until all together have gone so many more rounds.
    pub fn wait_for(&self, rounds: u64) {
        self.wait("the callers go on", |seen| &seen.rounds, rounds);
    }

    /// Waits until so many more writes were refused by a full server.
    pub fn wait_for_refusals(&self, refusals: u64) {
        self.wait("a full server refuses", |seen| &seen.full, refusals);
    }

    /// Waits until so many more reads were answered.
    pub fn wait_for_reads(&self, reads: u64) {
        self.wait("reads go on", |seen| &seen.reads, reads);
    }

    fn wait(&self, what: &str, number: fn(&Seen) -> &AtomicU64, more: u64) {
        let number = number(&self.seen);
        let target = number.load(Ordering::SeqCst) + more;
        block_in_place(|| {
            redis_schema_test_server::eventually(what, || number.load(Ordering::SeqCst) >= target);
        });
    }

    /// Stops the callers.
    pub async fn stop(self) -> Vec<Account> {
        self.stop.store(true, Ordering::SeqCst);
        let mut accounts = Vec::new();
        for caller in self.callers {
            accounts.push(caller.await.unwrap());
        }
        accounts
    }
}

async fn call(store: Store, id: u32, stop: Arc<AtomicBool>, seen: Arc<Seen>) -> Account {
    let mut account = Account {
        id,
        counted: [Told::default(); 2],
        operations: 0,
        reads_refused: 0,
        refused: BTreeMap::new(),
        longest: Duration::ZERO,
    };
    while !stop.load(Ordering::SeqCst) {
        let begun = Instant::now();
        let told = store.free(id).incr().await.map(drop);
        account.write(0, told, begun, &seen);
        let begun = Instant::now();
        let told = store.hits(id).incr_bounded(1, 0..=i64::MAX).await.map(drop);
        account.write(1, told, begun, &seen);
        let begun = Instant::now();
        let told = store.free(id).get().await.map(drop);
        seen.reads
            .fetch_add(u64::from(told.is_ok()), Ordering::SeqCst);
        account.reads_refused += u64::from(told.is_err());
        account.note(&told, begun);
        seen.rounds.fetch_add(1, Ordering::SeqCst);
    }
    account
}

impl Account {
    fn write(&mut self, counter: usize, told: Result<()>, begun: Instant, seen: &Seen) {
        let counted = &mut self.counted[counter];
        match told.as_ref().map_err(redis_schema::Error::kind) {
            Ok(()) => counted.acknowledged += 1,
            Err(ErrorKind::Ambiguous) => counted.ambiguous += 1,
            Err(ErrorKind::OutOfMemory) => {
                seen.full.fetch_add(1, Ordering::SeqCst);
            }
            Err(_) => {}
        }
        self.note(&told, begun);
    }

    fn note(&mut self, told: &Result<()>, begun: Instant) {
        self.operations += 1;
        self.longest = self.longest.max(begun.elapsed());
        if let Err(error) = told {
            let kind = format!("{:?}", error.kind());
            *self.refused.entry(kind).or_default() += 1;
        }
    }
}
