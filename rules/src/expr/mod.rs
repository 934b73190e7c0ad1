//! Rules of a schema's own: conditions in the Common Expression Language over the things of the schema.
//!
//! `cel` reads and computes; `check` decides beforehand which words and operations there are, so that a condition that
//! passes is true or false of every thing, ends, and never fails for its type.

mod check;
mod read;
mod view;
mod words;

pub use words::reference;

use std::collections::HashSet;
use std::sync::Arc;

use cel::{Context, Env, Program, Value};
use redis_schema_model::diagnostic::Rule;
use redis_schema_model::source::Span;

use crate::lint::{Found, Problem, Report, Subject};
use crate::rule::Severity;

pub(crate) use read::own_rules;
use view::{Kind, Thing};

/// A rule of the schema's own, ready to be asked.
#[derive(Debug)]
pub(crate) struct OwnRule {
    pub(crate) code: String,
    pub(crate) severity: Severity,
    kind: Kind,
    program: Program,
    message: String,
    help: Option<String>,
    /// The condition as it was written.
    text: String,
    /// Where it was written.
    span: Span,
}

/// Asks every rule of the schema's own that the settings want.
pub(crate) fn run(subject: &Subject<'_>, problems: &mut Vec<Problem>, reports: &mut Vec<Report>) {
    if subject.settings.own.is_empty() {
        return;
    }
    let env = Arc::new(Env::stdlib());
    for own in &subject.settings.own {
        if subject.settings.severity(&own.code) == Severity::Allow {
            continue;
        }
        let rule = Arc::new(Rule {
            code: own.code.clone(),
            title: own.message.clone(),
            page: own.page(),
        });
        let mut found = Found::by_own(rule, reports);
        let references = own.program.references();
        let used: HashSet<&str> = references.variables().into_iter().collect();
        let mut failed = None;
        view::each(
            own.kind,
            subject,
            &used,
            &mut |thing| match own.holds(&env, &thing) {
                Ok(true) => {}
                Ok(false) => own.tell(&thing, &mut found),
                Err(why) => failed = failed.take().or(Some((thing.name.clone(), why))),
            },
        );
        if let Some((name, why)) = failed {
            problems.push(own.failure(&name, &why));
        }
    }
}

impl OwnRule {
    fn holds(&self, env: &Arc<Env>, thing: &Thing) -> Result<bool, String> {
        let mut context = Context::with_env(Arc::clone(env));
        for (name, value) in &thing.words {
            context.add_variable_from_value(*name, value.clone());
        }
        match self.program.execute(&context) {
            Ok(Value::Bool(holds)) => Ok(holds),
            Ok(_) => Err("it is neither true nor false".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn tell(&self, thing: &Thing, found: &mut Found<'_>) {
        let report = found.at(thing.span, format!("`{}`: {}", thing.name, self.message));
        report
            .label(format!("not so: {}", self.text))
            .related(self.span, "the rule");
        if let Some(help) = &self.help {
            report.help(help.clone());
        }
    }

    fn failure(&self, name: &str, why: &str) -> Problem {
        Problem {
            code: "L110",
            span: self.span,
            message: format!("{} cannot be told of `{name}`: {why}", self.code),
            label: "fails there".to_owned(),
            help: "write the condition so that it is true or false of everything it is about"
                .to_owned(),
        }
    }

    fn page(&self) -> String {
        format!(
            "# {} {}\n\nA rule of this schema's own. For each of its {}: `{}`.\n",
            self.code,
            self.message,
            self.kind.word(),
            self.text
        )
    }
}
