use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use redis_schema_model::diagnostic::{
    Colour, Diagnostic, MOST_SHOWN, Severity, human_one, one_line,
};
use redis_schema_model::load::Loaded;

/// What came of a run; displayed, the lines that Cargo understands.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Report {
    /// The files that the schemas became, the one to include first.
    pub files: Vec<PathBuf>,
    /// Everything that the result depends on.
    pub watched: BTreeSet<PathBuf>,
    /// One line each.
    pub warnings: Vec<String>,
    /// Possibly of several lines each. There are none exactly if everything was written.
    pub errors: Vec<String>,
}

impl Report {
    /// Adds an error; once, however many schemas import the file that it is in.
    pub(crate) fn error(&mut self, message: &str) {
        if !self.errors.iter().any(|known| known == message) {
            self.errors.push(message.to_owned());
        }
    }

    /// Takes over what was found in a schema. Notes are for people who ask for them.
    pub(crate) fn findings(&mut self, loaded: &Loaded) {
        let of = |severity| move |finding: &&Diagnostic| finding.severity == severity;
        let findings = &loaded.diagnostics;
        let warnings = findings.iter().filter(of(Severity::Warning));
        self.warnings
            .extend(warnings.map(|finding| one_line(finding, &loaded.sources)));
        let errors: Vec<_> = findings.iter().filter(of(Severity::Error)).collect();
        for finding in errors.iter().take(MOST_SHOWN) {
            let text = human_one(finding, &loaded.sources, Colour::Off);
            // Cargo puts its own `error: ` in front.
            self.error(text.strip_prefix("error: ").unwrap_or(&text));
        }
        let hidden = errors.len().saturating_sub(MOST_SHOWN);
        if hidden > 0 {
            self.errors
                .push(format!("... and {hidden} more errors in this schema"));
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for path in &self.watched {
            writeln!(f, "cargo::rerun-if-changed={}", path.display())?;
        }
        for (kind, messages) in [("warning", &self.warnings), ("error", &self.errors)] {
            for line in messages.iter().flat_map(|message| message.lines()) {
                writeln!(f, "cargo::{kind}={line}")?;
            }
        }
        Ok(())
    }
}
