//! Buffers to write commands into again: a thread keeps a few, so that building a command allocates nothing.

use std::cell::RefCell;

use super::wire::Wire;

/// Bytes that a thread keeps: enough for thousands of commands that wait for their answers at once.
const KEEP: usize = 1 << 20;
/// Larger buffers go back to the allocator.
const LARGEST: usize = 16 << 10;
/// No buffer is made smaller than this: most commands fit, whoever has used it before.
const SMALLEST: usize = 128;

thread_local! {
    static POOL: RefCell<Pool> = const { RefCell::new(Pool { free: Vec::new(), bytes: 0 }) };
}

struct Pool {
    #[allow(clippy::vec_box)] // commands are boxed while they are used
    free: Vec<Box<Wire>>,
    /// What they have room for, together.
    bytes: usize,
}

/// An empty buffer: one that was used before, or one with this room.
#[inline]
pub(super) fn take(room: usize) -> Box<Wire> {
    let kept = POOL.try_with(|pool| {
        let mut pool = pool.borrow_mut();
        let wire = pool.free.pop()?;
        pool.bytes -= wire.body.capacity();
        Some(wire)
    });
    match kept {
        Ok(Some(wire)) => wire,
        // A thread that ends has no pool any more.
        Ok(None) | Err(_) => fresh(room),
    }
}

#[cold]
fn fresh(room: usize) -> Box<Wire> {
    Box::new(Wire {
        body: Vec::with_capacity(room.max(SMALLEST)),
        args: 0,
    })
}

/// Gives a buffer back.
#[inline]
pub(super) fn give(mut wire: Box<Wire>) {
    let room = wire.body.capacity();
    if room > LARGEST {
        return;
    }
    wire.body.clear();
    wire.args = 0;
    // Without a pool it goes back to the allocator.
    let _ = POOL.try_with(|pool| {
        let mut pool = pool.borrow_mut();
        if pool.bytes + room <= KEEP {
            pool.bytes += room;
            pool.free.push(wire);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_keeps_what_is_small_and_not_too_much_of_it() {
        give(fresh(LARGEST + 1));
        assert!(take(1).body.capacity() < LARGEST);
        for _ in 0..=KEEP / LARGEST {
            give(fresh(LARGEST));
        }
        let kept = POOL.with_borrow(|pool| (pool.free.len(), pool.bytes));
        assert_eq!(kept, (KEEP / LARGEST, KEEP));
        let wire = take(1);
        assert!(wire.body.is_empty() && wire.body.capacity() == LARGEST);
        assert_eq!(POOL.with_borrow(|pool| pool.bytes), KEEP - LARGEST);
    }
}
