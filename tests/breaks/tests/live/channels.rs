//! What is said and never stored: B309 to B311.

use redis_schema::ErrorKind::Corrupt;
use redis_schema_test_breaks::{b309, b310, b311};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B309", Live(channel_same_name)),
    ("B310", Live(channel_same_kind)),
    ("B311", Live(message_compatible)),
];

fn channel_same_name(stage: &mut Stage<'_>) {
    use b309::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    let (old, new) = (
        stage.open(before::Store::builder()),
        stage.open(after::Store::builder()),
    );
    let without = stage.open(after_2::Store::builder());
    let twin = stage.open(compatible::Store::builder());
    stage.wait(async {
        let mut at_words = without.words(id).subscribe().await.unwrap();
        let heard = old.news(id).publish("sale").await.unwrap();
        assert_eq!(heard, 0, "who knows no such channel is not there");
        assert_eq!(old.words(id).publish("pen").await.unwrap(), 1);
        let said = at_words.next().await.unwrap().unwrap();
        assert_eq!(said, "pen", "what is kept goes on");
        let mut at_old = old.news(id).subscribe().await.unwrap();
        let heard = new.news(id).publish("sale").await.unwrap();
        assert_eq!(heard, 0, "by nobody, and no error says so");
        let _at_new = new.news(id).subscribe().await.unwrap();
        assert_eq!(old.news(id).publish("sale").await.unwrap(), 1);
        let said = at_old.next().await.unwrap().unwrap();
        assert_eq!(said, "sale", "old programs among themselves");
        assert_eq!(twin.news(id).publish("more").await.unwrap(), 1);
        assert_eq!(at_old.next().await.unwrap().unwrap(), "more");
    });
}

fn channel_same_kind(stage: &mut Stage<'_>) {
    use b310::one::{after, before, compatible};
    let (old, new) = (
        stage.open(before::Store::builder()),
        stage.open(after::Store::builder()),
    );
    let twin = stage.open(compatible::Store::builder());
    stage.wait(async {
        let mut at_old = old.news().subscribe().await.unwrap();
        assert_eq!(new.news().publish("sale").await.unwrap(), 0);
        let _at_new = new.news().subscribe().await.unwrap();
        assert_eq!(old.news().publish("sale").await.unwrap(), 1);
        assert_eq!(at_old.next().await.unwrap().unwrap(), "sale");
        assert_eq!(twin.news().publish("more").await.unwrap(), 1);
        assert_eq!(at_old.next().await.unwrap().unwrap(), "more");
    });
}

fn message_compatible(stage: &mut Stage<'_>) {
    use b311::one::{after, before, compatible};
    let (old, new) = (
        stage.open(before::Store::builder()),
        stage.open(after::Store::builder()),
    );
    let twin = stage.open(compatible::Store::builder());
    stage.wait(async {
        let mut at_new = new.news().subscribe().await.unwrap();
        let mut at_twin = twin.news().subscribe().await.unwrap();
        let mut at_old = old.news().subscribe().await.unwrap();
        let sale = before::NewsMessage::new("sale");
        assert_eq!(old.news().publish(&sale).await.unwrap(), 3);
        let heard = at_new.next().await.unwrap();
        assert_eq!(heard.unwrap_err().kind(), Corrupt);
        assert_eq!(at_twin.next().await.unwrap().unwrap().text, "sale");
        assert_eq!(at_old.next().await.unwrap().unwrap(), sale);
        let mut more = compatible::NewsMessage::new("more");
        more.who = Some(Uuid::new_v4());
        twin.news().publish(&more).await.unwrap();
        assert_eq!(at_old.next().await.unwrap().unwrap().text, "more");
    });
}
