//! What a session is good for.

use std::time::Duration;

use redis_schema::ErrorKind;
use redis_schema::session::SessionToken;

use crate::sessions::keys;
use crate::{Scene, both, login};

#[test]
fn a_session_is_made_read_used_changed_and_ended() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let token = store.logins(7).create(&login(7, "guest")).await.unwrap();
        scene.all_end();
        // What a browser sends back.
        let sent = SessionToken::parse(token.expose()).unwrap();
        let seen = store.login(&sent).get().await.unwrap().unwrap();
        assert_eq!(seen.data, login(7, "guest"));
        assert!(seen.expires_in <= Duration::from_secs(1800));
        assert!(seen.ends_in <= Duration::from_secs(12 * 3600));
        assert!(seen.ends_in > Duration::from_secs(12 * 3600 - 60));

        let next = store.login(&sent).update(seen.version, &login(7, "admin"));
        let next = next.await.unwrap().unwrap();
        assert_ne!(next, seen.version);
        let seen = store.login(&sent).get_and_touch().await.unwrap().unwrap();
        assert_eq!((seen.data.role.as_str(), seen.version), ("admin", next));
        scene.all_end();

        store.login(&sent).revoke().await.unwrap();
        assert!(store.login(&sent).get().await.unwrap().is_none());
        assert!(store.login(&sent).get_and_touch().await.unwrap().is_none());
        let late = store.login(&sent).update(seen.version, &login(7, "ghost"));
        assert_eq!(late.await.unwrap(), None);
        assert_eq!(scene.names(), ["sessions_of:7"], "nothing comes back");
        // It does no harm to do so again.
        store.login(&sent).revoke().await.unwrap();
    });
}

#[test]
fn plain_connections_read_use_change_and_end_it_too() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let family = store.family::<keys::Visit<'_>>();
        let token = family.create("a").await.unwrap();
        let mut plain = scene.server.connect(scene.protocol, 0);
        let seen = keys::visit(&token)
            .get()
            .query(&mut plain)
            .unwrap()
            .unwrap();
        let next = keys::visit(&token).update(seen.version, "b");
        assert!(next.query(&mut plain).unwrap().is_some());
        let used = keys::visit(token.id()).get_and_touch().query(&mut plain);
        assert_eq!(used.unwrap().unwrap().data, "b");
        keys::visit(&token).revoke().query(&mut plain).unwrap();
        assert!(scene.names().is_empty());
    });
}

#[test]
fn of_several_who_change_it_one_succeeds_and_the_others_are_told() {
    both(async |scene: Scene| {
        let store = scene.program().await;
        let token = store
            .family::<keys::Visit<'_>>()
            .create("old")
            .await
            .unwrap();
        let seen = store.visit(&token).get().await.unwrap().unwrap();
        let values = ["a", "b", "c", "d"];
        let all = values.map(|value| {
            let visit = store.visit(&token);
            async move { visit.update(seen.version, value).await }
        });
        let answers = futures_util::future::join_all(all).await;
        let won: Vec<_> = (0..values.len())
            .filter(|at| answers[*at].is_ok())
            .collect();
        let [won] = won.as_slice() else {
            panic!("{answers:?}");
        };
        for answer in answers.iter().filter_map(|answer| answer.as_ref().err()) {
            assert_eq!(answer.kind(), ErrorKind::Contended);
        }
        let now = store.visit(&token).get().await.unwrap().unwrap();
        assert_eq!(now.data, values[*won], "and nothing is lost of it");
    });
}

#[test]
fn what_is_no_session_is_told_as_that() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let token = store.family::<keys::Visit<'_>>().create("a").await.unwrap();
        let name = scene.names().remove(0);
        scene.raw::<()>(&["HDEL", &name, "ends"]);
        let error = store.visit(&token).get().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        scene.raw::<()>(&["SET", &name, "text"]);
        let error = store.visit(&token).get_and_touch().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongType);
        scene.raw::<()>(&["ZADD", "sessions_of:1", "99999999999999", "nobody"]);
        let error = store.logins(1).list().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        let error = store.logins(1).revoke_all().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
    });
}
