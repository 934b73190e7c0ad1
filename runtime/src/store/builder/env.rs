//! Addresses from the environment.

use super::Plan;
use crate::client::config::Secret;
use crate::error::{Error, ErrorKind, Result};
use crate::settings::Schema;

impl Plan {
    /// Fills in what was not said: `{SCHEMA}_REDIS_URL`, else `REDIS_URL`, and for each database
    /// `{SCHEMA}_{DATABASE}_REDIS_URL`.
    pub(in crate::store) fn complete<S: Schema>(
        &mut self,
        lookup: impl Fn(&str) -> Option<std::ffi::OsString>,
    ) -> Result<()> {
        let read = |name: &str| match lookup(name).map(std::ffi::OsString::into_string) {
            None => Ok(None),
            Some(Ok(text)) => Ok((!text.is_empty()).then(|| Secret::new(&text))),
            Some(Err(_)) => {
                let problem = format!("{name} is not valid UTF-8");
                Err(Error::new(ErrorKind::Settings, "", problem))
            }
        };
        let schema = screaming(S::NAME);
        let own = format!("{schema}_REDIS_URL");
        self.url = match read(&own)? {
            Some(url) => Some(url),
            None => read("REDIS_URL")?,
        };
        for (name, index) in S::DATABASES {
            let url = read(&format!("{schema}_{}_REDIS_URL", screaming(name)))?;
            if let Some(url) = url {
                self.database_urls.entry(*index).or_insert(url);
            }
        }
        if self.url.is_none() {
            let problem = format!("no server is named: set {own} or REDIS_URL");
            return Err(Error::new(ErrorKind::Settings, "", problem));
        }
        Ok(())
    }
}

/// A name as environment variables have it.
fn screaming(name: &str) -> String {
    name.chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() {
                it.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::ffi::OsString;

    use crate::error::Result;
    use crate::key::Spec;
    use crate::settings::{Schema, Settings};
    use crate::store::builder::{Plan, StoreBuilder};

    enum Shop {}

    impl Schema for Shop {
        const NAME: &'static str = "web-shop";
        const VERSION: u32 = 1;
        const SPECS: &'static [Spec] = &[
            Spec::simple(0, "order", "order:{id}"),
            Spec::simple(1, "session", "session:{id}").database(3),
        ];
        const DATABASES: &'static [(&'static str, u16)] = &[("main", 0), ("user-sessions", 3)];

        fn settings() -> Result<&'static Settings> {
            static SETTINGS: Settings = Settings::DECLARED;
            Ok(&SETTINGS)
        }
    }

    fn plan(variables: &[(&str, &str)]) -> Result<Plan> {
        let mut plan = StoreBuilder::<Shop>::new().plan;
        let found = |name: &str| {
            let mut set = variables.iter();
            set.find(|(set, _)| *set == name)
                .map(|(_, text)| OsString::from(text))
        };
        plan.complete::<Shop>(found).map(|()| plan)
    }

    /// Where each of the databases is.
    fn places(plan: &Plan) -> Vec<String> {
        let (topology, _) = plan.topology(&[0, 3]).unwrap();
        let nodes = topology.nodes();
        let place = |node: &std::sync::Arc<crate::client::node::Node>| {
            format!("{}/{}", node.endpoint().address.describe(), node.database())
        };
        nodes.iter().map(place).collect()
    }

    #[test]
    fn the_environment_names_servers() {
        let common = ("REDIS_URL", "redis://:hunter2@common");
        let own = ("WEB_SHOP_REDIS_URL", "redis://own:1");
        let sessions = (
            "WEB_SHOP_USER_SESSIONS_REDIS_URL",
            "redis://:hunter2@sessions/7",
        );
        let empty = ("WEB_SHOP_REDIS_URL", "");
        for (variables, expected) in [
            (&[common][..], ["common:6379/0", "common:6379/3"]),
            (&[common, own], ["own:1/0", "own:1/3"]),
            (&[common, empty], ["common:6379/0", "common:6379/3"]),
            (&[own, sessions], ["own:1/0", "sessions:6379/7"]),
        ] {
            let plan = plan(variables).unwrap();
            assert_eq!(places(&plan), expected, "{variables:?}");
            assert!(!format!("{plan:?}").contains("hunter2"));
        }
        let said = plan(&[sessions]).unwrap_err().to_string();
        assert!(
            said.contains("set WEB_SHOP_REDIS_URL or REDIS_URL"),
            "{said}"
        );
        assert!(!said.contains("hunter2"), "{said}");
    }
}
