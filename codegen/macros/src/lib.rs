//! The `#[redis_schema]` attribute: arguments, files and errors. What it emits is made by `redis-schema-codegen`.

#![forbid(unsafe_code)]

mod args;
mod expand;
mod item;
mod place;
mod report;
#[cfg(test)]
mod tests;

/// Typed accessors for a Redis schema.
///
/// On a module it fills the module with everything that the schema declares. What the module holds already
/// stays, as do its attributes and its visibility:
///
/// ```text
/// #[redis_schema("faultline.redis.yaml")]
/// pub mod faultline {}
/// ```
///
/// On a struct of yours that the schema names (`Job: { rust: crate::Job, fields: { ... } }`) it checks the
/// struct's fields against the declared ones and makes it readable and writable as the schema says:
///
/// ```text
/// #[redis_schema(schema = "faultline.redis.yaml", type = "Job")]
/// pub struct Job { pub status: faultline::JobStatus, pub note: Option<String> }
/// ```
///
/// The path is looked for in the package's directory, then beside the file that holds the attribute. Changing
/// the schema, or anything it imports, builds the crate again.
///
/// `crate = "..."` is the path of the `redis_schema` crate where it is not `::redis_schema`.
///
/// Mistakes of the schema are errors of the build, all at once. Warnings are not shown here, because stable
/// Rust gives an attribute no way to warn; `redis-schema check` and the build-script door show them.
#[proc_macro_attribute]
pub fn redis_schema(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand::attribute(args.into(), item.into()).into()
}
