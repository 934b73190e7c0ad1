use std::io::Write as _;
use std::path::{Path, PathBuf};

use redis_schema_codegen::disk;
use redis_schema_codegen::rust::{Options, emit_file, emit_index, file_stem};
use redis_schema_model::model::Schema;

use crate::report::Report;
use crate::schemas;

/// What to compile, and where to.
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    schemas: PathBuf,
    out_dir: Option<PathBuf>,
    include_file: String,
    krate: Option<String>,
}

impl Builder {
    /// Every schema below a directory, or a single one. The path starts at the package's directory.
    pub fn new(schemas: impl AsRef<Path>) -> Self {
        Self {
            schemas: schemas.as_ref().to_path_buf(),
            out_dir: None,
            include_file: "redis_schemas.rs".to_owned(),
            krate: None,
        }
    }

    /// The directory that is written to, `OUT_DIR` unless said otherwise.
    pub fn out_dir(mut self, directory: impl AsRef<Path>) -> Self {
        self.out_dir = Some(directory.as_ref().to_path_buf());
        self
    }

    /// Name of the file that holds the modules, `redis_schemas.rs` unless said otherwise.
    pub fn include_file(mut self, name: impl Into<String>) -> Self {
        self.include_file = name.into();
        self
    }

    /// Path of the runtime crate where it is not `::redis_schema`; it begins with `::` or `crate::`.
    pub fn krate(mut self, path: impl Into<String>) -> Self {
        self.krate = Some(path.into());
        self
    }

    /// Compiles and tells Cargo. Mistakes fail the build after the build script has ended.
    pub fn compile(&self) {
        let told = self.run().to_string();
        // Nobody is left to tell when Cargo no longer reads.
        let _ = std::io::stdout().write_all(told.as_bytes());
    }

    /// Compiles and says nothing: for build systems other than Cargo. Nothing is written when there are mistakes.
    #[must_use]
    pub fn run(&self) -> Report {
        let mut report = Report::default();
        let schemas = schemas::load_all(&self.schemas, &mut report);
        let Some(options) = self.options() else {
            report.error("`krate` must mean the same in every module: write `::redis_schema` or `crate::redis`");
            return report;
        };
        let Some(out_dir) = self.target() else {
            report.error("OUT_DIR is not set: call this from a build script, or name a directory with `out_dir`");
            return report;
        };
        let files = self.files(&schemas, &options, &mut report);
        if report.errors.is_empty() {
            for (name, text) in files {
                write(out_dir.join(name), &text, &mut report);
            }
        }
        report
    }

    fn options(&self) -> Option<Options> {
        let options = Options::new().included();
        match &self.krate {
            Some(path) => options.typed_krate(path),
            None => Some(options),
        }
    }

    fn target(&self) -> Option<PathBuf> {
        let from_cargo = || std::env::var_os("OUT_DIR").map(PathBuf::from);
        self.out_dir.clone().or_else(from_cargo)
    }

    fn files(
        &self,
        schemas: &[Schema],
        options: &Options,
        report: &mut Report,
    ) -> Vec<(String, String)> {
        let mut files = vec![(self.include_file.clone(), emit_index(schemas))];
        let mut from: Vec<&Schema> = Vec::new();
        for schema in schemas {
            let name = format!("{}.rs", file_stem(schema));
            if let Some(other) = from.iter().find(|it| file_stem(it) == file_stem(schema)) {
                report.error(&same_name(schema, other));
            } else if name == self.include_file {
                report.error(&format!(
                    "`{name}` would hold both the schema `{}` and every module: name another file with `include_file`",
                    schema.name
                ));
            } else {
                files.push((name, emit_file(schema, options)));
            }
            from.push(schema);
        }
        files
    }
}

fn same_name(schema: &Schema, other: &Schema) -> String {
    let file = |schema: &Schema| schema.files.first().cloned().unwrap_or_default();
    format!(
        "{} and {} are both called `{}`, and so would be their modules: change the `schema:` of one",
        file(other),
        file(schema),
        schema.name,
    )
}

fn write(path: PathBuf, text: &str, report: &mut Report) {
    match disk::write(&path, text) {
        Ok(_) => report.files.push(path),
        Err(error) => report.error(&format!("cannot write {}: {error}", path.display())),
    }
}
