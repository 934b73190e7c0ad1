//! What is known about changes of a keyspace: the facts of a schema in a form that can be stored and compared, and the
//! rules that say what a change breaks, for whom, and until when.
//!
//! Pure: no input or output, no clock. `README.md` beside this says how a rule is added.

#![forbid(unsafe_code)]

pub mod breaking;
pub mod day;
pub mod expr;
pub mod facts;
pub mod fix;
pub mod lint;
pub mod matching;
mod names;
pub mod page;
pub mod place;
pub mod reserved;
pub mod rule;
pub mod verdict;
pub mod versions;
