//! How a call that loads goes wrong: by the store, or by the loader.

use std::convert::Infallible;
use std::fmt;

use crate::error::Error;

/// What went wrong in a call that loads what is not stored.
///
/// `?` turns it into an [`Error`] where the loader fails with one, or cannot fail; elsewhere
/// [`into_error`](Self::into_error) makes one error of both.
#[derive(Debug)]
pub enum LoadError<E> {
    /// What is stored could not be read or is not what the schema says, as for a plain read; or the schema refuses
    /// what was loaded ([`Encode`](crate::ErrorKind::Encode)).
    Store(Error),
    /// The loader's own error.
    Load(E),
}

impl<E> LoadError<E> {
    /// One error of both kinds.
    ///
    /// ```
    /// # use redis_schema::{Error, LoadError};
    /// #[derive(Debug)]
    /// enum Failure {
    ///     Redis(Error),
    ///     Catalogue(std::io::Error),
    /// }
    /// # impl From<Error> for Failure { fn from(error: Error) -> Self { Self::Redis(error) } }
    /// # impl From<std::io::Error> for Failure { fn from(error: std::io::Error) -> Self { Self::Catalogue(error) } }
    ///
    /// fn answer(loaded: Result<u32, LoadError<std::io::Error>>) -> Result<u32, Failure> {
    ///     loaded.map_err(LoadError::into_error)
    /// }
    /// # let failed = answer(Err(LoadError::Load(std::io::ErrorKind::NotFound.into())));
    /// # assert!(matches!(failed, Err(Failure::Catalogue(_))));
    /// ```
    pub fn into_error<T: From<Error> + From<E>>(self) -> T {
        match self {
            Self::Store(error) => error.into(),
            Self::Load(error) => error.into(),
        }
    }
}

impl<E> From<Error> for LoadError<E> {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl From<LoadError<Self>> for Error {
    fn from(error: LoadError<Self>) -> Self {
        error.into_error()
    }
}

impl From<LoadError<Infallible>> for Error {
    fn from(error: LoadError<Infallible>) -> Self {
        match error {
            LoadError::Store(error) => error,
            LoadError::Load(never) => match never {},
        }
    }
}

impl<E: fmt::Display> fmt::Display for LoadError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Load(error) => error.fmt(f),
        }
    }
}

impl<E: std::error::Error> std::error::Error for LoadError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => error.source(),
            Self::Load(error) => error.source(),
        }
    }
}
