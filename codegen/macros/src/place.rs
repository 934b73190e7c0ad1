//! Where a schema lies: the package's directory first, then the directory of the file that names it.

use std::path::{Path, PathBuf};

use proc_macro2::{Span, TokenStream};
use quote::quote;
use redis_schema_codegen::disk::{Directory, locate};
use redis_schema_model::source::SourceFile;

/// The directory that a schema was found in.
pub(crate) struct Place {
    base: PathBuf,
    package: Option<PathBuf>,
}

impl Place {
    /// Looks for a schema; what to tell the user where there is none.
    pub(crate) fn of(name: &str, span: Span) -> Result<Self, String> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let beside = source_file(span).and_then(|file| {
            // Relative to where the compiler runs, which is the workspace.
            let file = std::path::absolute(file).ok()?;
            file.parent().map(Path::to_path_buf)
        });
        let mut bases: Vec<PathBuf> = package.iter().cloned().chain(beside).collect();
        bases.dedup();
        locate(name, &bases).map(|base| Self { base, package })
    }

    pub(crate) fn directory(&self) -> Directory {
        Directory::new(&self.base)
    }

    /// Items that make the compiler watch every file that was read and exists.
    pub(crate) fn watch(&self, files: &[SourceFile]) -> TokenStream {
        let paths = files.iter().filter_map(|file| self.tracked(file.name()));
        paths
            .map(|path| {
                quote!(
                    const _: &[u8] = ::core::include_bytes!(#path);
                )
            })
            .collect()
    }

    /// A path inside the package names no directory of this machine, so that the expansion is the same everywhere.
    fn tracked(&self, name: &str) -> Option<TokenStream> {
        let path = self.base.join(name);
        if !path.is_file() {
            return None;
        }
        let package = self.package.as_ref();
        match package.and_then(|package| path.strip_prefix(package).ok()) {
            Some(inside) => {
                let inside = format!("/{}", inside.to_str()?);
                Some(quote!(
                    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #inside)
                ))
            }
            None => path.to_str().map(|path| quote!(#path)),
        }
    }
}

/// The file of a span; nothing outside the compiler, as in unit tests.
fn source_file(span: Span) -> Option<PathBuf> {
    proc_macro::is_available().then(|| span.unwrap().local_file())?
}
