//! The language in one table: every object and field a schema may hold.
//!
//! From it come the check of shapes ([`check`]), the suggestions, the JSON Schema for editors
//! ([`json_schema`]) and the reference page ([`reference()`]). Nothing else lists the fields.

mod caches;
mod check;
mod declarations;
mod document;
mod durability;
mod forms;
mod json_schema;
mod keys;
mod lifetime;
mod limits;
mod lint;
mod lists;
mod locks;
mod params;
mod progress;
mod queues;
mod reference;
mod sessions;
mod shape;
mod streams;
mod structures;
mod tombstones;
mod types;
mod unavailable;
mod values;
mod walk;

pub(crate) use check::section_of;
pub use check::{check, check_against};
pub use document::{PART, ROOT};
pub use json_schema::json_schema;
pub use reference::reference;
pub use shape::{Field, Form, Named, Object, Role, Shape, Word};
