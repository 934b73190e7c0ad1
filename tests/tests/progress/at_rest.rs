//! What lies on the server, and what others have put there.

use crate::{Scene, both, counted};

#[test]
fn anybody_can_read_it() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        store.files(1).begin(["a", "b"]).await.unwrap();
        counted(store.files(1).report_with("a", 40, "mesh").await.unwrap());
        let mut fields: Vec<(String, String)> = scene.raw(&["HGETALL", "files:1"]);
        fields.sort();
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected = [
            field(":done", "0"),
            field(":items", "2"),
            field(":max", "100"),
            field(":sum", "40"),
            field("a", "40"),
            field("b", "0"),
        ];
        assert_eq!(fields, expected);
        type Entries = Vec<(String, Vec<String>)>;
        let entries: Entries = scene.raw(&["XRANGE", "files:1:events", "-", "+"]);
        let words = "item a value 40 sum 40 items 2 done 0 max 100 message mesh";
        let words: Vec<&str> = words.split(' ').collect();
        assert_eq!(entries[0].1, words);
    });
}

#[test]
fn numbers_that_others_have_put_there_are_counted() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let plain = store.plain(1);
        scene.raw::<()>(&["HSET", "plain:1", "1", "7", "2", "3", "3", "70"]);
        let seen = plain.snapshot().await.unwrap();
        assert_eq!(seen.value(&3), Some(7), "never above the maximum");
        let totals = plain.totals().await.unwrap();
        assert_eq!(totals, Some(seen.totals));
        assert_eq!((seen.totals.sum, seen.totals.done), (17, 2));
        let update = counted(plain.report(&2, 7).await.unwrap());
        assert!(update.completes);
        assert_eq!(update.totals.sum, 21);
        let cut: u32 = scene.raw(&["HGET", "plain:1", "3"]);
        assert_eq!(cut, 7);
        scene.assert_nothing_stays();
        scene.raw::<()>(&["HSET", "plain:2", "1", "2"]);
        assert_eq!(plain.report(&1, 1).await.map(counted).unwrap().value, 7);
        let unchanged = counted(store.plain(2).report(&1, 1).await.unwrap());
        assert_eq!((unchanged.value, unchanged.totals.sum), (2, 2));
        scene.assert_nothing_stays();
    });
}
