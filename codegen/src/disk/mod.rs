//! Schemas on disk, for the doors that read and write: everything else of this crate does neither.

mod find;
mod locate;
mod read;
mod roots;
#[cfg(feature = "write")]
mod write;

pub use find::{ENDINGS, Found, find, is_schema};
pub use locate::locate;
pub use read::{Directory, limited, read};
pub use roots::{files, roots};
#[cfg(feature = "write")]
pub use write::{Written, write};
