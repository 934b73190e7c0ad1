//! What the parser could not read, in the user's words.

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use super::hint::{self, Spot};
use super::limits::{MAX_DEPTH, MAX_NODES};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Explains why the parser stopped, inside of the bracket at `flow` if there is one.
pub(super) fn explain(
    file: FileId,
    text: &str,
    error: &ScanError,
    flow: Option<usize>,
) -> Vec<Diagnostic> {
    let spot = Spot::new(file, text, offset(error));
    let templates = spot.unquoted_templates();
    if !templates.is_empty() {
        return templates;
    }
    let flow = flow.filter(|flow| *flow < spot.line().start);
    vec![
        flow.and_then(|flow| runs_on(&Spot::new(file, text, flow), &spot, error.kind()))
            .unwrap_or_else(|| one(&spot, error.kind())),
    ]
}

/// What was opened at a bracket on an earlier line, and goes on because it is not closed.
fn runs_on(opened: &Spot<'_>, stopped: &Spot<'_>, kind: &ErrorKind) -> Option<Diagnostic> {
    use ErrorKind as K;
    match kind {
        K::InvalidTrailingDoubleQuotedScalar | K::InvalidTrailingSingleQuotedScalar => {
            opened.odd_quote()
        }
        K::InvalidColonPlacement
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator
            if stopped.line().indent() <= opened.line().indent() =>
        {
            let bracket = opened.bracket()?;
            Some(opened.open_bracket(bracket))
        }
        _ => None,
    }
}

/// What the parser reads no further for, if that is why it stopped.
pub(super) fn limit(file: FileId, text: &str, error: &ScanError) -> Option<Diagnostic> {
    let is_limit = matches!(error.kind(), ErrorKind::RecursionLimitExceeded);
    is_limit.then(|| too_deep(Spot::new(file, text, offset(error)).character()))
}

/// Start of the line on which the parser stopped.
pub(super) fn line_of(text: &str, error: &ScanError) -> usize {
    Spot::new(FileId(0), text, offset(error)).line().start
}

/// Where the lines start whose indentation begins with a tab.
pub(super) fn tabs(text: &str) -> impl Iterator<Item = usize> {
    hint::lines_with_tabs(text).map(|line| line.start)
}

fn offset(error: &ScanError) -> usize {
    error.marker().byte_offset().unwrap_or_default()
}

fn one(spot: &Spot<'_>, kind: &ErrorKind) -> Diagnostic {
    use ErrorKind as K;
    match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar => spot.tab(),
        K::UnclosedQuotedScalar
        | K::InvalidQuotedScalarIndent
        | K::DocumentIndicatorInQuotedScalar => spot.open_quote(),
        K::UnclosedFlowCollection { open } => spot.open_bracket(*open),
        K::MisplacedFlowCollectionEnd => spot.stray_bracket(),
        K::MismatchedFlowCollectionEnd { open, close } => spot.wrong_bracket(*open, *close),
        K::InvalidTrailingDoubleQuotedScalar => spot.after_quote('"'),
        K::InvalidTrailingSingleQuotedScalar => spot.after_quote('\''),
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidUnicodeEscape => spot.escape(),
        K::MappingValueNotAllowed => spot.surprising_colon(),
        K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::InvalidIndentation
        | K::ExpectedDocumentStart
        | K::BlockSequenceEntryNotAllowed => spot.out_of_place(),
        K::SimpleKeyExpected | K::InvalidSimpleKey => spot.no_colon(),
        K::UnexpectedCharacter { .. }
        | K::MissingAnchorOrAliasName
        | K::PlainScalarStartsWithDashFlowIndicator
        | K::FlowMappingValueAdjacentCollection => spot.needs_quotes(),
        K::ExpectedFlowMappingSeparator => spot.separator('}'),
        K::ExpectedFlowSequenceSeparator => spot.separator(']'),
        K::CommentNotSeparated => spot.comment(),
        K::BomInsideDocument => byte_order_mark(spot.character()),
        other => Diagnostic::error(
            Code::E0101,
            spot.character(),
            format!("not valid YAML: {other}"),
        )
        .label("here"),
    }
}

pub(super) fn empty(file: FileId) -> Diagnostic {
    Diagnostic::error(Code::E0107, Span::new(file, 0, 0), "the file is empty").help(
        "a schema begins with `edition: 1`, `schema: my_name` and `version: 1`; `redis-schema init` writes one",
    )
}

pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("lists and mappings nested more than {MAX_DEPTH} deep");
    Diagnostic::error(Code::E0110, span, message)
        .label("one level too many")
        .help("name the inner parts under `types:` and refer to them")
}

pub(super) fn too_many(span: Span) -> Diagnostic {
    let message = format!("more than {MAX_NODES} values in one file");
    Diagnostic::error(Code::E0111, span, message)
        .label("the limit is reached here")
        .help("split the schema into several files and list them under `imports:`; aliases (`*name`) count with all they repeat")
}

pub(super) fn alias_in_itself(span: Span) -> Diagnostic {
    Diagnostic::error(Code::E0114, span, "an alias to the value that holds it")
        .label("this would never end")
        .help("move the anchor (`&name`) to the part that is meant to be repeated")
}

pub(super) fn tag(span: Span, tag: &str) -> Diagnostic {
    Diagnostic::error(Code::E0118, span, format!("the YAML tag `{tag}`"))
        .label("tags have no meaning in a schema")
        .help("remove it: the field decides what its value is; text that begins with `!` needs quotes")
}

fn byte_order_mark(span: Span) -> Diagnostic {
    Diagnostic::error(Code::E0109, span, "a byte order mark inside the text")
        .label("this invisible character may only be the first of a file")
        .help("remove it; it usually comes from joining two files")
}
