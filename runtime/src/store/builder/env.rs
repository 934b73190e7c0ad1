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
