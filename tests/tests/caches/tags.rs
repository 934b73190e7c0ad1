//! Forgetting many entries by one command.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering};

use redis_schema::{Error, ErrorKind};
use redis_schema_test_server::Protocol;

use crate::caches::{Model, Store, keys, tags};
use crate::{Loaded, Place, model};

fn given<'a>(owner: &'a str, label: &'a str) -> tags::Listing<'a> {
    tags::Listing {
        owner: owner.into(),
        label: label.into(),
    }
}

#[tokio::test]
async fn each_tag_forgets_what_has_it_and_nothing_else() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let store = place.store().await;
        let fill = async || {
            store.view("ann", 1).put(&model(1)).await.unwrap();
            store.view("bob", 1).put(&model(2)).await.unwrap();
            store
                .listing(1)
                .put_tagged(&model(3), given("ann", "x:y"))
                .await
                .unwrap();
            store
                .listing(2)
                .put_tagged(&model(4), given("bob", "x:y"))
                .await
                .unwrap();
        };
        let there = async || {
            let mut found = Vec::new();
            found.extend(store.view("ann", 1).get().await.unwrap());
            found.extend(store.view("bob", 1).get().await.unwrap());
            found.extend(store.listing(1).get().await.unwrap());
            found.extend(store.listing(2).get().await.unwrap());
            found.into_iter().map(|it| it.number).collect::<Vec<_>>()
        };
        fill().await;
        assert_eq!(there().await, [1, 2, 3, 4]);
        store.of_owner("ann").invalidate().await.unwrap();
        assert_eq!(there().await, [2, 4]);
        fill().await;
        store.of_label("x:y").invalidate().await.unwrap();
        assert_eq!(there().await, [1, 2]);
        fill().await;
        store.of_all().invalidate().await.unwrap();
        assert_eq!(there().await, [1, 2]);
        // What is stored afterwards is there.
        fill().await;
        assert_eq!(there().await, [1, 2, 3, 4]);
        place.assert_nothing_stays();
    }
}

#[tokio::test]
async fn what_is_loaded_has_the_tags_of_before_the_load() {
    for protocol in Protocol::ALL {
        let place = Place::new(protocol);
        let store = place.store().await;
        let calls = AtomicU32::new(0);
        let next = async || {
            let key = store.view("ann", 1);
            let load = async || Loaded::Ok(Some(model(calls.fetch_add(1, Ordering::Relaxed) + 1)));
            key.get_or_load(load).await.unwrap()
        };
        assert_eq!(next().await, Some(model(1)));
        assert_eq!(next().await, Some(model(1)));
        store.of_owner("ann").invalidate().await.unwrap();
        assert_eq!(next().await, Some(model(2)));
        // A tag that is invalidated while something is loaded is not lost.
        let here = store.view("cat", 1);
        let found = here.get_or_load(async || {
            store.of_owner("cat").invalidate().await?;
            Ok::<_, Error>(Some(model(9)))
        });
        assert_eq!(found.await.unwrap(), Some(model(9)));
        assert_eq!(store.view("cat", 1).get().await.unwrap(), None);
        // Nor is one that brings to mind that there is nothing.
        let here = store.view("dan", 1);
        let nothing = here.get_or_load(async || Loaded::Ok(None));
        assert_eq!(nothing.await.unwrap(), None);
        store.of_owner("dan").invalidate().await.unwrap();
        let here = store.view("dan", 1);
        let found = here.get_or_load(async || Loaded::Ok(Some(model(5))));
        assert_eq!(found.await.unwrap(), Some(model(5)));
    }
}

/// A version is never given twice, whatever becomes of the tag.
#[tokio::test]
async fn a_tag_that_is_lost_costs_loads_and_brings_nothing_back() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    let mut versions = HashSet::new();
    for round in 0..200 {
        store.view("ann", 1).put(&model(round)).await.unwrap();
        assert_eq!(
            store.view("ann", 1).get().await.unwrap(),
            Some(model(round))
        );
        let version: String = place.raw(&["GET", "tag:owner:ann"]);
        assert!(versions.insert(version), "given twice");
        // As an eviction would.
        let () = place.raw(&["DEL", "tag:owner:ann"]);
        assert_eq!(store.view("ann", 1).get().await.unwrap(), None);
    }
    // The version of another life of the server is another.
    store.view("ann", 1).put(&model(1)).await.unwrap();
    let () = place.raw(&["SET", "tag:owner:ann", "1", "EX", "100"]);
    assert_eq!(store.view("ann", 1).get().await.unwrap(), None);
}

/// A tag outlives whatever is stored under it.
#[tokio::test]
async fn a_tag_lives_longer_than_its_entries() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    store.view("ann", 1).put(&model(1)).await.unwrap();
    let left = place.left("tag:owner:ann");
    assert!((290_000..=300_000).contains(&left), "{left}");
    let () = place.raw(&["PEXPIRE", "tag:owner:ann", "50"]);
    store.view("ann", 2).put(&model(1)).await.unwrap();
    assert!(place.left("tag:owner:ann") > place.left("view:ann:2"));
    // Where the environment lets entries live longer than was declared, the tag does so too.
    let longer = std::time::Duration::from_secs(7200);
    let settings = redis_schema::Settings::DECLARED.lifetime::<keys::View<'_>>(longer);
    let long = place.store_with(|builder| builder.settings(settings)).await;
    long.view("ann", 3).put(&model(1)).await.unwrap();
    assert!(place.left("view:ann:3") > 7_000_000);
    assert!(place.left("tag:owner:ann") > place.left("view:ann:3"));
}

/// What an entry says of its tags is believed only if the schema and the settings would say the same.
#[tokio::test]
async fn an_entry_under_other_tags_is_none() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    let elsewhere = redis_schema::Settings::DECLARED.prefix::<keys::OfOwner<'_>>("other:");
    let moved = place
        .store_with(|builder| builder.settings(elsewhere))
        .await;
    moved.view("ann", 1).put(&model(1)).await.unwrap();
    assert_eq!(moved.view("ann", 1).get().await.unwrap(), Some(model(1)));
    assert_eq!(store.view("ann", 1).get().await.unwrap(), None);
    // An entry without tags is none of a cache that has some, and the other way round.
    let () = place.raw(&["DEL", "view:ann:1"]);
    store.page(1).put(&model(1)).await.unwrap();
    let () = place.raw(&["COPY", "page:1", "view:ann:1"]);
    assert_eq!(store.view("ann", 1).get().await.unwrap(), None);
    store.view("ann", 2).put(&model(1)).await.unwrap();
    let () = place.raw(&["COPY", "view:ann:2", "page:2"]);
    assert_eq!(store.page(2).get().await.unwrap(), None);
}

#[tokio::test]
async fn a_parameter_of_a_tag_is_held_to_its_alphabet() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    let put = store
        .listing(1)
        .put_tagged(&model(1), given("no slug", "x"))
        .await;
    assert_eq!(put.unwrap_err().kind(), ErrorKind::Param);
    let load = async || -> Loaded<Model> { panic!("nothing is loaded that cannot be stored") };
    let key = store.listing(1);
    assert!(
        key.get_or_load_tagged(given("no slug", "x"), load)
            .await
            .is_err()
    );
}

/// Invalidating is a command like others: it goes with what it is about, all or nothing.
#[tokio::test]
async fn tags_take_part_in_transactions() {
    let place = Place::new(Protocol::Resp3);
    let store: Store = place.store().await;
    store.view("ann", 1).put(&model(1)).await.unwrap();
    store.page(1).put(&model(1)).await.unwrap();
    let unlinked = store.atomic((
        keys::of_owner("ann").invalidate(),
        keys::page(1).put(&model(2)),
        keys::page(2).invalidate(),
    ));
    unlinked.await.unwrap();
    assert_eq!(store.view("ann", 1).get().await.unwrap(), None);
    let mut connection = place.server.connect(Protocol::Resp3, 0);
    assert_eq!(
        keys::page(1).get().query(&mut connection).unwrap(),
        Some(model(2))
    );
}
