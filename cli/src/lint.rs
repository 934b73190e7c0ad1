//! What `check` is told about lint rules, and mending files by them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use redis_schema_model::load::{Loaded, Loader};
use redis_schema_rules::facts::Facts;
use redis_schema_rules::fix::{Changed, Mended, mend};
use redis_schema_rules::lint::{Chosen, Given, Outcome, Sets, Unknown, by_name, run};
use redis_schema_rules::rule::{Set, Severity};

use crate::clock;
use crate::exit::Failure;
use crate::migrations::Migrations;
use crate::path::identity;
use crate::versions::{self, Beside};
use crate::write;

/// Which rules are asked, and how strictly.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Lint rules")]
pub(crate) struct Choice {
    /// Sets of rules, in place of those of the schema's policy [default: standard]
    #[arg(long, value_enum, value_name = "SET", value_delimiter = ',')]
    lint: Vec<SetName>,

    /// Rule, by code or name, whose findings let the run fail
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    deny: Vec<String>,

    /// Rule whose findings are shown
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    warn: Vec<String>,

    /// Rule whose findings are not shown
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    allow: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SetName {
    /// No rule but those that are named
    None,
    /// What is hardly ever right
    Minimal,
    /// What most keyspaces should keep
    Standard,
    /// Opinions
    Strict,
    /// Everything is described; on top of the others
    Docs,
    /// What a cluster asks for; on top of the others
    Cluster,
}

impl Choice {
    /// What was chosen; a rule that does not exist is wrong usage.
    pub(crate) fn chosen(&self) -> Result<Chosen, Failure> {
        let mut chosen = Chosen {
            sets: self.lint.iter().map(|set| set.sets()).collect(),
            rules: Vec::new(),
        };
        // Named twice, the stricter one counts.
        for (rules, severity) in [
            (&self.allow, Severity::Allow),
            (&self.warn, Severity::Warn),
            (&self.deny, Severity::Deny),
        ] {
            for rule in rules {
                if by_name(rule).is_none() && !is_own(rule) {
                    let unknown = Unknown::of(rule);
                    return Err(
                        Failure::usage(format!("there is no rule `{rule}`")).help(unknown.help())
                    );
                }
                chosen.rules.push((rule.clone(), severity));
            }
        }
        Ok(chosen)
    }
}

impl SetName {
    const fn sets(self) -> Sets {
        match self {
            Self::None => Sets::None,
            Self::Minimal => Sets::Of(Set::Minimal),
            Self::Standard => Sets::Of(Set::Standard),
            Self::Strict => Sets::Of(Set::Strict),
            Self::Docs => Sets::Of(Set::Docs),
            Self::Cluster => Sets::Of(Set::Cluster),
        }
    }
}

/// Whether this may be a rule of some schema's own; which ones there are only the schema knows.
fn is_own(rule: &str) -> bool {
    rule.trim().starts_with(['X', 'x'])
}

/// Asks the rules about a schema and what lies beside it; `now` is the facts of the schema, if they are known.
pub(crate) fn ask(
    loaded: &Loaded,
    beside: &Beside,
    now: Option<&Facts>,
    chosen: &Chosen,
) -> Outcome {
    let migrations = Migrations::of(loaded, &beside.migrations);
    let given = Given {
        now,
        ..given(beside, &migrations)
    };
    run(loaded, chosen, given)
}

fn given<'a>(beside: &'a Beside, migrations: &'a Migrations) -> Given<'a> {
    Given {
        today: Some(clock::today()),
        released: beside.newest.as_ref(),
        // What is mended changes from one round to the next.
        now: None,
        absent: &migrations.absent,
        unnamed: &migrations.unnamed,
    }
}

/// Files that are mended. Several schemas may share one: each sees what the ones before made of it.
#[derive(Debug, Default)]
pub(crate) struct Mending {
    /// By the file that a name stands for.
    files: BTreeMap<PathBuf, Changed>,
    /// How many findings were mended.
    pub(crate) fixes: usize,
    /// How many would have made something worse.
    pub(crate) refused: usize,
    /// How many would rename keys.
    pub(crate) renames: usize,
}

impl Mending {
    /// Mends a schema that was read, without writing anything; what it is then.
    pub(crate) fn schema(
        &mut self,
        loaded: &Loaded,
        chosen: &Chosen,
        renames: bool,
    ) -> Result<Loaded, Failure> {
        let beside = versions::beside(loaded)?;
        let migrations = Migrations::of(loaded, &beside.migrations);
        let read = Read {
            loaded,
            mended: &self.files,
        };
        let root = loaded
            .sources
            .files()
            .first()
            .map_or("", |file| file.name());
        let Mended {
            files,
            fixes,
            refused,
            renames,
            loaded,
        } = mend(&read, root, chosen, given(&beside, &migrations), renames);
        self.fixes += fixes;
        self.refused += refused;
        self.renames += renames;
        for file in files {
            let place = identity(Path::new(&file.name));
            match self.files.get_mut(&place) {
                Some(earlier) => earlier.new = file.new,
                None => {
                    self.files.insert(place, file);
                }
            }
        }
        Ok(loaded)
    }

    /// The files that are not as they were read, in order of their places.
    pub(crate) fn changed(&self) -> impl Iterator<Item = &Changed> {
        self.files.values().filter(|file| file.old != file.new)
    }

    /// Writes them.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        for file in self.changed() {
            write::file(Path::new(&file.name), &file.new)?;
        }
        Ok(())
    }
}

/// Files as they were read, or as they were mended since.
struct Read<'a> {
    loaded: &'a Loaded,
    mended: &'a BTreeMap<PathBuf, Changed>,
}

impl Loader for Read<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if let Some(file) = self.mended.get(&identity(Path::new(path))) {
            return Ok(file.new.clone().into_bytes());
        }
        let mut files = self.loaded.sources.files().iter();
        let file = files.find(|file| file.name() == path);
        file.map(|file| file.text().to_owned().into_bytes())
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}
