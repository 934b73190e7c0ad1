//! Mistakes in the example programs: what the compiler refuses, and what the programs' own tests notice.

mod compiled;
mod diagnostics;
mod mistakes;
mod moved;
mod package;
mod running;

pub(crate) use compiled::compiled;
pub(crate) use running::running;
