//! Lists as queues: the declared order, and work that is taken, done, given back and recovered.

use redis_schema::__generated_0_1 as rt;
use redis_schema::{Handle, ListOrder};

use crate::policies::Policy;
use crate::schema::names;
use crate::server::Server;

impl rt::Ordered for names::Refresh {
    const ORDER: ListOrder = ListOrder::Fifo;
}
impl rt::ProcessedIn<names::Keep> for names::Refresh {}

impl rt::Ordered for names::Never {
    const ORDER: ListOrder = ListOrder::Lifo;
}

const QUEUE: Handle<names::Refresh> = names::Refresh::of(1);
const BUSY: Handle<names::Keep> = names::Keep::of(1);
const STACK: Handle<names::Never> = names::Never::of(1);

#[test]
fn the_next_element_is_the_declared_one() {
    Server::everywhere(0, |link| {
        assert_eq!(link.ok(QUEUE.push("a")), 1);
        assert_eq!(link.ok(QUEUE.push_many(["b", "c"])), 3);
        assert_eq!(link.ok(STACK.push("a")), 1);
        assert_eq!(link.ok(STACK.push_many(["b", "c"])), 3);
        for (first, last) in [("a", "c"), ("b", "b"), ("c", "a")] {
            assert_eq!(link.ok(QUEUE.pop()).as_deref(), Some(first));
            assert_eq!(link.ok(STACK.pop()).as_deref(), Some(last));
        }
        assert_eq!(link.ok(QUEUE.pop()), None);
        link.ok(QUEUE.push("d"));
        Policy::Refresh.assert_fresh(link, "names:refresh:1");
    });
}

#[test]
fn work_is_kept_until_it_is_done() {
    Server::everywhere(0, |link| {
        assert_eq!(link.ok(QUEUE.take(&BUSY)), None);
        link.ok(QUEUE.push_many(["a", "b"]));
        assert_eq!(link.ok(QUEUE.take(&BUSY)).as_deref(), Some("a"));
        Policy::Keep.assert_fresh(link, "names:keep:1");
        assert_eq!(link.ok(BUSY.all()), ["a"]);
        assert!(!link.ok(QUEUE.done(&BUSY, "b")), "nobody works on it");
        assert!(link.ok(QUEUE.done(&BUSY, "a")));
        assert!(!link.ok(QUEUE.done(&BUSY, "a")), "once is enough");
        assert_eq!(link.ok(QUEUE.all()), ["b"]);
    });
}

#[test]
fn work_that_is_given_back_comes_next() {
    Server::everywhere(0, |link| {
        link.ok(QUEUE.push_many(["a", "b"]));
        assert!(!link.ok(QUEUE.give_back(&BUSY, "a")));
        assert_eq!(link.ok(QUEUE.all()), ["a", "b"], "nothing happened");
        link.ok(QUEUE.take(&BUSY));
        link.ok(QUEUE.take(&BUSY));
        assert!(link.ok(QUEUE.give_back(&BUSY, "a")));
        Policy::Refresh.assert_fresh(link, "names:refresh:1");
        assert_eq!(link.ok(BUSY.all()), ["b"]);
        assert_eq!(link.ok(QUEUE.take(&BUSY)).as_deref(), Some("a"));
    });
}

#[test]
fn work_of_those_who_are_gone_is_recovered_in_order() {
    Server::everywhere(0, |link| {
        assert_eq!(link.ok(QUEUE.recover(&BUSY, 9)), 0);
        assert!(!link.ok(QUEUE.exists()));
        link.ok(QUEUE.push_many(["a", "b", "c", "d"]));
        for _ in 0..3 {
            link.ok(QUEUE.take(&BUSY));
        }
        assert_eq!(link.ok(QUEUE.recover(&BUSY, 1)), 1);
        assert_eq!(link.ok(QUEUE.all()), ["c", "d"]);
        assert_eq!(link.ok(QUEUE.recover(&BUSY, 9)), 2);
        assert_eq!(link.ok(QUEUE.all()), ["a", "b", "c", "d"]);
        Policy::Refresh.assert_fresh(link, "names:refresh:1");
        assert!(!link.ok(BUSY.exists()));
    });
}
