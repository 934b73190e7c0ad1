//! Answers about generated models: asked of the catalogue once, and kept for a few minutes.

use std::future::Future;

use redis_schema::LoadError;
use serde_json::Value;

use crate::keyspace::Store;

/// Where models are described, which takes long.
pub trait Catalogue {
    /// Why it has no answer.
    type Error;

    /// What is known of a model; `None` when there is no such model.
    fn find(
        &self,
        model_id: &str,
    ) -> impl Future<Output = Result<Option<Value>, Self::Error>> + Send;
}

/// Answers about models.
#[derive(Debug, Clone)]
pub struct Models<C> {
    store: Store,
    catalogue: C,
}

impl<C: Catalogue> Models<C> {
    /// Answers of a catalogue, kept in an open store.
    #[must_use]
    pub const fn new(store: Store, catalogue: C) -> Self {
        Self { store, catalogue }
    }

    /// What is known of a model. However many ask at once, in however many processes, the catalogue is asked once; while
    /// the server is away it is asked each time.
    ///
    /// # Errors
    /// The catalogue failed, or something else wrote what is kept.
    pub async fn get(&self, model_id: &str) -> Result<Option<Value>, LoadError<C::Error>> {
        let cached = self.store.cache_model(model_id);
        cached.get_or_load(|| self.catalogue.find(model_id)).await
    }

    /// Forgets what is kept of a model; to be called once the catalogue has changed.
    ///
    /// # Errors
    /// The server failed.
    pub async fn forget(&self, model_id: &str) -> redis_schema::Result<()> {
        self.store.cache_model(model_id).invalidate().await
    }

    /// Forgets what is kept of every model; to be called once the catalogue is another.
    ///
    /// # Errors
    /// The server failed.
    pub async fn forget_all(&self) -> redis_schema::Result<()> {
        self.store.catalogue().invalidate().await
    }
}
