use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::Text;
use redis_schema::session::Indexing;
use redis_schema::structure::{Session, SessionIndex};
use redis_schema::{Handle, Store};

use crate::probe::{Probe, Probed, once};

/// In no index.
type Alone = Probed<Session<Text<String>, ()>, 0>;
/// In one.
type Held = Probed<Session<Text<String>, rt::Indexed>, 0>;

impl<I: Indexing + 'static> rt::Sessions for Probed<Session<Text<String>, I>, 0> {
    const RULE: rt::SessionRule = rt::SessionRule::new(1_000_000, 100_000);
    type Owned = Self;

    fn of(_: rt::value::Hashed<'static>) -> Self {
        Self::new(2)
    }
}

const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// A session that was used long ago.
fn made(probe: &mut Probe, id: u32) {
    probe.prepare(&[
        &format!("DEL probed:{id}"),
        &format!("HSET probed:{id} version 1 data v ends 99999999999999"),
        &format!("PEXPIRE probed:{id} 60000"),
    ]);
}

#[test]
fn sessions_send_what_the_catalog_says() {
    once!(sessions);
}

fn sessions() {
    fn session<X>(context: X) -> Handle<Alone, X> {
        Handle::with(Alone::new(1), context)
    }
    let mut probe = Probe::new("session", 0);
    probe.check_async("create", async |store: &Store| {
        store.family::<Alone>().create("v").await
    });
    made(&mut probe, 1);
    probe.check("get", session(()).get());
    probe.check("get_and_touch", session(()).get_and_touch());
    let seen = probe.arrange(async |store: &Store| session(store).get().await);
    let version = seen.unwrap().version;
    probe.check("update", session(()).update(version, "w"));
    made(&mut probe, 1);
    probe.check_async("rotate", async |store: &Store| {
        session(store).rotate().await
    });
    made(&mut probe, 1);
    probe.check("revoke", session(()).revoke());
    probe.finish();
}

#[test]
fn indexes_of_sessions_send_what_the_catalog_says() {
    once!(indexes);
}

fn indexes() {
    fn index(store: &Store) -> Handle<Probed<SessionIndex<Held>, 0>, &Store> {
        Handle::with(Probed::new(1), store)
    }
    let mut probe = Probe::new("session_index", 0);
    probe.check_async("create", async |store: &Store| {
        index(store).create("v").await
    });
    probe.prepare(&["DEL probed:1 probed:2"]);
    let token = probe.arrange(async |store: &Store| index(store).create("v").await);
    probe.check_async("rotate", async |store: &Store| {
        index(store).rotate(&token).await
    });
    made(&mut probe, 2);
    let member = format!("ZADD probed:1 99999999999999 {HASH}");
    probe.prepare(&["DEL probed:1", &member]);
    probe.check_async("list", async |store: &Store| index(store).list().await);
    probe.prepare(&["DEL probed:2", &member]);
    probe.check_async("list", async |store: &Store| index(store).list().await);
    made(&mut probe, 2);
    probe.prepare(&[&member]);
    probe.check_async("revoke_all", async |store: &Store| {
        index(store).revoke_all().await
    });
    probe.finish();
}
