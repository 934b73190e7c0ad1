//! One of the two programs: reads what to do, does it, and tells what it cost.

use std::io::BufRead as _;
use std::sync::Arc;
use std::time::Instant;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use redis_schema::BreakerOptions;
use redis_schema_benches::{allocations, cpu_seconds};
use uuid::Uuid;

use crate::work::{self, Store, Work};

/// The first argument of a program that is not the one the user started.
pub(crate) const ARGUMENT: &str = "worker";
/// The runtime alone.
pub(crate) const BARE: &str = "bare";
/// With metrics and a circuit breaker.
pub(crate) const OBSERVED: &str = "observed";

/// So few that the server has them in its processor's cache: it is the client that is measured.
const DOCUMENTS: u128 = 1_000;
/// Bytes of each one's text.
const SIZE: usize = 256;

/// What a round cost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    pub(crate) calls_a_second: f64,
    pub(crate) cpu_micros: f64,
    pub(crate) allocations: f64,
}

impl Figures {
    /// Reads what [`serve`] has written.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let mut numbers = line.split_whitespace().map(|word| word.parse().ok());
        Some(Self {
            calls_a_second: numbers.next()??,
            cpu_micros: numbers.next()??,
            allocations: numbers.next()??,
        })
    }
}

/// Works until the input ends.
pub(crate) fn serve(variant: &str, url: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut builder = Store::builder().url(url);
    let mut collected = None;
    if variant == OBSERVED {
        collected = Some(PrometheusBuilder::new().install_recorder().unwrap());
        builder = builder.circuit_breaker(BreakerOptions::default());
    }
    let store = runtime.block_on(builder.open()).unwrap();
    let ids: Arc<Vec<Uuid>> = Arc::new((0..DOCUMENTS).map(Uuid::from_u128).collect());
    runtime.block_on(work::fill(&store, &ids, &"x".repeat(SIZE)));
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        let named = |work: &Work| work.name() == words[0];
        let work = Work::ALL.into_iter().find(named).unwrap();
        let (callers, calls) = (words[1].parse().unwrap(), words[2].parse().unwrap());
        let figures = runtime.block_on(round(work, callers, calls, &store, &ids));
        if let Some(collected) = &collected {
            expect_operations(collected);
        }
        println!(
            "{} {} {}",
            figures.calls_a_second, figures.cpu_micros, figures.allocations
        );
    }
}

/// Measuring a store that tells nothing would prove nothing. Reading also empties what has been recorded.
fn expect_operations(collected: &PrometheusHandle) {
    let text = collected.render();
    assert!(text.contains("redis_schema_operations_total{"), "{text}");
}

async fn round(
    work: Work,
    callers: usize,
    calls: usize,
    store: &Store,
    ids: &Arc<Vec<Uuid>>,
) -> Figures {
    let each = calls / callers;
    let (allocated, cpu, start) = (allocations(), cpu_seconds(), Instant::now());
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let (store, ids) = (store.clone(), ids.clone());
            tokio::spawn(async move {
                let value = "x".repeat(SIZE);
                for turn in 0..each {
                    let id = ids[(caller * 7919 + turn) % ids.len()];
                    work.run(&store, id, &value).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    #[allow(clippy::cast_precision_loss)]
    let (done, allocated) = ((each * callers) as f64, (allocations() - allocated) as f64);
    Figures {
        calls_a_second: done / start.elapsed().as_secs_f64(),
        cpu_micros: (cpu_seconds() - cpu) / done * 1e6,
        allocations: allocated / done,
    }
}
