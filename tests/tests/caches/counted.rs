//! What calls send: counted by what lies between a store and its server, and by the server.

use redis_schema_test_server::Protocol;

use crate::caches::{Model, tags};
use crate::{Loaded, Place, model};

async fn never() -> Loaded<Model> {
    panic!("a hit loads nothing")
}

#[tokio::test]
async fn a_hit_is_one_command_and_with_tags_two() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    store.page(1).put(&model(1)).await.unwrap();
    store.model(1).put(&model(1)).await.unwrap();
    store.view("ann", 1).put(&model(1)).await.unwrap();
    let given = tags::Listing {
        owner: "ann".into(),
        label: "x".into(),
    };
    store
        .listing(1)
        .put_tagged(&model(1), given.clone())
        .await
        .unwrap();
    let sent = async |what: &str, call: std::pin::Pin<Box<dyn Future<Output = ()> + '_>>| {
        let before = place.proxy.commands();
        call.await;
        (what.to_owned(), place.proxy.commands() - before)
    };
    let counted = [
        sent(
            "get",
            Box::pin(async { drop(store.page(1).get().await.unwrap()) }),
        )
        .await,
        sent(
            "load",
            Box::pin(async { drop(store.page(1).get_or_load(never).await.unwrap()) }),
        )
        .await,
        sent(
            "stale",
            Box::pin(async { drop(store.model(1).get_or_load(never).await.unwrap()) }),
        )
        .await,
        sent(
            "tag",
            Box::pin(async { drop(store.view("ann", 1).get_or_load(never).await.unwrap()) }),
        )
        .await,
        sent(
            "tags",
            Box::pin(async { drop(store.listing(1).get().await.unwrap()) }),
        )
        .await,
        sent(
            "miss",
            Box::pin(async { drop(store.listing(2).get().await.unwrap()) }),
        )
        .await,
        sent(
            "invalidate",
            Box::pin(async { store.of_all().invalidate().await.unwrap() }),
        )
        .await,
    ];
    let counted: Vec<(&str, u64)> = counted
        .iter()
        .map(|(what, sent)| (what.as_str(), *sent))
        .collect();
    let expected = [
        ("get", 1),
        ("load", 1),
        ("stale", 1),
        ("tag", 2),
        ("tags", 2),
        ("miss", 1),
        ("invalidate", 1),
    ];
    assert_eq!(counted, expected);
}

/// However many entries have a tag, the server does the same to forget them.
#[tokio::test]
async fn a_tag_is_invalidated_by_as_much_work_however_many_have_it() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    let mut worked = Vec::new();
    for entries in [1, 3000] {
        for id in 0..entries {
            store.view("ann", id).put(&model(id)).await.unwrap();
        }
        let () = place.raw(&["CONFIG", "RESETSTAT"]);
        store.of_owner("ann").invalidate().await.unwrap();
        let stats: String = place.raw(&["INFO", "commandstats"]);
        let calls: Vec<String> = stats
            .lines()
            .filter(|line| line.starts_with("cmdstat_") && !line.contains("config"))
            .map(|line| line.split(",usec").next().unwrap_or_default().to_owned())
            .collect();
        worked.push(calls);
        assert_eq!(store.view("ann", 0).get().await.unwrap(), None);
        assert_eq!(store.view("ann", entries - 1).get().await.unwrap(), None);
    }
    assert_eq!(worked[0], ["cmdstat_unlink:calls=1"]);
    assert_eq!(worked[0], worked[1]);
}
