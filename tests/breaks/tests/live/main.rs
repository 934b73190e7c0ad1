//! Every rule about change, live: data or messages of the version before meet code of the version after, and what
//! the page of the rule says happens. Where the page shows a compatible version, the same goes well with that one.
//!
//! The code on both sides is made from the examples on the pages, so the pages cannot say anything else.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod absent;
mod buried;
mod caches;
mod channels;
mod collections;
mod enums;
mod fields;
mod groups;
mod lifetimes;
mod limits;
mod locks;
mod names;
mod newer;
mod operations;
mod places;
mod progress;
mod queues;
mod records;
mod sessions;
mod slots;
mod stage;
mod streams;
mod strict;
mod table;
mod values;
mod work;

use redis_schema_test_server::Server;

use stage::play;

#[test]
fn keys_and_their_names() {
    play(&Server::start(), names::STORIES);
}

#[test]
fn prefixes_databases_and_servers() {
    play(&Server::start(), places::STORIES);
}

#[test]
fn values() {
    play(&Server::start(), values::STORIES);
}

#[test]
fn queues_of_work() {
    play(&Server::start(), work::STORIES);
}

#[test]
fn closed_lists_and_shapes() {
    play(&Server::start(), enums::STORIES);
}

#[test]
fn fields_of_records() {
    play(&Server::start(), fields::STORIES);
}

#[test]
fn records_that_refuse_other_fields() {
    play(&Server::start(), strict::STORIES);
}

#[test]
fn bounds_and_meanings_of_fields() {
    play(&Server::start(), records::STORIES);
}

#[test]
fn collections() {
    play(&Server::start(), collections::STORIES);
}

#[test]
fn streams() {
    play(&Server::start(), streams::STORIES);
}

#[test]
fn groups_of_consumers() {
    play(&Server::start(), groups::STORIES);
}

#[test]
fn lists_as_queues() {
    play(&Server::start(), queues::STORIES);
}

#[test]
fn limits_of_calls() {
    play(&Server::start(), limits::STORIES);
}

#[test]
fn locks_and_semaphores() {
    play(&Server::start(), locks::STORIES);
}

#[test]
fn tags_of_caches() {
    play(&Server::start(), caches::STORIES);
}

#[test]
fn sessions_and_their_indexes() {
    play(&Server::start(), sessions::STORIES);
}

#[test]
fn progress() {
    play(&Server::start(), progress::STORIES);
}

#[test]
fn what_is_buried() {
    play(&Server::start(), buried::STORIES);
}

#[test]
fn channels() {
    play(&Server::start(), channels::STORIES);
}

#[test]
fn lifetimes() {
    play(&Server::start(), lifetimes::STORIES);
}

#[test]
fn lifetimes_of_fields() {
    play(&Server::start_newer(), newer::STORIES);
}

#[test]
fn operations() {
    play(&Server::start(), operations::STORIES);
}
