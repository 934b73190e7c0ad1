//! Any series of operations against a model: who is let in, with which data, and what the index says of it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use redis_schema::session::SessionToken;
use redis_schema_test_server::Protocol;

use crate::sessions::Store;
use crate::{Scene, login};

#[derive(Debug, Clone)]
enum Op {
    Create { user: u32 },
    Update { which: usize },
    UpdateLate { which: usize },
    Rotate { which: usize, user: u32 },
    Revoke { which: usize },
    RevokeAll { user: u32 },
    List { user: u32 },
    Use { which: usize },
}

fn op() -> impl Strategy<Value = Op> {
    let (user, which) = (0..3_u32, 0..12_usize);
    prop_oneof![
        4 => user.clone().prop_map(|user| Op::Create { user }),
        3 => which.clone().prop_map(|which| Op::Update { which }),
        1 => which.clone().prop_map(|which| Op::UpdateLate { which }),
        3 => (which.clone(), user.clone()).prop_map(|(which, user)| Op::Rotate { which, user }),
        2 => which.clone().prop_map(|which| Op::Revoke { which }),
        1 => user.clone().prop_map(|user| Op::RevokeAll { user }),
        1 => user.prop_map(|user| Op::List { user }),
        2 => which.prop_map(|which| Op::Use { which }),
    ]
}

/// What there should be of a token.
struct Known {
    token: SessionToken,
    user: u32,
    /// None when it is worth nothing.
    role: Option<String>,
}

struct Model {
    scene: Scene,
    store: Store,
    known: Vec<Known>,
    written: usize,
}

impl Model {
    fn at(&self, which: usize) -> Option<usize> {
        (!self.known.is_empty()).then(|| which % self.known.len())
    }

    fn next(&mut self) -> String {
        self.written += 1;
        format!("role {}", self.written)
    }

    async fn apply(&mut self, op: &Op) {
        match *op {
            Op::Create { user } => {
                let role = self.next();
                let token = self.store.logins(user).create(&login(user, &role)).await;
                let (token, role) = (token.unwrap(), Some(role));
                self.known.push(Known { token, user, role });
            }
            Op::Update { which } | Op::UpdateLate { which } => {
                let Some(at) = self.at(which) else { return };
                let role = self.next();
                let one = &self.known[at];
                let session = self.store.login(&one.token);
                let Some(seen) = session.get().await.unwrap() else {
                    return;
                };
                if matches!(op, Op::UpdateLate { .. }) {
                    let faster = session.update(seen.version, &login(one.user, "faster"));
                    faster.await.unwrap().unwrap();
                    let late = session.update(seen.version, &login(one.user, &role)).await;
                    assert_eq!(late.unwrap_err().kind(), redis_schema::ErrorKind::Contended);
                    self.known[at].role = Some("faster".to_owned());
                } else {
                    let update = session.update(seen.version, &login(one.user, &role));
                    assert!(update.await.unwrap().is_some());
                    self.known[at].role = Some(role);
                }
            }
            Op::Rotate { which, user } => {
                let Some(at) = self.at(which) else { return };
                let one = &self.known[at];
                let works = one.role.is_some() && one.user == user;
                let new = self.store.logins(user).rotate(&one.token).await.unwrap();
                assert_eq!(new.is_some(), works);
                if let Some(token) = new {
                    let role = self.known[at].role.take();
                    self.known.push(Known { token, user, role });
                }
            }
            Op::Revoke { which } => {
                let Some(at) = self.at(which) else { return };
                self.store
                    .login(&self.known[at].token)
                    .revoke()
                    .await
                    .unwrap();
                self.known[at].role = None;
            }
            Op::RevokeAll { user } => {
                self.store.logins(user).revoke_all().await.unwrap();
                let theirs = self.known.iter_mut().filter(|one| one.user == user);
                theirs.for_each(|one| one.role = None);
                assert!(!self.scene.names().contains(&format!("sessions_of:{user}")));
            }
            Op::List { user } => self.listed(user).await,
            Op::Use { which } => {
                let Some(at) = self.at(which) else { return };
                let one = &self.known[at];
                let used = self.store.login(&one.token).get_and_touch().await.unwrap();
                assert_eq!(used.map(|seen| seen.data.role), one.role);
            }
        }
    }

    async fn listed(&mut self, user: u32) {
        let listed = self.store.logins(user).list().await.unwrap();
        let found: BTreeSet<_> = listed
            .iter()
            .map(|one| (one.id.to_string(), one.session.data.role.clone()))
            .collect();
        assert_eq!(found, self.living(user));
        // What is gone is out.
        let members: BTreeSet<String> =
            self.scene
                .raw(&["ZRANGE", &format!("sessions_of:{user}"), "0", "-1"]);
        assert_eq!(members, found.into_iter().map(|(id, _)| id).collect());
    }

    fn living(&self, user: u32) -> BTreeSet<(String, String)> {
        let theirs = self.known.iter().filter(|one| one.user == user);
        theirs
            .filter_map(|one| Some((one.token.id().to_string(), one.role.clone()?)))
            .collect()
    }

    /// What is true after whatever was done.
    async fn holds(&mut self) {
        self.scene.all_end();
        for one in &self.known {
            let seen = self.store.login(&one.token).get().await.unwrap();
            assert_eq!(seen.map(|seen| seen.data.role), one.role);
        }
        for user in 0..3 {
            let members: BTreeSet<String> =
                self.scene
                    .raw(&["ZRANGE", &format!("sessions_of:{user}"), "0", "-1"]);
            for (id, _) in self.living(user) {
                assert!(members.contains(&id), "a session that its index has not");
            }
        }
    }
}

#[test]
fn whatever_is_done_the_server_says_what_the_model_says() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let scene = Scene::new(Protocol::Resp3);
    let store = runtime.block_on(scene.program());
    let model = std::cell::RefCell::new(Model {
        scene,
        store,
        known: Vec::new(),
        written: 0,
    });
    let series = proptest::collection::vec(op(), 1..40);
    let config = Config {
        cases: 60,
        failure_persistence: None,
        ..Config::default()
    };
    let played = TestRunner::new(config).run(&series, |ops| {
        let model = &mut *model.borrow_mut();
        model.known.clear();
        model.scene.raw::<()>(&["FLUSHALL"]);
        for op in &ops {
            runtime.block_on(model.apply(op));
            runtime.block_on(model.holds());
        }
        Ok(())
    });
    played.unwrap();
}
