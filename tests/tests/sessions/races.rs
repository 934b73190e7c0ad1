//! What runs beside each other: nobody who was shut out is let in, and nothing that was written is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use redis_schema::ErrorKind;

use crate::sessions::{Store, keys};
use crate::{Scene, login};
use redis_schema_test_server::Protocol;

/// Programs that run on threads of their own.
async fn programs(scene: &Scene, count: usize) -> Vec<Store> {
    let mut programs = Vec::new();
    for _ in 0..count {
        programs.push(scene.program().await);
    }
    programs
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_revoked_during_use_stays_revoked() {
    let mut scene = Scene::new(Protocol::Resp3);
    let users = programs(&scene, 3).await;
    let admin = scene.program().await;
    for _ in 0..40 {
        let token = admin.logins(1).create(&login(1, "a")).await.unwrap();
        let over = Arc::new(AtomicBool::new(false));
        let tasks: Vec<_> = users
            .iter()
            .map(|store| {
                let (store, token, over) = (store.clone(), token.clone(), Arc::clone(&over));
                tokio::spawn(async move {
                    loop {
                        let was_over = over.load(Ordering::SeqCst);
                        let Some(seen) = store.login(&token).get_and_touch().await.unwrap() else {
                            return;
                        };
                        assert!(!was_over, "read after it was revoked");
                        let data = login(1, "b");
                        let update = store.login(&token).update(seen.version, &data).await;
                        let lost =
                            |error: &redis_schema::Error| error.kind() == ErrorKind::Contended;
                        assert!(update.is_ok() || update.is_err_and(|error| lost(&error)));
                    }
                })
            })
            .collect();
        admin.login(&token).revoke().await.unwrap();
        over.store(true, Ordering::SeqCst);
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(scene.names(), ["sessions_of:1"], "nothing is made again");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_rotated_while_all_are_revoked_is_gone_too() {
    let scene = Scene::new(Protocol::Resp3);
    let users = programs(&scene, 3).await;
    let admin = scene.program().await;
    for _ in 0..40 {
        let mut tokens = Vec::new();
        for _ in &users {
            tokens.push(admin.logins(1).create(&login(1, "a")).await.unwrap());
        }
        let tasks: Vec<_> = users
            .iter()
            .zip(tokens)
            .map(|(store, mut token)| {
                let store = store.clone();
                // Until it is thrown out; every token that it had is worth nothing then.
                tokio::spawn(async move {
                    let mut had = vec![token.clone()];
                    while let Some(next) = store.logins(1).rotate(&token).await.unwrap() {
                        token = next;
                        had.push(token.clone());
                    }
                    had
                })
            })
            .collect();
        admin.logins(1).revoke_all().await.unwrap();
        for task in tasks {
            for token in task.await.unwrap() {
                assert!(admin.login(&token).get().await.unwrap().is_none());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_during_a_rotation_is_not_lost() {
    let scene = Scene::new(Protocol::Resp2);
    let (writer, other) = (scene.program().await, scene.program().await);
    for _ in 0..60 {
        let old = writer.family::<keys::Visit<'_>>().create("").await.unwrap();
        let task = {
            let (store, old) = (writer.clone(), old.clone());
            // Appends a few times; then looks until the token is worth nothing. Tells what it has written.
            tokio::spawn(async move {
                let mut written = String::new();
                while let Some(seen) = store.visit(&old).get().await.unwrap() {
                    if written.len() == 10 {
                        continue;
                    }
                    let next = format!("{}x", seen.data);
                    let update = store.visit(&old).update(seen.version, &next).await;
                    match update.unwrap() {
                        Some(_) => written = next,
                        None => break,
                    }
                }
                written
            })
        };
        let new = loop {
            match other.visit(&old).rotate().await {
                Ok(new) => break new.unwrap(),
                Err(error) => assert_eq!(error.kind(), ErrorKind::Contended),
            }
        };
        let written = task.await.unwrap();
        let kept = other.visit(&new).get().await.unwrap().unwrap();
        assert_eq!(kept.data, written);
    }
}
