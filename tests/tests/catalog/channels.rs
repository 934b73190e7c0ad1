use redis_schema::__generated_0_1 as rt;
use redis_schema::channel::SubscribeOptions;
use redis_schema::codec::Text;
use redis_schema::{Channel, Topic};
use redis_schema_codegen::catalog::Facts;

use crate::probe::{Probe, Schema, once};

/// A channel; `probed:1` as the keys are.
#[derive(Debug, Clone, Copy)]
struct Probed<const SHARDED: bool>(u32);

impl<const SHARDED: bool> Topic for Probed<SHARDED> {
    type Message = Text<String>;
    type Schema = Schema;
    const SPEC: rt::Spec = rt::Spec::new(
        1,
        "probed",
        "probed:{id}",
        &[rt::Segment::Literal("probed:"), rt::Segment::Param("id")],
    );
    const SHARDED: bool = SHARDED;

    fn write(&self, out: &mut rt::KeyBuf) {
        out.literal("probed:");
        out.integer(self.0);
    }

    fn read(name: &mut rt::KeyParser<'_>) -> Option<Self> {
        name.literal("probed:")?;
        Some(Self(name.integer()?))
    }
}

#[test]
fn channels_send_what_the_catalog_says() {
    once!(run);
}

fn run() {
    let mut probe = Probe::new("channel", 2);
    shared::<false>(&mut probe);
    probe.check_async("psubscribe", async |store| {
        store
            .psubscribe::<Probed<false>>(SubscribeOptions::new())
            .await
    });
    shared::<true>(&mut probe);
    probe.finish();
}

fn shared<const SHARDED: bool>(probe: &mut Probe) {
    probe.facts = Facts::channel(SHARDED);
    let topic = Probed::<SHARDED>(1);
    let channel = Channel::new(topic);
    let options = SubscribeOptions::new();
    probe.check_steps("name", |_| channel.name());
    probe.check_steps("topic", |_| Ok(channel.topic().0));
    probe.check("publish", channel.publish("hello"));
    probe.check("subscribers", channel.subscribers());
    probe.check_async("subscribe", async |store| {
        store.channel(topic).subscribe().await
    });
    probe.check_async("subscribe_with", async |store| {
        store.channel(topic).subscribe_with(options).await
    });
    probe.check_async("subscribe_many", async |store| {
        store.subscribe_many([topic, Probed(2)], options).await
    });
}
