//! `redis-schema check`: every mistake of every schema.

use std::path::PathBuf;

use redis_schema_model::diagnostic::Diagnostic;
use redis_schema_model::load::Loaded;
use redis_schema_model::model::Schema;
use redis_schema_model::source::Sources;
use redis_schema_rules::facts::Facts;
use redis_schema_rules::lint::Chosen;

use crate::clock;
use crate::diff;
use crate::discover::{self, Input};
use crate::exit::{self, Exit, Failure};
use crate::lint::{self, Choice, Mending};
use crate::load;
use crate::output::Output;
use crate::report::{Format, Report};
use crate::versions;

const EXAMPLES: &str = "\
Examples:
  redis-schema check                          every schema below this directory
  redis-schema check shop.redis.yaml          one file; what it imports is checked with it
  redis-schema check - < shop.redis.yaml      standard input; imports are looked up from here
  redis-schema check --format github          annotations on a pull request
  redis-schema check --format sarif > redis-schema.sarif
  redis-schema check --lint strict,docs       more rules; `redis-schema explain` lists them
  redis-schema check --deny L401 --allow L412 one rule stricter, another one off
  redis-schema reference --lints              every rule, and how to write one's own
  redis-schema check --fix                    mend what needs no human
  redis-schema check --fix --dry-run          look at it first

JSON: one object a line. Each finding has type (\"finding\"), code, title, severity (error, warning, note), message, label, help (or null), span { file, start { line, column, byte }, end { … } } and related [{ message, span }]. Lines and columns count from 1, bytes from 0. The last line has type (\"summary\"), errors, warnings and notes. Members may be added.";

/// Find every mistake in schemas, each with its place and what to type instead
///
/// Mistakes are errors: no code comes out. Lint rules find what works and is a bad idea all the same; the schema's `policy: lint:` says which are asked. Findings go to standard output. Directories are searched for *.redis.yaml; ignore files such as .gitignore are respected.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::after_help(EXAMPLES))]
pub(crate) struct Args {
    /// Files or directories, or `-` for standard input [default: this directory]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Exit with 1 when there are warnings
    #[arg(long)]
    deny_warnings: bool,

    #[command(flatten)]
    lint: Choice,

    /// Mend what needs no human; comments, order and layout stay
    #[arg(long, help_heading = "Mending")]
    fix: bool,

    /// Show what --fix would change, write nothing, and exit with 1 if anything would
    #[arg(long, requires = "fix", help_heading = "Mending")]
    dry_run: bool,

    /// Also mend what renames keys, so that stored data is no longer found
    #[arg(long, requires = "fix", help_heading = "Mending")]
    unsafe_fixes: bool,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let chosen = args.lint.chosen()?;
    let found = discover::all(&args.paths)?;
    if args.fix && !args.dry_run && found.inputs.contains(&Input::Stdin) {
        return Err(
            Failure::usage("--fix has no file to write what comes from standard input to")
                .help("name the file, or look at the changes with --dry-run"),
        );
    }
    let mut exit = Exit::Clean;
    for trouble in &found.troubles {
        output.error(trouble);
        exit = Exit::Environment;
    }
    if !args.fix {
        let checked = load::each(&found, output, &mut exit, |loaded| examine(loaded, &chosen))?;
        return show(args, checked, exit, output);
    }
    let mut schemas = load::every(&found, output, &mut exit)?;
    let mut mending = Mending::default();
    for loaded in &mut schemas {
        *loaded = mending.schema(loaded, &chosen, args.unsafe_fixes)?;
    }
    if args.dry_run {
        return preview(&mending, exit, output);
    }
    mending.write()?;
    tell("Mended", &mending, output);
    let checked: Result<Vec<Checked>, Failure> = schemas
        .into_iter()
        .map(|loaded| examine(loaded, &chosen))
        .collect();
    show(args, checked?, exit, output)
}

/// What is known of a schema once it was looked at. Of many schemas nothing else is held.
struct Checked {
    findings: Vec<Diagnostic>,
    /// The files that findings point into; none without a finding.
    sources: Sources,
    exit: Exit,
    keys: usize,
    channels: usize,
}

/// Asks the rules, and what released versions have to say.
fn examine(mut loaded: Loaded, chosen: &Chosen) -> Result<Checked, Failure> {
    let beside = versions::beside(&loaded)?;
    let schema = loaded.schema.as_ref().filter(|_| beside.newest.is_some());
    let now = schema.map(Facts::from);
    let outcome = lint::ask(&loaded, &beside, now.as_ref(), chosen);
    let released = beside.newest.as_ref().zip(now.as_ref());
    let owed = versions::owed(&loaded, released, clock::today());
    let broken = beside.findings(&mut loaded.sources);
    let exit = if loaded.has_errors() || !broken.is_empty() {
        Exit::Wrong
    } else if outcome.is_denied() || !owed.is_empty() {
        Exit::Findings
    } else {
        Exit::Clean
    };
    let count = |of: fn(&Schema) -> usize| loaded.schema.as_ref().map_or(0, of);
    let (keys, channels) = (
        count(|schema| schema.keys.len()),
        count(|schema| schema.channels.len()),
    );
    let lints = outcome.reports.into_iter().map(|report| report.diagnostic);
    let mut findings = loaded.diagnostics;
    findings.extend(lints.chain(owed).chain(broken));
    findings.sort_by_key(|finding| finding.span);
    let sources = if findings.is_empty() {
        Sources::default()
    } else {
        loaded.sources
    };
    Ok(Checked {
        findings,
        sources,
        exit,
        keys,
        channels,
    })
}

/// Shows every finding, and what they come to.
fn show(
    args: &Args,
    schemas: Vec<Checked>,
    mut exit: Exit,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let mut report = Report::default();
    let all = Conclusion {
        schemas: schemas.len(),
        keys: schemas.iter().map(|one| one.keys).sum(),
        channels: schemas.iter().map(|one| one.channels).sum(),
    };
    // Nothing is said about what could not be read.
    let is_blind = schemas.is_empty() && exit == Exit::Environment;
    for one in schemas {
        exit = exit.max(one.exit);
        report.add(one.findings, &one.sources);
    }
    output.result(&report.render(args.format, output.coloured()))?;
    if report.tally().warnings > 0 && args.deny_warnings {
        exit = exit.max(Exit::Findings);
    }
    if args.format == Format::Human && !is_blind {
        output.message(all.words(&report));
    }
    Ok(exit)
}

/// The changes as a diff.
fn preview(mending: &Mending, exit: Exit, output: &mut Output) -> Result<Exit, Failure> {
    let mut changed = 0;
    for file in mending.changed() {
        output.result(&diff::unified(&file.name, &file.name, &file.old, &file.new))?;
        changed += 1;
    }
    tell("Would mend", mending, output);
    let then = if changed > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    };
    Ok(exit.max(then))
}

/// What mending came to.
fn tell(verb: &str, mending: &Mending, output: &mut Output) {
    output.message(format_args!("{verb} {}.", number(mending.fixes, "finding")));
    if mending.refused > 0 {
        let them = number(mending.refused, "change");
        output.message(format_args!(
            "Left out {them} that would have made other mistakes."
        ));
    }
    if mending.renames > 0 {
        let them = number(mending.renames, "finding");
        output.message(format_args!(
            "{them} can be mended by renaming keys, which leaves stored data behind: --unsafe-fixes."
        ));
    }
}

/// How much was looked at.
struct Conclusion {
    schemas: usize,
    keys: usize,
    channels: usize,
}

impl Conclusion {
    /// What to make of the findings above, which end with their number.
    fn words(&self, report: &Report) -> String {
        if let Some(code) = report.first_code() {
            return format!("`redis-schema explain {code}` tells more about a code.");
        }
        format!(
            "No mistakes: {}, {}, {}.",
            number(self.schemas, "schema"),
            number(self.keys, "key"),
            number(self.channels, "channel"),
        )
    }
}

fn number(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
