//! `redis-schema docs`: reference pages in Markdown.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use redis_schema_codegen::docs::{self, Options};
use redis_schema_model::model::Schema;
use redis_schema_rules::facts::Facts;

use super::coverage;
use crate::artefact::Artefacts;
use crate::discover::{self, Input};
use crate::exit::{self, Exit, Failure};
use crate::load;
use crate::note::Subject;
use crate::output::Output;
use crate::pages;
use crate::path::shown;
use crate::templates;
use crate::versions;

const EXAMPLES: &str = "\
Examples:
  redis-schema docs                                    docs/NAME beside NAME.redis.yaml
  redis-schema docs shop.redis.yaml --out docs/redis
  redis-schema docs --check                            in continuous integration
  redis-schema docs coverage --min 100                 nothing without a description
  redis-schema docs --emit-templates my-templates      the built-in templates, to change some
  redis-schema docs --templates my-templates           with those that were changed
  redis-schema docs --format json | jq .keys           what templates see

Pages begin with a line that says they are generated. Only files with that line are overwritten or removed.";

/// Write the reference pages of a schema, or check that they are up to date
///
/// A page that is up to date is not touched, and a page that no longer belongs to the schema is removed. What a finished run
/// read and wrote is noted in the user's cache directory, so that the same run again ends at once.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::after_help(EXAMPLES), args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Nested>,

    /// Schema, or directory with one, or `-` for standard input [default: this directory]
    path: Option<PathBuf>,

    /// Directory for the pages [default: docs/NAME beside NAME.redis.yaml]
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Write nothing; show which pages are out of date, missing or left over, and exit with 1
    #[arg(long)]
    check: bool,

    /// Directory with templates (NAME.hbs) that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,

    /// Write the built-in templates to a directory and do nothing else
    #[arg(long, value_name = "DIR", conflicts_with_all = ["path", "out", "check", "templates", "format", "no_cache"])]
    emit_templates: Option<PathBuf>,

    /// What comes out
    #[arg(long, value_enum, default_value_t = Form::Markdown)]
    format: Form,

    /// Render even if the last run's note says that nothing changed
    #[arg(long)]
    no_cache: bool,
}

#[derive(Debug, Subcommand)]
enum Nested {
    Coverage(coverage::Args),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Pages
    Markdown,
    /// What templates see, as one JSON value on standard output
    Json,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    if let Some(Nested::Coverage(args)) = &args.command {
        return coverage::run(args, output);
    }
    if let Some(directory) = &args.emit_templates {
        return templates::emit(directory, output);
    }
    let input = load::single(args.path.as_deref(), output)?;
    if args.format == Form::Json {
        return context(args, &input, output);
    }
    let out = directory(args, &input)?;
    let own = args.templates.as_deref().map(templates::read).transpose()?;
    let options = Options {
        templates: own.unwrap_or_default(),
    };
    let note = subject(&input, &out, &options);
    if let Some(note) = &note
        && !args.check
        && !args.no_cache
        && note.holds(&pages::there(&out)?)
    {
        output.message(format_args!("The pages in {} are up to date.", shown(&out)));
        return Ok(Exit::Clean);
    }
    let loaded = load::one(&input, output)?;
    load::tell(&loaded, output);
    let Some(schema) = &loaded.schema else {
        return Ok(Exit::Wrong);
    };
    let artefacts = render(schema, &input, &options, &out, args.templates.as_deref())?;
    if args.check {
        return artefacts.check(&again(args, &input), output);
    }
    artefacts.write(output)?;
    if let Some(note) = note.filter(|_| loaded.diagnostics.is_empty()) {
        note.keep(&loaded, &pages::there(&out)?);
    }
    Ok(Exit::Clean)
}

fn render(
    schema: &Schema,
    input: &Input,
    options: &Options,
    out: &Path,
    templates: Option<&Path>,
) -> Result<Artefacts, Failure> {
    let mut pages =
        docs::render(schema, options).map_err(|error| templates::failure(&error, templates))?;
    if let Input::File(file) = input {
        let first = pages.get("README.md").and_then(|page| page.lines().next());
        let first = first.unwrap_or_default().to_owned();
        if let Some(page) = versions::history(file, &Facts::from(schema), &first)? {
            pages.insert("CHANGES.md", page);
        }
    }
    pages::artefacts(out, pages)
}

/// `--format json`: nothing is written, so nothing that says how to write may stand beside it.
fn context(args: &Args, input: &Input, output: &mut Output) -> Result<Exit, Failure> {
    let without_meaning = [
        (args.check, "--check"),
        (args.out.is_some(), "--out"),
        (args.templates.is_some(), "--templates"),
        (args.no_cache, "--no-cache"),
    ];
    if let Some((_, option)) = without_meaning.iter().find(|(given, _)| *given) {
        return Err(Failure::usage(format!(
            "`{option}` has no meaning with `--format json`, which prints what templates see"
        )));
    }
    let loaded = load::one(input, output)?;
    load::tell(&loaded, output);
    let Some(schema) = &loaded.schema else {
        return Ok(Exit::Wrong);
    };
    output.result(&format!("{:#}\n", docs::context(schema)))?;
    Ok(Exit::Clean)
}

fn directory(args: &Args, input: &Input) -> Result<PathBuf, Failure> {
    match (&args.out, input) {
        (Some(out), _) => Ok(out.clone()),
        (None, Input::File(path)) => {
            let beside = path.parent().unwrap_or(Path::new(""));
            Ok(beside.join("docs").join(discover::stem(path)))
        }
        (None, Input::Stdin) => Err(Failure::usage(
            "a schema from standard input has no place for its pages",
        )
        .help("name a directory: --out DIR")),
    }
}

fn subject(input: &Input, out: &Path, options: &Options) -> Option<Subject> {
    let Input::File(root) = input else {
        return None;
    };
    let mut subject = Subject::new("docs", root, out)?;
    for (name, text) in &options.templates {
        subject = subject.option(name.as_bytes()).option(text.as_bytes());
    }
    // The change log comes from released versions.
    for released in versions::released_files(root).ok()? {
        subject = subject.option(&std::fs::read(released).ok()?);
    }
    Some(subject)
}

/// The command that writes what `--check` found missing.
fn again(args: &Args, input: &Input) -> String {
    let mut command = format!("redis-schema docs {}", input.name());
    for (option, value) in [("--out", &args.out), ("--templates", &args.templates)] {
        if let Some(value) = value {
            command.push_str(&format!(" {option} {}", shown(value)));
        }
    }
    command
}
