//! Caches: keys of their own, because what a cache says of itself is among the facts of its key.

use std::convert::Infallible;
use std::marker::PhantomData;

use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::Text;
use redis_schema::structure::{Cache, CacheTag, Structure, TaggedCache};
use redis_schema::{Handle, Result, Store};

use crate::probe::{POLICIES, Probe, once};
use crate::probed::Schema;

const LEASE: u64 = 4_321;
/// Longer than what the cache needs.
const TAG: u64 = 9_876_543;

/// `probed:1`, a cache of structure `S` ; `B` says that its key tells all that its tags carry.
struct Cached<S, const STALE: u64, const B: bool>(u32, PhantomData<fn() -> S>);

impl<S: Structure, const STALE: u64, const B: bool> rt::Key for Cached<S, STALE, B> {
    type Structure = S;
    type Schema = Schema;
    const SPEC: rt::Spec = rt::Spec::simple(0, "probed", "probed:{id}")
        .lifetime(POLICIES[0].0)
        .cache(rt::CachePolicy::new(LEASE).stale(STALE));

    fn write(&self, out: &mut rt::KeyBuf) {
        out.literal("probed:");
        out.integer(self.0);
    }

    fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
        key.literal("probed:")?;
        Some(Self(key.integer()?, PhantomData))
    }
}

/// `probed:2`, a tag.
struct Tag(u32);

impl rt::Key for Tag {
    type Structure = CacheTag;
    type Schema = Schema;
    const SPEC: rt::Spec = rt::Spec::simple(0, "probed", "probed:{id}")
        .lifetime(redis_schema::Lifetime::after_millis(TAG));

    fn write(&self, out: &mut rt::KeyBuf) {
        out.literal("probed:");
        out.integer(self.0);
    }

    fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
        key.literal("probed:")?;
        Some(Self(key.integer()?))
    }
}

impl<S: Structure, const STALE: u64> rt::Tagged for Cached<S, STALE, true> {
    type Given<'g> = ();
    const TAGS: usize = 1;

    fn tags(&self, (): &(), to: &mut rt::TagNames<'_>) -> Result<()> {
        to.add(&Tag(2))
    }

    fn is_tag(at: usize, name: rt::TagName<'_>) -> bool {
        at == 0 && name.is::<Tag>()
    }
}

impl<S: Structure, const STALE: u64> rt::TaggedByKey for Cached<S, STALE, true> {}

impl<S: Structure, const STALE: u64> rt::Tagged for Cached<S, STALE, false> {
    type Given<'g> = u32;
    const TAGS: usize = 1;

    fn tags(&self, given: &u32, to: &mut rt::TagNames<'_>) -> Result<()> {
        to.add(&Tag(*given))
    }

    fn is_tag(at: usize, name: rt::TagName<'_>) -> bool {
        at == 0 && name.is::<Tag>()
    }
}

type Value = Text<String>;

async fn load() -> std::result::Result<Option<String>, Infallible> {
    Ok(Some("v".to_owned()))
}

#[test]
fn caches_send_what_the_catalog_says() {
    once!(cache);
}

#[test]
fn tagged_caches_send_what_the_catalog_says() {
    once!(tagged);
}

#[test]
fn tags_of_caches_send_what_the_catalog_says() {
    once!(tag);
}

/// How long entries of the others may be stale.
const STALE: u64 = 60_000;

fn cache() {
    type Key<const STALE: u64> = Cached<Cache<Value>, STALE, true>;
    fn handle<X, const STALE: u64>(context: X) -> Handle<Key<STALE>, X> {
        Handle::with(Cached(1, PhantomData), context)
    }
    let mut probe = Probe::new("cache", 0);
    let facts = probe.facts.clone();
    probe.facts = facts.clone().cache(0, LEASE, 0);
    probe.check_async("get_or_load", async |store| {
        Ok(handle::<_, 0>(store).get_or_load(load).await?)
    });
    let key = handle::<_, 0>(());
    probe.check("put", key.put("v"));
    probe.check("get", key.get());
    probe.check("invalidate", key.invalidate());
    probe.facts = facts.cache(STALE, LEASE, 0);
    probe.prepare(&["DEL probed:1"]);
    probe.check_async("get_or_load", async |store| {
        Ok(handle::<_, STALE>(store).get_or_load(load).await?)
    });
    probe.check("put", handle::<_, STALE>(()).put("v"));
    probe.finish();
}

fn tagged() {
    type Key<const STALE: u64, const B: bool> = Cached<TaggedCache<Value>, STALE, B>;
    fn handle<const STALE: u64, const B: bool>(store: &Store) -> Handle<Key<STALE, B>, &Store> {
        Handle::with(Cached(1, PhantomData), store)
    }
    let mut probe = Probe::new("tagged_cache", 0);
    let facts = probe.facts.clone();
    probe.facts = facts.clone().cache(0, LEASE, TAG).tagged_by_key();
    probe.check_async("get_or_load", async |store| {
        Ok(handle::<0, true>(store).get_or_load(load).await?)
    });
    probe.check_async("put", async |store| handle::<0, true>(store).put("v").await);
    probe.check_async("get", async |store| handle::<0, true>(store).get().await);
    probe.facts = facts.cache(STALE, LEASE, TAG).tagged_by_key();
    probe.prepare(&["DEL probed:1 probed:2"]);
    probe.check_async("get_or_load_tagged", async |store| {
        let key = handle::<STALE, false>(store);
        Ok(key.get_or_load_tagged(2, load).await?)
    });
    // Else whether the tag has to live longer is a question of milliseconds.
    probe.prepare(&["EXPIRE probed:2 10"]);
    probe.check_async("put_tagged", async |store| {
        handle::<STALE, false>(store).put_tagged("v", 2).await
    });
    let key: Handle<Key<0, true>> = Handle::new(Cached(1, PhantomData));
    probe.check("invalidate", key.invalidate());
    probe.finish();
}

fn tag() {
    let mut probe = Probe::new("cache_tag", 0);
    probe.prepare(&["SET probed:1 1-a EX 100"]);
    let tag: Handle<Tag> = Handle::new(Tag(1));
    probe.check("invalidate", tag.invalidate());
    probe.finish();
}
