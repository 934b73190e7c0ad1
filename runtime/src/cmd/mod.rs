//! Commands: written once, as they go over the wire.

mod args;
mod pool;
mod shorter;
mod wire;

pub(crate) use args::{Args, Wait, float_text};
pub(crate) use shorter::shorter;
pub(crate) use wire::{Cmd, MULTI_EXEC};
