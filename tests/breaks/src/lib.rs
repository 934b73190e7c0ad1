//! Code generated from the examples on the pages of the rules about change: `b215::one::before` and so on. A page
//! with several `before`s has `two`, `three`; a second `after` of one `before` is `after_2`.
//!
//! `tests/live` runs the two sides against each other on a real server.

include!(concat!(env!("OUT_DIR"), "/pages.rs"));
