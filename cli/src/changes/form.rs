//! Forms of output and where each goes.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
    /// Annotations on a pull request.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML.
    Junit,
    /// A comment on a pull request.
    Markdown,
}

/// A form, and the file it is written to; standard output without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) form: Form,
    pub(crate) file: Option<PathBuf>,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (form, file) = match text.split_once('=') {
            Some((_, "")) => return Err("the name of a file is missing behind `=`".to_owned()),
            Some((form, file)) => (form, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let form = Form::from_str(form, false).map_err(|_| {
            let forms: Vec<String> = Form::value_variants()
                .iter()
                .filter_map(|form| Some(form.to_possible_value()?.get_name().to_owned()))
                .collect();
            format!("no form is called `{form}`; there are {}", forms.join(", "))
        })?;
        Ok(Self { form, file })
    }
}
