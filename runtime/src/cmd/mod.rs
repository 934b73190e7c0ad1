//! Commands: written once, as they go over the wire.

mod args;
#[cfg(feature = "metrics")]
mod name;
mod pool;
mod shorter;
mod wire;

pub(crate) use args::{Args, Wait, float_text};
#[cfg(feature = "metrics")]
pub(crate) use name::Name;
pub(crate) use shorter::shorter;
pub(crate) use wire::{Cmd, MULTI_EXEC};
