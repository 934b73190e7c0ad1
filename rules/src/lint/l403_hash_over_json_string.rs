//! # L403 HASH_OVER_JSON_STRING
//!
//! A flat record that is stored as one JSON text is read, changed and written back as a whole: two writers overwrite each
//! other's fields, and counting takes a transaction. A `hash` of the same fields is written field by field. Found are strings
//! that hold a record of three or more fields, none of which is a list, a map or a record. Records that are only ever written
//! whole are well off as JSON; say so.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types:
//!   Cart: { fields: { items: u32, seen: timestamp_ms, note: string } }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<Cart> }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types:
//!   Cart: { fields: { items: u32, seen: timestamp_ms, note: string } }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, hash: Cart }
//! ```

use redis_schema_model::model::{Schema, Structure, Type, TypeKind};

use super::{Found, Lint, Subject, lint, walk};

pub(super) const LINT: Lint = lint!(
    "L403" "HASH_OVER_JSON_STRING",
    "a flat record that is stored as one text",
    Strict,
    "l403_hash_over_json_string.rs",
    Check(check)
);

/// Fields from which on writing one of them alone is worth it.
const FEWEST: usize = 3;

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let Structure::String(value) = &key.structure else {
            continue;
        };
        let Type::Named(id) = walk::bare(subject.schema, &value.ty) else {
            continue;
        };
        let def = &subject.schema[*id];
        let TypeKind::Struct(record) = &def.kind else {
            continue;
        };
        let flat = record
            .fields
            .iter()
            .all(|field| is_scalar(subject.schema, &field.ty));
        if flat && record.fields.len() >= FEWEST && value.encoding.zstd_over.is_none() {
            found
                .at(
                    subject.key_place(key, "string"),
                    format!(
                        "`{}` stores the flat record `{}` as one text",
                        key.name, def.name
                    ),
                )
                .label("every change writes all of it")
                .help(format!(
                    "write `hash: {}`, or say why it is always written whole",
                    def.name
                ));
        }
    }
}

fn is_scalar(schema: &Schema, ty: &Type) -> bool {
    match walk::bare(schema, ty) {
        Type::List(_) | Type::Map(_) | Type::Any => false,
        Type::Named(id) => matches!(schema[*id].kind, TypeKind::Enum(_) | TypeKind::Rust { .. }),
        _ => true,
    }
}
