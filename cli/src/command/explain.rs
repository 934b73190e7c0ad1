//! `redis-schema explain`: the page of a code.

use std::fmt::Write;

use redis_schema_model::diagnostic::Code;
use redis_schema_rules::{breaking, lint, page, reserved};

use crate::exit::{Exit, Failure};
use crate::output::{BOLD, CYAN, DIM, GREEN, Output, RED};
use crate::wrap::{folded, text_columns};

const EXAMPLES: &str = "\
Examples:
  redis-schema explain          every code, one a line
  redis-schema explain E0301    what it means, a wrong and a right schema
  redis-schema explain B215     what a change breaks, and how it is done instead
  redis-schema explain L401     why a lint rule finds something";

/// Explain a code of a finding or a rule, or list every one
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Code such as E0301, B215 or L401, or a rule's name [default: list every code]
    code: Option<String>,
}

/// Something that has a page.
struct Topic {
    code: &'static str,
    /// The name of a rule.
    name: Option<&'static str>,
    title: &'static str,
    page: String,
}

/// Everything that has a page, in order.
fn topics() -> impl Iterator<Item = Topic> {
    let codes = Code::ALL.iter().map(|code| Topic {
        code: code.as_str(),
        name: None,
        title: code.title(),
        page: code.page().to_owned(),
    });
    let breaking = breaking::ALL.iter().map(|rule| Topic {
        code: rule.meta.code,
        name: Some(rule.meta.name),
        title: rule.meta.title,
        page: page::page(rule.meta.source),
    });
    let lints = lint::ALL.iter().map(|lint| Topic {
        code: lint.meta.code,
        name: Some(lint.meta.name),
        title: lint.meta.title,
        page: lint.page(),
    });
    let reserved = reserved::ALL.iter().map(|one| Topic {
        code: one.code,
        name: Some(one.name),
        title: "reserved",
        page: one.page(),
    });
    breaking.chain(codes).chain(lints).chain(reserved)
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let text = match &args.code {
        None => list(),
        Some(text) => shown(&named(text).ok_or_else(|| unknown(text))?),
    };
    output.result(&text)?;
    Ok(Exit::Clean)
}

fn named(text: &str) -> Option<Topic> {
    let text = text.trim();
    topics().find(|topic| {
        topic.code.eq_ignore_ascii_case(text)
            || topic
                .name
                .is_some_and(|name| name.eq_ignore_ascii_case(text))
    })
}

fn list() -> String {
    let mut out = String::new();
    for topic in topics() {
        let _ = writeln!(out, "{BOLD}{}{BOLD:#}  {}", topic.code, topic.title());
    }
    out
}

impl Topic {
    fn title(&self) -> String {
        match self.name {
            Some(name) => format!("{name}: {}", self.title),
            None => self.title.to_owned(),
        }
    }
}

/// The page for a terminal: a title, then words and examples without Markdown's marks.
fn shown(topic: &Topic) -> String {
    let mut out = format!("{BOLD}{}: {}{BOLD:#}\n", topic.code, topic.title());
    let mut in_example = false;
    let mut paragraph = String::new();
    for line in topic.page.lines().skip(1) {
        let fence = line.strip_prefix("```");
        let goes_on = !in_example && fence.is_none() && !line.is_empty();
        if !goes_on || line.starts_with("- ") {
            speak(&mut out, &mut paragraph);
        }
        match fence {
            Some(kind) if !in_example => {
                in_example = true;
                out.push_str(&heading(kind));
            }
            Some(_) => in_example = false,
            None if in_example => {
                let _ = writeln!(out, "    {line}");
            }
            None if line.is_empty() => out.push('\n'),
            None => {
                let space = if paragraph.is_empty() { "" } else { " " };
                let _ = write!(paragraph, "{space}{}", line.trim());
            }
        }
    }
    speak(&mut out, &mut paragraph);
    out
}

/// A paragraph in lines of the terminal's width.
fn speak(out: &mut String, paragraph: &mut String) {
    let text = spoken(&std::mem::take(paragraph));
    let hang = if text.starts_with("- ") { 2 } else { 0 };
    out.push_str(&folded(&text, Some(text_columns()), hang));
}

/// What stands above an example: its fence says whether it is right or wrong.
fn heading(kind: &str) -> String {
    let words: Vec<&str> = kind.split_whitespace().collect();
    let file = words.iter().find_map(|word| word.strip_prefix("file="));
    if words.contains(&"wrong") {
        format!("{RED}Wrong:{RED:#}\n")
    } else if words.contains(&"right") {
        format!("{GREEN}Right:{GREEN:#}\n")
    } else if words.contains(&"before") {
        "Before:\n".to_owned()
    } else if words.contains(&"released") {
        "Released:\n".to_owned()
    } else if words.contains(&"after") {
        format!("{RED}After:{RED:#}\n")
    } else if words.contains(&"compatible") {
        format!("{GREEN}Compatible:{GREEN:#}\n")
    } else {
        file.map_or_else(String::new, |file| format!("{DIM}{file}:{DIM:#}\n"))
    }
}

/// Inline code stands out by colour, and keeps its backticks for terminals without.
fn spoken(line: &str) -> String {
    let mut out = String::new();
    for (i, part) in line.split('`').enumerate() {
        if i % 2 == 0 {
            out.push_str(part);
        } else {
            let _ = write!(out, "{CYAN}`{part}`{CYAN:#}");
        }
    }
    out
}

fn unknown(text: &str) -> Failure {
    let near = nearest(text)
        .map(|topic| format!("did you mean {} ({})?", topic.code, topic.title()))
        .unwrap_or_default();
    let all = "`redis-schema explain` lists every code";
    Failure::usage(format!("there is no code `{text}`")).help(if near.is_empty() {
        all.to_owned()
    } else {
        format!("{near} {all}")
    })
}

/// A code that may be meant: of the same letter with a number close by, or of a rule with the word in its name.
fn nearest(text: &str) -> Option<Topic> {
    /// Further away it is another matter.
    const CLOSE: u32 = 20;
    let number = |text: &str| -> Option<u32> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let text = text.trim().to_ascii_uppercase();
    let Some(wanted) = number(&text) else {
        let has_word = |topic: &Topic| topic.name.is_some_and(|name| name.contains(&text));
        return topics().find(|topic| text.len() > 2 && has_word(topic));
    };
    let letter = text.chars().next()?;
    let distance = |topic: &Topic| number(topic.code).map_or(u32::MAX, |n| n.abs_diff(wanted));
    let close = || topics().filter(|topic| distance(topic) <= CLOSE);
    close()
        .filter(|topic| topic.code.starts_with(letter))
        .min_by_key(distance)
        .or_else(|| close().min_by_key(distance))
}
