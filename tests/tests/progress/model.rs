//! Any sequence of calls against a model: a map, and what must follow from it.

use std::collections::BTreeMap;

use redis_schema::progress::{Reported, Totals};

use crate::progressing::Store;
use crate::{Scene, both};

/// What ought to lie on the server.
#[derive(Debug, Default)]
struct Model {
    items: Option<BTreeMap<u32, u32>>,
    max: u32,
    decrease: bool,
    unknown: bool,
    events: Vec<(u32, u32, u64)>,
}

impl Model {
    fn totals(&self) -> (u64, u64, u64) {
        let items = self.items.iter().flatten();
        items.fold((0, 0, 0), |(sum, count, done), (_, value)| {
            let is_done = u64::from(*value == self.max);
            (sum + u64::from(*value), count + 1, done + is_done)
        })
    }

    fn begin(&mut self, items: &[u32]) {
        let known = self.items.get_or_insert_default();
        for item in items {
            known.entry(*item).or_default();
        }
    }

    /// The number, and whether all is done by it.
    fn report(&mut self, item: u32, value: u32) -> Result<(u32, bool), Reported> {
        let was = self.items.as_ref().map(|items| items.get(&item).copied());
        let was = match was {
            None if !self.unknown => return Err(Reported::NotBegun),
            Some(None) if !self.unknown => return Err(Reported::UnknownItem),
            was => was.flatten(),
        };
        let next = match was {
            Some(was) if !self.decrease => was.max(value),
            _ => value,
        };
        self.items.get_or_insert_default().insert(item, next);
        let (sum, count, done) = self.totals();
        let changed = was != Some(next);
        if changed {
            self.events.push((item, next, sum));
        }
        Ok((next, changed && count == done))
    }
}

fn same(totals: Totals, expected: (u64, u64, u64)) {
    assert_eq!((totals.sum, totals.items, totals.done), expected);
}

/// Plays so many calls on one of two kinds of keys; its methods differ by type alone.
macro_rules! play {
    ($store:ident.$key:ident($id:ident), $events:ident, $model:ident, $random:ident) => {
        let key = $store.$key($id);
        for _ in 0..60 {
            let item = $random.u32(..4);
            match $random.u8(..10) {
                0 => {
                    let items: Vec<u32> = (0..item).collect();
                    $model.begin(&items);
                    same(key.begin(&items).await.unwrap(), $model.totals());
                }
                1 => {
                    let seen = key.snapshot().await.unwrap();
                    let items: BTreeMap<u32, u32> = seen.items.into_iter().collect();
                    assert_eq!(items, $model.items.clone().unwrap_or_default());
                    same(seen.totals, $model.totals());
                }
                2 => {
                    let totals = key.totals().await.unwrap();
                    assert_eq!(totals.is_some(), $model.items.is_some());
                    same(totals.unwrap_or_default(), $model.totals());
                }
                3 if $random.u8(..8) == 0 => {
                    key.clear().await.unwrap();
                    ($model.items, $model.events) = (None, Vec::new());
                }
                _ => {
                    let value = $random.u32(..=$model.max);
                    let reported = key.report(&item, value).await.unwrap();
                    match $model.report(item, value) {
                        Err(expected) => assert_eq!(reported, expected),
                        Ok((value, completes)) => {
                            let update = crate::counted(reported);
                            assert_eq!((update.value, update.completes), (value, completes));
                            same(update.totals, $model.totals());
                        }
                    }
                }
            }
        }
    };
}

#[test]
fn every_sequence_of_calls_does_what_the_model_does() {
    both(async |mut scene: Scene| {
        let store: Store = scene.program().await;
        for id in 0..25 {
            let mut random = fastrand::Rng::with_seed(u64::from(id));
            let mut model = Model {
                max: 7,
                ..Model::default()
            };
            play!(store.plain(id), plain_events, model, random);
            let mut model = Model {
                max: 5,
                decrease: true,
                unknown: true,
                ..Model::default()
            };
            play!(store.loose(id), loose_events, model, random);
            let told = store.loose_events(id).recent(1000).await.unwrap();
            let told: Vec<_> = told
                .into_iter()
                .rev()
                .map(|event| event.record.unwrap())
                .map(|event| (event.item, event.value, event.totals.sum))
                .collect();
            assert_eq!(told, model.events, "each change is an event");
            scene.assert_nothing_stays();
        }
    });
}
