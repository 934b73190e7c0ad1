//! A group has the methods that its declaration gives it, and no others.

use redis_schema::redis_schema;
use redis_schema::stream::StreamId;

#[redis_schema("consumers.redis.yaml")]
mod shop {}

use shop::consumers::orders::{Billing, Counter, Mailer, Printer};

fn allowed() {
    let orders = shop::keys::orders();
    let _ = orders.group(Billing).ack([StreamId::MIN]);
    let _ = orders.group(Billing).claim("worker-1", StreamId::MIN, 10);
    let _ = orders.group(Billing).bury([StreamId::MIN]);
    let _ = orders.group(Mailer).claim("worker-1", StreamId::MIN, 10);
    let _ = orders.group(Printer).ack([StreamId::MIN]);
}

fn not_allowed() {
    let orders = shop::keys::orders();
    // Entries count as dealt with when they are delivered.
    let _ = orders.group(Counter).ack([StreamId::MIN]);
    // Nobody takes over what another consumer leaves undone.
    let _ = orders.group(Printer).claim("worker-1", StreamId::MIN, 10);
    // There is nowhere for entries to go that nobody can deal with.
    let _ = orders.group(Mailer).bury([StreamId::MIN]);
}

fn main() {}
