//! Every structure on a cluster: each method's key is found, whatever the command.

use redis_schema::channel::SubscribeOptions;
use redis_schema::queue::{Acked, Enqueue, GivenBack};
use redis_schema::stream::{Position, ReadOptions, StreamId};
use redis_schema::{Error, ErrorKind, ListEnd};
use redis_schema_test_server::{Cluster, Protocol};
use tokio::task::block_in_place;

use crate::PATIENCE;
use crate::cluster::{slot, store};
use crate::several::{self, channels, consumers, keys, units};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_structure_works() {
    let cluster = Cluster::start();
    for protocol in Protocol::ALL {
        let store = store(&cluster, protocol).await;
        // Several, so that each server has some of them.
        for id in 0..6 {
            loads(&store, id).await;
            forgets(&store, id).await;
            values(&store, id).await;
            collections(&store, id).await;
            gives_up(&store, id).await;
            held(&store, id).await;
            worked(&store, id).await;
            sessions(&store, id).await;
            progresses(&store, id).await;
            together(&store, id).await;
        }
        many(&store).await;
        waiting(&store).await;
    }
    let store = store(&cluster, Protocol::Resp3).await;
    listening(&cluster, &store).await;
    following(&cluster, &store).await;
}

/// In a task of its own, as a service would.
async fn loads(store: &several::Store, id: u32) {
    let store = store.clone();
    let task = tokio::spawn(async move {
        store.note(id).del().await?;
        store.text(id).del().await?;
        let note = several::Note::new("loaded".to_owned(), 1);
        for loaded in [Some(note.clone()), None] {
            let key = store.note(id);
            let record = key.hgetall_or_load(async || Ok::<_, Error>(loaded));
            assert_eq!(record.await?, Some(note.clone()));
        }
        let key = store.text(id);
        let text = key.get_or_load(async || Ok::<_, Error>(Some("loaded".into())));
        assert_eq!(text.await?.as_deref(), Some("loaded"));
        assert_eq!(store.text(id).get().await?.as_deref(), Some("loaded"));
        store.note(id).del().await
    });
    assert!(task.await.unwrap().unwrap());
}

/// The lock and its number are taken in one slot.
async fn held(store: &several::Store, id: u32) {
    let guard = store.turn(id).acquire().await.unwrap();
    assert!(store.turn(id).try_acquire().await.unwrap().is_none());
    let number = store.turn_fence(id).get().await.unwrap();
    assert_eq!(number, Some(guard.fence()));
    guard.renew().await.unwrap();
    guard.release().await.unwrap();
    let seats = [
        store.seats(id).acquire().await.unwrap(),
        store.seats(id).acquire().await.unwrap(),
    ];
    assert!(store.seats(id).try_acquire().await.unwrap().is_none());
    for seat in seats {
        seat.renew().await.unwrap();
        seat.release().await.unwrap();
    }
    assert_eq!(store.seats(id).inspect().await.unwrap().taken, 0);
}

/// Tasks and what they carry lie in one slot.
async fn worked(store: &several::Store, id: u32) {
    use keys::WorkPriority::{High, Low};
    let work = store.work(id);
    work.clear().await.unwrap();
    work.enqueue_with("later", Low).await.unwrap();
    let named = Enqueue::at(High).id("named");
    work.enqueue_with("first", named.clone()).await.unwrap();
    assert!(!work.enqueue_with("again", named).await.unwrap().is_added());
    let tasks = work.claim(5).await.unwrap();
    let payloads = tasks.iter().map(|task| task.payload.as_deref().unwrap());
    assert_eq!(payloads.collect::<Vec<_>>(), ["first", "later"]);
    assert!(work.extend(&tasks[0]).await.unwrap());
    assert_eq!(work.ack(&tasks[0]).await.unwrap(), Acked::Done);
    let dead = work.bury(&tasks[1], "enough").await.unwrap();
    assert_eq!(dead, GivenBack::Dead);
    assert_eq!(work.dead(0, 5).await.unwrap().len(), 1);
    let stats = work.stats().await.unwrap();
    assert_eq!((stats.open(), stats.done, stats.dead), (0, 1, 1));
}

/// A cache and its tags lie in three slots.
async fn forgets(store: &several::Store, id: u32) {
    let store = store.clone();
    let task = tokio::spawn(async move {
        let loaded = async |value: &str| {
            let key = store.cached(id);
            let found = key
                .get_or_load(async || Ok::<_, Error>(Some(value.to_owned())))
                .await;
            found.unwrap().unwrap()
        };
        assert_eq!(loaded("first").await, "first");
        assert_eq!(loaded("second").await, "first");
        store.of_one(id).invalidate().await.unwrap();
        assert_eq!(store.cached(id).get().await.unwrap(), None);
        assert_eq!(loaded("third").await, "third");
        store.of_every().invalidate().await.unwrap();
        assert_eq!(loaded("fourth").await, "fourth");
        store.cached(id).put("fifth").await.unwrap();
        assert_eq!(loaded("sixth").await, "fifth");
        store.cached(id).invalidate().await.unwrap();
        assert_eq!(store.cached(id).get().await.unwrap(), None);
    });
    task.await.unwrap();
}

/// The sessions of one lie in many slots, and their index in another.
async fn sessions(store: &several::Store, id: u32) {
    let visits = store.visits(id);
    let mut tokens = Vec::new();
    for at in 0..8 {
        tokens.push(visits.create(&at.to_string()).await.unwrap());
    }
    let seen = store.visit(&tokens[0]).get().await.unwrap().unwrap();
    let update = store.visit(&tokens[0]).update(seen.version, "new");
    assert!(update.await.unwrap().is_some());
    let next = visits.rotate(&tokens[0]).await.unwrap().unwrap();
    assert!(store.visit(&tokens[0]).get().await.unwrap().is_none());
    let seen = store.visit(&next).get_and_touch().await.unwrap().unwrap();
    assert_eq!(seen.data, "new");
    assert_eq!(visits.list().await.unwrap().len(), 8);
    store.visit(&next).revoke().await.unwrap();
    assert_eq!(visits.list().await.unwrap().len(), 7);
    visits.revoke_all().await.unwrap();
    for token in &tokens {
        assert!(store.visit(token).get().await.unwrap().is_none());
    }
    let lone = store
        .family::<keys::Lone<'_>>()
        .create("alone")
        .await
        .unwrap();
    let next = store.lone(&lone).rotate().await.unwrap().unwrap();
    assert!(store.lone(&lone).get().await.unwrap().is_none());
    assert_eq!(
        store.lone(&next).get().await.unwrap().unwrap().data,
        "alone"
    );
}

/// The numbers and the events lie in one slot.
async fn progresses(store: &several::Store, id: u32) {
    let steps = store.steps(id);
    steps.clear().await.unwrap();
    steps.begin(["a", "b"]).await.unwrap();
    let seen = steps.snapshot().await.unwrap();
    let mut later = steps.follow(seen.at);
    assert!(!steps.report("a", 100).await.unwrap().completes());
    let last = steps.report_with("b", 100, "done").await.unwrap();
    assert!(last.completes());
    for value in [("a", None), ("b", Some("done"))] {
        let event = later.next().await.unwrap().unwrap().record.unwrap();
        assert_eq!((event.item.as_str(), event.message.as_deref()), value);
    }
    assert_eq!(store.steps_events(id).xlen().await.unwrap(), 2);
    let totals = steps.totals().await.unwrap().unwrap();
    assert!(totals.is_complete());
}

async fn values(store: &several::Store, id: u32) {
    store.text(id).set("a").await.unwrap();
    assert!(store.text(id).compare_and_set("a", "b").await.unwrap());
    assert_eq!(store.text(id).get().await.unwrap().as_deref(), Some("b"));
    assert!(store.text(id).ttl().await.is_ok());
    assert_eq!(store.read(id).get().await.unwrap(), None);
    assert_eq!(store.free(id).incr_by(5).await.unwrap(), 5);
    assert!(store.free(id).del().await.unwrap());
    let note = several::Note::new("text".to_owned(), 3);
    store.note(id).hset(&note).await.unwrap();
    assert_eq!(store.note(id).hgetall().await.unwrap(), Some(note));
    let field = "field".to_owned();
    store.map(id).hset(&field, "value").await.unwrap();
    assert_eq!(
        store.map(id).hget(&field).await.unwrap().as_deref(),
        Some("value")
    );
    assert_eq!(store.map(id).hscan().collect().await.unwrap().len(), 1);
}

async fn collections(store: &several::Store, id: u32) {
    store.list(id).rpush_many(["a", "b", "c"]).await.unwrap();
    let moved = store
        .list(id)
        .lmove(ListEnd::Left, &store.other_list(id), ListEnd::Right)
        .await;
    assert_eq!(moved.unwrap().as_deref(), Some("a"));
    let (to_do, in_work) = (store.to_do(id), store.in_work(id));
    to_do.push_many(["x", "y"]).await.unwrap();
    assert_eq!(to_do.take(&in_work).await.unwrap().as_deref(), Some("x"));
    assert_eq!(to_do.recover(&in_work, 9).await.unwrap(), 1);
    assert_eq!(to_do.all().await.unwrap(), ["x", "y"]);
    store.set(id).sadd_many(["a", "b"]).await.unwrap();
    store.other_set(id).sadd_many(["b", "c"]).await.unwrap();
    assert_eq!(
        store
            .set(id)
            .sinter([&store.other_set(id)])
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(store.set(id).sscan().collect().await.unwrap().len(), 2);
    store.scores(id).zadd("a", 1.5).await.unwrap();
    assert_eq!(store.scores(id).zscore("a").await.unwrap(), Some(1.5));
    store.bits(id).setbit(3, true).await.unwrap();
    assert_eq!(store.bits(id).bitcount().await.unwrap(), 1);
    store.visitors(id).pfadd("a").await.unwrap();
    assert_eq!(store.visitors(id).pfcount().await.unwrap(), 1);
    for admitted in 1..8 {
        let calls = store.calls(id).admit().await.unwrap();
        let logged = store.logged(id).admit().await.unwrap();
        assert_eq!(
            (calls.allowed, logged.allowed),
            (admitted <= 5, admitted <= 5)
        );
    }
    let error = store
        .set(id)
        .sinter([&store.other_set(id + 1)])
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CrossSlot, "{error}");
}

/// What a group gives up moves to another stream of the same slot, be it told or too often delivered.
async fn gives_up(store: &several::Store, id: u32) {
    let group = store.log(id).group(consumers::log::Strict);
    group.create().await.unwrap();
    for text in ["tried", "told"] {
        let entry = several::Entry::new(text.to_owned(), 1);
        store.log(id).xadd(&entry).await.unwrap();
    }
    let given = group.read("ada", ReadOptions::new()).await.unwrap();
    let last = given.last().unwrap().id;
    assert_eq!(group.bury([last]).await.unwrap(), 1);
    while group.pending().await.unwrap().count > 0 {
        group.claim("bob", StreamId::MIN, 10).await.unwrap();
    }
    let dead = store.log_failed(id).xrange(..).await.unwrap();
    assert_eq!(dead.len(), given.len());
    assert_eq!(dead[0].record.as_ref().unwrap().text, "told");
    let lives = store.log_failed(id).ttl().await.unwrap().remaining();
    assert!(lives.is_some(), "as declared");
}

/// What runs as one, and what looks like it.
async fn together(store: &several::Store, id: u32) {
    store.hits(id).del().await.unwrap();
    store
        .begin(units::Begin {
            id,
            text: "a",
            hits: &1,
            list: &["x".to_owned()],
            set: &["y".to_owned()],
        })
        .await
        .unwrap();
    assert_eq!(store.hits(id).get().await.unwrap(), Some(1));
    let mixed = store
        .pipeline((
            keys::text(id).get(),
            keys::hits(id).incr(),
            keys::free(id + 1).incr(),
            keys::free(id + 2).incr(),
            keys::hits(id + 1).get(),
        ))
        .await
        .unwrap();
    assert_eq!((mixed.0.as_deref(), mixed.1), (Some("a"), 2));
    let group = store.of_id(id);
    assert!(group.list().await.unwrap().len() >= 8);
    assert!(group.size().await.unwrap().bytes > 0);
    assert!(group.invalidate().await.unwrap() >= 8);
    let left: Vec<_> = group.list().await.unwrap();
    assert!(left.is_empty(), "{left:?} of {id}");
    store.free(id + 1).del().await.unwrap();
    store.free(id + 2).del().await.unwrap();
    store.hits(id + 1).del().await.unwrap();
}

async fn many(store: &several::Store) {
    let family = store.family::<keys::Read>();
    let wanted: Vec<_> = (0..30).map(|id| keys::Read { id }).collect();
    for key in &wanted {
        store.read(key.id).set(&key.id.to_string()).await.unwrap();
    }
    let values = family.mget(&wanted).await.unwrap();
    let expected: Vec<_> = (0..30).map(|id: u32| Some(id.to_string())).collect();
    assert_eq!(values, expected);
    let error = family
        .mset(wanted.iter().map(|key| (*key, "a")))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CrossSlot, "{error}");
    assert_eq!(family.del_many(&wanted).await.unwrap(), 30);
}

async fn waiting(store: &several::Store) {
    for id in 0..3 {
        let waiting = tokio::spawn({
            let store = store.clone();
            async move { store.list(id).blpop(PATIENCE).await }
        });
        store.list(id).rpush("a").await.unwrap();
        assert_eq!(waiting.await.unwrap().unwrap().as_deref(), Some("a"));
    }
}

async fn listening(cluster: &Cluster, store: &several::Store) {
    for id in 0..3 {
        let mut news = store.news(id).subscribe().await.unwrap();
        let mut local = store.local(id).subscribe().await.unwrap();
        store.news(id).publish("far").await.unwrap();
        store.local(id).publish("near").await.unwrap();
        assert_eq!(news.next().await.unwrap().unwrap(), "far");
        assert_eq!(local.next().await.unwrap().unwrap(), "near");
    }
    let topics = (0..3).map(|id| channels::Local { id });
    let error = store
        .subscribe_many(topics, SubscribeOptions::new())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CrossSlot, "{error}");

    // A sharded channel that moves is listened to where it is now.
    let mut local = store.local(1).subscribe().await.unwrap();
    block_in_place(|| {
        let slot = slot(cluster, "local:1");
        cluster.migrate(slot, (cluster.owner(slot) + 1) % 3);
    });
    while !matches!(local.next().await, Some(Err(error)) if error.is_unavailable()) {}
    let heard = loop {
        // Said until somebody hears it; who listens may have to look for the channel more than once.
        let said = async {
            while store.local(1).publish("again").await.unwrap() == 0 {}
            std::future::pending::<()>().await;
        };
        tokio::select! {
            heard = local.next() => match heard.unwrap() {
                Ok(heard) => break heard,
                Err(error) => assert!(error.is_unavailable(), "{error}"),
            },
            () = said => {}
        }
    };
    assert_eq!(heard, "again");
}

async fn following(cluster: &Cluster, store: &several::Store) {
    let entry = |count| several::Entry::new("a".to_owned(), count);
    let log = store.log(1);
    log.xadd(&entry(0)).await.unwrap();
    let mut follow = log.follow(Position::Start);
    assert_eq!(
        follow.next().await.unwrap().unwrap().record.unwrap().count,
        0
    );
    for count in 1..4 {
        block_in_place(|| {
            let slot = slot(cluster, "log:{1}");
            cluster.migrate(slot, (cluster.owner(slot) + 1) % 3);
        });
        store.log(1).xadd(&entry(count)).await.unwrap();
        let next = loop {
            match follow.next().await.unwrap() {
                Ok(entry) => break entry,
                Err(error) => assert!(error.is_unavailable(), "{error}"),
            }
        };
        assert_eq!(next.record.unwrap().count, count);
    }
}
