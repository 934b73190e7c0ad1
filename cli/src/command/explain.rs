//! `redis-schema explain`: the page of a code.

use std::fmt::Write;

use redis_schema_model::diagnostic::Code;

use crate::exit::{Exit, Failure};
use crate::output::{BOLD, CYAN, DIM, GREEN, Output, RED};

const EXAMPLES: &str = "\
Examples:
  redis-schema explain          every code, one a line
  redis-schema explain E0301    what it means, a wrong and a right schema";

/// Explain a code of a finding, or list every code
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Code such as E0301 [default: list every code]
    code: Option<String>,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let text = match &args.code {
        None => list(),
        Some(text) => page(Code::from_text(text).ok_or_else(|| unknown(text))?),
    };
    output.result(&text)?;
    Ok(Exit::Clean)
}

fn list() -> String {
    let mut out = String::new();
    for code in Code::ALL {
        let _ = writeln!(out, "{BOLD}{code}{BOLD:#}  {}", code.title());
    }
    out
}

/// The page for a terminal: a title, then words and examples without Markdown's marks.
fn page(code: Code) -> String {
    let mut out = format!("{BOLD}{code}: {}{BOLD:#}\n", code.title());
    let mut in_example = false;
    for line in code.page().lines().skip(1) {
        match line.strip_prefix("```") {
            Some(kind) if !in_example => {
                in_example = true;
                out.push_str(&heading(kind));
            }
            Some(_) => in_example = false,
            None if in_example => {
                let _ = writeln!(out, "    {line}");
            }
            None => {
                let _ = writeln!(out, "{}", spoken(line));
            }
        }
    }
    out
}

/// What stands above an example: its fence says whether it is right or wrong.
fn heading(kind: &str) -> String {
    let words: Vec<&str> = kind.split_whitespace().collect();
    let file = words.iter().find_map(|word| word.strip_prefix("file="));
    if words.contains(&"wrong") {
        format!("{RED}Wrong:{RED:#}\n")
    } else if words.contains(&"right") {
        format!("{GREEN}Right:{GREEN:#}\n")
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
        .map(|code| format!("did you mean {code} ({})?", code.title()))
        .unwrap_or_default();
    let all = "`redis-schema explain` lists every code";
    Failure::usage(format!("there is no code `{text}`")).help(if near.is_empty() {
        all.to_owned()
    } else {
        format!("{near} {all}")
    })
}

/// The code whose number is closest to the digits that were typed.
fn nearest(text: &str) -> Option<Code> {
    let number = |text: &str| -> Option<u32> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let wanted = number(text)?;
    let distance = |code: &Code| number(code.as_str()).map(|n| n.abs_diff(wanted));
    Code::ALL
        .iter()
        .copied()
        .min_by_key(|code| distance(code).unwrap_or(u32::MAX))
}
