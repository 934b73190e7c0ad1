//! Findings of several schemas as one report.

use std::collections::HashMap;

use clap::ValueEnum;
use redis_schema_model::diagnostic::{self, Colour, Diagnostic, Id, Tally};
use redis_schema_model::source::{FileId, Sources, Span};

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the lines concerned, what is wrong and what to type instead
    Human,
    /// One JSON object a line; `redis-schema help check` describes it
    Json,
    /// Workflow commands that GitHub shows beside the lines of a pull request
    Github,
    /// SARIF 2.1.0 for code scanning and editors
    Sarif,
}

/// Findings and the files they point into. A file that several schemas import stands here once.
#[derive(Debug, Default)]
pub(crate) struct Report {
    findings: Vec<Diagnostic>,
    sources: Sources,
    files: HashMap<String, FileId>,
    /// The findings of each place and message.
    known: HashMap<(Span, String), Vec<usize>>,
}

impl Report {
    /// Adds what was found in one schema; the same finding by another way is left out.
    pub(crate) fn add(&mut self, findings: Vec<Diagnostic>, sources: &Sources) {
        if findings.is_empty() {
            return;
        }
        let ids: Vec<FileId> = sources
            .files()
            .iter()
            .map(|file| self.file(file.name(), file.text()))
            .collect();
        let moved = |span: Span| Span {
            file: ids.get(span.file.0 as usize).copied().unwrap_or(span.file),
            ..span
        };
        for mut finding in findings {
            finding.span = moved(finding.span);
            for (span, _) in &mut finding.related {
                *span = moved(*span);
            }
            let place = (finding.span, finding.message.clone());
            let alike = self.known.entry(place).or_default();
            if alike.iter().all(|at| self.findings[*at] != finding) {
                alike.push(self.findings.len());
                self.findings.push(finding);
            }
        }
    }

    fn file(&mut self, name: &str, text: &str) -> FileId {
        if let Some(id) = self.files.get(name) {
            return *id;
        }
        let id = self.sources.add(name, text);
        self.files.insert(name.to_owned(), id);
        id
    }

    pub(crate) fn tally(&self) -> Tally {
        Tally::of(&self.findings)
    }

    /// The code of the first finding, the one a reader sees first.
    pub(crate) fn first_code(&self) -> Option<&Id> {
        self.findings.first().map(|finding| &finding.code)
    }

    /// The findings in the given form, complete and ready to print.
    pub(crate) fn render(&self, format: Format, coloured: bool) -> String {
        let colour = if coloured { Colour::On } else { Colour::Off };
        match format {
            Format::Human => diagnostic::human(&self.findings, &self.sources, colour),
            Format::Json => diagnostic::json(&self.findings, &self.sources),
            Format::Github => diagnostic::github(&self.findings, &self.sources),
            Format::Sarif => diagnostic::sarif(&self.findings, &self.sources),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> (Vec<Diagnostic>, Sources) {
        let mut sources = Sources::new();
        sources.add("root.yaml", "a: 1\n");
        let file = sources.add(name, text);
        let finding = Diagnostic::error(diagnostic::Code::E0101, Span::new(file, 0, 1), "wrong")
            .related(Span::new(FileId(0), 0, 1), "because");
        (vec![finding], sources)
    }

    #[test]
    fn files_keep_their_findings_when_reports_join() {
        let mut report = Report::default();
        for name in ["one.yaml", "two.yaml"] {
            let (findings, sources) = found(name, "b: 2\n");
            report.add(findings.clone(), &sources);
        }
        let text = report.render(Format::Github, false);
        let files: Vec<&str> = text.lines().map(|line| &line[..21]).collect();
        assert_eq!(files, ["::error file=one.yaml", "::error file=two.yaml"]);
    }

    #[test]
    fn a_shared_file_is_reported_once() {
        let mut report = Report::default();
        let (findings, sources) = found("shared.yaml", "b: 2\n");
        report.add(findings.clone(), &sources);
        report.add(findings.clone(), &sources);
        assert_eq!(report.tally().errors, 1);
    }
}
