//! What each report is answered.

use redis_schema::progress::Reported;
use redis_schema::stream::StreamId;
use redis_schema::{ErrorKind, atomic, pipeline};

use crate::progressing::keys;
use crate::{Scene, both, counted};

#[test]
fn a_job_is_begun_reported_and_complete_once() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let files = store.files(1);
        assert_eq!(files.report("a", 1).await.unwrap(), Reported::NotBegun);
        assert_eq!(files.totals().await.unwrap(), None);
        let empty = files.snapshot().await.unwrap();
        assert_eq!((empty.items.len(), empty.at), (0, StreamId::MIN));
        let begun = files.begin(["a", "b"]).await.unwrap();
        assert_eq!(
            (begun.sum, begun.items, begun.done, begun.max),
            (0, 2, 0, 100)
        );
        assert_eq!(files.report("c", 1).await.unwrap(), Reported::UnknownItem);
        let half = counted(files.report("a", 50).await.unwrap());
        assert_eq!(
            (half.value, half.totals.sum, half.completes),
            (50, 50, false)
        );
        assert!((half.totals.fraction() - 0.25).abs() < 1e-9);
        let late = counted(files.report("a", 30).await.unwrap());
        assert_eq!(
            (late.value, late.totals),
            (50, half.totals),
            "it never goes back"
        );
        counted(files.report_with("a", 100, "first").await.unwrap());
        let last = counted(files.report("b", 100).await.unwrap());
        assert!(last.completes && last.totals.is_complete());
        let again = counted(files.report("b", 100).await.unwrap());
        assert!(!again.completes && again.totals.is_complete());
        // Said again, and of one more: it goes on.
        let more = files.begin(["a", "b", "c"]).await.unwrap();
        assert_eq!((more.sum, more.items, more.done), (200, 3, 2));
        assert!(!counted(files.report("a", 100).await.unwrap()).completes);
        assert!(counted(files.report("c", 100).await.unwrap()).completes);
        let seen = files.snapshot().await.unwrap();
        assert_eq!(seen.value(&"c".to_owned()), Some(100));
        assert_eq!(seen.value(&"d".to_owned()), None);
        assert_eq!(seen.items.len(), 3, "the totals are no items");
        assert_eq!(files.value("a").await.unwrap(), Some(100));
        assert_eq!(files.value("d").await.unwrap(), None);
        let told = store.files_events(1).recent(10).await.unwrap();
        assert_eq!(told[0].id, seen.at);
        let told: Vec<_> = told
            .into_iter()
            .map(|event| event.record.unwrap())
            .map(|event| (event.item, event.value, event.message))
            .collect();
        let event = |item: &str, value, message: Option<&str>| {
            (item.to_owned(), value, message.map(str::to_owned))
        };
        let expected = [
            event("c", 100, None),
            event("b", 100, None),
            event("a", 100, Some("first")),
            event("a", 50, None),
        ];
        assert_eq!(told, expected, "what changes nothing is no event");
        scene.assert_nothing_stays();
    });
}

#[test]
fn what_cannot_be_is_refused_before_it_is_sent() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let files = store.files(1);
        files.begin(["a"]).await.unwrap();
        let refused = [
            files.report("a", 101).await.map(drop),
            files.report(":sum", 1).await.map(drop),
            files.report_with(":x", 1, "m").await.map(drop),
            files.begin(["b", ":done"]).await.map(drop),
            files.value(":max").await.map(drop),
        ];
        for refused in refused {
            assert_eq!(refused.unwrap_err().kind(), ErrorKind::Encode);
        }
        let totals = files.totals().await.unwrap().unwrap();
        assert_eq!((totals.items, totals.sum), (1, 0));
        // What holds something else is told, and neither key is touched.
        scene.raw::<()>(&["SET", "files:2:events", "x", "PX", "60000"]);
        store.files(2).begin(["a"]).await.unwrap();
        let refused = store.files(2).report("a", 9).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::WrongType);
        assert_eq!(store.files(2).value("a").await.unwrap(), Some(0));
        let totals = store.files(2).totals().await.unwrap().unwrap();
        assert_eq!(totals.sum, 0, "nor are the totals");
        scene.raw::<()>(&["SET", "files:3", "x", "PX", "60000"]);
        let refused = store.files(3).begin(["a"]).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::WrongType);
        assert!(!scene.raw::<bool>(&["EXISTS", "files:3:events"]));
    });
}

#[test]
fn a_job_without_items_is_begun_and_never_complete() {
    both(async |scene: Scene| {
        let plain = scene.program().await;
        let plain = plain.plain(1);
        let none = plain.begin::<u32>([]).await.unwrap();
        assert!(!none.is_complete());
        assert!(none.fraction().abs() < 1e-9);
        assert_eq!(plain.report(&1, 1).await.unwrap(), Reported::UnknownItem);
        let begun = plain.totals().await.unwrap();
        assert_eq!(begun, Some(none));
    });
}

#[test]
fn where_it_is_allowed_items_come_by_themselves_and_go_back() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let loose = store.loose(1);
        assert!(!counted(loose.report(&1, 2).await.unwrap()).completes);
        let zero = counted(loose.report(&2, 0).await.unwrap());
        assert_eq!((zero.totals.items, zero.totals.sum), (2, 2));
        counted(loose.report(&2, 5).await.unwrap());
        assert!(counted(loose.report(&1, 5).await.unwrap()).completes);
        let back = counted(loose.report(&1, 4).await.unwrap());
        assert_eq!((back.value, back.totals.sum, back.totals.done), (4, 9, 1));
        assert!(
            counted(loose.report(&1, 5).await.unwrap()).completes,
            "anew"
        );
        let told = store.loose_events(1).recent(100).await.unwrap();
        assert_eq!(told.len(), 6);
        scene.assert_nothing_stays();
    });
}

#[test]
fn reports_go_together_and_on_connections_of_ones_own() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let (begun, first) = store
            .pipeline((keys::plain(1).begin([1, 2]), keys::plain(1).report(&1, 7)))
            .await
            .unwrap();
        assert_eq!((begun.items, counted(first).totals.done), (2, 1));
        let mut connection = scene.server.connect(scene.protocol, 0);
        let both = (keys::plain(1).report(&2, 7), keys::plain(2).begin([1]));
        let (last, other) = atomic(both).query(&mut connection).unwrap();
        assert!(counted(last).completes && !other.is_complete());
        let seen = keys::plain(1).snapshot().query(&mut connection).unwrap();
        assert!(seen.totals.is_complete());
        let (seen,) = pipeline((keys::files(9).snapshot(),))
            .query(&mut connection)
            .unwrap();
        assert_eq!(seen.at, StreamId::MIN);
        // All that carries the id goes, events included.
        store.files(1).begin(["a"]).await.unwrap();
        counted(store.files(1).report("a", 1).await.unwrap());
        store.all_of(1).invalidate().await.unwrap();
        assert!(!scene.raw::<bool>(&["EXISTS", "files:1"]));
        assert!(!scene.raw::<bool>(&["EXISTS", "files:1:events"]));
        store.files(1).begin(["a"]).await.unwrap();
        counted(store.files(1).report("a", 1).await.unwrap());
        store.files(1).clear().await.unwrap();
        assert_eq!(
            store.files(1).report("a", 2).await.unwrap(),
            Reported::NotBegun
        );
        assert_eq!(
            scene.raw::<u32>(&["EXISTS", "files:1", "files:1:events"]),
            0
        );
    });
}
