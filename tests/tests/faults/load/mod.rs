//! Servers that are treated badly while callers are at work: what was acknowledged is there, and nothing twice.

mod callers;
mod cluster;
mod harm;
mod single;

use std::time::Duration;

use callers::Account;

use crate::report;
use crate::several::Store;

/// How long a call may take: a busy machine is not what is under test.
const PATIENCE: Duration = Duration::from_secs(60);
/// Rounds of callers between two harms.
const ROUNDS: u64 = 30;

/// Compares what callers were told with what is stored: the acknowledged at least, and no more than what may
/// have run besides. What is missing is lost, or of a fail-over if there was one.
async fn settle(store: &Store, accounts: &[Account], harms: u64, failed_over: bool) {
    for account in accounts {
        let stored = [
            store.free(account.id).get().await.unwrap(),
            store.hits(account.id).get().await.unwrap(),
        ];
        let refused: u64 = account.refused.values().sum();
        let ambiguous: u64 = account.counted.iter().map(|told| told.ambiguous).sum();
        report::add(|report| {
            report.operations += account.operations;
            report.answered += account.operations - refused;
            report.ambiguous += ambiguous;
            report.refused += refused - ambiguous;
            report.longest = report.longest.max(account.longest);
        });
        for (told, stored) in account.counted.iter().zip(stored) {
            let stored = stored.unwrap_or(0).unsigned_abs();
            let most = told.acknowledged + told.ambiguous;
            let what = format!("caller {}: {told:?}, stored {stored}", account.id);
            report::add(|report| {
                if stored > most {
                    report.doubled.push(what.clone());
                }
                if stored < told.acknowledged && failed_over {
                    report.lost_in_fail_over += told.acknowledged - stored;
                } else if stored < told.acknowledged {
                    report.lost.push(what);
                }
            });
        }
    }
    report::add(|report| report.faults += harms);
}

/// Asserts that callers were refused for these reasons alone.
#[track_caller]
fn assert_refused_for(accounts: &[Account], reasons: &[&str]) {
    for account in accounts {
        let other = account.refused.keys();
        let other: Vec<_> = other
            .filter(|kind| !reasons.contains(&kind.as_str()))
            .collect();
        assert!(other.is_empty(), "{account:?}");
    }
}
