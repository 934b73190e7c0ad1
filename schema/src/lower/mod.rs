//! From the trees of the files that were read to the checked [`Schema`](crate::model::Schema).

use crate::node::Node;
use crate::source::FileId;

/// One file that was read, with its fields already checked against the language's tables.
///
/// Every deviation from those tables has its finding already, so lowering skips what it cannot use without
/// a word: unknown and repeated fields, a value of the wrong kind (a list where text is meant), missing
/// required fields, a key with no or several structures, words outside a closed list, numbers that are not
/// whole or out of range. Texts with a grammar of their own (names, templates, types, durations, references)
/// are only known to be text.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Which file.
    pub file: FileId,
    /// Its tree.
    pub node: Node,
    /// The file that was asked for; every other one came by `imports:`.
    pub root: bool,
}
