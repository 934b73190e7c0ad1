//! Measuring both sides of a comparison in one run: interleaved rounds, medians, ratios, allocation counts.

#![allow(unsafe_code, clippy::print_stdout)]

pub mod keys;
pub mod large;
pub mod memory;
pub mod process;
pub mod repository;
pub mod values;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Counts allocations. Declare it as the program's `#[global_allocator]`.
#[derive(Debug)]
pub struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call goes to the system allocator unchanged; counting touches no memory of the caller.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's obligations are passed on as they are.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's obligations are passed on as they are.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's obligations are passed on as they are.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Allocations (growing one counts) since the program started.
#[must_use]
pub fn allocations() -> u64 {
    ALLOCATIONS.load(Ordering::Relaxed)
}

/// One side of a comparison: its name and what it does once.
pub struct Side<'a> {
    name: &'a str,
    run: Box<dyn FnMut(usize) + 'a>,
}

impl<'a> Side<'a> {
    /// A side. The closure gets the number of the iteration.
    pub fn new(name: &'a str, run: impl FnMut(usize) + 'a) -> Self {
        Self {
            name,
            run: Box::new(run),
        }
    }
}

impl std::fmt::Debug for Side<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What one side cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Median nanoseconds of one iteration.
    pub nanos: f64,
    /// Allocations of one iteration.
    pub allocations: f64,
}

/// Runs the sides in turn, `rounds` times `iterations` each, and prints each with its ratio to the first.
pub fn compare(title: &str, rounds: usize, iterations: usize, sides: &mut [Side<'_>]) -> Vec<Cost> {
    let mut nanos = vec![Vec::with_capacity(rounds); sides.len()];
    let mut counted = vec![0; sides.len()];
    for _ in 0..rounds {
        for (at, side) in sides.iter_mut().enumerate() {
            let before = allocations();
            let start = Instant::now();
            for i in 0..iterations {
                (side.run)(i);
            }
            #[allow(clippy::cast_precision_loss)]
            nanos[at].push(start.elapsed().as_nanos() as f64 / iterations as f64);
            counted[at] += allocations() - before;
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let costs: Vec<Cost> = nanos
        .iter_mut()
        .zip(&counted)
        .map(|(nanos, counted)| Cost {
            nanos: median(nanos),
            allocations: *counted as f64 / (rounds * iterations) as f64,
        })
        .collect();
    println!("{title}");
    for (side, cost) in sides.iter().zip(&costs) {
        println!(
            "  {:<52} {:>9.1} ns  {:>5.2} allocations  x {:.2}",
            side.name,
            cost.nanos,
            cost.allocations,
            cost.nanos / costs[0].nanos
        );
    }
    costs
}

/// The least value: what the work itself takes, where other programs take turns on the processors.
#[must_use]
pub fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Prints what was measured beside its limit, and their ratio.
pub fn against(what: &str, measured: f64, limit: f64, unit: &str) {
    println!(
        "  {what:<44} {measured:>8.2} {unit:<5} limit {limit:>6} {unit:<5} x {:.2}",
        measured / limit
    );
}

/// Measurements of one thing: their median, and the range that holds the true one with 95 % certainty.
#[derive(Debug, Clone, Copy)]
pub struct Middle {
    /// The median.
    pub median: f64,
    /// The least it may be.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
}

impl Middle {
    /// Of some measurements. The range is read off their order, whatever their distribution: as many of them lie
    /// below the true median as a coin thrown so often shows heads.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )]
    pub fn of(mut values: Vec<f64>) -> Self {
        let median = median(&mut values);
        let half = values.len() as f64 / 2.0;
        let away = 0.98 * (values.len() as f64).sqrt();
        let at = |place: f64| {
            let place = (place.max(0.0) as usize).min(values.len().saturating_sub(1));
            values.get(place).copied().unwrap_or_default()
        };
        Self {
            median,
            low: at((half - away).floor()),
            high: at((half + away).ceil()),
        }
    }
}

impl std::fmt::Display for Middle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:.3} [{:.2} to {:.2}]",
            self.median, self.low, self.high
        )
    }
}

/// The ratios of neighbouring rounds: a machine that is busy meanwhile is so for both sides.
#[must_use]
pub fn ratio(ours: &[f64], others: &[f64]) -> Middle {
    let rounds = ours.iter().zip(others);
    Middle::of(rounds.map(|(ours, other)| ours / other).collect())
}

/// The middle value.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Seconds of processor time the calling process's main thread has used: everything, in a program with a
/// one-thread runtime. 0 where the kernel does not tell.
#[must_use]
pub fn cpu_seconds() -> f64 {
    std::fs::read_to_string("/proc/self/schedstat")
        .ok()
        .and_then(|stat| stat.split_whitespace().next()?.parse::<f64>().ok())
        .map_or(0.0, |nanos| nanos / 1e9)
}
