//! The sessions of one user.

use redis_schema::session::{SessionId, SessionToken};

use crate::sessions::{Store, keys};
use crate::{Scene, both, login};

async fn ids(store: &Store, user: u32) -> Vec<SessionId> {
    let listed = store.logins(user).list().await.unwrap();
    listed.iter().map(|one| one.id).collect()
}

#[test]
fn sessions_of_one_user_are_listed_and_revoked_together() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let mut mine = Vec::new();
        for role in ["phone", "laptop", "fridge"] {
            mine.push(store.logins(1).create(&login(1, role)).await.unwrap());
        }
        let other = store.logins(2).create(&login(2, "phone")).await.unwrap();
        scene.all_end();
        let listed = store.logins(1).list().await.unwrap();
        let mut roles: Vec<_> = listed
            .iter()
            .map(|it| it.session.data.role.as_str())
            .collect();
        roles.sort_unstable();
        assert_eq!(roles, ["fridge", "laptop", "phone"]);

        // One device is shut out by what the list says of it.
        let fridge = listed.iter().find(|it| it.session.data.role == "fridge");
        store.login(fridge.unwrap().id).revoke().await.unwrap();
        assert_eq!(ids(&store, 1).await.len(), 2);
        assert_eq!(
            scene.raw::<u32>(&["ZCARD", "sessions_of:1"]),
            2,
            "and taken out"
        );

        store.logins(1).revoke_all().await.unwrap();
        for token in &mine {
            assert!(store.login(token).get().await.unwrap().is_none());
        }
        assert!(ids(&store, 1).await.is_empty());
        assert!(store.login(&other).get().await.unwrap().is_some());
        store.logins(1).revoke_all().await.unwrap();
        let rest = [
            format!("session:{}", other.id()),
            "sessions_of:2".to_owned(),
        ];
        assert_eq!(scene.names(), rest);
    });
}

#[test]
fn a_rotated_session_has_its_data_version_and_end_and_one_token() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let old = store.logins(1).create(&login(1, "guest")).await.unwrap();
        let seen = store.login(&old).get().await.unwrap().unwrap();
        let update = store.login(&old).update(seen.version, &login(1, "admin"));
        let version = update.await.unwrap().unwrap();
        let name = |token: &SessionToken| format!("session:{}", token.id());
        let ends: String = scene.raw(&["HGET", &name(&old), "ends"]);

        let new = store.logins(1).rotate(&old).await.unwrap().unwrap();
        assert_ne!(new.expose(), old.expose());
        let seen = store.login(&new).get().await.unwrap().unwrap();
        assert_eq!((seen.data.role.as_str(), seen.version), ("admin", version));
        assert_eq!(scene.raw::<String>(&["HGET", &name(&new), "ends"]), ends);
        for dead in [
            store.login(&old).get().await.unwrap(),
            store.login(&old).get_and_touch().await.unwrap(),
        ] {
            assert!(dead.is_none());
        }
        let late = store.login(&old).update(version, &login(1, "thief"));
        assert_eq!(late.await.unwrap(), None);
        assert!(store.logins(1).rotate(&old).await.unwrap().is_none());
        assert_eq!(ids(&store, 1).await, [new.id()]);
        scene.all_end();

        // Whose it is not does not rotate it.
        assert!(store.logins(2).rotate(&new).await.unwrap().is_none());
        assert!(store.login(&new).get().await.unwrap().is_some());

        let visit = store.family::<keys::Visit<'_>>().create("a").await.unwrap();
        let next = store.visit(&visit).rotate().await.unwrap().unwrap();
        assert!(store.visit(&visit).get().await.unwrap().is_none());
        assert!(store.visit(&visit).rotate().await.unwrap().is_none());
        assert_eq!(store.visit(&next).get().await.unwrap().unwrap().data, "a");
    });
}

#[test]
fn an_index_lives_as_long_as_what_it_holds() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let token = store.logins(1).create(&login(1, "a")).await.unwrap();
        let name = format!("session:{}", token.id());
        let ends: i64 = scene.raw(&["HGET", &name, "ends"]);
        assert_eq!(scene.raw::<i64>(&["PEXPIRETIME", "sessions_of:1"]), ends);
        // What is over goes when another one comes; what stays longer is not cut short.
        scene.raw::<()>(&["ZADD", "sessions_of:1", "1", "over"]);
        scene.raw::<()>(&["ZADD", "sessions_of:1", "9999999999999", "stays"]);
        store.logins(1).create(&login(1, "b")).await.unwrap();
        assert_eq!(scene.raw::<u32>(&["ZCARD", "sessions_of:1"]), 3);
        let expires: i64 = scene.raw(&["PEXPIRETIME", "sessions_of:1"]);
        assert_eq!(expires, 9_999_999_999_999);
    });
}

#[test]
fn more_than_a_page_is_revoked() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let logins = store.logins(1);
        let data = login(1, "a");
        let made: Vec<_> = (0..1203).map(|_| logins.create(&data)).collect();
        let made = futures_util::future::join_all(made).await;
        assert!(made.iter().all(Result::is_ok));
        assert_eq!(ids(&store, 1).await.len(), 1000);
        logins.revoke_all().await.unwrap();
        assert!(scene.names().is_empty());
    });
}

#[test]
fn groups_leave_indexes_alone() {
    both(async |scene: Scene| {
        let store = scene.program().await;
        let token = store.logins(5).create(&login(5, "a")).await.unwrap();
        let group = store.everything_of(5);
        assert_eq!(group.list().await.unwrap().len(), 0);
        group.invalidate().await.unwrap();
        store.logins(5).revoke_all().await.unwrap();
        assert!(store.login(&token).get().await.unwrap().is_none());
    });
}
