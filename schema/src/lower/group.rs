//! Groups: every key that carries one parameter.

use super::Lowering;
use super::declared::Declared;
use super::fields::{text, words};
use crate::diagnostic::Code;
use crate::model::{Group, KeyId};
use crate::text::did_you_mean;

impl Lowering<'_> {
    pub(super) fn groups(&mut self) {
        for one in &self.declared.groups.list {
            let group = self.group(one);
            self.draft.groups.push(group);
        }
    }

    fn group(&mut self, declared: &Declared<'_>) -> Option<Group> {
        let by = text(declared.node, "by")?;
        let Some(param) = self.declared.param(by.text()) else {
            let known = self.declared.params.names();
            let help = did_you_mean(by.text(), known, || {
                String::from("write the name of a parameter that is declared under `params:`")
            });
            let message = format!("no parameter is called `{}`", by.text());
            self.report(by.mistake(Code::E0304, message).label("unknown").help(help));
            return None;
        };
        let sites = self.draft.sites.iter().enumerate();
        // Without its index, nobody finds a user's sessions any more, and they go on.
        let is_index = |at: usize| {
            let declared = self.declared.keys.list.get(at);
            declared.is_some_and(|one| one.node.get("session_index").is_some())
        };
        let carries = sites.filter(|(at, site)| {
            let own = site
                .as_ref()
                .filter(|site| !site.external && !is_index(*at));
            own.is_some_and(|site| site.template.params().contains(&param))
        });
        let members: Vec<KeyId> = carries
            .filter_map(|(at, _)| u32::try_from(at).ok().map(KeyId))
            .collect();
        // A key that failed might have carried it.
        let certain = self.draft.sites.iter().all(Option::is_some);
        if members.is_empty() && certain {
            let message = format!("no key carries `{}`", by.text());
            self.report(
                by.mistake(Code::E0610, message)
                    .label("the group would be empty")
                    .help(format!(
                        "name a parameter that stands in a template, or put `{{{}}}` into one",
                        by.text()
                    )),
            );
        }
        Some(Group {
            name: declared.name.clone(),
            about: words(declared.node, "about"),
            by: param,
            members,
            span: declared.span,
        })
    }
}
