//! Buffers to write commands into again: a thread keeps a few, so that building a command allocates nothing.

use std::cell::RefCell;

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
    free: Vec<Vec<u8>>,
    /// What they have room for, together.
    bytes: usize,
}

/// An empty buffer: one that was used before, or one with this room.
#[inline]
pub(super) fn take(room: usize) -> Vec<u8> {
    let kept = POOL.try_with(|pool| {
        let mut pool = pool.borrow_mut();
        let buffer = pool.free.pop()?;
        pool.bytes -= buffer.capacity();
        Some(buffer)
    });
    match kept {
        Ok(Some(buffer)) => buffer,
        // A thread that ends has no pool any more.
        Ok(None) | Err(_) => Vec::with_capacity(room.max(SMALLEST)),
    }
}

/// Gives a buffer back.
#[inline]
pub(super) fn give(mut buffer: Vec<u8>) {
    let room = buffer.capacity();
    if room == 0 || room > LARGEST {
        return;
    }
    buffer.clear();
    // Without a pool it goes back to the allocator.
    let _ = POOL.try_with(|pool| {
        let mut pool = pool.borrow_mut();
        if pool.bytes + room <= KEEP {
            pool.bytes += room;
            pool.free.push(buffer);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_keeps_what_is_small_and_not_too_much_of_it() {
        give(Vec::with_capacity(LARGEST + 1));
        assert!(take(1).capacity() < LARGEST);
        for _ in 0..=KEEP / LARGEST {
            give(Vec::with_capacity(LARGEST));
        }
        let kept = POOL.with_borrow(|pool| (pool.free.len(), pool.bytes));
        assert_eq!(kept, (KEEP / LARGEST, KEEP));
        let buffer = take(1);
        assert!(buffer.is_empty() && buffer.capacity() == LARGEST);
        assert_eq!(POOL.with_borrow(|pool| pool.bytes), KEEP - LARGEST);
    }
}
