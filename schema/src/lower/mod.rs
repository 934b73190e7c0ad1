//! From the trees of the files that were read to the checked [`Schema`](crate::model::Schema).

use crate::node::Node;
use crate::source::FileId;

/// One file that was read, with its fields already checked against the language's tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Which file.
    pub file: FileId,
    /// Its tree.
    pub node: Node,
    /// The file that was asked for; every other one came by `imports:`.
    pub root: bool,
}
