//! Commands to write into again: a thread keeps a few, so that building one allocates nothing.

use std::cell::RefCell;

use redis::Cmd;

/// Commands that a thread keeps: as many as may well wait for their answers at once.
const KEEP: usize = 512;
/// Commands with more bytes of arguments than this go back to the allocator.
const LARGEST: usize = 4 * 1024;

thread_local! {
    #[allow(clippy::vec_box)] // moving a box is a word, moving a command nine
    static POOL: RefCell<Vec<Box<Cmd>>> = const { RefCell::new(Vec::new()) };
}

/// An empty command, used before or with the given room.
#[inline]
pub(crate) fn take(args: usize, bytes: usize) -> Box<Cmd> {
    POOL.with_borrow_mut(Vec::pop)
        .unwrap_or_else(|| Box::new(Cmd::with_capacity(args, bytes)))
}

/// Gives back a command that has been sent.
#[inline]
pub(crate) fn give(mut cmd: Box<Cmd>) {
    let bytes: usize = cmd
        .args_iter()
        .map(|arg| match arg {
            redis::Arg::Simple(bytes) => bytes.len(),
            _ => 0,
        })
        .sum();
    if bytes > LARGEST {
        return;
    }
    cmd.clear();
    POOL.with_borrow_mut(|pool| {
        if pool.len() < KEEP {
            pool.push(cmd);
        }
    });
}
