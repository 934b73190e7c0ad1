//! The token is the client's alone: not on the server, not in what a program tells.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use crate::sessions::keys;
use crate::{Scene, both, login};

/// All that is told at the finest level.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<String>>);

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let mut told = self.0.lock().unwrap();
        told.push_str(&format!("{field}={value:?} "));
    }
}

impl<S: tracing::Subscriber> Layer<S> for Told {
    fn on_new_span(
        &self,
        attributes: &tracing::span::Attributes<'_>,
        _: &tracing::span::Id,
        _: Context<'_, S>,
    ) {
        attributes.record(&mut self.clone());
    }

    fn on_record(
        &self,
        _: &tracing::span::Id,
        record: &tracing::span::Record<'_>,
        _: Context<'_, S>,
    ) {
        record.record(&mut self.clone());
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        event.record(&mut self.clone());
    }
}

#[test]
fn nothing_but_the_client_has_the_token() {
    both(async |mut scene: Scene| {
        let told = Told::default();
        let subscriber = tracing_subscriber::registry().with(told.clone());
        let _guard = tracing::subscriber::set_default(subscriber);
        let store = scene.program().await;
        let old = store.logins(1).create(&login(1, "a")).await.unwrap();
        let token = store.logins(1).rotate(&old).await.unwrap().unwrap();
        let other = store.family::<keys::Brief<'_>>().create("a").await.unwrap();
        store.login(&token).get_and_touch().await.unwrap();
        let names = scene.names();
        assert!(
            names
                .iter()
                .any(|name| name.ends_with(&token.id().to_string()))
        );

        let mut shown = vec![
            format!(
                "{token:?} {:?}",
                keys::Login {
                    session: (&token).into()
                }
            ),
            format!("{:?} {:?}", store.login(&token), store.login(&token).get()),
            format!(
                "{:?}",
                keys::Brief {
                    ticket: (&other).into()
                }
            ),
            format!("{:?}", store.logins(1).list().await.unwrap()),
            told.0.lock().unwrap().clone(),
            names.concat(),
        ];
        // What anybody reads who has the database.
        for name in &names {
            let kind: String = scene.raw(&["TYPE", name]);
            if kind == "hash" {
                let content: HashMap<String, String> = scene.raw(&["HGETALL", name]);
                shown.extend(
                    content
                        .into_iter()
                        .flat_map(|(field, value)| [field, value]),
                );
            } else {
                shown.extend(scene.raw::<Vec<String>>(&["ZRANGE", name, "0", "-1"]));
            }
        }
        // And what fails.
        scene.raw::<()>(&["FLUSHALL"]);
        scene.raw::<()>(&["SET", &format!("session:{}", token.id()), "text"]);
        let error = store.login(&token).get().await.unwrap_err();
        shown.push(format!("{error} {error:?}"));
        assert!(!told.0.lock().unwrap().is_empty(), "something is told");
        for token in [&old, &token, &other] {
            for text in &shown {
                assert!(!text.contains(token.expose()), "{text}");
            }
        }
    });
}
