use std::cell::Cell;

/// A buffer larger than this is given back to the allocator after use.
const KEEP: usize = 64 * 1024;

thread_local! {
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Lends a cleared buffer that this thread keeps, so that encoding a value allocates nothing.
/// A nested loan gets a fresh one.
pub(crate) fn with_scratch<R>(run: impl FnOnce(&mut Vec<u8>) -> R) -> R {
    let mut buffer = BUFFER.take();
    buffer.clear();
    let result = run(&mut buffer);
    if buffer.capacity() <= KEEP {
        BUFFER.set(buffer);
    }
    result
}
