//! Many who report at the same time, some of them twice and out of order, while connections break.

use std::time::Duration;

use redis_schema::progress::Reported;
use tokio::task::JoinSet;

use crate::progressing::Store;
use crate::{Scene, both};

const REPORTERS: u32 = 8;
const ITEMS: u32 = 12;

#[test]
fn however_many_report_one_alone_completes() {
    both(async |mut scene: Scene| {
        let stores = [scene.program().await, scene.program().await];
        for id in 0..6 {
            let names: Vec<String> = (0..ITEMS).map(|item| item.to_string()).collect();
            stores[0].files(id).begin(&names).await.unwrap();
            let mut tasks = JoinSet::new();
            for at in 0..REPORTERS {
                let store = stores[(at % 2) as usize].clone();
                tasks.spawn(report(store, id, u64::from(at)));
            }
            let mut completed = 0;
            while let Some(told) = tasks.join_next().await {
                completed += told.unwrap();
                scene.raw::<()>(&["SCRIPT", "FLUSH"]);
                scene.raw::<i64>(&["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
            }
            assert_eq!(completed, 1, "told to one report alone");
            let seen = stores[0].files(id).snapshot().await.unwrap();
            assert!(seen.totals.is_complete());
            let told = stores[0].files_events(id).recent(10_000).await.unwrap();
            let told: Vec<_> = told
                .into_iter()
                .rev()
                .map(|it| it.record.unwrap())
                .collect();
            assert_eq!(told.iter().filter(|it| it.totals.is_complete()).count(), 1);
            assert!(told.last().unwrap().totals.is_complete());
            for name in &names {
                let values: Vec<u32> = told
                    .iter()
                    .filter(|event| event.item == *name)
                    .map(|event| event.value)
                    .collect();
                assert!(values.is_sorted_by(|a, b| a < b), "{name}: {values:?}");
            }
            for (before, after) in told.iter().zip(&told[1..]) {
                assert!(
                    before.totals.sum < after.totals.sum,
                    "sums rise with numbers"
                );
            }
            scene.assert_nothing_stays();
        }
    });
}

/// Reports every item to its end in an order of its own; returns how often it was told that all is done.
async fn report(store: Store, id: u32, seed: u64) -> u32 {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut completed = 0;
    let mut open: Vec<(String, u32)> = (0..ITEMS).map(|item| (item.to_string(), 0)).collect();
    while !open.is_empty() {
        let at = random.usize(..open.len());
        let (item, value) = &mut open[at];
        *value = (*value + random.u32(1..=40)).min(100);
        let patience = tokio::time::Instant::now() + Duration::from_secs(30);
        let reported = loop {
            match store.files(id).report(item, *value).await {
                Ok(reported) => break reported,
                // The connection was cut and no other was to be had in time: said again, under another token.
                Err(error) => assert!(error.is_unavailable(), "{error}"),
            }
            assert!(tokio::time::Instant::now() < patience);
        };
        assert!(matches!(reported, Reported::Counted(_)), "{reported:?}");
        completed += u32::from(reported.completes());
        if *value == 100 {
            open.swap_remove(at);
        }
    }
    completed
}
