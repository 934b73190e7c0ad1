//! The mistakes that compile, each with its place. Shared with the build script.

#[path = "switches/faultline.rs"]
mod faultline;
#[path = "switches/image2model.rs"]
mod image2model;

/// An example program.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// Its folder in `examples`.
    pub name: &'static str,
    /// The files of its library, in which the mistakes are.
    pub files: &'static [&'static str],
    /// The file of its tests.
    pub tests: &'static str,
}

pub const PROGRAMS: &[Program] = &[
    Program {
        name: "faultline",
        files: &["analyse", "service"],
        tests: "lifecycle",
    },
    Program {
        name: "image2model",
        files: &["jobs", "limits", "progress"],
        tests: "store",
    },
];

/// A mistake: an expression or statement, and what stands in its place while the switch is on.
#[derive(Debug, Clone, Copy)]
pub struct Switch {
    pub kind: &'static str,
    pub program: &'static str,
    pub file: &'static str,
    /// Stands once in the file.
    pub from: &'static str,
    pub to: &'static str,
}

/// Every mistake.
pub fn switches() -> impl Iterator<Item = &'static Switch> {
    let files = [
        faultline::SERVICE,
        image2model::JOBS,
        image2model::LIMITS,
        image2model::PROGRESS,
    ];
    files.into_iter().flatten()
}
