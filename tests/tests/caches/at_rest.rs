//! The bytes that others may read.

use redis_schema_test_server::Protocol;

use crate::{Loaded, Place, model};

#[tokio::test]
async fn an_entry_is_as_it_is_documented() {
    let place = Place::new(Protocol::Resp3);
    let store = place.store().await;
    let bytes = |key: &str| -> Vec<u8> { place.raw(&["GET", key]) };
    store.model(1).put(&model(7)).await.unwrap();
    let mut expected = vec![0xC1, 1];
    expected.extend(30_000_u64.to_be_bytes());
    expected.push(0);
    expected.extend(b"{\"number\":7}");
    assert_eq!(bytes("model:1"), expected);
    let here = store.model(2);
    let nothing = here.get_or_load(async || Loaded::Ok(None)).await;
    assert_eq!(nothing.unwrap(), None);
    assert_eq!(bytes("model:2"), [&[0xC1, 2][..], &[0; 9]].concat());
    store.view("ann", 1).put(&model(7)).await.unwrap();
    let version = bytes("tag:owner:ann");
    let mut expected = vec![0xC1, 1];
    expected.extend(30_000_u64.to_be_bytes());
    expected.extend([1, 0, 13]);
    expected.extend(b"tag:owner:ann");
    expected.push(u8::try_from(version.len()).unwrap());
    expected.extend(&version);
    expected.extend(b"{\"number\":7}");
    assert_eq!(bytes("view:ann:1"), expected);
    // While it is loaded.
    let here = store.page(1);
    let found = here.get_or_load(async || {
        let entry = bytes("page:1");
        assert_eq!((&entry[..2], entry.len()), (&[0xC1, 3][..], 35));
        Loaded::Ok(Some(model(1)))
    });
    found.await.unwrap();
    // While it is loaded anew, the value stays.
    let () = place.raw(&["PEXPIRE", "model:1", "20000"]);
    let here = store.model(1);
    let found = here.get_or_load(async || {
        let entry = bytes("model:1");
        assert_eq!(entry[..2], [0xC1, 4]);
        assert_eq!(entry[2..10], 30_000_u64.to_be_bytes());
        let ends = u64::from_be_bytes(entry[26..34].try_into().unwrap());
        assert!((14_000..=15_000).contains(&ends), "{ends}");
        assert_eq!(&entry[34..], b"\0{\"number\":7}");
        Loaded::Ok(Some(model(8)))
    });
    assert_eq!(found.await.unwrap(), Some(model(8)));
}
