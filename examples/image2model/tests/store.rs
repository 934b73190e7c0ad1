//! The job store on a real server, and the defects of the hand-written version that cannot come back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::net::IpAddr;
use std::time::Duration;

use example_image2model::jobs::{FileEnd, Jobs};
use example_image2model::keyspace::{
    FileResult, JobEventsMessage, JobStatus, SourceFile, Store, keys,
};
use example_image2model::limits::Limits;
use example_image2model::progress::Progress;
use redis_schema::progress::Reported;
use redis_schema::value::{DurationMs, Uuid};
use redis_schema_test_server::{Protocol, Server};

const CALLER: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const DAY: std::ops::RangeInclusive<i64> = 86_390..=86_400;

async fn open(server: &Server, protocol: Protocol) -> Store {
    Store::connect(&server.url(protocol, 0)).await.unwrap()
}

fn raw<T: redis::FromRedisValue>(server: &Server, database: u16, words: &[&str]) -> T {
    let mut connection = server.connect(Protocol::Resp2, database);
    let mut cmd = redis::cmd(words[0]);
    for word in &words[1..] {
        cmd.arg(*word);
    }
    cmd.query(&mut connection).unwrap()
}

fn files() -> Vec<SourceFile> {
    ["a.png", "b.png"]
        .map(|name| SourceFile::new(name.to_owned(), name.to_owned(), 3))
        .to_vec()
}

#[tokio::test]
async fn a_job_appears_with_everything_it_needs() {
    let server = Server::start();
    for protocol in Protocol::ALL {
        let store = open(&server, protocol).await;
        let jobs = Jobs::new(store.clone());
        raw::<()>(&server, 1, &["CONFIG", "RESETSTAT"]);
        let id = jobs.create(CALLER, &files()).await.unwrap();
        let stats: String = raw(&server, 1, &["INFO", "commandstats"]);
        assert!(stats.contains("cmdstat_multi:calls=1,"), "{stats}");
        assert!(stats.contains("cmdstat_exec:calls=1,"), "{stats}");

        for key in [
            format!("job:{id}"),
            format!("job:{id}:files"),
            format!("session:{id}"),
            format!("user_jobs:{CALLER}"),
        ] {
            let ttl: i64 = raw(&server, 1, &["TTL", &key]);
            assert!(DAY.contains(&ttl), "{key} lives {ttl} s");
        }
        let (job, listed) = jobs.get(id).await.unwrap().unwrap();
        assert_eq!((job.status, job.total_files), (JobStatus::Pending, 2));
        assert_eq!(listed, files());
        assert!(jobs.is_owner(id, CALLER).await.unwrap());
        assert!(!jobs.is_owner(id, &"0".repeat(64)).await.unwrap());
        assert!(jobs.of_caller(CALLER).await.unwrap().contains(&id));
    }
}

#[tokio::test]
async fn a_job_runs_and_is_forgotten_in_every_database() {
    let server = Server::start();
    let store = open(&server, Protocol::Resp3).await;
    let (jobs, progress) = (Jobs::new(store.clone()), Progress::new(store.clone()));
    let id = jobs.create(CALLER, &files()).await.unwrap();
    let mut events = store.job_events(id).subscribe().await.unwrap();
    assert!(jobs.start(id).await.unwrap());
    progress.init(id, &["a.png", "b.png"]).await.unwrap();
    let step = progress.update(id, "a.png", 100, None).await.unwrap();
    assert!(!step.completes());
    let result = FileResult {
        model_id: "m".to_owned(),
        url: "https://models.example/m".to_owned(),
        vertices: None,
        duration: DurationMs::new(Duration::from_secs(1)),
    };
    assert_eq!(
        jobs.file_done(id, "a.png", Some(&result)).await.unwrap(),
        FileEnd::Completed
    );
    assert_eq!(
        jobs.file_done(id, "b.png", None).await.unwrap(),
        FileEnd::Failed
    );
    assert!(jobs.finish(id).await.unwrap());

    assert_eq!(
        events.next().await.unwrap().unwrap(),
        JobEventsMessage::Started
    );
    let JobEventsMessage::Finished(finished) = events.next().await.unwrap().unwrap() else {
        panic!("the second event ends the job");
    };
    assert_eq!(finished.status, JobStatus::Failed);
    let (job, _) = jobs.get(id).await.unwrap().unwrap();
    assert_eq!((job.completed_files, job.failed_files), (1, 1));
    assert!(
        job.updated_at > job.created_at,
        "set by the server at every write"
    );

    let listed = store.everything_of_a_job(id).list().await.unwrap();
    assert!(listed.iter().any(|key| key.database == 2), "{listed:?}");
    assert!(jobs.forget(id).await.unwrap() >= 7);
    assert!(
        store
            .everything_of_a_job(id)
            .list()
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        !jobs.start(id).await.unwrap(),
        "a forgotten job does not come back in part"
    );
    assert_eq!(raw::<i64>(&server, 1, &["EXISTS", &format!("job:{id}")]), 0);
}

#[tokio::test]
async fn calls_are_admitted_while_every_rule_allows_them() {
    let server = Server::start();
    let limits = Limits::new(open(&server, Protocol::Resp2).await);
    assert_eq!(limits.left(CALLER).await.unwrap(), 600);
    let first = limits.key(CALLER).await.unwrap();
    assert!(first.allowed);
    assert_eq!((first.limit(), first.remaining), (600, 599));
    assert_eq!(limits.left(CALLER).await.unwrap(), 599);
    let key = format!("rl:key:{CALLER}");
    let ttl: i64 = raw(&server, 3, &["PTTL", &key]);
    assert!((1..=3_600_000).contains(&ttl), "{ttl}");
}

#[tokio::test]
async fn addresses_that_hold_the_separator_are_their_own_keys() {
    let server = Server::start();
    let store = open(&server, Protocol::Resp2).await;
    let limits = Limits::new(store.clone());
    let (six, four): (IpAddr, IpAddr) =
        ("2001:db8::1".parse().unwrap(), "10.0.0.1".parse().unwrap());
    for _ in 0..10 {
        assert!(limits.ip(six).await.unwrap().allowed);
    }
    let refused = limits.ip(six).await.unwrap();
    assert!(!refused.allowed && refused.retry_after_seconds() <= 3);
    assert!(limits.ip(four).await.unwrap().allowed);
    let family = store.family::<keys::CallsPerIp>();
    let mut found = family.scan().collect().await.unwrap();
    found.sort_by_key(|key| key.ip_address);
    assert_eq!(
        found.iter().map(|key| key.ip_address).collect::<Vec<_>>(),
        [four, six]
    );
}

#[tokio::test]
async fn progress_keeps_its_lifetime_and_reads_back_any_id() {
    let server = Server::start();
    let store = open(&server, Protocol::Resp3).await;
    let progress = Progress::new(store.clone());
    let id = Uuid::new_v4();
    progress.init(id, &["a.b-c_d", "e"]).await.unwrap();
    progress.init(Uuid::new_v4(), &["f"]).await.unwrap();
    let step = progress.update(id, "a.b-c_d", 40, Some("mesh")).await;
    assert_eq!(step.unwrap().update().unwrap().value, 40);
    // Whatever was done to the lifetimes, a report sets them again.
    for key in ["files", "files:events"].map(|end| format!("progress:{id}:{end}")) {
        raw::<()>(&server, 2, &["PERSIST", &key]);
    }
    let late = progress.update(id, "a.b-c_d", 30, None).await.unwrap();
    assert_eq!(late.update().unwrap().value, 40, "it never goes back");
    for key in ["files", "files:events"].map(|end| format!("progress:{id}:{end}")) {
        let ttl: i64 = raw(&server, 2, &["TTL", &key]);
        assert!(DAY.contains(&ttl), "{key} lives {ttl} s");
    }
    let all = progress.of_job(id).await.unwrap();
    assert_eq!(
        all.into_iter().collect::<Vec<_>>(),
        [("a.b-c_d".to_owned(), 40), ("e".to_owned(), 0)]
    );
    // An id that could be taken for two parameters is refused, and so is one that is none of the job's.
    assert!(progress.update(id, "a:b", 1, None).await.is_err());
    let unknown = progress.update(id, "f", 1, None).await.unwrap();
    assert_eq!(unknown, Reported::UnknownItem);
}

/// What comes in five seconds: what does not come at all should fail, not hang.
async fn soon<T>(wait: impl Future<Output = T>) -> T {
    let limit = Duration::from_secs(5);
    tokio::time::timeout(limit, wait).await.expect("it comes")
}

#[tokio::test]
async fn progress_is_announced_followed_and_complete_once() {
    let server = Server::start();
    let store = open(&server, Protocol::Resp3).await;
    let progress = Progress::new(store.clone());
    let id = Uuid::new_v4();
    progress.init(id, &["a", "b"]).await.unwrap();
    let mut heard = store.progress_events(id).subscribe().await.unwrap();
    let seen = store.file_progress(id).snapshot().await.unwrap();
    let mut later = store.file_progress(id).follow(seen.at);
    let steps = [("a", 50, Some("mesh")), ("a", 100, None), ("b", 100, None)];
    let mut completed = Vec::new();
    for (file, percent, words) in steps {
        let step = progress.update(id, file, percent, words).await.unwrap();
        assert!(matches!(step, Reported::Counted(_)), "{step:?}");
        completed.push(step.completes());
        let event = soon(later.next()).await.unwrap().unwrap().record.unwrap();
        assert_eq!((event.item.as_str(), event.value), (file, percent.into()));
        assert_eq!(event.message.as_deref(), words);
        let event = soon(heard.next()).await.unwrap().unwrap();
        assert_eq!((event.file_id.as_str(), event.percent), (file, percent));
    }
    assert_eq!(completed, [false, false, true]);
}

#[tokio::test]
async fn a_tag_outlives_what_it_tags_and_is_renewed_by_every_addition() {
    let server = Server::start();
    let store = open(&server, Protocol::Resp2).await;
    let tag = store.tag_members("project: a/b");
    tag.sadd("cache:model:m1").await.unwrap();
    let key = "tag:project%3A%20a%2Fb";
    raw::<()>(&server, 4, &["EXPIRE", key, "5"]);
    tag.sadd("cache:model:m2").await.unwrap();
    let ttl: i64 = raw(&server, 4, &["TTL", key]);
    assert!((3590..=3600).contains(&ttl), "{ttl}");
}

#[tokio::test]
async fn only_its_owner_releases_a_lock() {
    let server = Server::start();
    let store = open(&server, Protocol::Resp2).await;
    let job = Uuid::new_v4();
    let mine = store.lock_job(job).acquire().await.unwrap();
    assert!(store.lock_job(job).try_acquire().await.unwrap().is_none());
    let token: String = raw(&server, 1, &["GET", &format!("lock:job:{job}")]);
    assert_eq!(token, mine.token().as_str());
    let ttl: i64 = raw(&server, 1, &["PTTL", &format!("lock:job:{job}")]);
    assert!((1..=10_000).contains(&ttl), "{ttl}");
    let late = mine.fence();
    mine.release().await.unwrap();
    let next = store.lock_job(job).acquire().await.unwrap();
    assert!(next.fence() > late, "so that who is late can be refused");
    assert_eq!(
        store.lock_job_fence(job).get().await.unwrap(),
        Some(next.fence())
    );
    next.release().await.unwrap();
}

#[tokio::test]
async fn commands_of_different_databases_do_not_mix() {
    let server = Server::start();
    let store = open(&server, Protocol::Resp2).await;
    let id = Uuid::new_v4();
    let error = store
        .atomic((store.job_status(id).get(), store.cache_status(id).get()))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), redis_schema::ErrorKind::MixedDatabases);
}
