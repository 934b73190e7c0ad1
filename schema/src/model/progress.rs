use super::{StreamTrim, Value};

/// How far each of a job's items is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// What items are named by; text-encoded.
    pub item: Value,
    /// The number at which an item is done; at least one.
    pub max: u32,
    /// A report may lower a number.
    pub allow_decrease: bool,
    /// A report may add an item.
    pub allow_unknown: bool,
    /// Reports are entries of a stream too, under a key that is declared with this one.
    pub events: Option<ProgressEvents>,
}

/// The stream of what was reported.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProgressEvents {
    /// How old entries are dropped: by their number.
    pub trim: StreamTrim,
    /// What a report may say besides.
    pub message: Option<Value>,
}
