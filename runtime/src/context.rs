//! Where a handle gets its settings from.

use crate::error::Result;
use crate::settings::{Schema, Settings};
use crate::store::Store;

/// Where a handle gets its settings from: `()` is the process's environment, a store its own.
pub trait Context: Copy {
    #[doc(hidden)]
    type Settings: std::ops::Deref<Target = Settings>;

    /// The settings.
    #[doc(hidden)]
    fn settings<S: Schema>(self) -> Result<Self::Settings>;
}

impl Context for () {
    type Settings = &'static Settings;

    #[inline]
    fn settings<S: Schema>(self) -> Result<&'static Settings> {
        S::settings()
    }
}

impl<'s> Context for &'s Store {
    type Settings = &'s Settings;

    #[inline]
    fn settings<S: Schema>(self) -> Result<&'s Settings> {
        Ok(Store::settings(self))
    }
}
