//! `redis-schema diff`: what breaks between two versions, for whom, and until when.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use redis_schema_codegen::parallel;
use redis_schema_model::source::{FileId, Span};
use redis_schema_rules::breaking::{Finding, by_name, compare};
use redis_schema_rules::day::Day;
use redis_schema_rules::facts::Facts;
use redis_schema_rules::place::Places;
use redis_schema_rules::rule::{Level, Severity};
use redis_schema_rules::verdict::{Choice, Selection, judge};
use redis_schema_rules::versions::still;

use crate::changes::{Changes, Form, Shown, Target};
use crate::clock;
use crate::exit::{self, Exit, Failure};
#[cfg(feature = "live")]
use crate::live::login::{LoginArgs, warn_of_password};
use crate::output::Output;
use crate::versions::{Origin, Others, Pairs, Version};
use crate::write;

const EXAMPLES: &str = "\
Examples:
  redis-schema diff --against git:main               this directory with a branch
  redis-schema diff --against released               with every released version of which data may still be there
  redis-schema diff old.redis.yaml new.redis.yaml    two files
  redis-schema diff git:v1.2:shop.redis.yaml shop.redis.yaml
  redis-schema diff --against git:main --format github --format markdown=comment.md --format sarif=diff.sarif
  redis-schema diff --against git:main --deny ops --allow B208 --path job

A version is a file, a directory, `git:REF` (the same paths in that commit), `git:REF:PATH`, a released file, or `released`. git reads its files itself; nothing is checked out.

JSON: one object a line. Each finding has type (\"finding\"), code, name, title, severity (deny, warn), level, schema, path, what, old, new, breaks, horizon, deploy, fix, users, against, live (or null) and span { file, start { line, column }, end { … } } (or null). The last line has type (\"summary\"), denied, warned, accepted and hidden. Members may be added.";

/// Say what breaks between two versions of schemas: for whom, until when, and what to do
///
/// Breaks of data and of running programs make the command fail; breaks of operations are shown; those of callers' source are left to the compiler. `accept:` in the newer schema answers for breaks.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::after_help(EXAMPLES))]
pub(crate) struct Args {
    /// The older and the newer version; with --against, what is compared with it [default: this directory]
    #[arg(value_name = "VERSION")]
    versions: Vec<String>,

    /// The older version
    #[arg(long, value_name = "VERSION")]
    against: Option<String>,

    /// Leave out what this version breaks as well
    #[arg(long, value_name = "VERSION")]
    new_only: Option<String>,

    /// How findings are shown: human, json, github, sarif, junit or markdown; with =FILE they go there. Repeatable
    #[arg(long = "format", value_name = "FORM[=FILE]", default_value = "human")]
    formats: Vec<Target>,

    /// Make the run fail on a rule or level. Repeatable
    #[arg(long, value_name = "RULE|LEVEL")]
    deny: Vec<String>,

    /// Show a rule or level without failing. Repeatable
    #[arg(long, value_name = "RULE|LEVEL")]
    warn: Vec<String>,

    /// Do not show a rule or level. Repeatable
    #[arg(long, value_name = "RULE|LEVEL")]
    allow: Vec<String>,

    /// Only findings of a level: storage, rolling (with storage), ops or source. Repeatable
    #[arg(long, value_name = "LEVEL")]
    level: Vec<String>,

    /// Only findings of a rule. Repeatable
    #[arg(long, value_name = "RULE")]
    rule: Vec<String>,

    /// Only findings about a key, a field or whatever lies below. Repeatable
    #[arg(long, value_name = "PATH")]
    path: Vec<String>,

    /// Server whose keys are counted: what has none left is shown without failing, what has some fails
    #[cfg(feature = "live")]
    #[arg(long, value_name = "URL")]
    live: Option<String>,

    #[cfg(feature = "live")]
    #[command(flatten)]
    login: LoginArgs,

    /// Most findings shown to people; 0 shows them all
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,

    /// The day by which acceptances and lifetimes are judged [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Day>,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let selection = selection(args)?;
    let today = args.today.unwrap_or_else(clock::today);
    let (from, to) = sides(args)?;
    let paths: Vec<PathBuf> = to.iter().filter_map(Origin::path).collect();
    let (newer, older) = both(&from, &to, &paths, today, output)?;
    let others = Others {
        paths: &paths,
        versions: &newer,
        today,
    };
    let base = match &args.new_only {
        Some(text) => Origin::of(text)?.read(&others, output)?,
        None => Vec::new(),
    };
    let server = args.server(output)?;
    let mut changes = Changes {
        limit: (args.limit > 0).then_some(args.limit),
        ..Changes::default()
    };
    let pairs = Pairs::of(&newer, &older);
    for (new, old) in pairs.both {
        let base = base.iter().find(|one| one.name() == new.name());
        let first = changes.shown.len();
        weigh(new, &old, base, &selection, today, &mut changes);
        look(
            server.as_ref(),
            &old,
            new,
            &mut changes.shown[first..],
            output,
        )?;
    }
    for gone in pairs.gone {
        let first = changes.shown.len();
        removed(gone, &selection, today, &mut changes);
        look(
            server.as_ref(),
            &[gone],
            gone,
            &mut changes.shown[first..],
            output,
        )?;
    }
    show(args, &changes, output)
}

impl Args {
    /// The servers whose keys are counted.
    #[cfg(feature = "live")]
    fn server(&self, output: &mut Output) -> Result<Option<Server>, Failure> {
        let Some(url) = &self.live else {
            return Ok(None);
        };
        warn_of_password(url, output);
        self.login.access(url).map(Some)
    }

    #[cfg(not(feature = "live"))]
    fn server(&self, _: &mut Output) -> Result<Option<Server>, Failure> {
        Ok(None)
    }
}

#[cfg(feature = "live")]
use redis_schema::Access as Server;

/// There is none to be named.
#[cfg(not(feature = "live"))]
enum Server {}

#[cfg(not(feature = "live"))]
fn look(
    _: Option<&Server>,
    _: &[&Version],
    _: &Version,
    _: &mut [Shown],
    _: &Output,
) -> Result<(), Failure> {
    Ok(())
}

/// Counts the keys that findings about data speak of, and weighs those anew.
#[cfg(feature = "live")]
fn look(
    server: Option<&Server>,
    older: &[&Version],
    new: &Version,
    shown: &mut [Shown],
    output: &Output,
) -> Result<(), Failure> {
    let Some(access) = server else { return Ok(()) };
    let progress = crate::progress::Progress::new(output);
    for old in older {
        let names = |one: &Shown| crate::changes::names_before(one, &old.facts, &new.facts);
        let wanted: BTreeSet<String> = shown
            .iter()
            .filter(|one| one.is_of_data())
            .flat_map(names)
            .collect();
        let counts = crate::live::scan::count(access, &old.facts, &wanted, &progress)?;
        for one in shown.iter_mut().filter(|one| one.is_of_data()) {
            let lives = names(one)
                .into_iter()
                .filter_map(|name| counts.get(&name).copied());
            for live in lives {
                one.add(live);
            }
        }
    }
    shown.iter_mut().for_each(Shown::weigh_anew);
    Ok(())
}

/// The two sides of the comparison, as they were written.
fn sides(args: &Args) -> Result<(Origin, Vec<Origin>), Failure> {
    let newer = |texts: &[String]| {
        texts
            .iter()
            .map(|text| Origin::of(text))
            .collect::<Result<Vec<_>, _>>()
    };
    let sides = match (&args.against, args.versions.as_slice()) {
        (Some(against), []) => (Origin::of(against)?, vec![Origin::Path(PathBuf::from("."))]),
        (Some(against), paths) => (Origin::of(against)?, newer(paths)?),
        (None, [from, to]) => (Origin::of(from)?, newer(std::slice::from_ref(to))?),
        (None, _) => {
            return Err(Failure::usage("two versions are compared")
                .help("name both, or the older one by `--against`: `redis-schema diff --against git:main`"));
        }
    };
    if sides.1.contains(&Origin::Released) {
        return Err(Failure::usage(
            "`released` stands for several versions and can only be the older side",
        )
        .help("write `redis-schema diff --against released`"));
    }
    Ok(sides)
}

/// What both sides hold, the newer one first. They are read side by side unless the older one depends on the newer.
fn both(
    from: &Origin,
    to: &[Origin],
    paths: &[PathBuf],
    today: Day,
    output: &mut Output,
) -> Result<(Vec<Version>, Vec<Version>), Failure> {
    let older = |newer: &[Version], output: &mut Output| {
        let others = Others {
            paths,
            versions: newer,
            today,
        };
        from.read(&others, output)
    };
    if *from == Origin::Released {
        let newer = read_all(to, today, output)?;
        let older = older(&newer, output)?;
        return Ok((newer, older));
    }
    let quiet = &*output;
    let sides = parallel::map(&[true, false], |is_newer| {
        let mut output = quiet.beside();
        let read = match is_newer {
            true => read_all(to, today, &mut output),
            false => older(&[], &mut output),
        };
        (read, output)
    });
    let mut read = Vec::new();
    for (versions, said) in sides {
        output.join(said);
        read.push(versions?);
    }
    let older = read.pop().unwrap_or_default();
    Ok((read.pop().unwrap_or_default(), older))
}

fn read_all(origins: &[Origin], today: Day, output: &mut Output) -> Result<Vec<Version>, Failure> {
    let nothing = Others {
        paths: &[],
        versions: &[],
        today,
    };
    let mut all = Vec::new();
    for origin in origins {
        all.extend(origin.read(&nothing, output)?);
    }
    let mut seen = BTreeSet::new();
    match all.iter().find(|version| !seen.insert(version.name())) {
        Some(twice) => Err(
            Failure::usage(format!("two schemas are called `{}`", twice.name()))
                .help("schemas are told apart by `schema:`; compare one at a time"),
        ),
        None => Ok(all),
    }
}

/// What makes two findings the same.
fn identity(finding: &Finding) -> (String, String, String, String, String) {
    let of = |text: &String| text.clone();
    (
        of(&finding.code),
        of(&finding.path),
        of(&finding.what),
        of(&finding.old),
        of(&finding.new),
    )
}

/// Compares one schema with its older versions.
fn weigh(
    new: &Version,
    older: &[&Version],
    base: Option<&Version>,
    selection: &Selection,
    today: Day,
    changes: &mut Changes,
) {
    let mut against: BTreeMap<_, Vec<String>> = BTreeMap::new();
    let mut findings = Vec::new();
    for old in older {
        let known: BTreeSet<_> = base
            .map(|base| {
                compare(&old.facts, &base.facts)
                    .findings
                    .iter()
                    .map(identity)
                    .collect()
            })
            .unwrap_or_default();
        for finding in compare(&old.facts, &new.facts).findings {
            let is_over = old.superseded.is_some() && !still(old.superseded, &finding, today);
            if is_over || known.contains(&identity(&finding)) {
                continue;
            }
            let labels = against.entry(identity(&finding)).or_default();
            if labels.is_empty() {
                findings.push(finding);
            }
            labels.push(old.label.clone());
        }
    }
    let home = changes.add(new);
    let outcome = judge(findings, &new.facts.accept, today, selection);
    changes.accepted += outcome.accepted.len();
    changes.hidden += outcome.hidden;
    let loaded = new.loaded.as_ref();
    let schema = loaded.and_then(|loaded| loaded.schema.as_ref());
    let places = schema.map(Places::of_schema);
    for judged in outcome.shown {
        let span = places
            .as_ref()
            .and_then(|places| places.of(&judged.finding));
        let mut labels = against
            .remove(&identity(&judged.finding))
            .unwrap_or_default();
        if older.len() < 2 {
            labels.clear();
        }
        changes.shown.push(Shown {
            schema: new.name().to_owned(),
            against: labels,
            span: span.map(|span| moved(span, home)),
            home: Span::new(home, 0, 0),
            live: None,
            judged,
        });
    }
}

/// A place after its files were put behind those of other schemas.
fn moved(span: Span, home: FileId) -> Span {
    Span {
        file: FileId(span.file.0 + home.0),
        ..span
    }
}

/// A schema that is gone: everything in it was removed.
fn removed(old: &Version, selection: &Selection, today: Day, changes: &mut Changes) {
    let nothing = Facts {
        keys: BTreeMap::new(),
        channels: BTreeMap::new(),
        units: BTreeMap::new(),
        groups: BTreeMap::new(),
        ..old.facts.clone()
    };
    let home = changes.add(old);
    let outcome = judge(
        compare(&old.facts, &nothing).findings,
        &[],
        today,
        selection,
    );
    changes.hidden += outcome.hidden;
    changes
        .shown
        .extend(outcome.shown.into_iter().map(|judged| Shown {
            schema: old.name().to_owned(),
            against: Vec::new(),
            span: None,
            home: Span::new(home, 0, 0),
            live: None,
            judged,
        }));
}

fn show(args: &Args, changes: &Changes, output: &mut Output) -> Result<Exit, Failure> {
    for target in &args.formats {
        match &target.file {
            Some(file) => {
                write::file(file, &changes.render(target.form, false))?;
                output.detail(format_args!("wrote {}", crate::path::shown(file)));
            }
            None => output.result(&changes.render(target.form, output.coloured()))?,
        }
    }
    let human = args
        .formats
        .iter()
        .any(|target| target.form == Form::Human && target.file.is_none());
    if human && changes.shown.is_empty() {
        output.message(format_args!("{}.", changes.summary()));
    } else if let (true, Some(first)) = (human, changes.shown.first()) {
        output.message(format_args!(
            "`redis-schema explain {}` tells more about a rule.",
            first.finding().code
        ));
    }
    Ok(if changes.fails() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn selection(args: &Args) -> Result<Selection, Failure> {
    let mut selection = Selection::default();
    let severities = [
        (&args.allow, Severity::Allow),
        (&args.warn, Severity::Warn),
        (&args.deny, Severity::Deny),
    ];
    for (texts, severity) in severities {
        for text in texts {
            let refused = |why| {
                Failure::usage(format!("{why}")).help("name one by code or name, as `redis-schema explain` lists them, or storage, rolling, ops or source")
            };
            let choice = Choice::of(text).map_err(refused)?;
            selection.set(choice, severity).map_err(refused)?;
        }
    }
    for text in &args.level {
        let level = Level::ALL.into_iter().find(|level| level.as_str() == text);
        let unknown = || {
            Failure::usage(format!("no level is called `{text}`"))
                .help("there are storage, rolling, ops and source")
        };
        selection.level(level.ok_or_else(unknown)?);
    }
    for text in &args.rule {
        let unknown = || {
            Failure::usage(format!("no rule is called `{text}`"))
                .help("`redis-schema explain` lists every rule")
        };
        selection.rule(by_name(text).ok_or_else(unknown)?);
    }
    for path in &args.path {
        selection.path(path);
    }
    Ok(selection)
}
