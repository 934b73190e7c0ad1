//! A list has the methods that its declaration gives it, and no others.

use redis_schema::redis_schema;

#[redis_schema("queues.redis.yaml")]
mod lists {}

use lists::keys;

fn allowed() {
    let _ = keys::stack().push("a");
    let _ = keys::stack().pop();
    let _ = keys::queue().take(&keys::busy(1));
}

fn not_allowed() {
    // Which end comes next is not declared.
    let _ = keys::plain().push("a");
    let _ = keys::plain().pop();
    // Nothing lies elsewhere while it is worked on.
    let _ = keys::stack().take(&keys::busy(1));
    // That list is another one.
    let _ = keys::queue().done(&keys::plain(), "a");
}

fn main() {}
