//! Rules of one's own as they are written.

use cel::{Env, ParseErrors};
use redis_schema_model::node::{Entry, Node};
use redis_schema_model::source::Span;

use super::OwnRule;
use super::check::{Mistake, check};
use super::view::{Kind, words};
use super::words::Ty;
use crate::lint::{Problem, severity_of};
use crate::rule::Severity;

/// Longest condition in bytes.
const LONGEST: usize = 1000;
/// Most brackets inside each other. The reader recurses for each, with large frames.
const DEEPEST: usize = 8;
/// Most operators and dots: each can be a level of the tree that is walked.
const MOST_STEPS: usize = 100;

/// The rules under `own:`; what is wrong with them goes to the problems.
pub(crate) fn own_rules(lint: Option<&Node>, problems: &mut Vec<Problem>) -> Vec<OwnRule> {
    let own = lint.and_then(|lint| lint.get("own"));
    let entries = own.map(Node::entries).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| own_rule(entry, problems))
        .collect()
}

fn own_rule(entry: &Entry, problems: &mut Vec<Problem>) -> Option<OwnRule> {
    let is_code = is_code(&entry.key);
    if !is_code {
        problems.push(Problem {
            code: "L110",
            span: entry.key_span,
            message: format!("`{}` is no code for a rule of one's own", entry.key),
            label: "`X` and three or four digits".to_owned(),
            help: "write for instance `X001`".to_owned(),
        });
    }
    let rule = &entry.value;
    let kind = rule.get("for").and_then(Node::text)?;
    let kind = Kind::ALL.into_iter().find(|one| one.word() == kind)?;
    let condition = rule.get("require")?;
    let text = condition.text()?;
    let program = match program(kind, text) {
        Ok(program) => program,
        Err(mistakes) => {
            let problem = |mistake: Mistake| Problem {
                code: "L110",
                span: place(condition, mistake.range),
                message: mistake.message,
                label: mistake.label,
                help: mistake.help,
            };
            problems.extend(mistakes.into_iter().map(problem));
            return None;
        }
    };
    let severity = rule.get("severity").and_then(Node::text);
    is_code.then(|| OwnRule {
        code: entry.key.clone(),
        severity: severity.and_then(severity_of).unwrap_or(Severity::Warn),
        kind,
        program,
        message: rule
            .get("message")
            .and_then(Node::text)
            .unwrap_or_default()
            .to_owned(),
        help: rule.get("help").and_then(Node::text).map(str::to_owned),
        text: text.to_owned(),
        span: condition.span,
    })
}

fn is_code(text: &str) -> bool {
    text.strip_prefix('X').is_some_and(|digits| {
        (3..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// A condition that has passed every check.
fn program(kind: Kind, text: &str) -> Result<cel::Program, Vec<Mistake>> {
    if let Some(mistake) = excess(text) {
        return Err(vec![mistake]);
    }
    // As it is written, without what `all` and the like stand for.
    let (expression, info) = Env::default()
        .parser()
        .parse_with_source_info(text)
        .map_err(|errors| unreadable(text, &errors))?;
    let mut mistakes = Vec::new();
    let ty = check(&expression, &info, &words(kind), &mut mistakes);
    if mistakes.is_empty() && !matches!(ty, Ty::Bool | Ty::Unknown) {
        mistakes.push(Mistake {
            range: 0..text.len(),
            message: format!("the condition is {ty}"),
            label: "neither true nor false".to_owned(),
            help: "compare it with something: `owner != \"\"`".to_owned(),
        });
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    cel::Program::compile(text).map_err(|errors| unreadable(text, &errors))
}

/// Whether there is more of something than is read.
fn excess(text: &str) -> Option<Mistake> {
    let count = |of: &str| text.chars().filter(|c| of.contains(*c)).count();
    let (what, label) = if text.len() > LONGEST {
        (format!("more than {LONGEST} bytes"), "too long")
    } else if depth(text) > DEEPEST {
        (
            format!("more than {DEEPEST} brackets inside each other"),
            "too deep",
        )
    } else if count("+-*/%.?!<>=&|") > MOST_STEPS {
        (format!("more than {MOST_STEPS} operators"), "too long")
    } else {
        return None;
    };
    Some(Mistake {
        range: 0..text.len(),
        message: format!("the condition has {what}"),
        label: label.to_owned(),
        help: "make several rules of it".to_owned(),
    })
}

/// How deep brackets stand inside each other, never less than it is.
fn depth(text: &str) -> usize {
    // What ends a text in quotes is plain only without these; then every bracket counts as if none were closed.
    let simple = !["\\", "\"\"\"", "'''"].iter().any(|odd| text.contains(odd));
    let (mut open, mut deepest, mut quote) = (0_usize, 0, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(end), c) if simple && c == end => quote = None,
            (None, '"' | '\'') if simple => quote = Some(c),
            (None, '(' | '[' | '{') => {
                open += 1;
                deepest = deepest.max(open);
            }
            (None, ')' | ']' | '}') if simple => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The first thing that cannot be read; what follows mostly follows from it.
fn unreadable(text: &str, errors: &ParseErrors) -> Vec<Mistake> {
    let first = errors.errors.first();
    let (line, column) = first.map_or((1, 1), |error| error.pos);
    let start = offset(text, line, column);
    let words = first.map_or("", |error| error.msg.as_str());
    let words = words.lines().next().unwrap_or_default();
    let words = words.trim_start_matches("Syntax error: ");
    let words: String = words
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    let end = text[start..]
        .chars()
        .next()
        .map_or(start, |c| start + c.len_utf8());
    vec![Mistake {
        range: start..end,
        message: "the condition cannot be read".to_owned(),
        label: words,
        help: "write for instance `owner != \"\" && ttl <= 86400`; texts stand in quotes"
            .to_owned(),
    }]
}

/// The byte at a line and column, both from 1, columns in characters.
fn offset(text: &str, line: isize, column: isize) -> usize {
    let line = usize::try_from(line).unwrap_or(1).max(1) - 1;
    let column = usize::try_from(column).unwrap_or(1).max(1) - 1;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let within = rest
        .char_indices()
        .nth(column)
        .map_or(rest.len(), |(at, _)| at);
    (start + within).min(text.len())
}

/// A place of the condition in the file, if it stands there as it is read.
fn place(node: &Node, range: std::ops::Range<usize>) -> Span {
    let quote = usize::from(node.is_quoted());
    let whole = node.span.range();
    let length = node.text().map_or(0, str::len);
    // Escapes and lines that were folded move what follows them.
    if whole.len() != length + 2 * quote {
        return node.span;
    }
    let start = whole.start + quote;
    Span::new(node.span.file, start + range.start, start + range.end)
}
