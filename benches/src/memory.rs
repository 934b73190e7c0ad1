//! How often and how much memory some work asks for: counts that are the same in every run.

#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts allocations and the bytes that are held. Declare it as the program's `#[global_allocator]`; where time is
/// measured, [`crate::Counting`] costs less.
#[derive(Debug)]
pub struct Watching;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn taken(bytes: usize) {
    ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
    let held = HELD.fetch_add(bytes, Ordering::Relaxed) + bytes;
    MOST.fetch_max(held, Ordering::Relaxed);
}

// SAFETY: every call goes to the system allocator unchanged; counting touches no memory of the caller.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: the caller's obligations are passed on as they are.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's obligations are passed on as they are.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        taken(size);
        // SAFETY: the caller's obligations are passed on as they are.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// What some work asked for.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    /// Allocations; growing one counts.
    pub allocations: usize,
    /// Most bytes held at once, on top of what was held before.
    pub most: usize,
}

/// Runs something by itself and counts. Only right while nothing else runs.
pub fn used<R>(run: impl FnOnce() -> R) -> (R, Used) {
    let (allocations, held) = (
        ALLOCATIONS.load(Ordering::Relaxed),
        HELD.load(Ordering::Relaxed),
    );
    MOST.store(held, Ordering::Relaxed);
    let result = run();
    let used = Used {
        allocations: ALLOCATIONS.load(Ordering::Relaxed) - allocations,
        most: MOST.load(Ordering::Relaxed).saturating_sub(held),
    };
    (result, used)
}
