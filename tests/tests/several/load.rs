//! Callers that go on whatever happens to the servers, and keep exact account of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use redis_schema::ErrorKind;
use tokio::task::{JoinHandle, block_in_place};

use crate::several::{Store, keys};

/// Callers at work.
pub struct Load {
    stop: Arc<AtomicBool>,
    done: Arc<AtomicU64>,
    callers: Vec<JoinHandle<Account>>,
}

/// What a caller has seen.
#[derive(Debug, Default)]
pub struct Account {
    pub worked: u64,
    /// It may have run.
    pub ambiguous: u64,
    pub errors: BTreeMap<String, u64>,
    pub longest: Duration,
    /// Values that were read and cannot be right.
    pub wrong: u64,
}

impl Account {
    fn add(&mut self, other: Self) {
        self.worked += other.worked;
        self.ambiguous += other.ambiguous;
        self.wrong += other.wrong;
        self.longest = self.longest.max(other.longest);
        for (error, count) in other.errors {
            *self.errors.entry(error).or_default() += count;
        }
    }

    /// Whether an error of this kind came through.
    pub fn saw(&self, kind: ErrorKind) -> bool {
        self.errors.contains_key(&format!("{kind:?}"))
    }
}

impl Load {
    /// A caller for each key, that counts and reads back, as fast as it can.
    pub fn start(store: &Store, ids: impl IntoIterator<Item = u32>) -> Self {
        let (stop, done) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicU64::new(0)),
        );
        let callers = ids.into_iter().map(|id| {
            let caller = call(store.clone(), id, Arc::clone(&stop), Arc::clone(&done));
            tokio::spawn(caller)
        });
        Self {
            callers: callers.collect(),
            stop,
            done,
        }
    }

    /// Waits until so many more calls have come back.
    pub fn wait_for(&self, calls: u64) {
        let target = self.done.load(Ordering::SeqCst) + calls;
        block_in_place(|| {
            redis_schema_test_server::eventually("the callers go on", || {
                self.done.load(Ordering::SeqCst) >= target
            });
        });
    }

    /// Stops the callers and adds up what they have seen.
    pub async fn stop(self) -> Account {
        self.stop.store(true, Ordering::SeqCst);
        let mut sum = Account::default();
        for caller in self.callers {
            sum.add(caller.await.unwrap());
        }
        sum
    }
}

/// Counts up under one key and reads it back; at the end the count must be what was counted.
async fn call(store: Store, id: u32, stop: Arc<AtomicBool>, done: Arc<AtomicU64>) -> Account {
    let mut account = Account::default();
    let mut last = 0;
    while !stop.load(Ordering::SeqCst) {
        let started = Instant::now();
        match store.hits(id).incr().await {
            Ok(count) => {
                // Nobody else counts here: more than was tried is a command that ran twice.
                account.wrong += u64::from(count <= last || count > last + 1 + pending(&account));
                last = count;
                account.worked += 1;
            }
            Err(error) if error.kind() == ErrorKind::Ambiguous => account.ambiguous += 1,
            Err(error) => {
                *account
                    .errors
                    .entry(format!("{:?}", error.kind()))
                    .or_default() += 1
            }
        }
        account.longest = account.longest.max(started.elapsed());
        // Units, pipelines and many keys at once go through the same.
        let both = (keys::text(id).set("a"), keys::hits(id).get());
        if let Err(error) = store.atomic(both).await {
            *account
                .errors
                .entry(format!("{:?}", error.kind()))
                .or_default() += 1;
        }
        let many: Vec<_> = (0..8).map(|more| keys::Plain { id: id + more }).collect();
        match store.family::<keys::Plain>().mget(&many).await {
            Ok(values) => account.wrong += u64::from(values.len() != 8),
            Err(error) => {
                *account
                    .errors
                    .entry(format!("{:?}", error.kind()))
                    .or_default() += 1
            }
        }
        done.fetch_add(1, Ordering::SeqCst);
    }
    account
}

fn pending(account: &Account) -> i64 {
    i64::try_from(account.ambiguous).unwrap()
}
