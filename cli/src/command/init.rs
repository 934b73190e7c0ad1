//! `redis-schema init`: a first schema to change.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::exit::{Exit, Failure};
use crate::output::{BOLD, Output};
use crate::path::shown;
use crate::write;

const EXAMPLES: &str = "\
Examples:
  redis-schema init                       NAME.redis.yaml, named after this directory
  redis-schema init shop.redis.yaml       a file of your choice
  redis-schema init --template jobs       state, files, progress and events of jobs
  redis-schema init --template minimal - | less    look without writing";

/// Where the JSON Schema of the language lies for everybody.
const JSON_SCHEMA: &str = concat!(
    env!("CARGO_PKG_REPOSITORY"),
    "/raw/main/schema/redis-schema.v1.json"
);

/// Write a first schema, with comments, and say what to do next
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// File to write, directory to write it to, or `-` for standard output [default: this directory]
    path: Option<PathBuf>,

    /// What to start from
    #[arg(long, value_enum, default_value_t = Template::Starter)]
    template: Template,

    /// Name of the schema, in small letters [default: from the file's name]
    #[arg(long)]
    name: Option<String>,

    /// Overwrite a file that exists
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Template {
    /// A short tour of the language
    Starter,
    /// Cached results: prefix, lifetimes with jitter, compression, invalidation
    Cache,
    /// Jobs: databases, hash, list, stream, channel, unit, group
    Jobs,
    /// One key and nothing else
    Minimal,
}

impl Template {
    const fn text(self) -> &'static str {
        match self {
            Self::Starter => include_str!("../../templates/starter.redis.yaml"),
            Self::Cache => include_str!("../../templates/cache.redis.yaml"),
            Self::Jobs => include_str!("../../templates/jobs.redis.yaml"),
            Self::Minimal => include_str!("../../templates/minimal.redis.yaml"),
        }
    }

    /// Features of the runtime that its values need.
    const fn features(self) -> &'static [&'static str] {
        match self {
            Self::Cache => &["zstd"],
            Self::Starter | Self::Jobs | Self::Minimal => &[],
        }
    }
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let to_stdout = args.path.as_deref() == Some(Path::new("-"));
    let path = file(args.path.as_deref());
    let name = match &args.name {
        Some(name) => checked(name)?,
        None => schema_name(&crate::discover::stem(&path)),
    };
    let text = schema(args.template, &name);
    if to_stdout {
        output.result(&text)?;
        return Ok(Exit::Clean);
    }
    if path.exists() && !args.force {
        return Err(Failure::usage(format!("{} exists already", shown(&path)))
            .help("name another file, or overwrite this one with --force"));
    }
    write::file(&path, &text)?;
    output.message(next_steps(&shown(&path), &name, args.template));
    Ok(Exit::Clean)
}

/// The schema's text; its first line tells editors where the description of the language lies.
fn schema(template: Template, name: &str) -> String {
    let text = template
        .text()
        .replacen("\nschema: app\n", &format!("\nschema: {name}\n"), 1);
    format!("# yaml-language-server: $schema={JSON_SCHEMA}\n{text}")
}

/// The file to write: as named, or in the directory named, then called after that directory.
fn file(path: Option<&Path>) -> PathBuf {
    let path = path.filter(|path| *path != Path::new("-"));
    match path {
        Some(path) if !path.is_dir() => path.to_path_buf(),
        directory => {
            let directory = directory.unwrap_or(Path::new("."));
            let absolute = crate::path::identity(directory);
            let name = absolute
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            directory.join(format!("{}.redis.yaml", schema_name(&name)))
        }
    }
}

fn checked(name: &str) -> Result<String, Failure> {
    if schema_name(name) == name {
        return Ok(name.to_owned());
    }
    Err(
        Failure::usage(format!("`{name}` is not a name for a schema")).help(format!(
            "small letters, digits and `_`, a letter first: `{}`",
            schema_name(name)
        )),
    )
}

/// The nearest valid name: `my-shop 2` becomes `my_shop_2`.
fn schema_name(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name
        .trim_start_matches(|c: char| !c.is_ascii_lowercase())
        .trim_end_matches('_');
    let name: String = name.chars().take(64).collect();
    if name.is_empty() {
        "app".to_owned()
    } else {
        name
    }
}

fn next_steps(path: &str, name: &str, template: Template) -> String {
    let features = match template.features() {
        [] => String::new(),
        features => format!(" --features {}", features.join(",")),
    };
    format!(
        "Wrote {path}.\n\n{BOLD}Next{BOLD:#}\n\
         \x20 1. Describe your keys in it; an editor that knows YAML schemas completes and explains every field.\n\
         \x20 2. redis-schema check {path}\n\
         \x20 3. Use it from Rust:\n\n\
         \x20      cargo add redis-schema{features}\n\
         \x20      cargo add tokio --features macros,rt-multi-thread\n\n\
         \x20    and in the program, where the path starts at Cargo.toml:\n\n\
         \x20      #[redis_schema::redis_schema(\"{path}\")]\n\
         \x20      pub mod {name} {{}}\n\n\
         \x20    or keep the code in your tree: redis-schema generate {path} --out src/{name}.rs\n\
         \x20 4. redis-schema docs {path}"
    )
}

#[cfg(test)]
mod tests {
    use super::{Template, schema_name};
    use clap::ValueEnum as _;

    #[test]
    fn templates_name_the_features_that_their_values_need() {
        for template in Template::value_variants() {
            for (word, feature) in [
                ("zstd:", "zstd"),
                ("msgpack<", "msgpack"),
                ("decimal", "decimal"),
            ] {
                let needed = template.text().contains(word);
                assert_eq!(
                    needed,
                    template.features().contains(&feature),
                    "{template:?} {feature}"
                );
            }
        }
    }

    #[test]
    fn names_are_made_valid() {
        assert_eq!(schema_name("my-shop 2"), "my_shop_2");
        assert_eq!(schema_name("2nd--Try"), "nd_try");
        assert_eq!(schema_name("…"), "app");
        assert_eq!(schema_name(".redis"), "redis");
        assert_eq!(schema_name("ok_name"), "ok_name");
    }
}
