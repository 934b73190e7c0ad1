//! What is absent has one form in every encoding, and the forms that others write are read: why there is no B219.

use redis_schema_test_breaks::b211::one::{after, compatible};
use redis_schema_test_server::Server;
use uuid::Uuid;

use crate::stage::Stage;

type Pairs = Vec<(String, String)>;

#[test]
fn what_is_absent_has_one_form() {
    let server = Server::start();
    for protocol in redis_schema_test_server::Protocol::ALL {
        let mut stage = Stage::new(&server, protocol);
        stage.raw::<()>(&["FLUSHALL"]);
        written(&mut stage);
        read(&mut stage);
    }
}

fn written(stage: &mut Stage<'_>) {
    let (id, cart) = (Uuid::new_v4(), after::Cart::new(7));
    let total = || vec![("total".to_owned(), "7".to_owned())];
    stage.run(after::keys::cart(id).hset(&cart));
    assert_eq!(
        stage.raw::<Pairs>(&["HGETALL", &format!("cart:{id}")]),
        total()
    );
    stage.run(after::keys::log(id).xadd(&cart));
    let log: Vec<(String, Pairs)> = stage.raw(&["XRANGE", &format!("log:{id}"), "-", "+"]);
    assert_eq!(log[0].1, total());
    stage.run(after::keys::copy(id).set(&cart));
    let json: String = stage.raw(&["GET", &format!("copy:{id}")]);
    assert_eq!(json, r#"{"total":7}"#);
    stage.run(after::keys::pack(id).set(&cart));
    let pack: Vec<u8> = stage.raw(&["GET", &format!("pack:{id}")]);
    assert_eq!(pack, b"\x81\xa5total\x07");
}

fn read(stage: &mut Stage<'_>) {
    let id = Uuid::new_v4();
    let json = r#"{"total":7,"note":null}"#;
    stage.raw::<()>(&["SET", &format!("copy:{id}"), json]);
    let seen = stage.run(after::keys::copy(id).get()).unwrap();
    assert_eq!((seen.total, seen.note), (7, None));
    let mut set = redis::cmd("SET");
    set.arg(format!("pack:{id}"))
        .arg(b"\x82\xa5total\x07\xa4note\xc0");
    set.exec(&mut stage.redis).unwrap();
    let seen = stage.run(after::keys::pack(id).get()).unwrap();
    assert_eq!((seen.total, seen.note), (7, None));
    let seen = stage.run(compatible::keys::pack(id).get()).unwrap();
    assert_eq!(seen.total, 7);
}
