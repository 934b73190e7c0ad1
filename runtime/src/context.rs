//! Where a handle gets its settings from.

use crate::error::Result;
use crate::settings::{Schema, Settings};
use crate::slot::Anywhere;
use crate::store::Store;

/// Where a handle gets its settings from: `()` is the process's environment, a store its own.
pub trait Context: Copy {
    #[doc(hidden)]
    type Settings: std::ops::Deref<Target = Settings>;

    /// What types know of the slot of its keys.
    #[doc(hidden)]
    type Slot;

    /// The settings.
    #[doc(hidden)]
    fn settings<S: Schema>(self) -> Result<Self::Settings>;
}

impl Context for () {
    type Settings = &'static Settings;
    type Slot = Anywhere;

    #[inline]
    fn settings<S: Schema>(self) -> Result<&'static Settings> {
        S::settings()
    }
}

impl<'s> Context for &'s Store {
    type Settings = &'s Settings;
    type Slot = Anywhere;

    #[inline]
    fn settings<S: Schema>(self) -> Result<&'s Settings> {
        Ok(Store::settings(self))
    }
}
