//! Writing entries.

use super::envelope::{Kind, begin};
use super::look::Entry;
use super::tags::OwnTag;
use crate::codec::Codec;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::handle::Handle;
use crate::key::Key;
use crate::store::Store;

impl<K: Key, X: Context, S, C: Codec, R> Entry<'_, K, X, S, C, R> {
    /// Stores a value under tags, whatever is there.
    pub(crate) async fn put(&self, store: &Store, value: &C::Ref, tags: Vec<OwnTag>) -> Result<()> {
        let versions = self.handle.capture(&tags).on(store).await?;
        let entry = self.write(Some(value), &tagged(&tags, &versions));
        self.handle.put_entry(entry).on(store).await
    }

    /// An entry with a value, or with nothing, under these tags.
    pub(crate) fn write(&self, value: Option<&C::Ref>, tags: &[(&[u8], &[u8])]) -> Result<Vec<u8>> {
        let stale = K::spec().cache.stale_millis();
        let begun = |kind, stale, room| {
            begin(kind, stale, tags, room).ok_or_else(|| {
                Error::corrupt(K::spec().template, "a tag is longer than an entry can tell")
            })
        };
        let Some(value) = value else {
            return begun(Kind::Nothing, 0, 0);
        };
        let entry = C::encode(value, |bytes| {
            let mut entry = begun(Kind::Value, stale, bytes.len())?;
            entry.extend_from_slice(bytes);
            Ok(entry)
        });
        entry.map_err(Handle::<K, X, S>::refused)?
    }
}

/// Tags with their versions.
pub(super) fn tagged<'t>(
    names: &'t [OwnTag],
    versions: &'t [Vec<u8>],
) -> Vec<(&'t [u8], &'t [u8])> {
    let versions = versions.iter().map(Vec::as_slice);
    names
        .iter()
        .map(|tag| tag.name.as_slice())
        .zip(versions)
        .collect()
}
