use std::mem::forget;
use std::time::Duration;

use redis_schema::__generated_0_1 as rt;
use redis_schema::lock::{Fence, Guard, Numbering, Token};
use redis_schema::structure::{self, Lock, Semaphore};
use redis_schema::{Handle, Result, Store};

use crate::probe::{Probe, Probed, once};

impl<F: Numbering, const P: usize> rt::Held for Probed<Lock<F>, P> {
    const RULE: rt::HoldRule = rt::HoldRule::new().wait_ms(1000);
}

impl<const P: usize> rt::Held for Probed<Semaphore, P> {
    const RULE: rt::HoldRule = rt::HoldRule::new().wait_ms(1000).permits(2);
}

/// What is dropped would be given back, unannounced.
fn keep<F>(guard: Guard<F>) {
    forget(guard);
}

fn lock(store: &Store) -> Handle<Probed<Lock<Fence>, 0>, &Store> {
    Handle::with(Probed::new(1), store)
}

fn permits(store: &Store) -> Handle<Probed<Semaphore, 0>, &Store> {
    Handle::with(Probed::new(1), store)
}

#[test]
fn locks_send_what_the_catalog_says() {
    once!(locks);
}

fn locks() {
    let mut probe = Probe::new("lock", 0);
    tokens::<()>(&mut probe);
    probe.facts = probe.facts.clone().numbered();
    tokens::<Fence>(&mut probe);
    probe.check_async("try_acquire", async |store: &Store| {
        let guard = lock(store).try_acquire().await?;
        forget(guard);
        Ok(())
    });
    probe.prepare(&["DEL probed:1"]);
    probe.check_async("acquire", async |store: &Store| {
        lock(store).acquire().await.map(keep)
    });
    probe.prepare(&["DEL probed:1"]);
    probe.check_async("acquire_within", async |store: &Store| {
        let wait = Duration::from_secs(1);
        lock(store).acquire_within(wait).await.map(keep)
    });
    probe.prepare(&["DEL probed:1"]);
    probe.check_async("with_lock", async |store: &Store| {
        lock(store).with_lock(|_| async {}).await
    });
    probe.finish();
}

fn tokens<F: Numbering>(probe: &mut Probe) {
    let (key, token) = (probe.key::<Lock<F>, 0>(), Token::random());
    probe.prepare(&["DEL probed:1"]);
    probe.check("acquire_as", key.acquire_as(&token));
    probe.check("inspect", key.inspect());
    probe.check("renew_as", key.renew_as(&token));
    probe.check("release_as", key.release_as(&token));
    probe.prepare(&["SET probed:1 somebody PX 60000"]);
    probe.check("force_release", key.force_release());
    probe.prepare(&["DEL probed:1"]);
}

#[test]
fn semaphores_send_what_the_catalog_says() {
    once!(semaphores);
}

fn semaphores() {
    let mut probe = Probe::new("semaphore", 0);
    let (key, token) = (probe.key::<Semaphore, 0>(), Token::random());
    probe.check("acquire_as", key.acquire_as(&token));
    probe.check("inspect", key.inspect());
    probe.check("renew_as", key.renew_as(&token));
    probe.check("release_as", key.release_as(&token));
    probe.prepare(&["DEL probed:1"]);
    probe.prepare(&["ZADD probed:1 99999999999999 somebody"]);
    probe.check("force_release", key.force_release());
    probe.prepare(&["DEL probed:1"]);
    probe.check_async("try_acquire", async |store: &Store| {
        let guard = permits(store).try_acquire().await?;
        forget(guard);
        Ok(())
    });
    probe.prepare(&["DEL probed:1"]);
    probe.check_async("acquire", async |store: &Store| {
        permits(store).acquire().await.map(keep)
    });
    probe.prepare(&["DEL probed:1"]);
    probe.check_async("acquire_within", async |store: &Store| {
        let wait = Duration::from_secs(1);
        permits(store).acquire_within(wait).await.map(keep)
    });
    probe.prepare(&["DEL probed:1"]);
    probe.check_async("with_permit", async |store: &Store| {
        permits(store).with_permit(|_| async {}).await
    });
    probe.finish();
}

#[test]
fn guards_send_what_the_catalog_says() {
    once!(guards);
}

fn guards() {
    let mut probe = Probe::new("guard", 0);
    probe.facts = probe.facts.clone().numbered();
    let guard = held(&mut probe);
    probe.check_steps("deadline", |_| Ok(guard.deadline()));
    probe.check_steps("is_lost", |_| Ok(guard.is_lost()));
    probe.check_steps("lost", |_| {
        drop(guard.lost());
        Ok(())
    });
    probe.check_steps("token", |_| Ok(guard.token()));
    probe.check_steps("fence", |_| Ok(guard.fence()));
    probe.check_async("renew", async |_: &Store| guard.renew().await);
    let time = Duration::from_secs(60);
    probe.check_async("extend_by", async |_: &Store| guard.extend_by(time).await);
    probe.check_async("set_lease", async |_: &Store| guard.set_lease(time).await);
    forget(guard);
    let guard = held(&mut probe);
    probe.check_async("release", async |_: &Store| guard.release().await);
    probe.finish();
}

/// A lock that is held.
fn held(probe: &mut Probe) -> Guard<Fence> {
    probe.prepare(&["DEL probed:1"]);
    probe.arrange(async |store: &Store| -> Result<Guard<Fence>> { lock(store).acquire().await })
}

#[test]
fn numbers_send_what_the_catalog_says() {
    once!(numbers);
}

fn numbers() {
    let mut probe = Probe::new("fence", 0);
    probe.prepare(&["SET probed:1 7 PX 60000"]);
    probe.check("get", probe.key::<structure::Fence, 0>().get());
    probe.finish();
}
