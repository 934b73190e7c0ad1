//! What only newer servers do: B506.

use redis_schema::Ttl;
use redis_schema_test_breaks::b506;
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[("B506", Live(ttl_same_scope))];

fn ttl_same_scope(stage: &mut Stage<'_>) {
    use b506::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let mut job = after::Job::new("mail");
    job.code = Some("1234".to_owned());
    stage.run(after::keys::job(id).hset(&job));
    let left = |stage: &mut Stage<'_>| stage.run(after::keys::job(id).httl(after::Job::CODE));
    assert!(left(stage).remaining().is_some(), "the code goes");
    let code = before::Job::CODE;
    stage.run(before::keys::job(id).hset_field(code, "5678"));
    assert_eq!(
        left(stage),
        Ttl::Persistent,
        "and stays once old code wrote it"
    );
    stage.run(after::keys::job(id).hset(&job));
    stage.raw::<()>(&["HPEXPIRE", &format!("job:{id}"), "0", "FIELDS", "1", "code"]);
    let seen = stage.run(before::keys::job(id).hget(code));
    assert_eq!(seen, None, "missing for readers that knew it to be there");
    let mut job = compatible::Job::new("mail");
    job.code = Some("1234".to_owned());
    stage.run(compatible::keys::job(id).hset(&job));
    assert_eq!(left(stage), Ttl::Persistent);
    assert_eq!(stage.run(before::keys::job(id).hget(code)).unwrap(), "1234");
}
